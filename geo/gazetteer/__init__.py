"""Places of the world: found by code, name or position, and what lies within what."""
