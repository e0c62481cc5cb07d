"""Plates as files: images, vector graphics, slides, films and pages."""
