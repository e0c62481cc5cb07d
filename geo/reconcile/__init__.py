"""Totals and legs -> the tightest range of each flow, the reports that set it, and the contradictions."""
