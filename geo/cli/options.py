"""The options of `check`, `load`, `volumes` and `brief`: how a file is to be read. Declared once, for all of them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

from geo.columns import SHAPES

FORMS = {
    "day": "day first",
    "month": "month first",
    "excel": "excel serial",
    "seconds": "epoch seconds",
    "milliseconds": "epoch milliseconds",
    "yyyymm": "year and month",
    "mon-yy": "month and year",
    "fy-to-march": "fiscal year to March",
    "fy-from-april": "fiscal year from April",
    "fy-to-june": "fiscal year to June",
    "fy-to-september": "fiscal year to September",
    "calendar-years": "calendar years",
}
"""How a date form is said on the command line -> how a mapping says it."""
ESCAPES = {"doubled": '"', "backslash": "\\", "none": ""}
"""How a quote within quotes is said on the command line -> how a dialect says it; a doubled quote is any quote."""
SAME = "Reports of this movement (its id, or all) are the same movement; may be repeated."
SEPARATE = "Reports of this movement (its id, or all) are separate movements; may be repeated."
APART = "This total (its id, or all) is not counted as part of another, whatever its file says; may be repeated."
SINCE = (
    "Only what an import (its id or name), or a report (its id), changed in the data named or in all that is loaded."
)
SAY_WHICH = "Say which: --same ID or --separate ID, or all."
_LAYOUT = "How the file is written (detected where left out)"


class KindName(StrEnum):
    """What a file holds."""

    LEGS = "legs"
    TOTALS = "totals"
    PLACES = "places"
    EVENTS = "events"


class DecimalMark(StrEnum):
    """Decimal mark."""

    POINT = "."
    COMMA = ","


class EscapeName(StrEnum):
    """What makes a quote within quotes a character."""

    DOUBLED = "doubled"
    BACKSLASH = "backslash"
    NONE = "none"


ShapeName = StrEnum("ShapeName", {name.upper().replace("-", "_"): name for name in SHAPES[1:]})  # type: ignore[misc]
"""What rows may be that are no legs as they stand."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was said on the command line about how to read a file."""

    kind: Annotated[KindName | None, typer.Option(help="What the rows are; detected from the columns if left out.")] = (
        None
    )
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Accept the saved mapping of the columns, or else the guessed one.")
    ] = False
    map: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADER=COLUMN", help="Use a column of the file as one of Waybill's; empty: do not use it."
        ),
    ] = None
    set: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=TEXT", help="Give every row this text in one of our columns.")
    ] = None
    unit: Annotated[
        str | None,
        typer.Option(
            help="What figures count where a file does not say it, such as TEU. Of volumes, briefs: only these."
        ),
    ] = None
    dates: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN=FORM", help=f"How a column's dates are written: {', '.join(FORMS)}."),
    ] = None
    place: Annotated[
        list[str] | None,
        typer.Option(metavar="SPELLING=PLACE", help='Which place a spelling is: a code, or "latitude, longitude".'),
    ] = None
    places: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A file of places to look names up in, before ours.")
    ] = None
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook, or layer of a file of layers.", rich_help_panel=_LAYOUT)
    ] = None
    delimiter: Annotated[
        str | None, typer.Option(help='What separates cells, such as ";" or "tab".', rich_help_panel=_LAYOUT)
    ] = None
    quote: Annotated[
        str | None, typer.Option(help='What encloses cells, such as "\'", or none.', rich_help_panel=_LAYOUT)
    ] = None
    escape: Annotated[
        EscapeName | None, typer.Option(help="How a quote within quotes is written.", rich_help_panel=_LAYOUT)
    ] = None
    encoding: Annotated[
        str | None, typer.Option(help="Character set, such as utf-8 or cp1251.", rich_help_panel=_LAYOUT)
    ] = None
    header_line: Annotated[
        int | None,
        typer.Option(min=0, help="Header line; 0: none.", rich_help_panel=_LAYOUT),
    ] = None
    decimal: Annotated[DecimalMark | None, typer.Option(help="Decimal mark.", rich_help_panel=_LAYOUT)] = None
    shape: Annotated[
        ShapeName | None,
        typer.Option(help="What the rows are, for legs to be made of them.", rich_help_panel=_LAYOUT),
    ] = None


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the parameters of `Options` in place of its parameter `options`."""
    hints = get_type_hints(Options, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [
        each.replace(kind=keyword)
        for each in inspect.signature(command, eval_str=True).parameters.values()
        if each.name != "options"
    ]
    more = [inspect.Parameter(e.name, keyword, default=e.default, annotation=hints[e.name]) for e in fields(Options)]

    @functools.wraps(command)
    def run(**given: object) -> None:
        options = Options(**{each.name: given.pop(each.name) for each in more})  # type: ignore[arg-type]  # typer checked
        command(options=options, **given)

    run.__signature__ = inspect.Signature([*own, *more])  # type: ignore[attr-defined]  # what typer reads
    run.__annotations__ = {}
    return run


def pairs(given: list[str] | None, option: str, example: str) -> dict[str, str]:
    """["A=B"] -> {"A": "B"}. Raises typer.BadParameter; the option is named in it."""
    found = {}
    for each in given or []:
        name, mark, text = each.partition("=")
        if not mark or not name.strip():
            raise typer.BadParameter(f"{each!r} has no =; write {option} {example}")
        found[name.strip()] = text.strip()
    return found
