"""What the words of a cell mean: dates, windows, quantities, units, positions. One text at a time, no tables."""
