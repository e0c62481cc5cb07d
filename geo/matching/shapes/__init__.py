"""Tables whose rows are no legs as they stand: what they are, and what is made of them once somebody agrees."""
