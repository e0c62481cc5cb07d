"""Why the columns of a file are not taken yet, and what to do, in words for the command line."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, shown
from geo.matching.count_units import ONE_VOYAGE, count_header, figures_sentence, lacking, suggested
from geo.matching.date_parts import WHOLE, called_dates, unread_dates
from geo.matching.mapping import OURS, ColumnMap, arrives_only, codeless
from geo.matching.synonyms import unit_in

if TYPE_CHECKING:
    from geo.cli.file_input import Understood
    from geo.matching.period_ends import Ends
    from geo.matching.shapes.shape import Shape


def unagreed(understood: Understood) -> tuple[str, str]:
    """Why a file's columns are not taken, and what to do."""
    absent = ", ".join(understood.missing)
    kind = understood.mapping.kind
    if shape := understood.proposal.shape:
        return _of_shape(understood, shape)
    still = lacking(understood.mapping)
    if still == ["unit"]:
        return _unit_question(understood)
    if not understood.proposal.told and len(still) == len(_required(kind)):
        return "its columns do not show what its rows are", _KINDS_HINT
    if still:
        reason = f"nothing in the file gives these columns of {kind}: {', '.join(still)}"
        return reason, _by_hand(still, understood)
    if in_their_stead := _in_stead(understood.mapping):
        return in_their_stead
    if understood.saved:
        hint = "A mapping for these headers is saved in the library: --yes applies it. Or use --map HEADER=COLUMN."
    else:
        hint = "If that is right, use --yes. If not, use --map HEADER=COLUMN."
    return f"these columns of {kind} are guesses, shown above, and not applied yet: {absent}", hint


def _of_shape(understood: Understood, shape: Shape) -> tuple[str, str]:
    """What the rows are, and the command that makes something of them, where one can."""
    reason = shape.what.removesuffix(".")
    if not shape.offered:
        return reason, f"{shape.rule} {_OTHERWISE}"
    command = shlex.join(["waybill", "check", str(understood.file), "--shape", shape.name])
    return reason, f"{shape.rule} To have that done, use: {command}. {_OTHERWISE}"


_OTHERWISE = "If the rows are something else, use --kind and --map."


def _unit_question(understood: Understood) -> tuple[str, str]:
    header = count_header(understood.mapping)
    units = ", ".join(suggested(header))
    return (
        f"nothing in the file says what {header!r} counts, and containers are never assumed",
        f"Use --yes --unit UNIT with a unit of yours, such as {units}.",
    )


def _required(kind: str) -> list[str]:
    return [column.name for column in OURS[kind] if column.required]


_NEEDS = "; ".join(f"{kind} need {', '.join(_required(kind))}" for kind in OURS)
_KINDS_HINT = f"Use --kind, and --map HEADER=COLUMN for each column that it needs: {_NEEDS}."


def _by_hand(still: list[str], understood: Understood) -> str:
    """How what is missing can be given."""
    if still == ["containers"] and (told := _one_end(understood.mapping)):
        return told
    if still == ["containers"]:
        return f"{_how_many(understood)} {_VOYAGES}" if understood.proposal.figures else f"{_VOYAGES} {_COUNT}"
    if "depart" in still and (told := _of_dates(understood)):
        return told
    if not understood.proposal.undated:
        called = [each for each in called_dates(understood.sheet.header) if each not in understood.mapping.columns]
        for whole in WHOLE.values() if called else ():
            if whole in still:
                return f"Use --map {shown(repr(called[0]))}={whole} if it says when, or --set COLUMN=TEXT."
        return "Use --map HEADER=COLUMN, or --set COLUMN=TEXT."
    others = " For the others, use --map HEADER=COLUMN." if set(still) - {"depart", "unit"} else ""
    if "unit" in still:
        header = count_header(understood.mapping)
        others += f" What {shown(repr(header))} counts, say with --unit, such as {', '.join(suggested(header)[:3])}."
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    stated = f"Use --yes --set depart={day}, or another day; it is then your statement, not the file's."
    return f"It holds no dates. {stated}{others}"


def _of_dates(understood: Understood) -> str:
    """What to do with columns that hold dates, or may hold some; "" where none does."""
    ends = understood.proposal.ends
    if ends and not ends.period:
        return _which_ends(ends)
    unread = unread_dates(understood.sheet, understood.mapping.columns)
    return f"{shown(unread, LONGEST_SENTENCE)} {_WRITE_DATES}" if unread else ""


_WRITE_DATES = "Write them as 2023-09-07 or 2023-09, and use --map HEADER=depart, or --set depart=DAY for all rows."


def _which_ends(ends: Ends) -> str:
    """How to say what two columns of dates are."""

    def pair(first: str, last: str) -> str:
        maps = (f"{ends.first}={first}", f"{ends.last}={last}")
        return " ".join(f"--map {shown(shlex.quote(each))}" for each in maps)

    both = f"{shown(repr(ends.first))} and {shown(repr(ends.last))}"
    period, voyage = pair("depart_from", "depart_to"), pair("depart", "arrive")
    return f"If {both} are the ends of a period, use {period}. If they are departure and arrival, use {voyage}."


_ENDS = ("containers_low", "containers_high")


def _one_end(mapping: ColumnMap) -> str:
    """What to do where one end of a range stands alone, "" where none does."""
    alone = {column: header for header, column in mapping.columns.items() if column in _ENDS}
    if len(alone) != 1:
        return ""
    end, header = next(iter(alone.items()))
    other = next(each for each in _ENDS if each != end)
    name = shown(repr(header))
    more = f"Use --map HEADER={other} for the other, or --map {name}=containers if it is all."
    return f"{name} is one end of a range alone. {more}"


_VOYAGES = f"If each row is one voyage, use --yes {' '.join(f'--set {column}={text}' for column, text in ONE_VOYAGE)}."
_COUNT = "If a column says how many, use --map HEADER=containers."


def _how_many(understood: Understood) -> str:
    """Which columns may say how many, and how one of them is taken."""
    figures = understood.proposal.figures
    unit = "" if unit_in(figures[0]) else " --unit UNIT"
    option = f"--map {shown(shlex.quote(f'{figures[0]}=containers'))}{unit}"
    return f"{figures_sentence(figures)} If one says how many, use --yes with it, such as {option}."


def _in_stead(given: ColumnMap) -> tuple[str, str] | None:
    """Why a map is asked about in which one column stands in for another, and what to do; None where none does."""
    if arrives_only(given):
        return f"it gives arrivals and no departures. {ARRIVALS}", _ARRIVALS_HINT
    if codeless(given):
        return "it gives no codes of places: each would be known by its position", _CODES_HINT
    return None


_CODES_HINT = "If that is right, use --yes. If a column holds codes, use --map HEADER=code."
ARRIVALS = "Each leg would count when it arrives; no departure is made up"
_ARRIVALS_HINT = "If that is right, use --yes. If a column holds departures, use --map HEADER=depart."
