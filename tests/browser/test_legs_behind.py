"""A route of sums that were made on this machine offers the legs behind it; sums from elsewhere offer none."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from playwright.sync_api import expect

from geo.engine import duck, sums, whereabouts
from geo.library import Library
from geo.tables.read import read
from tests.browser.conftest import Open
from tests.browser.map_page import CORRIDOR

LEGS = "origin,destination,depart,containers,mode,claimant,vessel\n"
ROWS = (
    "Najin,Vladivostok,2023-09-07,30,maritime,Customs,Angara\n"
    "Najin,Vladivostok,2023-09-07,40,maritime,Customs,<img src=x onerror=alert(1)>\n"
    "Najin,Vladivostok,2023-09-09,50,maritime,AIS,Maria\n"
    "Najin,Busan,2023-09-09,60,maritime,AIS,Lady R\n"
)


def _kept(library: Path, path: Path) -> str:
    """A file of sums, loaded. -> the id of its import."""
    return Library.open(library).keep(read(path), path, path.name).id


def test_the_legs_behind_a_route_are_shown_once_asked_for(open_map: Open, library: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(LEGS + ROWS)
    with duck.session(tmp_path / "spill") as session:
        found = sums.add_up([f"{tmp_path}/*.csv"], tmp_path / "v.parquet", session, 86_400)
    whereabouts.remember(found.path, found.files)
    foreign = tmp_path / "foreign.parquet"
    pq.write_table(pq.read_table(found.path).replace_schema_metadata({"files": str(tmp_path / "one.csv")}), foreign)

    shown = open_map(f"?data={_kept(library, found.path)}&selected={CORRIDOR}")
    shown.until_settled()
    page = shown.page
    panel = page.locator(".st-key-behind")
    ask = panel.get_by_role("button", name="Show the legs behind it", exact=True)
    expect(panel.get_by_test_id("stDataFrame")).to_have_count(0)
    ask.click()
    expect(panel.get_by_test_id("stDataFrame")).to_be_visible()
    expect(panel).to_contain_text("6 legs, from 2 files.")
    expect(ask).to_have_count(0)

    # Of one source alone it is asked anew; by then a file is gone.
    (tmp_path / "two.csv").unlink()
    other = open_map(f"?data={_kept(library, found.path)}&selected={CORRIDOR}&claimant=AIS")
    other.until_settled()
    again = other.page.locator(".st-key-behind")
    again.get_by_role("button", name="Show the legs behind it", exact=True).click()
    expect(again).to_contain_text("1 leg, from 1 file.")
    expect(again).to_contain_text("two.csv is left out: it is not there any more.")

    # What a file says of itself leads nowhere.
    other = open_map(f"?data={_kept(library, foreign)}&selected={CORRIDOR}").page
    expect(other.locator(".wb-why")).to_contain_text("Rason → Vladivostok")
    expect(other.locator(".st-key-behind")).to_have_count(0)
