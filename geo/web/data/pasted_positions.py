"""Lines of name, latitude and longitude, as somebody pastes them -> answers to the names that are asked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from geo.errors import VagueError
from geo.gazetteer.places import fold
from geo.parsing.positions import read_position

FORM = "Write a name, its latitude and its longitude: Grey Quay, 42.9, 132.3"
_LONGEST = 80
_HEADER = re.compile(r"lat(itude)?|y", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"^([+-]?\d{1,3}),(\d+)$")


def read_pasted(text: str, names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """(name -> "lat, lon", what is wrong, a sentence a line). Cells are divided by tabs, semicolons or commas.

    >>> read_pasted("Grey Quay, 42.9, 132.3", ["Grey Quay"])
    ({'Grey Quay': '42.90000, 132.30000'}, [])
    """
    asked = {fold(name): name for name in names}
    answers: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if not line.strip() or (not answers and not wrong and len(cells) == 3 and _HEADER.fullmatch(cells[1])):
            continue
        name, problem = "", f"it does not have three parts. {FORM}"
        if len(cells) == 3:
            name, problem = _named(cells[0], asked)
        position, beyond = _position(cells[1:]) if not problem else ("", "")
        problem = problem or beyond
        if not problem and answers.get(name, position) != position:
            problem = f"{_quoted(name)} has another position above. Leave one of them"
        if problem:
            wrong.append(f"Line {number}: {problem}.")
        else:
            answers[name] = position
    return answers, wrong


def _cells(line: str) -> list[str]:
    """Name, latitude, longitude; a name may hold the mark that divides them."""
    mark = next((mark for mark in ("\t", ";") if mark in line), ",")
    cells = [cell.strip().strip('"').strip() for cell in line.strip().rsplit(mark, 2)]
    return cells if mark == "," else [*cells[:1], *(_DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in cells[1:])]


def _named(given: str, asked: dict[str, str]) -> tuple[str, str]:
    """(the name that is asked for, "") or ("", why there is none)."""
    if (key := fold(given)) in asked:
        return asked[key], ""
    near = difflib.get_close_matches(key, asked, 1)
    hint = f" The nearest is {_quoted(asked[near[0]])}" if near else ""
    return "", f"{_quoted(given)} is not among the names that are asked for{'.' if hint else ''}{hint}"


def _position(cells: Sequence[str]) -> tuple[str, str]:
    """("lat, lon", "") or ("", why it is none)."""
    try:
        found = read_position(", ".join(cells))
    except VagueError as error:
        return "", str(error).rstrip(".")
    if found is None:
        return "", f"{_quoted(', '.join(cells))} is no position. {FORM}"
    return f"{found.lat:.5f}, {found.lon:.5f}", ""


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"
