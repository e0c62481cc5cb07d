"""Tables whose rows are no legs as they stand: what they are, and how legs are made of them once somebody agrees."""
