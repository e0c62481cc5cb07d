"""What one header of a file may be, how surely, and why: in a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo.matching import score as scores
from geo.matching.mapping import ColumnMap
from geo.matching.not_counted import not_counted
from geo.matching.score import Fit
from geo.matching.synonyms import unit_in

Confidence = Literal["certain", "likely", "possible"]


@dataclass(frozen=True, slots=True)
class Guess:
    """What one header of a file may be.

    header      as it stands in the file
    column      our column that it may be; "" where nothing says
    confidence  certain: our own name, or a term of the field with values that fit; likely: a usual name, and the
                values fit or there are none; possible: values alone, or that hardly fit, or a name of many things
    reason      a plain sentence
    """

    header: str
    column: str
    confidence: Confidence
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """taken: header -> how it fits the column it got. best: header -> how it fits the one it would fit best."""

    taken: Mapping[str, Fit]
    best: Mapping[str, Fit]


def of_parts(header: str, parts: Mapping[str, str]) -> Guess:
    """A column of years, months or days that is a date with the others of parts."""
    together = ", ".join(f"“{scores.shown(each)}”" for each in parts)
    return Guess(header, parts[header], "likely", f"{together} together say the date.")


def guess(header: str, plain: ColumnMap, match: Match, applied: bool, ours: bool, said: str) -> Guess:
    """A header with its best column. applied: it is used; ours: it is of our own download; said: what else is known."""
    name = scores.shown(header)
    if header in plain.columns:
        return Guess(header, plain.columns[header], "certain", f"“{name}” is Waybill's own name for it.")
    if ours:
        return Guess(header, "", "certain", f"“{name}” comes from a Waybill download and says which line a row was on.")
    if fit := match.taken.get(header):
        return Guess(
            header,
            fit.column,
            _confidence(fit),
            fit.reason + said + ("" if applied else " Not used unless you say so."),
        )
    if fit := match.best.get(header):
        rival = next((other for other, taken in match.taken.items() if taken.column == fit.column), "")
        fitter = f"“{scores.shown(rival)}” fits better" if rival else "it is that of another figure"
        why = f"“{name}” may be {scores.label(fit.column)}, but {fitter}."
        return Guess(header, "", "possible", why)
    if unit_in(header) and (what := not_counted(header)):
        return Guess(header, "", "possible", f"“{name}” is {what}, and not how many were moved.")
    return Guess(header, "", "possible", f"“{name}” is not a known name, and its values give no clue.")


def _confidence(fit: Fit) -> Confidence:
    names: dict[str, Confidence] = {"certain": "certain", "likely": "likely"}
    return names.get(fit.confidence, "possible")
