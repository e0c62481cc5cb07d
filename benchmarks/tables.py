"""From a CSV of legs to the wire: the seconds of each step in Python, and the bytes that come of it."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

import geo
from benchmarks.clock import timed
from benchmarks.trade import Moments, trade, write_csv
from geo import volume
from geo.engine import expression
from geo.gazetteer.places import Places
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.scene.wire import Wire, to_wire
from geo.tables.by_kind import read_legs

PER_LEG = ("legs", "doubts", "onward")
"""The tables of the wire that have a row a leg."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A scene of `legs` legs, kept in files for the served page, and what it took to make it.

    *_s are seconds. leg_bytes is what the leg tables weigh, message_bytes all that `to_wire` sends.
    """

    legs: int
    scene: Scene
    csv_bytes: int
    read_s: float
    duckdb_s: float
    wire_s: float
    knots_s: float
    engine_s: float
    knots: int
    leg_bytes: int
    message_bytes: int


def make(legs: int, folder: Path, moments: Moments, repeat: int) -> Made:
    """Makes the data set, times every step, and leaves `{legs}.wire` and `{legs}.arcs` in `folder`."""
    path = folder / f"{legs}.csv"
    write_csv(trade(legs, moments), path)
    places = Places.load()
    read_s, (table, problems) = timed(lambda: read_legs(path, places=places), repeat)
    if problems.set_aside or len(table) != legs:
        raise ValueError(f"the made CSV should be read without a problem: {problems[:3]}")
    duckdb_s, _ = timed(lambda: _duckdb(path), repeat)
    totals, events = nothing_else()

    def wire() -> tuple[Scene, Wire]:
        scene = build_scene(table, totals, events, places.frame)
        return scene, to_wire(scene)

    wire_s, (scene, sent) = timed(wire, repeat)
    flows = _flows(scene)
    knots_s, knots = timed(lambda: volume.knots(flows), repeat)
    expression.knots(flows.slice(0, 1))  # compiles the expression, once for the process
    engine_s, _ = timed(lambda: expression.knots(flows), repeat)
    (folder / f"{legs}.wire").write_bytes(pickle.dumps(sent, protocol=5))
    (folder / f"{legs}.arcs").write_bytes(pickle.dumps(arcs(scene), protocol=5))
    size = path.stat().st_size
    path.unlink()
    return Made(
        legs=legs,
        scene=scene,
        csv_bytes=size,
        read_s=read_s,
        duckdb_s=duckdb_s,
        wire_s=wire_s,
        knots_s=knots_s,
        engine_s=engine_s,
        knots=len(knots),
        leg_bytes=sum(_bytes(sent[name]) for name in PER_LEG),
        message_bytes=sum(_bytes(value) for value in sent.values()),
    )


def arcs(scene: Scene) -> pd.DataFrame:
    """One row a leg, as lean as a peer could ask for: both ends in degrees to 1 m, width in px by our own scale."""
    legs, corridors, places = scene.legs, scene.corridors, scene.places
    origin, destination = corridors.origin[legs.corridor], corridors.destination[legs.corridor]
    return pd.DataFrame(
        {
            "lon0": places.lon[origin].round(5),
            "lat0": places.lat[origin].round(5),
            "lon1": places.lon[destination].round(5),
            "lat1": places.lat[destination].round(5),
            "w": scene.style.width(legs.best.astype(np.float64)).round(2),
        }
    )


def corridor_arcs(scene: Scene) -> pd.DataFrame:
    """One row a corridor, as `arcs`, with the width that it has at the end of the span."""
    corridors, places = scene.corridors, scene.places
    _, best, _ = volume.at(scene.knots, scene.seconds)
    return pd.DataFrame(
        {
            "lon0": places.lon[corridors.origin],
            "lat0": places.lat[corridors.origin],
            "lon1": places.lon[corridors.destination],
            "lat1": places.lat[corridors.destination],
            "w": scene.style.width(best),
        }
    )


def _duckdb(path: Path) -> pa.Table:
    with duckdb.connect() as connection:
        return connection.read_csv(str(path)).to_arrow_table()


def nothing_else() -> tuple[pd.DataFrame, pd.DataFrame]:
    """No totals and no events: empty tables with the columns that reading gives."""
    totals, _ = geo.read_totals(io.BytesIO(b"claimant,said_on,origin,destination,window,quantity\n"))
    events, _ = geo.read_events(io.BytesIO(b"date,title\n"))
    return totals, events


def _flows(scene: Scene) -> pa.Table:
    legs = scene.legs
    low, best, high = (column.astype(np.float64) for column in (legs.low, legs.best, legs.high))
    return volume.flows(legs.corridor, legs.depart, legs.arrive, low, best, high)


def _bytes(value: str | pa.Table) -> int:
    """What an entry of the wire weighs when it is sent: UTF-8, or the columns without Arrow's framing."""
    return len(value.encode()) if isinstance(value, str) else int(value.nbytes)
