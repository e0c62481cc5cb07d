"""What `check` and `load` say about a file: as JSON, and to a reader."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import LONGEST_SENTENCE, counted, say, show_guesses, show_problems, shown, tell
from geo.cli.options import Options
from geo.cli.questions import show_questions
from geo.errors import subject
from geo.files.detect.charset import mixed
from geo.matching.count_units import ONE_VOYAGE, count_header, figures_sentence, lacking, suggested
from geo.matching.date_parts import WHOLE, called_dates, unread_dates
from geo.matching.mapping import OURS, ColumnMap, arrives_only, codeless
from geo.matching.synonyms import unit_in
from geo.parsing.units import IN_CELLS
from geo.problems import Problem, Problems
from geo.sheet import Dialect
from geo.tables.rules import REPEATED, TOLD_AGAIN

if TYPE_CHECKING:
    from geo.cli.file_input import Understood
    from geo.dataset.dataset import DataSet
    from geo.gazetteer.places import Places
    from geo.matching.period_ends import Ends
    from geo.matching.shapes.shape import Shape
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
    if "depart" in still and (ends := understood.proposal.ends) and not ends.period:
        return _which_ends(ends)
    if "depart" in still and (unread := unread_dates(understood.sheet, understood.mapping.columns)):
        return f"{shown(unread, LONGEST_SENTENCE)} {_WRITE_DATES}"
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
