"""What stands around a date and does not say which: signs of a footnote, brackets, and words for "about"."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"(?:on or about|about|approximately|approx\.?|around|circa|ca\.?|c\.|estimated|est\.?|[~≈])\s*(?=\S)"
)
_UNSURE = re.compile(
    r"\s*(?:[~?%]|\(?\b(?:est|estimated|estimate|approx|approximate|approximately|circa|tbc)\b\.?\)?)$"
)
_MARKED_BEHIND = re.compile(r"\s*(?:\*+|†+|\[[0-9a-z]{1,3}\])$")
"""Signs of a footnote."""
_YEAR_IN_BRACKETS = re.compile(r"\(([0-9]{4})\)")
"""An estimated year in the registers of SIPRI."""


def bare(text: str) -> tuple[str, bool]:
    """A date without the words and signs around it, and whether these say that it is about so."""
    text, in_brackets = _YEAR_IN_BRACKETS.subn(r"\1", _MARKED_BEHIND.sub("", text))
    unsure, before = in_brackets > 0, ""
    while before != text:
        before = text
        if about := _ABOUT.match(text):
            text, unsure = text[about.end() :], True
        if (mark := _UNSURE.search(text)) and not (":" in text and mark[0].strip(" ().") == "est"):
            text, unsure = text[: mark.start()], True
        if brackets := re.fullmatch(r"\(([^()]+)\)", text):
            text, unsure = brackets[1].strip(), True
        text = re.sub(r"^(?:in|on|during|the|am)\s+", "", text)
    return text, unsure
