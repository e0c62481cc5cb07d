"""Grades as NATO's intelligence services write them (the Admiralty code of AJP-2.1): a letter for the source, and a
number for what it says, judged apart. F and 6 say that nobody can judge, not that something is bad.

Waybill never grades: a grade is what its user, or a file, gave. Each half may be given without the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.errors import VagueError

RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Letter -> what it says of the source."""
CREDIBILITY: Mapping[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""Number -> what it says of the information."""
RULE = "a grade is a letter from A to F for the source and a number from 1 to 6 for what it says"
HINT = 'Write "B2", "B" or "2", or leave it empty where nobody has graded. The row is kept as not graded.'
NOT_GIVEN = "–"
"""What stands for the half of a grade that was not given."""
_GRADE = re.compile(r"([A-F]?)\s?[-–/.]?\s?([1-6]?)", re.IGNORECASE | re.ASCII)


def read_grade(text: str) -> tuple[str, str]:
    """ "B2", "b-2", "B 2", "B", "–2" -> (reliability, credibility), "" for what is not given.

    Raises VagueError for anything else.
    """
    plain = text.strip()
    found = _GRADE.fullmatch(plain)
    if plain and (found is None or not any(found.groups())):
        raise VagueError(text, RULE, HINT)
    return (found[1].upper(), found[2]) if found else ("", "")


def grade(reliability: str, credibility: str) -> str:
    """ "B2", "B–" or "–2" where one half is not given, "" where neither is."""
    if not reliability and not credibility:
        return ""
    return f"{reliability or NOT_GIVEN}{credibility or NOT_GIVEN}"


def in_words(reliability: str, credibility: str) -> str:
    """ "usually reliable; possibly true", or "not graded". Raises KeyError for anything but halves of a grade."""
    said = [RELIABILITY[reliability]] if reliability else []
    said += [CREDIBILITY[credibility]] if credibility else []
    return "; ".join(said) or "not graded"
