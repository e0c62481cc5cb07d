"""From bundled sets, imports and files to one set of tables."""
