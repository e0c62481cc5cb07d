"""Made totals, seeded: claimants who speak of a volume that we know, so that they agree, or contradict one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.trade import DAYS, SEED, YEAR, corridors
from geo.gazetteer.places import Places, place_frame
from geo.tables.read import read

Floats = NDArray[np.float64]
FLOWS = 200
REPORTS_OF_A_FLOW = 10
AREAS = 20
"""Of the nested set's flows so many go from a country to a country, and hold those of its ports."""
CLAIMANTS = ("Amber", "Basalt", "Cobalt", "Dolomite", "Emerald", "Feldspar", "Garnet", "Haematite")
AMERICAS = ("US", "MX", "PA", "CA", "BR", "CO", "PE", "EC")
CONTESTED = 40
"""Reports of the contested set, on one flow."""
SMALLEST, LARGEST = 200, 20_000
"""Containers that a flow holds in a year, evenly in the logarithm."""
_HEADER = "id,claimant,said_on,origin,destination,window,quantity,mode,nature\n"


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Totals as `geo.columns` has them, the legs (none), and the gazetteer in which areas hold their ports."""

    totals: pd.DataFrame
    legs: pd.DataFrame
    places: Places


@dataclass(slots=True)
class Writer:
    """Rows of a CSV of totals; chance is its own, so that two runs write the same."""

    chance: np.random.Generator
    rows: list[str] = field(default_factory=list)

    mode: str = "maritime"

    def say(self, ends: str, claimant: str, first: int, last: int, words: str, nature: str = "estimate") -> None:
        """A total of the days first to last, both inside; ends: "origin,destination"."""
        number, said = len(self.rows), _day(min(last + 3, DAYS + 30))
        window = f"{_day(first)}/{_day(last)}"
        self.rows.append(f'r{number},{claimant},{said},{ends},{window},"{words}",{self.mode},{nature}\n')

    def agreeing(self, ends: str, volume: Floats) -> None:
        """Ten reports of a cumulative volume by day, none of which it contradicts."""
        for turn in range(REPORTS_OF_A_FLOW):
            claimant = CLAIMANTS[turn % 4]
            first, last = sorted(self.chance.choice(DAYS, 2, replace=False).tolist())
            first = 0 if turn < 7 else first
            moved = volume[last + 1] - volume[first]
            if turn % 3 == 2:
                self.say(ends, claimant, first, last, f"at least {moved * 0.8:.0f}")
            elif turn == 9:
                self.say(ends, claimant, first, last, f"{moved * 0.5:.0f}", "observed")
            else:
                # "About" is give or take 10 %, so that the volume itself stays well inside.
                self.say(ends, claimant, first, last, f"about {moved * self.chance.uniform(0.94, 1.06):.0f}")

    def accounts(self, places: Places) -> Accounts:
        """All that was said, read like any file."""
        file = BytesIO((_HEADER + "".join(self.rows)).encode())
        reading = read(file, "totals", places=places, name="accounts.csv")
        assert reading.kept == len(self.rows), list(reading.problems)[:3]
        legs = read(BytesIO(b"origin,destination,depart,containers\n"), "legs", name="none.csv").table
        return Accounts(reading.table, legs, places)


def agreeing() -> Accounts:
    """2,000 reports on 200 flows between ports, four claimants, all true of one volume."""
    writer, places = Writer(np.random.default_rng(SEED)), Places.load()
    for ends, volume in volumes_of(writer.chance, FLOWS):
        writer.agreeing(ends, volume)
    return writer.accounts(places)


def nested() -> Accounts:
    """The same where 20 of the flows are between countries, and bound the sum of those between their ports."""
    writer, places = Writer(np.random.default_rng(SEED + 1)), _with_countries()
    country = places.frame["within"]
    held: dict[str, Floats] = {}
    for ends, volume in volumes_of(writer.chance, FLOWS - AREAS):
        writer.agreeing(ends, volume)
        around = ",".join(country[code] for code in ends.split(","))
        held[around] = held.get(around, np.zeros(DAYS + 1)) + volume
    abroad = [ends for ends in held if len(set(ends.split(","))) == 2]
    for ends in sorted(abroad, key=lambda each: -held[each][-1])[:AREAS]:
        writer.agreeing(ends, held[ends] * 1.2)
    return writer.accounts(places)


def overlapping() -> Accounts:
    """2,000 running totals by four claimants that say "at least", on 200 flows that overlap one another."""
    writer, places = Writer(np.random.default_rng(SEED + 3)), with_americas()
    for ends, moved in _overlapping(writer, places):
        for turn in range(REPORTS_OF_A_FLOW):
            last = int(writer.chance.integers(30, DAYS))
            least = moved[last + 1] * writer.chance.uniform(0.5, 1.0)
            writer.say(ends, CLAIMANTS[turn % 4], int(writer.chance.integers(9)), last, f"at least {least:.0f}")
    return writer.accounts(places)


def bounding() -> Accounts:
    """The same flows, where all say "about": each report bounds those around it from above, too."""
    writer, places = Writer(np.random.default_rng(SEED + 4)), with_americas()
    for ends, moved in _overlapping(writer, places):
        for turn in range(REPORTS_OF_A_FLOW):
            last = int(writer.chance.integers(30, DAYS))
            figure = moved[last + 1] * writer.chance.uniform(0.94, 1.06)
            writer.say(ends, CLAIMANTS[turn % 4], 0, last, f"about {figure:.0f}")
    return writer.accounts(places)


def _overlapping(writer: Writer, places: Places) -> Iterator[tuple[str, Floats]]:
    """200 flows from seven ports and their country to twelve ports, their countries and the Americas, by sea, by air
    and by any mode, which is the writer's: "origin,destination", and what has moved (see `volumes_of`)."""
    within = dict(zip(places.frame["code"], places.frame["within"], strict=True))
    inside = {port: chain_of(port, within) for port in within if port[:2] in ("CN", *AMERICAS) and within[port]}
    sources = sorted(port for port in inside if port.startswith("CN"))
    lanes = [(start, to) for start in sources for to in sorted(inside) if to[:2] in AMERICAS]
    held: dict[tuple[str, str], Floats] = {}
    for (start, to), mode in product(lanes, ("maritime", "air")):
        yearly = np.exp(writer.chance.uniform(np.log(SMALLEST), np.log(LARGEST)))
        daily = writer.chance.gamma(0.5, size=DAYS)
        moved = np.concatenate([[0.0], np.cumsum(daily / daily.sum() * yearly)])
        for origin, destination, by in product(inside[start], inside[to], (mode, "")):
            flow = f"{origin},{destination}", by
            held[flow] = held.get(flow, np.zeros(DAYS + 1)) + moved
    # The widest always, and as many of the others as are wanted.
    flows = sorted(held, key=lambda flow: -held[flow][-1])
    chosen = [*flows[:AREAS], *(flows[AREAS + at] for at in writer.chance.permutation(len(flows) - AREAS))][:FLOWS]
    for ends, writer.mode in chosen:
        yield ends, held[ends, writer.mode]


def contested() -> Accounts:
    """40 running totals on one flow by eight claimants, each with a scale of their own, so that most contradict."""
    writer, places = Writer(np.random.default_rng(SEED + 2)), Places.load()
    ((ends, volume),) = volumes_of(writer.chance, 1)
    scale = dict(zip(CLAIMANTS, np.linspace(0.6, 1.7, len(CLAIMANTS)).tolist(), strict=True))
    for turn in range(CONTESTED):
        claimant = CLAIMANTS[turn % len(CLAIMANTS)]
        last = int(writer.chance.integers(20, DAYS))
        words = "about" if turn % 4 else "more than"
        writer.say(ends, claimant, 0, last, f"{words} {volume[last + 1] * scale[claimant]:.0f}")
    return writer.accounts(places)


def volumes_of(chance: np.random.Generator, count: int) -> Iterator[tuple[str, Floats]]:
    """ "origin,destination" and what has moved before each of a year's 366 days and after the last: (367,)."""
    lanes = corridors(count)
    for origin, destination in zip(lanes.origin, lanes.destination, strict=True):
        yearly = np.exp(chance.uniform(np.log(SMALLEST), np.log(LARGEST)))
        daily = chance.gamma(0.5, size=DAYS)
        yield f"{origin},{destination}", np.concatenate([[0.0], np.cumsum(daily / daily.sum() * yearly)])


def with_americas() -> Places:
    """The gazetteer, in which each of the trade's ports lies in its country, and some countries in the Americas."""
    places = _with_countries()
    frame = places.frame.reset_index(drop=True)
    own = frame["code"].isin([f"in-{country}" for country in AMERICAS])
    inner = frame[own].assign(within="in-americas")
    outer = frame[frame["code"] == "in-US"].assign(code="in-americas", name="the Americas")
    rows = pd.concat([inner, outer], ignore_index=True)
    return places.plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=frame.crs))


def chain_of(port: str, within: dict[str, str]) -> list[str]:
    """A port and the areas around it."""
    found = [port]
    while area := within.get(found[-1], ""):
        found.append(area)
    return found


def _with_countries() -> Places:
    """The gazetteer, in which each of the trade's ports lies in its country."""
    frame = Places.load().frame.reset_index(drop=True)
    lanes = corridors()
    used = sorted({*lanes.origin, *lanes.destination})
    ports = frame[frame["code"].isin(used)]
    ports = ports.assign(within="in-" + ports["country"])
    first = ports.drop_duplicates("country")
    areas = pd.DataFrame({"code": first["within"], "name": "all of " + first["country"], "kind": "area"})
    made = place_frame(areas, first.geometry.x.to_numpy(), first.geometry.y.to_numpy())
    rows = pd.concat([ports, made], ignore_index=True)
    return Places.load().plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=frame.crs))


def _day(number: int) -> str:
    return str((YEAR + np.timedelta64(number, "D")).astype("datetime64[D]"))
