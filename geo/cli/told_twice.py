"""What a command says of movements that several reports tell of: to a reader, and as JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, SHOWN, counted, shown, tell
from geo.cli.options import SAY_WHICH
from geo.dataset import told_twice

if TYPE_CHECKING:
    from geo.dataset.dataset import DataSet
    from geo.dataset.selection import Selection
    from geo.dataset.told_twice import Overlap, Question, Range
    from geo.library import Library

HOW = "`waybill volumes` and `waybill brief` take the answer: --same ID or --separate ID, or all; so does the page."


def show_questions(data: DataSet) -> None:
    """The largest questions of a file, and how they are answered."""
    names = data.names
    count = told_twice.count(data)
    if not count:
        return
    tell(f"{counted(count, 'movement')} told more than once:")
    for each in told_twice.questions(data, most=SHOWN):
        tell(shown(f"  {_lines(each, data)}: {told_twice.sentence(each, data, names)}", LONGEST_SENTENCE))
        tell(shown(f"    {told_twice.outcome(each)} Id: {each.id}", LONGEST_SENTENCE))
    if count > SHOWN:
        tell(f"  … and {count - SHOWN:,} more; --json lists the first {told_twice.MOST_ASKED:,}.")
    tell(HOW)


def _lines(question: Question, data: DataSet) -> str:
    rows = sorted(data.legs.loc[list(question.legs), "row"].tolist())
    named = ", ".join(f"{row:,}" for row in rows[:SHOWN])
    return f"Lines {named}" + (f" and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else "")


def tell_unanswered(data: DataSet, selection: Selection) -> None:
    """The questions that are open, beside what came of the others."""
    if sentences := told_twice.unanswered(data, selection):
        tell("")
        for each in sentences:
            tell(shown(each, LONGEST_SENTENCE))
        tell(SAY_WHICH)


def as_json(data: DataSet | None, selection: Selection | None = None) -> list[dict[str, object]]:
    """The first questions, what they come to, and the answers given."""
    if data is None:
        return []
    same, separate = (selection.same, selection.separate) if selection else ((), ())
    return [
        {
            **asdict(each),
            "legs": [{"line": int(line), "claimant": who} for line, who in _tellers(each, data)],
            "one": _range(each.one),
            "both": _range(each.both),
        }
        for each in told_twice.questions(data, same, separate, told_twice.MOST_ASKED)
    ]


def _tellers(question: Question, data: DataSet) -> list[tuple[int, str]]:
    legs = data.legs.loc[list(question.legs)]
    return list(zip(legs["row"].tolist(), legs["claimant"].tolist(), strict=True))


def _range(figures: Range) -> dict[str, float | None]:
    names = ("low", "best", "high")
    return {name: each if math.isfinite(each) else None for name, each in zip(names, figures, strict=True)}


def earlier_imports(library: Library, made: str) -> list[tuple[Overlap, str, str]]:
    """What an import tells that earlier ones tell too, each with its id and its name; not those that are withdrawn."""
    from geo.dataset.dataset import data_set
    from geo.dataset.parts import of_import

    imports = [each for each in library.imports() if each.kind == "legs" and not each.withdrawn]
    if not any(each.id == made for each in imports):
        return []
    data = data_set([of_import(library, each) for each in imports])
    name_of = {each.id: each.name for each in imports}
    own = [each for each in told_twice.overlaps(data) if data.leg_parts[each.part] == made]
    others = [data.leg_parts[each.other] for each in own]
    return [(each, other, name_of[other]) for each, other in zip(own, others, strict=True)]
