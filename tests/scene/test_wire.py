"""The wire: types, size, and the files that pin it for both of its ends.

WRITE_FIXTURES=1 writes tests/fixtures/wire anew; the TypeScript tests read the same files.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

import geo
from geo.reconcile.volumes import Volumes
from geo.scene import moment
from geo.scene.build import build_scene, empty_scene
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.scene.wire import _legs, to_wire

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "wire"
WRITE = bool(os.environ.get("WRITE_FIXTURES"))
DAY = 86_400
TYPES = {
    "corridors": {
        "id": "string",
        "origin": "uint32",
        "destination": "uint32",
        "mode": "uint8",
        "reconciled": "uint8",
        "counted": "uint8",
        "contested": "double",
        "bow": "int8",
        "about": "uint8",
    },
    "legs": {"corridor": "uint16", "depart": "uint32", "arrive": "uint32", "containers": "float"},
    "doubts": {"leg": "uint32", "low": "float", "high": "float"},
    "onward": {"leg": "uint32"},
    "again": dict.fromkeys(("time", "low", "best", "closed", "open"), "double"),
    "periods": dict.fromkeys(("since", "until", "low", "high"), "double") | {"corridor": "uint32"},
    "spread": dict.fromkeys(("time", "low", "best", "high", "closed", "open"), "double") | {"corridor": "uint32"},
    "leg_cargo": {"cargo": "uint8"},
    "cargo_spread": dict.fromkeys(("time", "low", "best", "closed", "open"), "double")
    | {"corridor": "uint32", "cargo": "uint8"},
    "land": {"lon": "float", "lat": "float"},
    "land_triangles": {"index": "uint32"},
}


def _finite(values: np.ndarray) -> list[float | None]:
    """null is infinity: JSON has none."""
    return [None if np.isinf(value) else float(value) for value in values]


def _amount(told: moment.Amount) -> dict[str, float | None]:
    return dict(zip(("low", "best", "high"), _finite(np.array([told.low, told.best, told.high])), strict=True))


def _through(scene: Scene, now: moment.Moment, end: moment.End) -> list[list[float | None]]:
    """Low, best and high by place."""
    amounts = [moment.through(scene, now, place, end) for place in range(scene.places.code.size)]
    return [_finite(np.array([amount.low, amount.best, amount.high])) for amount in amounts]


def _parts(scene: Scene, t: float, width: float | None) -> list[list[object]]:
    """What legs add by corridor and cargo within a stretch: corridor, cargo, low, best, high."""
    assert scene.cargoes is not None
    legs, cargoes = scene.legs, scene.cargoes
    since = max(0.0, t - width) if width else 0.0
    found: dict[tuple[int, int], np.ndarray] = {}

    def add(corridor: int, cargo: int, amounts: np.ndarray) -> None:
        found[corridor, cargo] = found.get((corridor, cargo), np.zeros(3)) + amounts

    for row in range(legs.depart.size):
        depart, run = float(legs.depart[row]), float(legs.arrive[row]) - float(legs.depart[row])
        past = [0.0 if m <= depart else min(1.0, (m - depart) / run) if run else 1.0 for m in (since, t)]
        if (part := past[1] - past[0]) > 0:
            column = part * np.array([legs.low[row], legs.best[row], legs.high[row]], np.float64)
            add(int(legs.corridor[row]), int(cargoes.of_leg[row]), column)
    spread = cargoes.spread.to_pandas()
    for (corridor, cargo), curve in spread.groupby(["corridor", "cargo"]):
        low, best, closed, opened = (
            np.diff(np.interp([since, t], curve["time"], curve[name]))[0] for name in ("low", "best", "closed", "open")
        )
        if best > 0:
            add(corridor, cargo, np.array([low, best, np.inf if opened > 0 else closed]))
    return [[*key, *_finite(amounts)] for key, amounts in sorted(found.items())]


DAYS = (0, 4, 7, 9, 9.5, 14, 20, 22, 26, 31, 36, 40, 41, 42.270833333333336, 44, 45, 48, 50, 51, 56, 56.5, 61)


def _expected(scene: Scene) -> dict[str, object]:
    cases = [(day * DAY, width) for day in DAYS for width in (None, 7 * DAY, 30 * DAY)]
    cases += [(42 * DAY + 23_399, None), (42 * DAY + 23_400, None), (42 * DAY + 23_401, None), (42 * DAY + 23_401, 1)]
    cases += [(48 * DAY + more, width) for more in (-2, -1, -0.5, 0.5, 1) for width in (None, 2, 10 * DAY)]
    moments = []
    for t, width in cases:
        now, summed = (moment.at(each, t, width) for each in (scene, replace(scene, lead=-1)))
        low, best, high = now.low, now.best, now.high
        moments.append(
            {
                "t": t,
                "mode": "cumulative" if width is None else "window",
                "window": width,
                "low": _finite(low),
                "best": _finite(best),
                "high": _finite(high),
                "width": _finite(np.where(high > 0, np.maximum(scene.style.width(best), scene.style.floor), 0.0)),
                "lead": _finite(np.array([now.total.low, now.total.best, now.total.high])),
                "leadTop": now.total.top,
                "apart": now.apart,
                "sum": _amount(summed.total),
                "sumApart": summed.apart,
                "parts": _parts(scene, t, width),
                "contested": now.contested.tolist(),
                "top": now.top.tolist(),
                "left": _through(scene, now, "origin"),
                "reached": _through(scene, now, "destination"),
            }
        )
    return {"corridors": scene.corridors.id.tolist(), "moments": moments}


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def _check(name: str, content: bytes) -> None:
    file = FIXTURES / name
    if WRITE:
        FIXTURES.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    assert file.exists(), f"{name} is missing: run with WRITE_FIXTURES=1"
    if name.endswith(".json"):
        assert json.loads(content) == json.loads(file.read_bytes()), (
            f"{name} has changed: look at it, then WRITE_FIXTURES=1"
        )
    else:
        assert pa.ipc.open_stream(content).read_all().equals(pa.ipc.open_stream(file.read_bytes()).read_all()), name


def test_the_files_that_the_browser_tests_read(zoo: Scene) -> None:
    for name, value in to_wire(zoo).items():
        if isinstance(value, str):
            _check(f"{name}.json", json.dumps(json.loads(value), indent=1, ensure_ascii=False).encode())
        else:
            _check(f"{name}.arrow", _ipc(value))
    _check("expected.json", json.dumps(_expected(zoo), indent=None, separators=(",", ":")).encode())


def test_the_routes_that_the_browser_tests_read(make: SimpleNamespace) -> None:
    legs = make.legs(*(make.leg(way, "2023-09-01", None, 100, mode=1) for way in ("KPRJN>RUVVO", "RUVVO>KPRJN")))
    scene = with_routes(build_scene(legs, make.totals(), make.events(), geo.places.frame))
    sent = to_wire(scene)["paths"]
    assert isinstance(sent, pa.Table)
    _check("paths.arrow", _ipc(sent))


def test_types_are_those_of_the_contract(zoo: Scene) -> None:
    wire = to_wire(zoo)
    for name, columns in TYPES.items():
        table = wire[name]
        assert isinstance(table, pa.Table)
        assert {field.name: str(field.type) for field in table.schema} == columns, name


def test_a_leg_takes_at_most_sixteen_bytes(make: SimpleNamespace) -> None:
    rows = [make.leg("A>B", f"2023-09-{1 + n % 20:02}", "2023-09-25", 1 + n % 9) for n in range(400)]
    small = build_scene(make.legs(*rows[:200]), make.totals(), make.events(), make.places(A=(0, 0), B=(50, 5)))
    large = build_scene(make.legs(*rows), make.totals(), make.events(), make.places(A=(0, 0), B=(50, 5)))
    size = [sum(t.nbytes for t in to_wire(scene).values() if isinstance(t, pa.Table)) for scene in (small, large)]
    assert (size[1] - size[0]) / 200 <= 16


def test_more_corridors_than_sixteen_bits_hold(zoo: Scene) -> None:

    many = SimpleNamespace(id=np.empty(2**16 + 1, object))
    legs = _legs(SimpleNamespace(legs=zoo.legs, corridors=many))  # type: ignore[arg-type]
    assert str(legs.schema.field("corridor").type) == "uint32"


def test_the_key_follows_the_content(zoo: Scene, frames: tuple, zoo_ranges: Volumes) -> None:
    def key(*changed: tuple, title: str = "Zoo", volumes: Volumes = zoo_ranges) -> str:
        return str(json.loads(to_wire(build_scene(*changed, title=title, volumes=volumes))["scene"])["key"])  # type: ignore[arg-type]

    legs, *others = frames
    own = str(json.loads(to_wire(zoo)["scene"])["key"])  # type: ignore[arg-type]
    assert own == key(legs.sample(frac=1, random_state=1).sort_values("row"), *others)
    assert own != key(legs, *others, title="Another")
    assert own != key(legs.assign(containers_best=legs["containers_best"] + (legs["row"] == 2)), *others)
    later = replace(zoo_ranges.flows[0], contested_from=zoo_ranges.flows[0].contested_from + 1)
    assert own != key(legs, *others, volumes=replace(zoo_ranges, flows=(later, *zoo_ranges.flows[1:])))


def test_open_highs_and_onward_legs_are_told(zoo: Scene) -> None:
    wire = to_wire(zoo)
    doubts, onward, spread = (wire[name].to_pydict() for name in ("doubts", "onward", "spread"))  # type: ignore[union-attr]
    assert sorted(doubts["high"]) == [6, 220, np.inf]
    assert len(onward["leg"]) == 1
    assert np.inf in spread["high"]
    assert np.isfinite(spread["closed"]).all()


def test_each_corridor_has_its_own_curve(zoo: Scene) -> None:
    spread = to_wire(zoo)["spread"].to_pandas()  # type: ignore[union-attr]
    assert spread["corridor"].max() < zoo.corridors.id.size
    assert (spread["corridor"].diff().fillna(0) >= 0).all()
    assert json.loads(to_wire(zoo)["scene"])["lead"] == zoo.lead  # type: ignore[arg-type]


def test_what_sets_a_bound_travels_as_rows_of_reports(zoo: Scene) -> None:
    scene = json.loads(to_wire(zoo)["scene"])  # type: ignore[arg-type]
    ids = [report["id"] for report in scene["reports"]]
    corridor = zoo.corridors.id.tolist().index("KOREA>PRIMORYE>0")
    bound = next(bound for bound in scene["bounds"] if bound["corridor"] == corridor)
    assert [[ids[row] for row in rows] for rows in bound["highBy"]] == [[], ["one"], ["one"], [], [], []]
    assert [[ids[row] for row in rows] for rows in bound["conflicts"]] == [["one", "two"]]
    assert bound["tops"] == [0, 2700, 2700, 4001, 4001, 4001]
    assert scene["corridorInside"][zoo.corridors.id.tolist().index("RASON>DUNAY>1")] == [corridor]


def test_an_empty_scene_travels() -> None:
    wire = to_wire(empty_scene(title="Nothing yet"))
    scene = json.loads(wire["scene"])  # type: ignore[arg-type]
    assert scene["places"] == []
    assert scene["reports"] == []
    assert scene["seconds"] == DAY
    assert scene["landWindows"] == []
    assert "cargoes" not in scene
    for name, columns in TYPES.items():
        if "cargo" in name:
            assert name not in wire
            continue
        table = wire[name]
        assert isinstance(table, pa.Table)
        assert table.num_rows == 0
        assert {field.name: str(field.type) for field in table.schema} == columns


def test_an_area_travels_as_its_shape(make: SimpleNamespace) -> None:
    ends = ("KP>RU", "RUVVO>russian-far-east", "KPRJN>near-vladivostok")
    legs = make.legs(*(make.leg(pair, "2023-09-01", "2023-09-03", 10) for pair in ends))
    wire = to_wire(build_scene(legs, make.totals(), make.events(), geo.places.frame))
    places = json.loads(wire["scene"])["places"]  # type: ignore[arg-type]
    shape = {place["code"]: place["shape"] for place in places}
    assert sorted(shape[code] for code in ("KP", "RU", "russian-far-east")) == [0, 1, 2]
    assert shape["near-vladivostok"] == shape["RUVVO"] == -1
    table, land, index = wire["areas"], wire["area_land"], wire["area_triangles"]
    # What belongs to one of them lies within its reach, so that each can be left out.
    corners = land["lat"].to_numpy()  # type: ignore[index]
    of = land["area"].to_numpy()[index["index"].to_numpy()].reshape(-1, 3)  # type: ignore[index]
    assert (of == of[:, :1]).all()
    for area, rows in (("KP", table), ("RU", table)):
        lat = rows["lat"].to_numpy()[rows["area"].to_numpy() == shape[area]]  # type: ignore[index]
        tint = corners[land["area"].to_numpy() == shape[area]]  # type: ignore[index]
        assert (lat.min(), lat.max()) == pytest.approx((tint.min(), tint.max()), abs=0.05)
    assert table["lat"].to_numpy()[table["area"].to_numpy() == shape["KP"]].max() < 43.2  # type: ignore[index]
    lines, regions = table["line"].to_numpy(), table["region"].to_numpy()  # type: ignore[index]
    assert (np.diff(lines) >= 0).all()
    assert set(regions.tolist()) == {0, 1}
    assert index["index"].to_numpy().max() < land.num_rows  # type: ignore[index, union-attr]
    assert sum(wire[name].nbytes for name in ("areas", "area_land", "area_triangles")) < 400_000  # type: ignore[union-attr]


def test_a_small_scene_brings_its_coast(make: SimpleNamespace) -> None:
    legs = make.legs(make.leg("A>B", "2023-09-01", "2023-09-03", 10))
    scene = build_scene(legs, make.totals(), make.events(), make.places(A=(130.4, 42.24), B=(131.9, 43.11)))
    wire = to_wire(scene)
    ((west, south, east, north),) = json.loads(wire["scene"])["landWindows"]  # type: ignore[arg-type]
    lon, lat, index = (
        wire["land"]["lon"].to_numpy(),
        wire["land"]["lat"].to_numpy(),
        wire["land_triangles"]["index"].to_numpy(),
    )  # type: ignore[index]
    assert west < 130
    assert east > 132
    assert index.size % 3 == 0
    assert index.max() < lon.size
    assert west <= lon.min()
    assert lon.max() <= east + 1e-4
    assert south <= lat.min()
    assert lat.max() <= north + 1e-4


def test_markup_in_a_name_stays_text(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1))
    places["name"] = ["<img src=x onerror=alert(1)>", "B"]
    scene = build_scene(make.legs(make.leg("A>B", "2023-09-01", None, 1)), make.totals(), make.events(), places)
    assert json.loads(to_wire(scene)["scene"])["places"][0]["name"] == "<img src=x onerror=alert(1)>"  # type: ignore[arg-type]


def test_what_was_carried_travels_with_its_legs(zoo: Scene) -> None:
    wire = to_wire(zoo)
    told = json.loads(wire["scene"])["cargoes"]  # type: ignore[arg-type]
    # Most of what is listed first; what totals alone name comes last.
    assert told["names"] == ["", "shells", "coal", "wheat", "timber", "ammunition"]
    cargo = wire["leg_cargo"]["cargo"].to_numpy()  # type: ignore[index]
    carried = {
        (zoo.corridors.id[c], told["names"][row]) for c, row in zip(zoo.legs.corridor, cargo, strict=True) if row
    }
    assert carried == {
        ("RASON>VLADIVOSTOK>1", "shells"),
        ("DUNAY>RASON>1", "wheat"),
        ("DUNAY>RASON>1", "coal"),
        ("DUNAY>TIKHORETSK>2", "coal"),
    }
    vague = wire["cargo_spread"].to_pandas()  # type: ignore[union-attr]
    assert set(vague["cargo"]) == {0, told["names"].index("timber")}
    ids = zoo.corridors.id.tolist()
    stated = {ids[row]: [told["names"][cargo] for cargo in rows] for row, rows in enumerate(told["stated"]) if rows}
    assert stated["RASON>VLADIVOSTOK>1"] == ["", "shells", "ammunition"]


def test_a_scene_of_no_stated_cargo_sends_none(make: SimpleNamespace) -> None:
    scene = build_scene(
        make.legs(make.leg("A>B", "2023-09-01", None, 1)), make.totals(), make.events(), make.places(A=(0, 0), B=(1, 1))
    )
    assert scene.cargoes is None
    assert "leg_cargo" not in to_wire(scene)


def test_more_cargoes_than_a_byte_holds_are_told_together(make: SimpleNamespace) -> None:
    legs = make.legs(*(make.leg("A>B", "2023-09-01", None, 300 - n, cargo=f"cargo {n}") for n in range(300)))
    scene = build_scene(legs, make.totals(), make.events(), make.places(A=(0, 0), B=(1, 1)))
    assert scene.cargoes is not None
    names = scene.cargoes.name.tolist()
    assert [len(names), names[1], names[-1]] == [101, "cargo 0", "other cargoes"]
    assert (scene.cargoes.of_leg == 100).sum() == 201
