"""Files of any form, and what somebody answered about them -> readings. What nobody answered is an error that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from geo.dataset.parts import gazetteer, of_reading
from geo.errors import MappingError, Unanswered
from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching import count_units
from geo.matching.mapping import DATE_FORMS, OURS, ColumnMap, arrives_only, changed, check, header_key, own_map
from geo.matching.propose import Proposal, propose
from geo.sheet import Sheet
from geo.tables.read import Kind, Reading, Unplaced, take

SHOWN = 3
"""So many questions of one kind are asked at once."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says about a file.

    kind     legs, totals, places or events; "" where the columns tell
    yes      the columns are what they are guessed to be
    columns  header -> our column; "" for one that is not used
    fixed    our column -> the text that every row has in it
    dates    our column -> one of `geo.matching.mapping.DATE_FORMS`
    places   spelling -> a place code, or "latitude, longitude"
    unit     what the figures count, where the file does not say it
    """

    kind: str = ""
    yes: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


def read_answered(files: Sequence[str | Path], answers: Answers, places: Places) -> dict[str, Reading]:
    """Path -> what came of the file. Files of places are read first, since the others are looked up in them.

    A header is answered in the files that have it. Raises UnreadableFile and its family, Unanswered, MappingError.
    """
    if answers.kind and answers.kind not in OURS:
        raise MappingError(answers.kind, f"a kind is one of {', '.join(OURS)}, such as kind='legs'")
    sheets = {str(file): read_sheet(file) for file in files}
    told = {name for name, sheet in sheets.items() if _is_of_places(sheet)}
    readings: dict[str, Reading] = {}
    for name in sorted(sheets, key=lambda each: each not in told):
        sheet, known = sheets[name], places
        if name not in told:
            own = [of_reading(each, path) for path, each in readings.items() if each.kind == "places"]
            known = gazetteer(own, places) if own else places
        readings[name] = _read(sheet, _of_file(answers, sheet, list(sheets.values())), known)
    return {name: readings[name] for name in sheets}


def _is_of_places(sheet: Sheet) -> bool:
    proposal = propose(sheet)
    return proposal.told and proposal.kind == "places" and not proposal.missing


def _of_file(answers: Answers, sheet: Sheet, sheets: Sequence[Sheet]) -> Answers:
    """The answers without what is said of the headers of other files."""
    own, others = ({header_key(each) for one in of for each in one.header} for of in ((sheet,), sheets))
    columns = {
        header: column
        for header, column in answers.columns.items()
        if header_key(header) in own or header_key(header) not in others
    }
    return replace(answers, columns=columns)


def _read(sheet: Sheet, answers: Answers, places: Places) -> Reading:
    proposal = propose(sheet, answers.kind or None, places)
    mapping = _mapping(sheet, proposal, answers)
    reading = take(sheet, cast("Kind", mapping.kind), places=places, mapping=mapping)
    if reading.rows and not reading.kept:
        raise _nothing_kept(reading)
    return reading


def _mapping(sheet: Sheet, proposal: Proposal, answers: Answers) -> ColumnMap:
    """The map agreed to. Raises Unanswered."""
    own = own_map(sheet.header, answers.kind or proposal.kind)
    mapping = answered(proposal.mapping if answers.yes else own, sheet.header, answers)
    missing = count_units.lacking(mapping)
    if not missing and (answers.yes or not arrives_only(mapping)):
        return mapping
    guessed = answered(proposal.mapping, sheet.header, answers)
    raise Unanswered(sheet.file, *_asked(guessed, missing, sheet, proposal, kind=answers.kind))


def answered(begun: ColumnMap, headers: Sequence[str], answers: Answers) -> ColumnMap:
    """A map after all that was said about columns, dates, places and the unit. A unit that is known answers nothing.

    Raises MappingError.
    """
    after = changed(begun, headers, list(answers.columns.items()))
    after = replace(
        after,
        columns={header: column for header, column in after.columns.items() if column not in answers.fixed},
        fixed={**after.fixed, **answers.fixed},
        dates={**after.dates, **answers.dates},
        places={**after.places, **answers.places},
    )
    if answers.unit and count_units.is_unsaid(count_units.complete(after)):
        after = replace(after, fixed={**after.fixed, "unit": answers.unit})
    check(after, headers)
    return count_units.complete(after)


def _asked(
    guessed: ColumnMap, missing: Sequence[str], sheet: Sheet, proposal: Proposal, *, kind: str
) -> tuple[str, str]:
    """Why a file is not taken as it is, and the argument that answers it."""
    still = count_units.lacking(guessed)
    if still == ["unit"]:
        header = count_units.count_header(guessed)
        units = ", ".join(map(repr, count_units.suggested(header)[:SHOWN]))
        return f"nothing says what {header!r} counts", f"Pass yes=True and unit=, such as {units}."
    if not proposal.told and not kind:
        headers = ", ".join(map(repr, sheet.header[:8]))
        return f"its columns {headers} do not show what its rows are", f"Pass kind=, one of {', '.join(OURS)}."
    if still and kind and (told := propose(sheet)).told and told.kind != kind and not told.missing:
        return f"its columns are not those of {kind} but of {told.kind}", f"Pass kind={told.kind!r}, or leave it out."
    if still:
        needed = ", ".join(f"{column!r}" for column in still)
        example = f"set={{{still[0]!r}: '…'}}"
        hint = f"Pass map={{'a header': {still[0]!r}}}, or {example} for every row."
        return f"nothing in it gives these columns of {guessed.kind}: {needed}", hint
    if not missing:
        return "it gives arrivals and no departures", "Pass yes=True to count each leg when it arrives."
    pairs = ", ".join(f"{header!r} as {column}" for header, column in guessed.columns.items())
    more = "".join(f", {column} {text!r} for every row" for column, text in guessed.fixed.items())
    reason = f"its column names are not ours. Guessed: {pairs}{more}"
    return reason, "Pass yes=True if that is right, or map={'a header': 'a column'}."


def _nothing_kept(reading: Reading) -> Unanswered:
    """All rows were set aside: what would bring them back."""
    aside = "its one row was set aside" if reading.rows == 1 else f"all {reading.rows:,} rows were set aside"
    if reading.undecided:
        column = reading.undecided[0]
        choices = reading.doubts[column].choices if column in reading.doubts else ()
        known = " or ".join(repr(form) for form in choices or [each for each in DATE_FORMS if each][:2])
        return Unanswered(
            reading.file,
            f"{aside}, since nobody can tell how the dates of {column!r} are written",
            f"Pass dates={{{column!r}: …}} with {known}.",
        )
    if reading.unplaced:
        return Unanswered(
            reading.file,
            f"{aside}, since no single place is known by these names: {_spellings(reading)}",
            f"Pass places={{{reading.unplaced[0].text!r}: …}} with {_answers(reading.unplaced[0])}.",
        )
    first = next((each for each in reading.problems if each.severity == "set aside"), None)
    said = f". The first: line {first.row}, {first.column}: {first.rule}" if first else ""
    hint = (first.hint if first else "") or "Fix the file and open it again."
    return Unanswered(reading.file, f"{aside}{said}", hint)


def _spellings(reading: Reading) -> str:
    return ", ".join(repr(each.text) for each in reading.unplaced[:SHOWN])


def _answers(unplaced: Unplaced) -> str:
    codes = " or ".join(map(repr, unplaced.candidates[:SHOWN])) or "a place code"
    return f"{codes}, or 'latitude, longitude' in degrees"
