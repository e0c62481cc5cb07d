"""What `check` and `load` say about a file: as JSON, and to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, counted, say, show_guesses, show_problems, shown, tell
from geo.cli.options import Options
from geo.cli.questions import show_questions
from geo.cli.unagreed import unagreed
from geo.errors import subject
from geo.files.detect.charset import mixed
from geo.matching.count_units import count_header, suggested
from geo.matching.mapping import ColumnMap, arrives_only
from geo.parsing.units import IN_CELLS
from geo.problems import Problem, Problems
from geo.sheet import Dialect
from geo.tables.rules import REPEATED, TOLD_AGAIN

if TYPE_CHECKING:
    from geo.cli.file_input import Understood
    from geo.dataset.dataset import DataSet
    from geo.gazetteer.places import Places
    from geo.tables.read import Reading

Report = dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What is found when the rows of a file are compared with one another.

    problems: those of its reading with the warnings about its voyages. notes: what was not looked at. twice: the file
    by itself, where any of its movements may be told twice.
    """

    problems: Problems
    notes: tuple[str, ...] = ()
    twice: DataSet | None = None


def looked_at(reading: Reading) -> Looked:
    """A file's rows held against one another."""
    from geo.voyages.problems import with_voyages

    problems, notes = with_voyages(reading)
    return Looked(problems, notes, _told_twice(reading))


def _told_twice(reading: Reading) -> DataSet | None:
    """A file by itself, where any of its rows may tell what another tells; else None."""
    rules = reading.problems.warnings.frame["rule"]
    if reading.kind != "legs" or not rules.isin([REPEATED, TOLD_AGAIN[0]]).any():
        return None
    from geo.dataset.dataset import data_set
    from geo.dataset.parts import of_reading

    return data_set([of_reading(reading, reading.file)])


def report(understood: Understood, reading: Reading, found: Looked | None = None) -> Report:
    """A reading as JSON. found: what was found when its rows were compared, where that is to be told."""
    looked = found or Looked(reading.problems)
    return {
        "file": str(understood.file),
        "kind": reading.kind,
        "sha256": reading.sha256,
        "rows": reading.rows,
        "kept": reading.kept,
        "set_aside": len(reading.set_aside),
        "problems": [asdict(problem) for problem in looked.problems],
        "preferred": [asdict(each) for each in reading.preferred],
        "told_twice": _questions_of(looked.twice),
        "mapping": reading.mapping.as_json() | _agreement(understood),
        "dialect": _dialect(understood),
    }


def _questions_of(twice: DataSet | None) -> list[Report]:
    if twice is None:
        return []
    from geo.cli import told_twice

    return told_twice.as_json(twice)


def report_of_nothing(
    file: Path, options: Options, reason: str, hint: str, understood: Understood | None = None
) -> Report:
    """What cannot be read, or is not agreed to, as JSON: the reason is the one problem, of row 0."""
    said = options.kind.value if options.kind else None
    return {
        "file": str(file),
        "kind": understood.mapping.kind if understood and understood.proposal.told else said,
        "sha256": understood.sheet.sha256 if understood else None,
        "rows": 0,
        "kept": 0,
        "set_aside": 0,
        "problems": [asdict(Problem(0, "", "", reason, hint))],
        "preferred": [],
        "told_twice": [],
        "mapping": understood.mapping.as_json() | _agreement(understood) if understood else None,
        "dialect": _dialect(understood) if understood else None,
    }


def show_unagreed(understood: Understood) -> None:
    """How the file was read, the guesses, each with its reason, and how to agree."""
    reason, hint = unagreed(understood)
    for sentence in _layout(understood):
        say(sentence)
    if understood.proposal.shape is None:
        show_guesses(understood.proposal.guesses)
    say(subject(shown(str(understood.file)), f"{shown(reason, LONGEST_SENTENCE)}. {hint}"))


def show_reading(understood: Understood, reading: Reading, found: Looked, places: Places) -> None:
    """Counts, what the file was understood to be, its problems, and its movements told twice."""
    counts = f"{counted(reading.rows, 'row')} read, {reading.kept:,} kept, {len(reading.set_aside):,} set aside"
    if warnings := len(found.problems.warnings):
        counts += f"; {counted(warnings, 'warning')}"
    tell(f"{shown(str(understood.file))} ({reading.kind}): {counts}")
    for sentence in _layout(understood):
        tell(sentence)
    _show_mapping(reading.mapping)
    for column, unit in reading.periods.items():
        tell(f"Dates in {column}: each stands for its {unit}")
    if reading.ignored:
        tell(f"Columns that are not ours, ignored: {', '.join(shown(name) for name in reading.ignored)}")
        for sentence in _ignored_but_alike(understood, reading):
            tell(sentence)
    show_questions(reading, places)
    if found.problems:
        show_problems(found.problems)
    for note in found.notes:
        tell(note)
    if found.twice is not None:
        from geo.cli import told_twice

        told_twice.show_questions(found.twice)


def _ignored_but_alike(understood: Understood, reading: Reading) -> Iterator[str]:
    """What an ignored column probably is, and how to use it."""
    filled = set(reading.mapping.columns.values())
    for guess in understood.proposal.guesses:
        if guess.header in reading.ignored and guess.confidence != "possible" and guess.column not in {"", *filled}:
            name = shown(repr(guess.header))
            yield f"{name} is probably {guess.column}: --map {name}={guess.column} uses it."


def _show_mapping(mapping: ColumnMap) -> None:
    renamed = {header: column for header, column in mapping.columns.items() if header != column}
    if renamed:
        tell("Columns: " + ", ".join(f"{shown(header)} → {column}" for header, column in renamed.items()))
    if arrives_only(mapping):
        tell("No column gives a departure: each leg counts when it arrives.")
    for column, text in mapping.fixed.items():
        told = "each row is in the unit that its cell says" if text == IN_CELLS else ""
        tell(told.capitalize() or f"In every row, {column} is {shown(text)}")
    for column, form in mapping.dates.items():
        if form:
            tell(f"Dates in {column}: {form}")


def _layout(understood: Understood) -> Iterator[str]:
    """How the file is written, and why it was taken to be so, where it is not as most are."""
    dialect, usual = understood.sheet.dialect, Dialect()
    if dialect.form == "text":
        first, last = dialect.header_line, dialect.header_line + dialect.header_lines - 1
        lines = f"names in lines {first} to {last}" if last > first > 0 else f"names in line {first}"
        lines = lines if first else "no line of names"
        yield f"Read as {shown(dialect.encoding)}, cells divided by {shown(repr(dialect.delimiter))}, {lines}."
    for field, reason in understood.sheet.reasons.items():
        if (
            not hasattr(dialect, field)
            or getattr(dialect, field) != getattr(usual, field)
            or (field == "encoding" and mixed(reason))
        ):
            yield f"{field.replace('_', ' ').capitalize()}: {shown(reason, LONGEST_SENTENCE)}"


def _agreement(understood: Understood) -> Report:
    return {
        "agreed": understood.agreed,
        "guesses": [asdict(guess) for guess in understood.proposal.guesses],
        "missing": list(understood.missing),
        "questions": _questions(understood),
    }


def _questions(understood: Understood) -> list[Report]:
    """What --yes does not answer, each with the option that does."""
    if shape := understood.proposal.shape:
        return [
            {
                "column": "",
                "question": shape.what,
                "answers": [shape.name] if shape.offered else [],
                "option": "--shape" if shape.offered else "--kind",
            }
        ]
    if "unit" not in understood.missing:
        return []
    header = count_header(understood.mapping)
    asked = f"What does {header!r} count?"
    return [{"column": header, "question": asked, "answers": list(suggested(header)), "option": "--unit"}]


def _dialect(understood: Understood) -> Report:
    return {**understood.sheet.dialect.as_json(), "reasons": dict(understood.sheet.reasons)}


FIRST = 3
"""So many problems of a file are told; `waybill check` lists them all."""


def tell_set_aside(file: Path, reading: Reading) -> None:
    """Says which rows count nowhere, and why, beside the output."""
    aside = len(reading.set_aside)
    if not aside:
        return
    said = f"{aside:,} of {counted(reading.rows, 'row')} set aside and not counted in the volumes"
    say(f"{shown(str(file))}: {said}.")
    wrong = [problem for problem in reading.problems if problem.severity == "set aside"]
    for problem in wrong[:FIRST]:
        say(f"  line {problem.row}, {_sentence(problem)}")
    say(f"  `waybill check {shown(str(file))}` lists them all.")


def _sentence(problem: Problem) -> str:
    where = f"{shown(problem.column)}: " if problem.column else ""
    given = f"{shown(problem.given)!r}: " if problem.given else ""
    return shown(f"{where}{given}{problem.rule}. {problem.hint}", LONGEST_SENTENCE)
