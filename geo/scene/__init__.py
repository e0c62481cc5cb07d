"""What a picture shows, as numbers: the one thing that every renderer reads."""
