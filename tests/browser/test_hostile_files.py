"""Files that take their reader down, one after the other, while somebody else's map plays on."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import READY_MS, MapPage
from tests.files.books import ods, xlsx
from tests.files.child.test_geopackage import package


def _parquet() -> bytes:
    file = io.BytesIO()
    one = pa.DictionaryArray.from_arrays(pa.array(np.zeros(30_000_000, np.int8)), pa.array(["KPRJN"]))
    pq.write_table(pa.table({"origin": one}), file)
    return file.getvalue()


def _files(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Name -> content, and what the page says of it."""
    far = "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='XFD1048576'><v>1</v></c></row>"
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="40">{cell}</table:table-cell></table:table-row>'
    endless = "CREATE VIEW v AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x FROM r"
    view = package(folder / "view.gpkg", [endless, "INSERT INTO gpkg_contents VALUES ('v', 'attributes')"])
    return {
        "far.xlsx": (xlsx({"A": far}), "the memory that reading it takes: more than 960 MiB"),
        "repeated.ods": (ods({"A": row * 40}), "the memory that reading it takes: more than 960 MiB"),
        "view.gpkg": (view.read_bytes(), "has a view, 'v'"),
        "rows.parquet": (_parquet(), "the memory for 30,000,000 rows"),
    }


def _moves(other: MapPage) -> None:
    """The other session's map draws frame after frame."""
    if other.player.get_attribute("data-playing") == "false":
        other.press("Home", " ")
    before = other.player.get_attribute("data-frames") or ""
    expect(other.player).not_to_have_attribute("data-frames", before)


def test_somebody_elses_map_plays_on(open_map: Open, tmp_path: Path) -> None:
    other, shown = open_map(still=False), open_map()
    other.page.evaluate("window.hereFromTheStart = true")
    shown.to("Data")
    zone = shown.page.get_by_test_id("stFileUploader").locator("input[type=file]")
    for number, (name, (content, words)) in enumerate(_files(tmp_path).items(), 1):
        zone.set_input_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])
        _moves(other)
        alert = shown.page.locator(f".st-key-file_{number}").get_by_role("alert")
        expect(alert).to_contain_text(words, timeout=READY_MS)
    _moves(other)
    expect(other.player).to_have_attribute("data-state", "ready")
    assert other.page.evaluate("window.hereFromTheStart")
