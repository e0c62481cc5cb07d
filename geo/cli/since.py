"""What `--since` names, and what it changed: the data without an import, a file, a set or a report, and with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, SHOWN, counted, shown, stage, tell, watched
from geo.cli.data_input import DataInput, parts_named
from geo.data_folder import BUNDLED, FOUNDING
from geo.explain.changes import changes
from geo.explain.routes import Grounds
from geo.explain.words import reported

if TYPE_CHECKING:
    from geo.cli.period import Days
    from geo.dataset.dataset import DataSet
    from geo.dataset.parts import Part
    from geo.dataset.selection import Selection
    from geo.errors import Progress
    from geo.explain.changes import Change

MOST_REASONS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Since:
    """name: of what was added, as shown. given: the data with it. without: those without; None of a report, which is
    switched off instead."""

    name: str
    given: DataInput
    without: DataInput | None


def added(name: str, given: DataInput, *, named: bool) -> Since:
    """What `--since` names among the data given, or beside them. named: whether the data were; else all that is loaded.

    Raises typer.BadParameter for what is no import, no part of the data and no report in them.
    """
    own = [part for part in given.parts if name in (part.id, part.name)]
    if not own and name not in BUNDLED and _is_report(name, given):
        return Since(f"report {name}", given, None)
    if not own:
        own = parts_named(name)
    ids = {part.id for part in own}
    whole = given if named else replace(given, parts=tuple(_loaded()))
    rest = tuple(part for part in whole.parts if part.id not in ids)
    return Since(own[0].name, replace(whole, parts=(*rest, *own)), replace(whole, parts=rest))


def _is_report(name: str, given: DataInput) -> bool:
    from geo.tables.leg_reports import report_of

    data = given.data()
    return any((report_of(table) == name).any() for table in (data.legs, data.totals) if len(table))


def _loaded() -> list[Part]:
    """What the page has under "Everything loaded": the founding article, and the imports that are not withdrawn."""
    from geo.dataset.parts import of_bundled, of_import
    from geo.library import Library

    library = Library.open()
    return [*of_bundled(FOUNDING), *(of_import(library, made) for made in library.imports() if not made.withdrawn)]


def changed(asked: Since, selection: Selection, days: Days | None, unit: str) -> list[Change]:
    """The flows whose range is another one with it. selection: of the data with it. unit: of the flows, "" for all."""
    from geo.parsing import unit_name

    data = asked.given.data()
    with watched("Reconciling") as progress:
        after = Grounds.of(data, selection, stage(progress, 0, 0.5))
        before = _before(asked, data, selection, stage(progress, 0.5, 1))
    period = (days.start, days.end) if days else None
    return [each for each in changes(before, after, period) if not unit or each.scope.unit == unit_name(unit)]


def _before(asked: Since, data: DataSet, selection: Selection, progress: Progress) -> Grounds:
    """The data without what was added."""
    from geo.dataset.selection import in_less

    if asked.without is None:
        off = (*selection.without_report, asked.name.removeprefix("report "))
        return Grounds.of(data, replace(selection, without_report=off), progress)
    rest = asked.without.data()
    return Grounds.of(rest, in_less(rest, selection), progress)


def changes_json(asked: Since, selection: Selection, days: Days | None, unit: str) -> dict[str, object]:
    """The same as JSON: what was added, and each flow that it changed."""
    return {"since": asked.name, "changes": [each.as_json() for each in changed(asked, selection, days, unit)]}


def tell_changes(name: str, found: list[Change]) -> None:
    """Each flow with its range before and after, and why."""
    if not found:
        tell(f"No range is another one with {shown(name)}.")
        return
    tell(f"With {shown(name)} {counted(len(found), 'range')} changed:")
    for change in found:
        tell("")
        tell(change.name)
        for each in change.differences:
            tell(f"  {each.sentence}")
            for reason in each.because[:MOST_REASONS]:
                tell(f"    {shown(reason, 4 * LONGEST_SENTENCE)}")
            if len(each.because) > MOST_REASONS:
                tell(f"    … and {len(each.because) - MOST_REASONS:,} more reasons; --json has them all.")
        for report in change.reports[:SHOWN]:
            tell(f"  Because of {shown(report.id)}: {shown(reported(report), LONGEST_SENTENCE)}")
        if len(change.reports) > SHOWN:
            tell(f"  … and {len(change.reports) - SHOWN:,} more reports; --json has them all.")
