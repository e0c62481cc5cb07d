"""Lines of column names -> one name a column, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count

import pyarrow as pa

from geo import columns
from geo.files import formulas
from geo.files.column_builder import blank_texts
from geo.matching.mapping import header_key
from geo.parsing.scales import scaled
from geo.parsing.units import is_unit as is_known_unit


def names_of(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The names of `width` columns, from one or several rows of cells that are joined by a space.

    A name over several columns stands in the first of them alone, as in a workbook's merged cells: in all rows but the
    last, an empty cell takes the name to its left. "column 3" for a third without a name, "port (2)" for a second port.
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        left = ""
        for column in range(width):
            cell = _plain(row[column]) if column < len(row) else ""
            if number < len(rows) - 1:
                cell = left = cell or left
            if cell and cell not in parts[column][-1:]:
                parts[column].append(cell)
    return distinct([" ".join(part) for part in parts])


def lower_names(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The names of `width` columns without those of the groups above them; () where there are no groups."""
    named = len(rows)
    while named > 1 and (is_rule(rows[named - 1]) or all(map(is_unit, filter(str.strip, rows[named - 1])))):
        named -= 1
    if named < 2:
        return ()
    below = rows[named - 1 :]
    columns = ((_plain(row[column]) for row in below if column < len(row)) for column in range(width))
    return tuple(" ".join(filter(None, cells)) for cells in columns)


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names, trimmed, with a number where one is empty or was there before; case and spaces aside."""
    taken = {header_key(name) for name in names if name.strip()}
    found: list[str] = []
    seen: set[str] = set()
    again: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        own = name.strip() or f"column {number}"
        key = header_key(own)
        if key in seen or (not name.strip() and key in taken):
            again[key] = next(
                more for more in count(again.get(key, 1) + 1) if header_key(f"{own} ({more})") not in taken
            )
            own = f"{own} ({again[key]})"
        seen.add(header_key(own))
        taken.add(header_key(own))
        found.append(own)
    return tuple(found)


def is_rule(cells: Iterable[str]) -> bool:
    """Whether a row only draws a line below the names, as in Markdown: "---", ":---:", "====="."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return bool(texts) and all(_RULE.fullmatch(text) for text in texts)


def _plain(cell: str) -> str:
    if _RULE.fullmatch(cell.strip()):
        return ""
    return formulas.as_given(cell).strip()


def named_columns(names: Sequence[Sequence[str]], columns: Sequence[pa.DictionaryArray]) -> int:
    """How many columns there are without those at the end that have neither a name nor a text in any row."""
    many = len(columns)
    while names and many > 1 and not any(row[many - 1].strip() for row in names if len(row) >= many):
        if not blank_texts(columns[many - 1].dictionary).all():
            break
        many -= 1
    return many


_TABLES = (columns.PLACES, columns.LEGS, columns.TOTALS, columns.EVENTS)
KNOWN = frozenset(each.name for table in _TABLES for each in table)
"""Our own column names."""

_RULE = re.compile(r":-+:?|-+:|[-+]{3,}|[=+]{3,}")
_SPACES = " \u00a0\u202f\u2009'’"
_NUMBER = re.compile(rf"[~<>≥≤]?[+-]?(\d+([.,]\d+)*|\d{{1,3}}([{_SPACES}]\d{{3}})+([.,]\d+)?|[.,]\d+)( ?%)?")
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?~?([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}( \d{1,2}:\d{2}(:\d{2})?)?|\d{1,2}[ -]?[A-Za-z]{3,9}\.?[ -]\d{2,4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}:\d{2}(:\d{2})?|\d{4}年\d{1,2}月(\d{1,2}日)?"
    r"|\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?"
)
_UNIT = re.compile(
    r"[(\[{].*[)\]}]|teu|feu|t|kg|km|nm|tonnes?|tons?|containers?|count|number|utc|gmt|local time|days?|hours?|dates?|"
    r"text|string|int(eger)?|float|[ymdhs]{1,4}([-/.: t][ymdhs]{1,4})+|degrees?|deg|°|%|-|n/?a|un/?locode|code|name",
    re.IGNORECASE,
)
_HEADER_WORDS = frozenset(
    word
    for words in (
        "origin destination from to port ports pol pod place station terminal loading discharge locode source target",
        "date dates day time etd eta atd ata depart departure departed arrive arrival arrived start end year month",
        "vessel ship imo mmsi carrier line cargo goods",
        "commodity voyage shipment unit mode containers container teu feu",
        "quantity qty count amount tonnes weight volume value total lat lon lng latitude longitude name code id no nr",
        "number country note notes remarks comment comments url",
        "link report claimant outlet title event type kind status",
        "dest row why hafen abfahrt ankunft datum menge schiff ladung herkunft ziel von nach anzahl bemerkung quelle",
        "origen destino salida llegada fecha buque carga cantidad puerto origine destinazione départ arrivée navire",
        "quantité дата порт судно груз откуда куда количество отправления назначения отправление назначение",
        "прибытие примечание 出发港 目的港 日期 船名 货物 数量 始发地 目的地 到达 出发 备注",
        "出発港 到着港 日付 貨物 積地 揚地 備考 출발항 도착항 일자 선박 화물 수량 출발지 도착지 날짜 비고",
    )
    for word in words.split()
)
_WORDS = re.compile(r"[^\W\d_]+")


def is_value(cell: str) -> bool:
    """A number or a date, as headers are not."""
    plain = cell.strip()
    return len(plain) <= 40 and bool(_NUMBER.fullmatch(plain) or _DATE.fullmatch(plain))


def is_unit(cell: str) -> bool:
    """A unit of measure, thousands of one, or a form, such as stands below a column's name."""
    plain = cell.strip()
    return len(cell) <= 60 and (bool(_UNIT.fullmatch(plain)) or _is_scale(plain))


def _is_scale(text: str) -> bool:
    """Whether a cell says thousands, alone or of a unit that we know: "thousands", "x1000", "thousand tonnes"."""
    scale, unit = scaled(text)
    return bool(scale) and not text.isdigit() and (not unit or is_known_unit(unit))


def known_names(cells: Iterable[str]) -> int:
    """How many different ones of our own column names there are."""
    return len(KNOWN & {header_key(cell) for cell in cells if len(cell) <= 100})


def header_words(cells: Iterable[str]) -> int:
    """How many cells hold a word that columns are named by, and are short enough for a name."""
    return sum(
        len(cell) <= 60 and not is_value(cell) and bool(_HEADER_WORDS & set(_WORDS.findall(header_key(_spaced(cell)))))
        for cell in cells
    )


def _spaced(cell: str) -> str:
    """portOfLoading and port_of_loading as port of loading."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell).replace("_", " ")


def filled(cells: Iterable[str]) -> int:
    """How many cells hold text."""
    return sum(bool(cell.strip()) for cell in cells)
