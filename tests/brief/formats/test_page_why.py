"""The offline page says of every route why its figure is what it is, and what a name brings stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from geo.brief.formats import page_why
from geo.brief.outputs import Output, format_of, render
from geo.brief.pictures import prepared
from geo.brief.spec.brief import Brief, DataRef
from geo.scene.moment import at
from tests.brief.formats.test_page import EVIL, Read

LEGS = "origin,destination,depart,arrive,containers,claimant,vessel\n"
TOTALS = "id,claimant,said_on,origin,destination,window,quantity,words\n"


def made(brief: Brief) -> str:
    """The page of a brief, as HTML."""
    found = prepared(brief)
    out = Path("page.html")
    return render(Output(out, format_of(out), found.pictures, found.brief), lambda _: None).decode()


def parts(text: str) -> list[str]:
    """What each route's part says, the tags left out."""
    whole = text[text.index('<section id="why">') : text.index("</section>")]
    return [unescape(re.sub("<[^>]*>", " ", each)) for each in re.findall(r"<details>.*?</details>", whole, re.DOTALL)]


def test_a_route_tells_its_sums_readings_and_reports() -> None:
    text = made(Brief(moments=("2023-09-06",)))
    (said,) = parts(text)
    assert said.strip().startswith("Rason → Vladivostok, maritime: 0–1,200 containers by 6 Sept 2023")
    assert "At most 1,199: 2,200 (South Korean military, about 2,000 by 2 Nov 2023) − 1,001" in said
    assert "is counted among South Korean military" in said
    links = [str(link["href"]) for link in Read(text.encode()).named("a") if str(link["href"]).startswith("#")]
    assert len(links) == 2
    assert {link[1:] for link in links} <= {str(item["id"]) for item in Read(text.encode()).named("li") if "id" in item}


def test_a_trailing_window_is_explained_as_a_period() -> None:
    text = made(Brief(moments=("2023-11-02",), window="32d", clock="trailing"))
    assert (
        parts(text)[0].strip().startswith("Rason → Vladivostok, maritime: 0–1,200 containers between 2 Oct and 2 Nov")
    )


def test_what_was_asked_before_changes_no_sum() -> None:
    """Several sums may give one bound, and a picture is the same again."""
    brief = Brief(data=(DataRef("set", "wider"),), moments=("2024-02-28",), window="90d", clock="trailing")
    found = prepared(brief)
    output = Output(Path("page.html"), format_of(Path("page.html")), found.pictures, found.brief)
    first = render(output, lambda _: None)
    for flow in found.pictures[0].grounds.volumes.flows:
        assert flow.periods.table.time.size
        flow.periods.sums(found.scene.start, found.scene.start + timedelta(days=300))
    assert render(output, lambda _: None) == first


def test_every_route_of_the_picture_has_its_part_the_sides_too() -> None:
    brief = Brief(data=(DataRef("set", "wider"),), moments=("2024-02-28",))
    scene = prepared(brief).scene
    held = at(scene, prepared(brief).pictures[0].plate.moments[0])
    told = parts(made(brief))
    assert len(told) == int(((held.best > 0) | (held.high > 0)).sum())
    assert told[0].strip().startswith("North Korea → Russia: contested: ")
    assert "10,001–30,800 containers by the figures of United States Government" in told[0]


def test_beside_cards_only_the_routes_that_are_meant_the_first_open_and_no_links() -> None:
    found = prepared(Brief(data=(DataRef("set", "wider"),), moments=("2024-02-28",)))
    scene, grounds, t = found.scene, found.pictures[0].grounds, found.pictures[0].plate.moments[0]
    some = page_why.routes(grounds, scene, t, None, most=2, among={0, 1, 2}, beside_cards=True)
    assert some.count("<details") == 2
    assert some.count("<details open>") == 1
    assert "href" not in some
    assert "… and 1 smaller route." in some
    assert page_why.routes(grounds, scene, t, None, most=2, among=()) == ""


def test_what_a_file_brings_is_text(tmp_path: Path) -> None:
    cell = '"' + EVIL.replace('"', '""') + '"'
    (tmp_path / "legs.csv").write_text(
        LEGS
        + f"KPRJN,RUVVO,2023-09-08,2023-09-12,300,{cell},{cell}\nKPRJN,RUVYP,2023-09-08,2023-09-12,30,{cell},{cell}\n"
    )
    (tmp_path / "totals.csv").write_text(
        TOTALS + f'{cell},{cell},2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"about 900",{cell}\n'
    )
    text = made(Brief(data=tuple(DataRef("file", f"{kind}.csv") for kind in ("legs", "totals")), folder=tmp_path))
    read = Read(text.encode())
    assert len(parts(text)) == 2
    assert "alert(1)" in parts(text)[1]
    assert read.named("img") == []
    assert len(read.named("script")) == 4
    assert "\u202e" not in text[text.index('<section id="why">') : text.index("</section>")]


def test_of_many_routes_and_voyages_the_first_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_why, "MOST_ROUTES", 1)
    rows = [f"KPRJN,RUVVO,2023-09-{day:02},,{day},A,V{day}" for day in range(1, 26)]
    (tmp_path / "legs.csv").write_text(LEGS + "\n".join([*rows, "KPRJN,RUVYP,2023-09-08,,1,A,"]))
    brief = Brief(data=(DataRef("file", "legs.csv"),), folder=tmp_path)
    text = made(brief)
    (said,) = parts(text)
    assert "At least 325: the sum of 25 legs." in said
    assert "… and 15 more." in said
    assert "… and 1 smaller route." in text
    assert text == made(replace(brief, folder=tmp_path)), "the same again"
