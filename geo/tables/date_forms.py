"""How the dates of a column are written, from all its values and beside the other columns of dates of the file."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from geo.matching.date_parts import PARTS
from geo.matching.mapping import DATE_COLUMNS
from geo.matching.synonyms import normal
from geo.parsing.date_order import EITHER_ORDER, ORDERS, Decision, all_beyond_twelve, decide
from geo.tables.findings import Message
from geo.tables.validator import Distinct, Sieve


def form_of(sieve: Sieve, column: str, cells: Distinct) -> str:
    """The form of a column's dates: the mapping's, or decided from its values, and noted in the sieve."""
    if column in sieve.mapping.dates:
        return sieve.mapping.dates[column]
    if column not in sieve.forms:
        decision = _beside_others(sieve, column, _decided(sieve, column, cells))
        sieve.forms[column] = decision.form
        if decision.undecided and len(decision.choices) == 1 and _is_called_month(sieve, column):
            sieve.forms[column] = decision.choices[0]
        elif (
            decision.undecided
            and not decision.contrary
            and ((said := order_in(sieve.headers.get(column, ""))) in decision.choices)
        ):
            sieve.forms[column] = said
        elif decision.undecided:
            sieve.doubts[column] = decision
    return sieve.doubts[column].held if column in sieve.doubts else sieve.forms[column]


def _decided(sieve: Sieve, column: str, cells: Distinct) -> Decision:
    if column not in sieve.decisions:
        sieve.decisions[column] = decide(sorted(cells.texts()))
    return sieve.decisions[column]


def _beside_others(sieve: Sieve, column: str, decision: Decision) -> Decision:
    """A decision, or that another column of the file, written with the same marks, has the other order for certain.

    One hand writes a file's dates in one order: then a slip or a converted date has decided one of the two.
    """
    for other in (
        sorted(DATE_COLUMNS & sieve.headers.keys() - {column, *sieve.mapping.dates}) if decision.either else ()
    ):
        theirs = _decided(sieve, other, sieve.distinct(other))
        if theirs.mark == decision.mark and theirs.form != decision.form:
            reason = f"{decision.reason} But {other} is {theirs.form}. {theirs.reason}"
            return replace(decision, form="", reason=reason, undecided=True, contrary=True)
    return decision


def _is_called_month(sieve: Sieve, column: str) -> bool:
    """Whether a header says that its dates are months: then "Sep-23" is no day."""
    return not PARTS["month"].isdisjoint(normal(sieve.headers.get(column, "")).split())


def of_dates(sieve: Sieve, column: str, wrong: dict[int, Message]) -> dict[int, Message]:
    """What is wrong with the dates of a column, by number; of one that contradicts itself, that it does."""
    doubt = sieve.doubts.get(column)
    if doubt is None or not doubt.contrary:
        return wrong
    contrary = (
        doubt.reason.rstrip("."),
        "Correct the dates of one order, or say for the whole column which comes first.",
    )
    return {number: contrary if message[0] == EITHER_ORDER else message for number, message in wrong.items()}


_D, _M, _Y = "(?:dd?|tt?|jj?|gg?|дд?)", "(?:mm?|мм?)", "(?:yy(?:yy)?|y|aaaa|aa|jjjj|jj|гггг|гг)"
_MARK = r"\s?[/.-]\s?"
_STATED = {
    order: re.compile(rf"(?<![^\W_]){_MARK.join(parts)}(?![^\W_])", re.IGNORECASE)
    for order, parts in {ORDERS[0]: (_D, _M, _Y), ORDERS[1]: (_M, _D, _Y)}.items()
}


def order_in(header: str) -> str:
    """The order that a header states: "Date (d/m/y)" is "day first"; "" where it states none."""
    return next((order for order, pattern in _STATED.items() if pattern.search(header)), "")


_CONVERTED = r"^[0-9]{4}-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ]00:00(?::00)?)?$"
FEWEST = 3
"""Fewer dates of both kinds may have such days by chance."""
CONVERTED = (
    "a spreadsheet may have swapped the day and the month of this date",
    "All dates that it left as text have a day after the 12th, and none that it turned into dates has. Check these.",
)


def converted(sieve: Sieve, column: str, cells: Distinct) -> None:
    """Warns of dates beside texts such as 25/01/2024, where a spreadsheet of the other order made them of the rest."""
    found = pc.extract_regex(cells.values, _CONVERTED)
    rows = np.flatnonzero(found.is_valid().to_numpy(zero_copy_only=False))
    if not len(rows) or len(rows) == len(cells.values):
        return
    month, day = (part.to_numpy(zero_copy_only=False).astype(int) for part in found.drop_null().flatten())
    texts = all_beyond_twelve(cells.values)
    if day.max() <= 12 and texts and texts + len(rows) >= FEWEST:
        sieve.judge(column, cells.codes, dict.fromkeys(rows[day != month].tolist(), CONVERTED), "warning")
