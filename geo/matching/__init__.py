"""What the columns of a foreign file are: by their names and their values, proposed with reasons."""
