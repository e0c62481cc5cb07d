"""The parts of the Data page, one job each."""
