"""Trade as one side reports it: reporter, partner, and whether it is an import or an export. The ends go by that."""

from __future__ import annotations

import numpy as np

from geo.errors import DialectError
from geo.gazetteer.places import Places, fold
from geo.matching.shapes.rows import beside, cells, coded, each_text, listed, made, with_word
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import words_of
from geo.matching.traits import sample
from geo.sheet import Sheet

NAME = "trade"
OFFER = "Make legs by the direction of each row"
RULE = (
    "Of an import the partner is the origin and the reporter the destination, of an export the reverse; re-imports and "
    "re-exports count as what they are called. Rows of which the file does not say which it is are listed, and no leg "
    "is made of them."
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
    found = _columns(sheet, Places.load())
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of a reporter, a partner, and imports or exports")
    reporter, partner, flow = found
    said = each_text(sheet, flow, lambda text: _of(flow, text))
    one, other = cells(sheet, reporter), cells(sheet, partner)
    unsaid = np.array([each is None for each in said], bool)
    comes = said == IMPORT
    ours = ("origin", "destination")
    columns = {
        "origin": coded(np.where(unsaid, "", np.where(comes, other, one))),
        "destination": coded(np.where(unsaid, "", np.where(comes, one, other))),
        **{name: sheet.columns[header] for header, name in beside(sheet, (), ours).items()},
    }
    return made(sheet, columns, sheet.lines, dict.fromkeys(np.flatnonzero(unsaid).tolist(), UNSAID), RULE)


def _of(flow: str, text: str) -> str | None:
    """`IMPORT`, `EXPORT`, or None where the text says neither."""
    key = fold(text)
    return _FLOWS.get(key) or (_NUMBERED.get(key) if "flow" in words_of(flow) else None)


def _columns(sheet: Sheet, places: Places) -> tuple[str, str, str] | None:
    """The columns of the reporter, of the partner and of the direction."""
    flow = next((header for header in with_word(sheet, _DIRECTIONS) if _tells(sheet, header)), "")
    partner = _placed(sheet, _PARTNERS, places)
    reporter = _placed(sheet, _REPORTERS, places) or _placed(sheet, _SELVES, places, but=partner)
    return (reporter, partner, flow) if flow and partner and reporter else None


def _tells(sheet: Sheet, header: str) -> bool:
    """Whether nearly all texts of a column say import or export."""
    if not _TRAVELS.isdisjoint(words_of(header)):
        return False
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    told = [_of(header, text) for text in texts]
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
