"""What was understood of how a file is written, in one line, with the reasons; and the form that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import formatting
from geo.files.features import UNTOLD
from geo.safe_text import legible
from geo.sheet import BOOKS, DECIMALS, Dialect
from geo.web.data.jobs import GLANCE
from geo.web.data.upload import KINDS, Held, kind_of, known
from geo.web.shared import tables
from geo.web.shared.escaping import in_html

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.sheet import Sheet

FIRST_ROWS = 5
MOST_HEADER_LINES = 9
LAST_HEADER_LINE = 1_000_000
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16, little-endian",
    "utf-16-be": "UTF-16, big-endian",
    "cp1252": "Windows-1252, Western Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "cp932": "Shift-JIS, Japanese",
    "cp949": "EUC-KR, Korean",
    "gb18030": "GB18030, Chinese",
}
DELIMITERS: Mapping[str, str] = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    " ": "spaces",
}
QUOTES: Mapping[str, str] = {'"': 'double quotes "', "'": "single quotes '", "": "none"}
ESCAPES: Mapping[str, str] = {'"': "a doubled quote", "'": "a doubled quote", "\\": "a backslash", "": "none"}
MARKS: Mapping[str, str] = {"": "not determined", ".": "decimal point", ",": "decimal comma"}
FORM_NAMES: Mapping[str, str] = {
    "workbook": "A workbook",
    "xml-workbook": "A workbook as XML",
    "web-page": "A web page",
    "parquet": "Parquet",
    "geojson": "GeoJSON",
    "geopackage": "GeoPackage",
    "records": "JSON",
    "kml": "KML",
    "shapefile": "A shapefile",
}
SHAPE_NAMES: Mapping[str, str] = {
    "port-calls": "legs made of port calls",
    "trade": "legs made of imports and exports",
    "matrix": "legs made of a matrix",
    "wide": "rows made of columns of periods",
    "routes": "legs made of routes in one column",
    "sizes": "containers of two sizes counted in TEU",
    "unlocode": "places made of UN/LOCODE",
    "claims": "totals by the day of each report",
}
PACKING_NAMES: Mapping[str, str] = {"gzip": "gzip", "zip": "zip"}


def pieces(dialect: Dialect, why: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was understood, in words, each with its reason or "". why: field of the dialect -> reason."""
    member = f"“{dialect.member}” " if dialect.member else ""
    found = [(f"{member}unpacked from {PACKING_NAMES[dialect.packing]}", "packing")] if dialect.packing else []
    if dialect.form == "text":
        found += [
            (_short(ENCODINGS.get(dialect.encoding, dialect.encoding)), "encoding"),
            (DELIMITERS.get(dialect.delimiter, f"cells between “{dialect.delimiter}”"), "delimiter"),
        ]
    else:
        found.append((FORM_NAMES.get(dialect.form, dialect.form), "form"))
        if dialect.sheet:
            found.append((f"{BOOKS.get(dialect.form, 'layer')} “{dialect.sheet}”", "sheet"))
    if dialect.form in ("text", *BOOKS):
        found.append((_names_line(dialect), "header_line"))
    if "positions" in why:
        found.append(
            (
                "positions not in degrees" if why["positions"] == UNTOLD else "positions converted to degrees",
                "positions",
            )
        )
    if "merged" in why:
        found.append(("merged cells counted for each of their rows", "merged"))
    if dialect.shape:
        found.append((SHAPE_NAMES[dialect.shape], "shape"))
    if dialect.decimal:
        found.append((MARKS[dialect.decimal], "decimal"))
    return [(said, why.get(name, "")) for said, name in found]


def _short(encoding: str) -> str:
    return encoding.partition(",")[0]


def _names_line(dialect: Dialect) -> str:
    first, lines = dialect.header_line, dialect.header_lines
    if not first:
        return "no header"
    return f"header in line {first}" if lines == 1 else f"header in lines {first} to {first + lines - 1}"


def rows_in_words(held: Held) -> str:
    """How many rows it has, as far as that is known."""
    noun = KINDS.get(kind_of(held), "row")
    if held.reading is not None:
        return formatting.counted(formatting.number(held.reading.rows), noun)
    sheet = held.sheet or held.glance
    if sheet is None:
        return ""
    rows = len(sheet) + len(sheet.broken)
    known_to_end = held.sheet is not None or (rows < GLANCE and not sheet.dialect.shape)
    return formatting.counted(formatting.number(rows) if known_to_end else f"at least {rows:,}", noun)


def show(held: Held) -> DeltaGenerator:
    """The line, the reasons, the form, and the first rows as they stand. -> where the line is, to be said anew."""
    line = st.empty()
    sheet = held.glance
    if sheet is not None:
        say(held, line)
        _layers(held, sheet)
        _first_rows(sheet)
    with st.expander("Change how it is read"):
        _form(held, sheet.dialect if sheet is not None else held.dialect or Dialect())
    return line


def say(held: Held, line: DeltaGenerator) -> None:
    """What was understood, in one line, with its reasons."""
    sheet = known(held.glance)
    told = pieces(sheet.dialect, sheet.reasons)
    said = ", ".join(filter(None, [*(said for said, _ in told), rows_in_words(held)]))
    reasons = [why for _, why in told if why] if held.dialect is None else ["As you chose."]
    reasons += [sheet.reasons["shape"]] if held.dialect is not None and sheet.dialect.shape else []
    if held.reading is not None:
        reasons += [
            f"The dates of {name} are read {form}." for name, form in held.reading.mapping.dates.items() if form
        ]
        reasons += [f"Each date of {name} stands for its {unit}." for name, unit in held.reading.periods.items()]
    items = "".join(f"<li>{in_html(reason)}</li>" for reason in reasons)
    why = f'<details class="wb-why"><summary>Why</summary><ul>{items}</ul></details>' if items else ""
    line.html(f'<div class="wb-understood"><p>{in_html(said[:1].upper() + said[1:])}</p>{why}</div>')


def _layers(held: Held, sheet: Sheet) -> None:
    """The sheet or layer that was taken, and the others: in another one the names and the marks are looked for anew."""
    if len(sheet.choices) < 2:
        return
    label = BOOKS.get(sheet.dialect.form, "layer").capitalize()
    now, key = sheet.dialect.sheet, held.key(f"layer_{held.looks}")
    chosen = st.selectbox(label, sheet.choices, _at(sheet.choices, now), key=key, format_func=legible, width=360)
    if chosen != now:
        held.read_as(None, chosen)
        st.rerun()


def _first_rows(sheet: Sheet) -> None:
    rows = min(FIRST_ROWS, len(sheet))
    if sheet.preamble:
        above = "\n".join(sheet.preamble[:FIRST_ROWS])
        st.html(f'<p class="wb-label">Above the header</p><pre class="wb-lines">{in_html(above)}</pre>')
    cells = {name: sheet.columns[name][:rows].to_pylist() for name in sheet.header}
    tables.show(pd.DataFrame(cells, dtype="str"))


def _form(held: Held, now: Dialect) -> None:
    """All that can be said about how a file is written; also for one that could not be read at all."""
    with st.form(held.key(f"dialect_{held.looks}"), border=False):
        chosen = now
        if now.form == "text":
            chosen = _text_fields(held, now)
        if now.form in ("text", *BOOKS):
            chosen = _header_fields(chosen)
        with st.container(horizontal=True):
            again = st.form_submit_button("Apply")
            detected = held.dialect is not None and st.form_submit_button("Reset to detected", type="tertiary")
    if again or detected:
        if detected:
            held.read_as(None, now.sheet)
        else:
            held.read_as(chosen)
        st.rerun()


def _text_fields(held: Held, now: Dialect) -> Dialect:
    left, middle, right = st.columns(3)
    with left:
        encoding = _choice("Encoding", ENCODINGS, now.encoding)
        decimal = st.selectbox(
            "Decimal mark", DECIMALS, DECIMALS.index(now.decimal), format_func=lambda mark: MARKS[mark]
        )
    with middle:
        delimiter = _choice("Delimiter", DELIMITERS, now.delimiter)
        other = st.text_input("Other delimiter", max_chars=20, key=held.key(f"delimiter_{held.looks}"))
    with right:
        quote = _choice("Quotes", QUOTES, now.quote)
        marks = ["\\", ""] if not quote else [quote, "\\", ""]
        escape = st.selectbox(
            "Escaped quote",
            marks,
            marks.index(now.escape) if now.escape in marks else 0,
            format_func=lambda mark: ESCAPES.get(mark, legible(mark)),
        )
    return replace(now, encoding=encoding, decimal=decimal, delimiter=other or delimiter, quote=quote, escape=escape)


def _header_fields(now: Dialect) -> Dialect:
    left, right, _ = st.columns(3)
    with left:
        line = st.number_input("Header line (0 = none)", 0, LAST_HEADER_LINE, now.header_line)
    with right:
        lines = st.number_input("Header lines", 1, MOST_HEADER_LINES, max(now.header_lines, 1))
    return replace(now, header_line=int(line), header_lines=int(lines))


def _choice(label: str, names: Mapping[str, str], now: str) -> str:
    options = list(names) if now in names else [now, *names]
    chosen: str = st.selectbox(
        label, options, options.index(now), format_func=lambda option: legible(names.get(option, option))
    )
    return chosen


def _at(options: tuple[str, ...], now: str) -> int:
    return options.index(now) if now in options else 0
