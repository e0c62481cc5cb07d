"""What was reported, as bounds on what moved: claims, itemised legs, regions of overlapping scopes."""
