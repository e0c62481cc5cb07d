"""What the reported voyages of a data set say by source, and what in them cannot be or does not agree."""
