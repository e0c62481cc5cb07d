from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from geo.scene import moment
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from tests.scene import handmade
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


def test_a_place_takes_what_lies_inside_another_corridor_of_its_own_once(zoo: Scene) -> None:
    now = moment.at(zoo, zoo.seconds)
    place = zoo.places.code.tolist().index
    left = moment.through(zoo, now, place("RASON"), "origin")
    # Two corridors leave Rason, neither of them inside the other; both may be counted elsewhere as well.
    assert left == moment.Amount(1800, 2000, 2200 + 120)
    assert moment.through(zoo, now, place("KOREA"), "origin") == moment.Amount(2300, 2500, np.inf, 4001)
    assert moment.through(zoo, now, place("RASON"), "destination").best == 75 + 10 + 5 + 40
    assert moment.through(zoo, now, place("SAMOA"), "destination") == moment.Amount(2.5, 30, np.inf)
    assert moment.through(zoo, now, place("KOREA"), "destination") == moment.Amount(0, 0, 0)


def test_every_place_has_a_figure_of_what_goes_through_it(zoo: Scene) -> None:
    now = moment.at(zoo, zoo.seconds)
    ends: tuple[moment.End, ...] = ("origin", "destination")
    each = [sum(moment.through(zoo, now, place, end).best for end in ends) for place in range(zoo.places.code.size)]
    assert moment.through_places(zoo, now).tolist() == pytest.approx(each)


def test_a_corridor_inside_another_that_leaves_the_same_place_is_left_out(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1), LAND=(1.5, 1.5, 100), within={"B": "LAND"})
    totals = [make.total(f"to {to}", f"A>{to}", "2023-09-01", "2023-09-30", (90, 100, 110)) for to in ("B", "LAND")]
    leg = make.leg("A>A", "2023-09-03", "2023-09-04", 7)
    scene = build_scene(make.legs(leg), make.totals(*totals), make.events(), places)
    now = moment.at(scene, scene.seconds)
    assert moment.through(scene, now, 0, "origin") == moment.Amount(97, 107, 117)
    assert now.total == moment.Amount(97, 107, 117)
    assert now.visible == 3


def test_a_window_never_begins_before_the_picture(make: SimpleNamespace) -> None:
    range_ = handmade.curve(("2023-01-01", 0, 0, 0), ("2023-09-01", 20, 40, 60), ("2023-10-01", 90, 100, 110))
    known = handmade.volumes(handmade.flow("A>B", range_, reports=("t",)), together=range_)
    scene = built(make, totals=[make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))], volumes=known)
    for width in (scene.seconds, 10 * scene.seconds):
        now = moment.at(scene, scene.seconds, width)
        assert now.amount(0) == now.total == moment.Amount(90 - 60, 100 - 40, 110 - 20)
    assert moment.at(scene, scene.seconds).amount(0) == moment.Amount(90, 100, 110)


def test_an_open_high_of_a_leg_that_repeats_leaves_the_sum_a_number(make: SimpleNamespace) -> None:
    rows = [
        make.leg("A>B", "2023-09-01", "2023-09-02", 30, shipment="S"),
        make.leg("B>C", "2023-09-10", "2023-09-11", (30, 30, np.inf), shipment="S"),
    ]
    scene = built(make, rows)
    assert moment.at(scene, 5 * 86_400).total == moment.Amount(30, 30, 30)
    assert moment.at(scene, scene.seconds).total == moment.Amount(30, 30, np.inf)
