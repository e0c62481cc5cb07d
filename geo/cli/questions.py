"""What only a person can answer of a file, what most rows wait for first, each with the options that answer it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, SHOWN, counted, shown, tell
from geo.cli.options import FORMS
from geo.gazetteer.places import Places
from geo.parsing.date_order import ORDERS
from geo.tables import held_back
from geo.tables.swapped_axes import exchanged, swapped_ends

if TYPE_CHECKING:
    from geo.tables.read import Reading, Unplaced

OFFERED = 3
"""Places of which one may be meant, named with the option that says so."""


def show_questions(reading: Reading, places: Places) -> None:
    """Every question, and below them what was taken for one of several places."""
    asked = [*_of_columns(reading), (held_back.by_places(reading), _of_places(reading, places))]
    for _, sentences in sorted(asked, key=lambda each: -each[0]):
        for sentence in sentences:
            tell(sentence)
    for place in reading.preferred[:SHOWN]:
        other = _option(place.text, place.candidates[1]) if len(place.candidates) > 1 else _option(place.text, "CODE")
        tell(f"{shown(place.message, LONGEST_SENTENCE)} Use {other} if another is meant.")
    if len(reading.preferred) > SHOWN:
        tell(f"… and {len(reading.preferred) - SHOWN:,} more names that several places bear.")


def _of_columns(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """(rows held back, the question) of dates, figures and positions."""
    for column, doubt in reading.doubts.items():
        either = doubt.choices == ORDERS and not doubt.contrary
        said = "They can be read day first or month first." if either else doubt.reason
        first, *others = (name for choice in doubt.choices for name, form in FORMS.items() if form == choice)
        answers = ", ".join([f"--dates {column}={first}", *(f"={name}" for name in others)])
        ways = ", or ".join(answers.rsplit(", ", 1))
        rows = held_back.by_dates(reading, column)
        yield (
            rows,
            [f"Dates in {column} ({counted(rows, 'row')}): {shown(said, LONGEST_SENTENCE)} Use {ways}."],
        )
    if ends := swapped_ends(reading):
        after = exchanged(reading.mapping, ends)
        moved = [
            f"--map {header!r}={to}" for header, to in after.columns.items() if reading.mapping.columns[header] != to
        ]
        said = shown(" ".join(moved), LONGEST_SENTENCE)
        where = f"Latitude and longitude of the {' and the '.join(ends)} look swapped"
        yield max(ends.values()), [f"{where}. To swap them, use {said}."]
    if figures := reading.unsure:
        ways = f"{figures.said(',')} with a decimal comma, {figures.said('.')} with a point"
        rows = held_back.by_decimals(reading)
        said = f"{figures.text} is {ways}. Use --decimal , or --decimal . for the whole file."
        yield rows, [said]


def _of_places(reading: Reading, places: Places) -> list[str]:
    """The names that lead to no single place, those of most rows first."""
    unplaced = sorted(reading.unplaced, key=lambda each: -each.rows)
    found = [_of_place(each, places) for each in unplaced[:SHOWN]]
    if len(unplaced) > SHOWN:
        found.append(f"… and {len(unplaced) - SHOWN:,} more names of places.")
    return found


def _of_place(asked: Unplaced, places: Places) -> str:
    name, rows = shown(asked.text), counted(asked.rows, "row")
    codes = asked.candidates or tuple(code for near in asked.nearest for code in places.find(near).candidates)
    codes = tuple(dict.fromkeys(codes))
    answers = [f"{_option(asked.text, code)} ({shown(places.titled(code))})" for code in codes[:OFFERED]]
    if len(codes) > OFFERED:
        answers.append(f"another of {len(codes):,} places of the name" if asked.candidates else "another place")
    answers.append(f"a position: {_option(asked.text, 'LAT, LON')}")
    what = "may be several places" if len(asked.candidates) > 1 else "matches no single place"
    near = "" if asked.candidates or not codes else " The nearest spellings are named."
    return f"{name} ({rows}) {what}.{near} Use {', or '.join(answers)}."


def _option(text: str, answer: str) -> str:
    """The option that answers, as a shell takes it."""
    return f"--place {shown(shlex.quote(f'{text}={answer}'), LONGEST_SENTENCE)}"
