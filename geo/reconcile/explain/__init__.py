"""What reconciling found, in sentences that cite the reports."""
