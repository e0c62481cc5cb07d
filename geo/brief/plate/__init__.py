"""What is drawn: the plate, its layout, its map, its words."""
