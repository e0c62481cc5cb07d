"""The benchmark's made trade obeys its laws, and its table judges as it says. Nothing is timed, no browser starts."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pandas as pd
import pydeck
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from benchmarks import __main__ as command
from benchmarks import peer, peer_pages, peers, published, targets, visits
from benchmarks.figures import Figure, Target
from benchmarks.many_legs import made
from benchmarks.report import show, write_json
from benchmarks.run import GROUPS
from benchmarks.tables import arcs, corridor_arcs, make
from benchmarks.trade import CORRIDORS, DAYS, KNOTS, PORTS, Moments, corridors, trade, write_csv
from benchmarks.views import WORLD, Size
from geo.gazetteer.places import Places
from geo.tables.by_kind import read_legs
from tests.examples import examples

DAY = 86_400


def test_ports_are_real_and_corridors_distinct() -> None:
    lanes = corridors()
    Places.load().positions(sorted(PORTS))
    pairs = set(zip(lanes.origin.tolist(), lanes.destination.tolist(), strict=True))
    assert len(PORTS) == 52
    assert len(pairs) == lanes.share.size == CORRIDORS
    assert all(origin != destination for origin, destination in pairs)


def test_corridors_are_as_unequal_as_zipf_says() -> None:
    share = corridors().share
    assert share.sum() == pytest.approx(1)
    assert share[0] == pytest.approx(10 * share[9])
    assert (np.diff(share) < 0).all()


@given(legs=st.integers(1, 400), moments=st.sampled_from(["days", "minutes"]), seed=st.integers(0, 2**32))
@examples(25)
def test_laws_of_trade(legs: int, moments: Moments, seed: int) -> None:
    made = trade(legs, moments, seed)
    again = trade(legs, moments, seed)
    hours = made.corridors.km[made.corridor] / 1.852 / KNOTS
    sailing = (made.arrive - made.depart) / 3600
    slack = 24 if moments == "days" else 1 / 60
    assert (made.containers >= 1).all()
    assert (made.depart >= 0).all()
    assert (made.depart < DAYS * DAY).all()
    assert (np.diff(made.depart) >= 0).all()
    assert (np.abs(sailing - hours) <= slack).all()
    assert (made.depart % (DAY if moments == "days" else 60) == 0).all()
    for name in ("corridor", "depart", "arrive", "containers"):
        assert (getattr(made, name) == getattr(again, name)).all()


def test_another_seed_is_another_trade() -> None:
    assert (trade(50, seed=1).containers != trade(50, seed=2).containers).any()


@pytest.mark.parametrize("moments", ["days", "minutes"])
def test_the_csv_is_read_without_a_problem(tmp_path: Path, moments: Moments) -> None:
    made = trade(200, moments)
    write_csv(made, tmp_path / "legs.csv")
    table, problems = read_legs(tmp_path / "legs.csv")
    assert problems == []
    assert table["containers_best"].sum() == made.containers.sum()
    depart = table["depart"].astype("int64").to_numpy() // 1_000_000
    assert (depart - depart.min() == made.depart - made.depart.min()).all()


def test_what_is_made_for_the_pages(tmp_path: Path) -> None:
    made = make(300, tmp_path, "days", 1)
    rows, lanes = arcs(made.scene), corridor_arcs(made.scene)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["300.arcs", "300.wire"]
    assert len(rows) == 300
    assert len(lanes) == made.scene.corridors.id.size
    assert lanes["w"].max() == pytest.approx(made.scene.style.full_width)
    assert made.leg_bytes == 300 * 14
    assert made.message_bytes > made.leg_bytes


def test_the_peers_size_is_that_of_its_rows(tmp_path: Path) -> None:
    scene = make(300, tmp_path, "days", 1).scene
    deck = pydeck.Deck([pydeck.Layer("ArcLayer", data=arcs(scene).to_dict("records"))], map_provider=None)
    assert peer.lean_bytes(scene) == len(deck.to_json())
    assert peer.full_bytes(scene) > peer.lean_bytes(scene)


def test_targets_judge_values_and_ratios() -> None:
    assert Figure(1, "", "s", 2.5, target=Target(2.5)).reached is True
    assert Figure(1, "", "s", 2.6, target=Target(2.5)).reached is False
    assert Figure(1, "", "frames/s", 9, 10, target=Target(1, at_least=True, what="ratio")).reached is False
    assert Figure(1, "", "s", 1, target=Target(0.2, what="ratio")).reached is None
    assert Figure(1, "", "s", 1, 4).ratio == 0.25
    assert targets.first_frame(10) is None
    assert targets.beside_bare(targets.MANY, gpu=True) is None


def test_rates_leave_the_first_count_out() -> None:
    start = [(0.0, 0, "2025-01-01T00:00:00.000Z", True)]
    played = [(500.0 * k, 10 * k, f"2024-01-{1 + k:02}T00:00:00.000Z", True) for k in range(1, 9)]
    fps, late = visits._rates([*start, *played, (9_000.0, 200, "2025-01-01T00:00:00.000Z", False)])
    assert fps == pytest.approx(20)
    assert late == pytest.approx(20)
    assert visits._rates(start) == (None, None)


def test_table_and_json_say_the_same(tmp_path: Path) -> None:
    figures = [
        Figure(1000, "message", "MB", 1.0, 10.0, "a peer", Target(0.05, what="ratio")),
        Figure(1000, "x", "s", None),
    ]
    console = Console(file=io.StringIO(), width=140)
    show(console, figures, {"cpus": 2}, ["A note."])
    write_json(tmp_path / "all.json", figures, {"cpus": 2}, ["A note."])
    text = console.file.getvalue()  # type: ignore[attr-defined]
    told = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert all(part in text for part in ("1,000 legs", "0.1 ×", "≤ 0.05 ×", "no", "a peer", "A note."))
    assert told["figures"][0]["ratio"] == 0.1
    assert told["figures"][0]["reached"] is False
    assert told["figures"][1]["ours"] is None


def test_options_that_cannot_be_are_refused() -> None:
    assert command._sizes("10_000,1000") == (1000, 10_000)
    for refused in ("", "0", "1,two", "99999999"):
        with pytest.raises(typer.BadParameter):
            command._sizes(refused)
    with pytest.raises(typer.BadParameter):
        command._only("fps,speed")
    with pytest.raises(ValueError, match="1x1"):
        Size.read("1x1")


def test_made_legs_past_one_process_are_the_same_for_a_seed_and_as_unequal_as_zipf_says() -> None:
    legs = made(20_000, 1)
    assert legs.equals(made(20_000, 1))
    assert not legs.equals(made(20_000, 2))
    pairs = legs.select(["origin", "destination"]).to_pandas().astype(str)
    assert (pairs["origin"] != pairs["destination"]).all()
    sizes = pairs[pairs["origin"] != "Lyonesse"].value_counts()
    assert 1.4 < sizes.iloc[0] / sizes.iloc[1] < 2.8
    assert 0 < (pairs["origin"] == "Lyonesse").sum() < 60


def test_the_page_of_peers_is_what_its_results_say_and_no_more() -> None:
    told = json.loads((published.RESULTS / "peers.json").read_text("utf-8"))
    assert published.PAGE.read_text("utf-8") == published.page(told)
    assert {each["peer"] for each in told["figures"]} == {
        peers.OURS, peers.CHART, peers.PLAIN, *peer_pages.WIDGETS.values(),
    }  # fmt: skip
    assert told["command"] in published.page(told)


def test_a_peer_that_is_not_there_is_said_to_be_so_and_has_no_figure() -> None:
    ours = peers.PeerFigures(1_000, peers.OURS, "1", 1.5, 2.0, 0.5, 30.0, 10.0, 20.0, 12.0, 3.0)
    gone = peers.PeerFigures(1_000, "lonboard", why="is not installed")
    told = {"day": "2026-01-31", "command": "c", "conditions": "", "machine": {"cpus": 2}}
    page = published.page(told | {"figures": [dataclasses.asdict(each) for each in (ours, gone)]})
    assert "| Waybill | 1 | 1.50 MB | 2.00 MB | 0.50 s | 30.0 /s | 10.0 ms | 20.0 /s | 15.0 MB |" in page
    assert "| lonboard | not there | – | – | – | – | – | – | – |" in page
    assert "lonboard is not installed." in page
    assert list(peers.lines([ours, gone])) == []


def test_a_widget_without_its_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYBILL_PEERS", sys.executable)
    arcs_of_one = pd.DataFrame({name: [0.0] for name in ("lon0", "lat0", "lon1", "lat1", "w")})
    with pytest.raises(peer_pages.NotThere, match=r"is not installed: .*README"):
        peer_pages.write_widget("lonboard", arcs_of_one, Size(820, 482), WORLD, tmp_path)


def test_data_of_a_peer_come_anew_at_each_visit_and_programs_may_be_kept(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1]")
    (tmp_path / "x.js").write_text("1;")
    with peer_pages.hosted(tmp_path) as address:
        with urllib.request.urlopen(f"{address}x.json") as data:
            assert data.headers["Cache-Control"] == "no-store"
            assert data.read() == b"[1]"
        with urllib.request.urlopen(f"{address}x.js?show=x") as program:
            assert program.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(program.read()) == b"1;"
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{address}../../etc/passwd")
        refused.value.close()
    assert peer_pages.data_bytes("x", tmp_path) == 3


def test_peers_are_measured_only_where_asked_for_by_name() -> None:
    assert command._only("peers") == {"peers"}
    assert "peers" not in command._only(",".join(GROUPS))
