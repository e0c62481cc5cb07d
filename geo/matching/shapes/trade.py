"""Trade as one side reports it: reporter, partner, and whether it is an import or an export. The ends go by that."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from geo.arrays import Texts
from geo.errors import DialectError
from geo.gazetteer.places import Places, fold
from geo.matching.shapes.rows import beside, cells, coded, each_text, listed, made, with_word
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.unpivot import TOTAL_ROW
from geo.matching.spellings import WEAK
from geo.matching.synonyms import known_as, words_of
from geo.matching.traits import sample
from geo.parsing.total_words import is_total_word
from geo.sheet import Sheet

NAME = "trade"
OFFER = "Make legs by the direction of each row"
RULE = (
    "Of an import the partner is the origin and the reporter the destination, of an export the reverse; re-imports and "
    "re-exports count as what they are called. What exporter and importer both report of one period is one flow: the "
    "importer's account counts, and the exporter's is listed. Rows of which the file does not say which it is are "
    "listed, and no leg is made of them."
)
IMPORT, EXPORT = "import", "export"
_FLOWS = {
    **dict.fromkeys(("m", "import", "imports", "imp", "i", "in", "inbound", "incoming", "rm", "re import"), IMPORT),
    **dict.fromkeys(("re imports", "reimport", "reimports", "arrivals", "receipts", "импорт", "ввоз", "进口"), IMPORT),
    **dict.fromkeys(("general imports", "imports for consumption", "einfuhr", "importations", "importación"), IMPORT),
    **dict.fromkeys(("x", "export", "exports", "exp", "e", "out", "outbound", "outgoing", "rx", "re export"), EXPORT),
    **dict.fromkeys(("re exports", "reexport", "reexports", "dispatches", "domestic exports", "dx"), EXPORT),
    **dict.fromkeys(("domestic export", "экспорт", "вывоз", "出口", "ausfuhr", "exportations", "exportación"), EXPORT),
}
_NUMBERED = {"1": IMPORT, "2": EXPORT, "3": EXPORT, "4": IMPORT}
"""The same in figures, under a header that says "flow" (Comtrade, Eurostat)."""
_DIRECTIONS = frozenset(
    ("flow", "flows", "direction", "trade", "regime", "rgcode", "movement", "in", "imp", "import", "type", "traffic")
)
_REPORTERS = frozenset({"reporter", "declarant", "reporting", "rt", "rtcode"})
_PARTNERS = frozenset({"partner", "counterpart", "counterparty", "pt", "foreign", "other"})
_SELVES = frozenset({"country", "port", "terminal", "economy", "state", "region", "city", "district"})
"""Whose rows they are, where no header says "reporter"."""
_NAMES = frozenset({"desc", "description", "name", "title", "label", "country", "economy", "area", "port", "reporting"})
_TRAVELS = frozenset({"mot", "mode", "transport", "unit", "qty", "quantity", "weight", "value"})
"""What else a header of such words may be about."""
_ENDS = ("origin", "destination")
_WHEN_OR_WHAT = frozenset(
    ("depart", "depart_year", "depart_month", "cargo", "mode", "unit", "period", "year", "month", "quarter", "date")
) | {"commodity", "cmd", "cmdcode", "hs", "product", "mot", "motcode", "customs", "regime", "sitc"}
"""Our columns and words of a header that tell two flows of one pair of countries apart."""
MIRRORED = (
    "what two countries report of one flow counts once",
    "Line {} is the importer's account of it, which counts. To let the exporter's count instead, leave that one out.",
)
UNSAID = (
    "a row says whether it is an import or an export",
    "Say it in the file, or fill in origin and destination here.",
)


def trade(sheet: Sheet, places: Places) -> Shape | None:
    """What such a table is; None where it is none."""
    found = _columns(sheet, places)
    if found is None:
        return None
    reporter, partner, flow = found
    what = (
        f"Which way a row goes, its direction says: {listed([flow])} tells of each row whether it is an import or an "
        f"export of {listed([reporter])}, with {listed([partner])} as the other end."
    )
    return Shape(NAME, what, RULE, OFFER)


def legs_of_trade(sheet: Sheet) -> Sheet:
    """The rows with an origin and a destination. Raises DialectError."""
    places = Places.load()
    found = _columns(sheet, places)
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of a reporter, a partner, and imports or exports")
    reporter, partner, flow = found
    said = each_text(sheet, flow, lambda text: said_of(flow, text))
    one, other = cells(sheet, reporter), cells(sheet, partner)
    unsaid = np.array([each is None for each in said], bool)
    comes = said == IMPORT
    who = {"claimant": sheet.columns[reporter]} if _claims(sheet, reporter) else {}
    columns = {
        "origin": coded(np.where(unsaid, "", np.where(comes, other, one))),
        "destination": coded(np.where(unsaid, "", np.where(comes, one, other))),
        **who,
    }
    others = beside(sheet, (reporter,) if who else (), tuple(columns))
    columns |= {name: sheet.columns[header] for header, name in others.items()}
    ends = [_codes(columns[end], places) for end in _ENDS]
    aside = _mirrored(sheet, found, ends, np.where(unsaid, "", said))
    texts = cells(sheet, flow)
    aside |= {row: TOTAL_ROW if is_total_word(texts[row]) else UNSAID for row in np.flatnonzero(unsaid).tolist()}
    return made(sheet, columns, sheet.lines, aside, RULE)


def _claims(sheet: Sheet, reporter: str) -> bool:
    """Whether the reporter is who asserts a row: no other column says who does."""
    if _REPORTERS.isdisjoint(words_of(reporter)):
        return False
    named = (known for header in sheet.header if header != reporter for known in known_as(header, "legs")[:1])
    return not any(known.column == "claimant" and known.strength > WEAK for known in named)


def _codes(column: pa.DictionaryArray, places: Places) -> Texts:
    """The place of each row, or its spelling where it may be several: the two sides may spell a country differently."""
    found = np.empty(len(column.dictionary), object)
    for at, text in enumerate(column.dictionary.to_pylist()):
        codes = places.find(text).candidates
        found[at] = codes[0] if len(codes) == 1 else fold(text)
    return found[column.indices.to_numpy()] if len(column) else np.zeros(0, object)


def _mirrored(sheet: Sheet, found: tuple[str, str, str], ends: list[Texts], said: Texts) -> dict[int, tuple[str, str]]:
    """The exports that the importer reports too: row -> rule and hint with the importer's line."""
    tells = [header for header in sheet.header if header not in found and _tells_apart(header)]
    keys = list(zip(*(each.tolist() for each in (*ends, *(cells(sheet, header) for header in tells))), strict=True))
    imports = {key: row for row, key in reversed(list(enumerate(keys))) if said[row] == IMPORT}
    return {
        row: (MIRRORED[0], MIRRORED[1].format(int(sheet.lines[imports[key]])))
        for row, key in enumerate(keys)
        if said[row] == EXPORT and key in imports
    }


def _tells_apart(header: str) -> bool:
    """Whether a column says when or of what."""
    names = {known.column for known in known_as(header, "legs")} | set(words_of(header))
    return not names.isdisjoint(_WHEN_OR_WHAT)


def said_of(flow: str, text: str) -> str | None:
    """`IMPORT`, `EXPORT`, or None where the text says neither."""
    key = fold(text)
    return _FLOWS.get(key) or (_NUMBERED.get(key) if "flow" in words_of(flow) else None)


def _columns(sheet: Sheet, places: Places) -> tuple[str, str, str] | None:
    """The columns of the reporter, of the partner and of the direction."""
    flow = direction_column(sheet)
    partner = _placed(sheet, _PARTNERS, places)
    reporter = _placed(sheet, _REPORTERS, places) or _placed(sheet, _SELVES, places, but=partner)
    return (reporter, partner, flow) if flow and partner and reporter else None


def direction_column(sheet: Sheet) -> str:
    """The column that says of nearly each row whether it is an import or an export; "" where there is none."""
    return next((header for header in with_word(sheet, _DIRECTIONS) if _tells(sheet, header)), "")


def _tells(sheet: Sheet, header: str) -> bool:
    """Whether nearly all texts of a column say import or export."""
    if not _TRAVELS.isdisjoint(words_of(header)):
        return False
    texts = [text for text in sample(sheet.columns[header].dictionary).to_pylist() if not is_total_word(text)]
    told = [said_of(header, text) for text in texts]
    return bool(texts) and sum(each is not None for each in told) > len(texts) / 2


def _placed(sheet: Sheet, words: frozenset[str], places: Places, but: str = "") -> str:
    """The column with such a word whose texts are places, names before codes; "" where there is none."""
    found = [header for header in with_word(sheet, words) if header != but and _are_places(sheet, header, places)]
    return min(found, key=lambda header: _rank(header, words), default="")


def _rank(header: str, words: frozenset[str]) -> int:
    others = set(words_of(header)) - words
    return 0 if others <= _NAMES else 1


def _are_places(sheet: Sheet, header: str, places: Places) -> bool:
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return any(places.knows(text) for text in texts)
