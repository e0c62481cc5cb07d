"""Legs are grouped into reports by who says them, where and when; the ids are the same however the legs lie."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.tables import leg_reports

DAY = pd.Timestamp("2023-10-13", tz="UTC")


def legs_of(*rows: tuple[str, str]) -> pd.DataFrame:
    """Legs with a claimant and a link each."""
    columns = {"claimant": [row[0] for row in rows], "url": [row[1] for row in rows]}
    table = pd.DataFrame(columns, dtype="str")
    return table.assign(outlet="Kyodo", said_on=pd.Series([DAY] * len(rows)).astype("datetime64[us, UTC]"), unit="")


def test_legs_of_one_claimant_and_link_are_one_report() -> None:
    legs = legs_of(("A", "x"), ("B", "x"), ("A", "x"), ("A", "y"))
    _, group, first = leg_reports.listable(legs)
    assert group.tolist() == [0, 1, 0, 2]
    assert first.tolist() == [0, 1, 3]


def test_an_id_does_not_depend_on_the_order_of_the_legs() -> None:
    legs = legs_of(("A", "x"), ("B", "x"), ("A", "y"))
    turned = legs.iloc[::-1].reset_index(drop=True)
    named = [leg_reports.group_ids(each, first) for each, _, first in map(leg_reports.listable, (legs, turned))]
    assert named[0] == named[1][::-1]
    assert len(set(named[0])) == 3
    assert all(len(name) == len("legs-") + 12 for name in named[0])


def test_a_link_for_every_leg_is_left_out_of_what_tells_reports_apart() -> None:
    legs = legs_of(*(("A", f"https://example.org/{number}") for number in range(leg_reports.MOST_REPORTS + 1)))
    shown, group, first = leg_reports.listable(legs)
    assert first.size == 1
    assert not np.any(group)
    assert set(shown["url"]) == {""}
    assert "" not in set(legs["url"])


def test_no_legs_are_no_reports() -> None:
    _, group, first = leg_reports.listable(legs_of())
    assert group.size == first.size == 0
