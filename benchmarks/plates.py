"""The plates that are timed: the founding article's, and made ones of as many corridors as asked for.

`python -m benchmarks.plates OUT.png` makes the article's in a process of its own, from its data to the file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from geo import data_folder
from geo.brief.formats.images import save_plate
from geo.brief.plate.plate import Plate
from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.tables.by_kind import read_legs
from geo.tables.read import read

PORTS = 120


def article() -> Plate:
    """The founding data up to its end, 1920 x 1080 pixels."""
    places = Places.load()
    tables = {
        kind: read(data_folder.path(f"{kind}.csv"), kind, places=places).table for kind in ("totals", "events", "legs")
    }
    totals, events, legs = tables["totals"], tables["events"], tables["legs"]
    return _whole(build_scene(legs, totals, events, places.frame, volumes=reconcile(totals, legs, places)))


def made(corridors: int, folder: Path) -> Plate:
    """A year's legs, one on each of so many corridors between ports of the gazetteer: seeded, so always the same."""
    import numpy as np

    from benchmarks.tables import nothing_else
    from benchmarks.trade import DAYS, MEDIAN_CONTAINERS, SEED, SIGMA, Corridors, Trade, write_csv

    places, chance = Places.load(), np.random.default_rng([SEED, corridors])
    frame = places.frame
    ports = frame.loc[frame["kind"].eq("port") & frame["code"].str.len().eq(5), "code"].to_numpy(str)
    ports = chance.choice(np.unique(ports), PORTS, replace=False)
    pairs = chance.choice(PORTS * (PORTS - 1), corridors, replace=False)
    origin, step = pairs // (PORTS - 1), pairs % (PORTS - 1) + 1
    lanes = Corridors(ports[origin], ports[(origin + step) % PORTS], np.ones(corridors), np.ones(corridors) / corridors)
    depart = np.sort(chance.integers(0, DAYS - 30, corridors)) * 86_400
    arrive = depart + chance.integers(3, 30, corridors) * 86_400
    containers = np.maximum(1, np.rint(chance.lognormal(np.log(MEDIAN_CONTAINERS), SIGMA, corridors))).astype(np.int64)
    path = folder / "corridors.csv"
    write_csv(Trade(lanes, "days", np.arange(corridors), depart, arrive, containers), path)
    legs, _ = read_legs(path, places=places)
    path.unlink()
    return _whole(build_scene(legs, *nothing_else(), places.frame))


def _whole(scene: Scene) -> Plate:
    return Plate(scene, (float(scene.seconds),), version="benchmark", data_hash="0" * 64)


if __name__ == "__main__":
    save_plate(article(), sys.argv[1], "png")
