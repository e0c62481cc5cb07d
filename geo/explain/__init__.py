"""A figure taken apart: the sums that give it, the reports in them, and what is assumed; and what a report changed."""
