"""Imports, kept: durable, undoable, each with its original file."""

from geo.library.library import Library
from geo.library.package import Fault, Import
from geo.library.records import HistoryEntry

__all__ = ["Fault", "HistoryEntry", "Import", "Library"]
