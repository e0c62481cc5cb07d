"""What the bytes of a text say about themselves: charset, delimiter, header row."""
