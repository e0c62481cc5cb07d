"""The data of a brief as they are named on the command line: sets, imports, and files with what was said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geo.cli.console import NOTHING, watched
from geo.cli.options import KindName, Options

if TYPE_CHECKING:
    from geo.brief.spec.brief import DataRef

_SETS = ("founding", "wider")
_ID = re.compile(r"[0-9a-f]{8,16}")


def is_table(file: Path | None) -> bool:
    """Whether what stands in the place of a brief is a file of data."""
    return file is not None and file.suffix.lower() != ".toml"


def refs(file: Path | None, named: Sequence[str], options: Options) -> tuple[tuple[DataRef, ...], str]:
    """(the data, the unit that is drawn: as said, or that of the first file; or ""). file: in the place of a brief.

    A file is understood as `waybill check` does where it stands so, or where something was said of it. Ends the
    command where its columns are not agreed to.
    """
    said = _said(options)
    found, unit = [], options.unit or ""
    for each in ([str(file)] if file is not None else []) + list(named):
        ref = _ref(each)
        if ref.what == "file" and (said or each == str(file)):
            ref, counted = _understood(ref, options)
            unit = unit or counted
        found.append(ref)
    of_places = Options(kind=KindName.PLACES, yes=options.yes)
    found += [_understood(_ref(str(each)), of_places)[0] for each in options.places or []]
    return tuple(found), unit


def _said(options: Options) -> bool:
    """Whether anything was said of how files are read; the unit says what is drawn as well."""
    plain = Options()
    others = (each.name for each in fields(Options) if each.name != "unit")
    return any(getattr(options, name) != getattr(plain, name) for name in others)


def _ref(said: str) -> DataRef:
    from geo.brief.spec.brief import DataRef

    if said in _SETS:
        return DataRef("set", said)
    if _ID.fullmatch(said) and not Path(said).exists():
        return DataRef("import", said)
    return DataRef("file", said)


def _understood(ref: DataRef, options: Options) -> tuple[DataRef, str]:
    """(a file with how it was read, where its columns are not ours; the unit of all its rows, or "")."""
    from geo.brief.spec.keys import reading_text
    from geo.cli.file_input import gazetteer, understand
    from geo.cli.reports import show_unagreed
    from geo.errors import silent
    from geo.parsing.units import IN_CELLS

    path = Path(ref.name)
    with watched(path.name):
        places = gazetteer(options).places
        understood = understand(path, replace(options, unit=None), places, silent)
        asked = bool(options.unit) and "unit" in understood.missing
        if asked:
            understood = understand(path, options, places, silent)
    if not understood.agreed:
        show_unagreed(understood)
        raise typer.Exit(NOTHING)
    told = _said(replace(options, yes=False, places=None, kind=None))
    if understood.proposal.own and not told and not asked:
        return ref, ""
    unit = understood.mapping.fixed.get("unit", "")
    counts = unit if unit != IN_CELLS else ""
    return replace(ref, reading=reading_text(understood.mapping, understood.sheet.dialect)), counts
