from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from geo.scene import moment
from geo.scene.scene import Scene
from tests.scene.building import built, stamp


def test_a_sum_takes_what_overlaps_once(zoo: Scene) -> None:
    now = moment.at(zoo, zoo.seconds)
    # 75 and 10 and 5 to Rason, 40 back, 62 by road; the onward leg is inside what all flows hold together.
    assert now.total.best == 2738 + 75 + 10 + 5 + 40 + 62
    assert now.total.low == 2500.5 + 75 + 10 + 4 + 40 + 62
    assert now.total.high == np.inf
    assert now.total.top == 4001
    assert now.best.sum() > now.total.best + 2000


def test_a_shipment_that_a_flow_carries_is_not_counted_again_on_another_corridor(make: SimpleNamespace) -> None:
    total = make.total("t", "B>C", "2023-09-01", "2023-09-30", (90, 100, 110))
    legs = [
        make.leg("A>B", "2023-09-02", "2023-09-03", 30, shipment="S"),
        make.leg("B>C", "2023-09-05", "2023-09-06", 30, shipment="S"),
        make.leg("A>B", "2023-09-07", "2023-09-08", 5),
    ]
    scene = built(make, legs, [total])
    assert scene.legs.onward.tolist() == [True, False, False]
    assert moment.at(scene, scene.seconds).total.low == 90 + 5


def test_a_contested_flow_says_since_when_by_whom_and_how_much(zoo: Scene) -> None:
    row = zoo.corridors.id.tolist().index("KOREA>PRIMORYE>0")
    assert zoo.corridors.contested[row] == (stamp("2023-09-18") - zoo.start).total_seconds()
    assert np.isinf(np.delete(zoo.corridors.contested, row)).all()
    bound = next(bound for bound in zoo.bounds if bound.corridor == row)
    assert [zoo.reports.id[rows].tolist() for rows in bound.conflicts] == [["one", "two"]]
    before, after = (moment.at(zoo, 48 * 86_400 + more) for more in (-60, 0))
    assert before.amount(row).top is None
    assert after.amount(row) == moment.Amount(1301, 2000, np.inf, 4001)
    assert after.total.top == 4001


def test_the_sides_top_in_a_window_is_less_what_was_there_before(zoo: Scene) -> None:
    row = zoo.corridors.id.tolist().index("KOREA>PRIMORYE>0")
    assert moment.at(zoo, 48 * 86_400, 26 * 86_400).amount(row).top == 4001 - 300
