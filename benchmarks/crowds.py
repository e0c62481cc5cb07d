"""Many reports on one flow, or on few flows within one another, seeded: where all bear on all."""

from __future__ import annotations

from itertools import product

import numpy as np

from benchmarks.accounts import CLAIMANTS, Accounts, Floats, Writer, chain_of, volumes_of, with_americas
from benchmarks.trade import DAYS, SEED
from geo.gazetteer.places import Places

QUARREL, AGREED, NESTED, NESTED_QUARREL = 200, 1_000, 200, 100
"""Reports of each."""
NESTED_FLOWS = 12
_SHORTEST = 20
"""Days of a window of reports that contradict one another; of agreeing ones it may be a day."""


def quarrelling(reports: int = QUARREL) -> Accounts:
    """Dated totals of eight claimants on one flow, one in ten of them half or almost twice what moved."""
    writer, places = Writer(np.random.default_rng(SEED + 7)), Places.load()
    ((ends, volume),) = volumes_of(writer.chance, 1)
    for turn in range(reports):
        first = int(writer.chance.integers(0, DAYS - 2 * _SHORTEST))
        last = int(writer.chance.integers(first + _SHORTEST, DAYS))
        scale = writer.chance.choice([1.0, 0.5, 1.8], p=[0.9, 0.05, 0.05])
        words = "about" if turn % 4 else "more than"
        said = f"{words} {(volume[last + 1] - volume[first]) * scale:.0f}"
        writer.say(ends, CLAIMANTS[turn % len(CLAIMANTS)], first, last, said)
    return writer.accounts(places)


def consistent(reports: int = AGREED) -> Accounts:
    """Dated totals of eight claimants on one flow, all true of one volume."""
    writer, places = Writer(np.random.default_rng(SEED + 8)), Places.load()
    ((ends, volume),) = volumes_of(writer.chance, 1)
    for turn in range(reports):
        first = int(writer.chance.integers(0, DAYS - 2))
        last = int(writer.chance.integers(first, DAYS))
        moved = volume[last + 1] - volume[first]
        less, more = writer.chance.uniform(0.8, 0.99), writer.chance.uniform(1.01, 1.2)
        said = (
            f"between {int(moved * less)} and {int(np.ceil(moved * more))}"
            if turn % 3
            else f"at least {int(moved * less)}"
        )
        writer.say(ends, CLAIMANTS[turn % len(CLAIMANTS)], first, last, said)
    return writer.accounts(places)


def within_one_another(reports: int = NESTED, wrong: float = 0.0) -> Accounts:
    """Dated totals that say "about", true of one volume, on the largest flows between three ports, six others, their
    countries and the Americas: each bounds those around it, and those inside it. wrong: the share that tells half or
    almost twice what moved."""
    writer, places = Writer(np.random.default_rng(SEED + 9)), with_americas()
    within = dict(zip(places.frame["code"], places.frame["within"], strict=True))
    ports = sorted(port for port, area in within.items() if area)
    starts = [port for port in ports if port.startswith("CN")][:3]
    ends = [port for port in ports if port[:2] in ("US", "MX", "PA", "BR")][:6]
    held: dict[str, Floats] = {}
    for start, end in product(starts, ends):
        daily = writer.chance.gamma(0.5, size=DAYS)
        yearly = np.exp(writer.chance.uniform(np.log(2_000), np.log(20_000)))
        moved = np.concatenate([[0.0], np.cumsum(daily / daily.sum() * yearly)])
        for origin, destination in product(chain_of(start, within), chain_of(end, within)):
            held[f"{origin},{destination}"] = held.get(f"{origin},{destination}", np.zeros(DAYS + 1)) + moved
    flows = sorted(held, key=lambda flow: -held[flow][-1])[:NESTED_FLOWS]
    for turn in range(reports):
        flow = flows[turn % len(flows)]
        first = int(writer.chance.integers(0, DAYS - 60))
        last = int(writer.chance.integers(first + 30, DAYS))
        figure = (held[flow][last + 1] - held[flow][first]) * writer.chance.uniform(0.94, 1.06)
        if wrong:
            figure *= writer.chance.choice([1.0, 0.5, 1.8], p=[1 - wrong, wrong / 2, wrong / 2])
        writer.say(flow, CLAIMANTS[turn % 4], first, last, f"about {figure:.0f}")
    return writer.accounts(places)
