"""Text from a file, a link or a message, shown as the text that it is."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath, PureWindowsPath

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LONGEST_NAME = 60
_BREAKS = re.compile(r"\s+")
_ADDRESS = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)


def in_html(text: object) -> str:
    """`text` as HTML content or attribute value."""
    return html.escape(str(text), quote=True)


def in_markdown(text: object) -> str:
    """`text` for Streamlit's markdown, where an image would otherwise be fetched from wherever it points.

    Markdown makes a link of an address even where its marks are escaped, so that one gets an invisible joiner.
    """
    return _PUNCTUATION.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", _BREAKS.sub(" ", str(text))))


def web_address(text: object) -> str:
    """`text` if it is a link into the web, else "": any other scheme could be a script."""
    given = str(text).strip()
    return given if given.lower().startswith(("https://", "http://")) else ""


def shown_name(name: str) -> str:
    """A file's name without folders, control characters and excess; never used as a path."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    clean = "".join(character for character in base if character.isprintable()).strip()
    return clean[:LONGEST_NAME] or "unnamed.csv"
