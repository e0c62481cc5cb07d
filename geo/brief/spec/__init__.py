"""What a picture is asked to be: the brief, its keys, its data and its filters."""
