"""What the Share button says: the address, what it needs where it is opened, and what leaves with the files."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.dataset.parts import Part, of_bundled
from geo.player import Picked, View
from geo.scene.scene import Scene
from geo.web.map.share import address_of, asked_of, leaving, needs
from geo.web.shared import session
from geo.web.shared.link import Filters, Link, read_link

PICKED = Picked(
    selected=("KPRJN>RUVVO>1",),
    view=View(131.5, 42.5, 6.25, 0.0, 0.0),
    moment="2023-10-02T00:00:00.000Z",
    mode="window",
    window=2_592_000.0,
    largest=3,
)
LINK = Link(Filters(origin=("KPRJN",), claimant=('<img src=x onerror="alert(1)">', "A & B")), PICKED)


@pytest.fixture(scope="module")
def scene() -> Scene:
    parts = of_bundled("founding")
    return session.shown(Filters(), session.kept(parts, "Founding article")).scene


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501/", "https://maps.example.org/waybill/?data=wider#x", ""])
def test_the_address_restores_the_link_and_holds_nothing_of_the_old_one(url: str) -> None:
    address = urlsplit(address_of(url, LINK))
    assert (address.scheme, address.netloc) == (urlsplit(url).scheme, urlsplit(url).netloc)
    assert not address.fragment
    assert set("<>\"' ") & set(address.query) == set()
    assert read_link(parse_qs(address.query)) == (LINK, [])


def test_it_says_where_a_link_does_not_open() -> None:
    (bundled, *_) = of_bundled("founding")
    own = replace(bundled, id="a" * 64, name="week\u202e1.csv")
    assert needs("https://maps.example.org/", [bundled]) == []
    assert "this computer only" in needs("http://localhost:8501/", [bundled])[0]
    (told,) = needs("https://maps.example.org/", [bundled, own, own])
    assert told.startswith("Opens only where the same data are loaded: week")
    assert told.count("1.csv") == 1
    assert "\u202e" not in told
    (told,) = needs("https://maps.example.org/", [bundled, replace(own, private=True)])
    assert "Nobody else can open it" in told


def test_the_files_show_what_the_map_shows(scene: Scene) -> None:
    t = 62 * 86_400.0
    asked = asked_of(scene, PICKED, t)
    assert asked["time.moments"] == ["2023-10-01"]
    assert asked["time.window"] == "30d"
    assert asked["picture.largest"] == 3
    west, south, east, north = asked["picture.view"]
    assert west < 131.5 < east
    assert south < 42.5 < north
    two = asked_of(scene, replace(PICKED, beside="2023-09-07T00:00:00.000Z"), t)
    assert two["time.moments"] == ["2023-09-06", "2023-10-01"]
    two = asked_of(scene, Picked(beside="2023-09-07T00:00:00.000Z"), float(scene.seconds))
    assert two["time.moments"] == ["2023-09-06", "2023-11-02"]
    plain = asked_of(scene, Picked(), float(scene.seconds))
    assert (plain["time.moments"], plain["time.window"], plain["picture.view"]) == ([], "", [])


def test_what_leaves_is_counted_and_named(scene: Scene) -> None:
    parts: list[Part] = of_bundled("founding")
    told = leaving(scene, parts)
    assert told[0].startswith(f"{scene.reports.id.size} reports of ")
    assert "South Korean military" in told[0]
    assert told[1].endswith("of reports.")
    assert f"{scene.places.code.size} places" in told[2]
    assert not any("loaded" in each for each in told)
    own = replace(parts[0], id="b" * 64, name="secret source.csv")
    assert leaving(scene, [*parts, own])[-1].endswith("what was loaded: secret source.csv.")
