"""A sieve of one kind -> the columns of its table, as codes of distinct values. Frames are made of them by slices."""
