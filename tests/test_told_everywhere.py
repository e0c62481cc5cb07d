"""One moment, told the same by all: page, list, caption, Evidence, picture, film, slide, HTML and JSON.

WRITE_FIXTURES=1 writes tests/fixtures/told anew: both bundled sets and an example of voyages as they travel, and what
is to be said of them at each moment. The player's tests say it from the same tables.
"""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pptx import Presentation

from geo import data_folder, formatting
from geo.brief.formats.page import Opening, page
from geo.brief.formats.slides import save_slides
from geo.brief.plate import captions
from geo.brief.plate.headline import figures_line
from geo.brief.plate.plate import Plate
from geo.cli.flows import knots
from geo.gazetteer.places import Places
from geo.reconcile.explain import explanations
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Curve, Flow, Volumes
from geo.scene import moment
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.scene.wire import to_wire
from geo.tables.read import read
from geo.web.map import report_tables
from geo.web.shared.link import Picked

FIXTURES = Path(__file__).parent / "fixtures" / "told"
SETS = {"founding": ("totals", "legs"), "wider": ("wider/totals", "legs"), "voyages": ("", "examples/voyages")}
"""Name -> its totals and its legs."""
DAY = 86_400
LEFT_OUT = {"land", "land_triangles", "areas", "area_land", "area_triangles", "deck"}
"""Of the wire: what no word speaks of."""

Told = tuple[Scene, Volumes]


@pytest.fixture(scope="module", params=SETS)
def told(request: pytest.FixtureRequest) -> Told:
    (said, itemised), places = SETS[request.param], Places.load()
    legs = read(data_folder.path(f"{itemised}.csv"), "legs", places=places).table
    totals = read(data_folder.path(f"{said or 'totals'}.csv"), "totals", places=places).table
    totals = totals if said else totals.iloc[:0]
    events = read(data_folder.path("events.csv"), "events", places=places).table
    volumes = reconcile(totals, legs, places)
    scene = build_scene(legs, totals, events, places.frame, title=request.param, volumes=volumes)
    assert (scene.lead < 0) == (not said)
    return scene, volumes


def moments(scene: Scene) -> Iterator[tuple[float, int | None]]:
    """A hundred, always the same: seconds since the start and a trailing window; half of them at the end of a day."""
    drawn = random.Random(scene.title)
    for number in range(100):
        t = drawn.randrange(scene.seconds // DAY + 1) * DAY if number % 2 else drawn.randrange(scene.seconds + 1)
        yield float(t), drawn.choice((None, None, None, 7, 30)) if t else None


def reconciled(scene: Scene, volumes: Volumes) -> Iterator[tuple[int, Flow]]:
    for flow in volumes.flows:
        rows = [
            row
            for row in np.flatnonzero(scene.corridors.reconciled).tolist()
            if scene.corridors.id[row] == f"{flow.scope.origin}>{flow.scope.destination}>{flow.scope.mode}"
        ]
        if rows and flow.scope.unit == scene.unit:
            yield rows[0], flow


def test_evidence_and_json_say_of_each_flow_what_the_map_says(told: Told) -> None:
    scene, volumes = told
    compared = 0
    for t, _ in moments(scene):
        held, epoch = moment.at(scene, t), int((scene.start + timedelta(seconds=t)).timestamp())
        for corridor, flow in reconciled(scene, volumes):
            said = held.amount(corridor).said(scene.unit)
            # Nothing of a flow is drawn where its high is 0, so that the map has no sides there to speak of.
            if held.high[corridor] > 0:
                assert explanations.flow_amount(flow, epoch) == said, (t, flow.scope)
                compared += 1
            low, high = _of_json(flow, epoch)
            assert (low, high) == (held.low[corridor], held.high[corridor])
    assert compared >= (100 if scene.lead >= 0 else 0)


def test_a_headline_has_the_sides_of_evidence_and_they_span_its_range(told: Told) -> None:
    scene, volumes = told
    compared = 0
    for t, days in moments(scene):
        window = days and days * DAY
        held, end = moment.at(scene, t, window), scene.start + timedelta(seconds=t)
        for corridor, flow in reconciled(scene, volumes):
            sides = moment.sides(scene, corridor, t, window)
            if not held.contested[corridor]:
                continue
            compared += 1
            since = None if not window or t <= window else end - timedelta(seconds=window)
            spoken = as_said(flow)
            own = spoken.sides if since is None else spoken.periods.by_side
            names = explanations.side_names(own)
            ranges = [
                each.at_second(end.timestamp())[::2]
                if isinstance(each, Curve)
                else each.between(since.timestamp(), end.timestamp())  # type: ignore[union-attr]
                for each in own.values()
            ]
            assert sorted(zip(names, ranges, strict=True)) == [(name, (low, high)) for name, low, high in sides]
            assert held.low[corridor] == min(low for _, low, _ in sides)
            assert held.high[corridor] == max(high for _, _, high in sides)
            if corridor == scene.lead and len({formatting.extent(*side[1:]) for side in sides}) > 1:
                assert f"({formatting.sides(sides)})" in captions.sentence(scene, held, t, window)
    assert compared >= (20 if scene.title == "wider" else 0)


def _of_json(flow: Flow, epoch: int) -> tuple[float, float]:
    """The range at a moment as the README says that knots are read: low of the one before, high of the one after."""
    rows = json.loads(json.dumps(knots(flow.curve, as_said(flow).curve)))
    low = high = 0.0
    for row in rows:
        at = np.datetime64(row["time"].removesuffix("Z"), "s").astype(int)
        if at <= epoch:
            low = row["said_low"]
    after = [row for row in rows if np.datetime64(row["time"].removesuffix("Z"), "s").astype(int) >= epoch]
    last = (after or rows)[0 if after else -1]
    if rows and np.datetime64(rows[0]["time"].removesuffix("Z"), "s").astype(int) <= epoch:
        high = np.inf if last["said_high"] is None else last["said_high"]
    return low, high


def test_page_plate_and_evidence_name_a_moment_alike(told: Told) -> None:
    scene, _ = told
    for t, days in moments(scene):
        window = days and days * DAY
        held, when = moment.at(scene, t, window), captions.stretch_words(scene, t, window)
        end = scene.start + timedelta(seconds=t)
        if t and not window:
            assert when == f"by {explanations.by_day(int(end.timestamp()))}"
            assert ("UTC on" in when) == (t % DAY != 0)
        picked = Picked(moment=end.isoformat(), mode="window" if window else "cumulative", window=window)
        line = figures_line(scene, held, t, window)
        assert f"{when[:1].upper()}{when[1:]}: " in report_tables.sentence(scene, picked)
        assert line.startswith(f"{when[:1].upper()}{when[1:]} (UTC): {held.total.said(scene.unit)}")
        assert held.total.said(scene.unit) in report_tables.sentence(scene, picked)
        assert when in captions.sentence(scene, held, t, window)


def test_a_slide_and_an_offline_page_have_the_title_of_the_plate(told: Told) -> None:
    scene, _ = told
    for t, days in list(moments(scene))[:4]:
        window = float(days * DAY) if days else None
        said = captions.sentence(scene, moment.at(scene, t, window), t, window)
        deck = io.BytesIO()
        save_slides([Plate(scene, (t,), window)], deck)
        (slide,) = Presentation(deck).slides
        assert slide.shapes.title.text_frame.text.replace("\v", " ") == said
        assert f"<title>{escape(said)}</title>" in page(scene, opening=Opening(moment=t, window=window)).decode()


def test_what_the_player_is_to_say(told: Told) -> None:
    scene, _ = told
    folder = FIXTURES / scene.title
    wire = {name: value for name, value in to_wire(scene).items() if name not in LEFT_OUT}
    expected = []
    for t, days in moments(scene):
        window = days and days * DAY
        held = moment.at(scene, t, window)
        routes = {
            str(name): held.amount(corridor).said(scene.unit, near=True)
            for corridor, name in enumerate(scene.corridors.id)
            if held.best[corridor] > 0 or held.high[corridor] > 0
        }
        expected.append(
            {
                "t": t,
                "window": window,
                "sentence": captions.sentence(scene, held, t, window),
                "figures": captions.figures(scene, held).split(" · "),
                "routes": routes,
            }
        )
    contents = {f"{name}.arrow": _ipc(value) for name, value in wire.items() if isinstance(value, pa.Table)}
    contents |= {f"{name}.json": value.encode() for name, value in wire.items() if isinstance(value, str)}
    contents["expected.json"] = json.dumps(expected, ensure_ascii=False, indent=1).encode()
    for name, content in contents.items():
        _check(folder / name, content)


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def _check(file: Path, content: bytes) -> None:
    if os.environ.get("WRITE_FIXTURES"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    kept = file.read_bytes()
    if file.suffix == ".json":
        same = json.loads(kept) == json.loads(content)
    else:
        same = pa.ipc.open_stream(content).read_all().equals(pa.ipc.open_stream(kept).read_all())
    assert same, f"{file.name} has changed: look at it, then WRITE_FIXTURES=1"
