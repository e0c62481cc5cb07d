"""Imports, kept: durable, undoable, each with its original file."""

from geo.library.history import Entry
from geo.library.library import Library
from geo.library.package import Fault, Import

__all__ = ["Entry", "Fault", "Import", "Library"]
