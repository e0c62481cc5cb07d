from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geo.scene import moment
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from tests.scene import handmade
from tests.scene.built_scenes import built, stamp


def test_the_words_tell_the_largest_flow_and_add_nothing_to_it(zoo: Scene) -> None:
    now = moment.at(zoo, zoo.seconds)
    assert zoo.corridors.id[zoo.lead] == "KOREA>PRIMORYE>0"
    assert now.total == now.amount(zoo.lead) == moment.Amount(2300, 2500, np.inf, 4001)
    inside = [zoo.lead in rows for rows in zoo.corridors.inside]
    assert now.apart == now.visible - sum(inside) - 1


def test_where_nothing_leads_the_words_tell_the_sum_of_what_is_counted(zoo: Scene) -> None:
    now = moment.at(replace(zoo, lead=-1), zoo.seconds)
    # 75 and 10 and 5 to Rason, 40 back, 62 by road.
    assert now.total == moment.Amount(75 + 10 + 4 + 40 + 62, 75 + 10 + 5 + 40 + 62, now.total.high)
    assert (now.visible, now.apart) == (9, 5)


def test_opposite_ways_are_never_added_up(make: SimpleNamespace) -> None:
    ways = [
        make.total("there", "A>B", "2023-09-01", "2023-09-30", (180, 200, 220)),
        make.total("back", "B>A", "2023-09-01", "2023-09-30", (90, 100, 110)),
    ]
    scene = built(make, totals=ways)
    now = moment.at(scene, scene.seconds)
    assert scene.corridors.id[scene.lead] == "A>B>0"
    assert (now.total, now.apart) == (moment.Amount(180, 200, 220), 1)


def test_itemised_legs_that_carry_more_than_any_total_are_told_instead(make: SimpleNamespace) -> None:
    total = make.total("t", "B>C", "2023-09-01", "2023-09-30", (90, 100, 110))
    scene = built(make, [make.leg("A>B", "2023-09-02", "2023-09-03", 101)], [total])
    now = moment.at(scene, scene.seconds)
    assert scene.lead == -1
    assert (now.total.best, now.apart) == (101, 1)


def test_a_shipment_that_a_flow_carries_is_not_counted_again_on_another_corridor(make: SimpleNamespace) -> None:
    total = make.total("t", "B>C", "2023-09-01", "2023-09-30", (90, 100, 110))
    legs = [
        make.leg("A>B", "2023-09-02", "2023-09-03", 30, shipment="S"),
        make.leg("B>C", "2023-09-05", "2023-09-06", 30, shipment="S"),
        make.leg("A>B", "2023-09-07", "2023-09-08", 500),
    ]
    scene = built(make, legs, [total])
    assert scene.legs.onward.tolist() == [True, False, False]
    assert moment.at(scene, scene.seconds).total.low == 500


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
    assert left == moment.Amount(1800, 2000, 2200 + 120 + 25)
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
    assert now.total == moment.Amount(90, 100, 110)
    assert (now.visible, now.apart) == (3, 1)


def test_no_more_went_through_a_place_than_a_flow_around_all_of_it_holds(make: SimpleNamespace) -> None:
    places = make.places(
        A=(0, 0),
        B=(1, 1),
        C=(2, 1),
        HERE=(0, 0.5, 90),
        THERE=(1.5, 1, 90),
        within={"A": "HERE", "B": "THERE", "C": "THERE"},
    )
    totals = [
        make.total("one", "A>B", "2023-09-01", "2023-09-30", (10, 50, 90)),
        make.total("other", "A>C", "2023-09-01", "2023-09-30", (20, 50, 90)),
        make.total("all", "HERE>THERE", "2023-09-01", "2023-09-30", (30, 60, 100)),
    ]
    scene = build_scene(make.legs(), make.totals(*totals), make.events(), places)
    now = moment.at(scene, scene.seconds)
    left = moment.through(scene, now, scene.places.code.tolist().index("A"), "origin")
    assert left.high == 100
    assert left.low >= 20


def test_a_window_from_the_start_of_the_picture_or_before_holds_all_before_its_end(make: SimpleNamespace) -> None:
    range_ = handmade.curve(("2023-01-01", 0, 0, 0), ("2023-09-01", 20, 40, 60), ("2023-10-01", 90, 100, 110))
    known = handmade.volumes(handmade.flow("A>B", range_, reports=("t",)))
    scene = built(make, totals=[make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))], volumes=known)
    for width in (scene.seconds, 10 * scene.seconds):
        now = moment.at(scene, scene.seconds, width)
        assert now.amount(0) == now.total == moment.Amount(90, 100, 110)
    assert moment.at(scene, scene.seconds).amount(0) == moment.Amount(90, 100, 110)
    shorter = moment.at(scene, scene.seconds, scene.seconds - 1).amount(0)
    assert (shorter.low, shorter.high) == (0, 110 - 20), "what went on the first day is not in it"


def test_an_open_high_of_a_leg_that_repeats_leaves_the_sum_a_number(make: SimpleNamespace) -> None:
    rows = [
        make.leg("A>B", "2023-09-01", "2023-09-02", 30, shipment="S"),
        make.leg("B>C", "2023-09-10", "2023-09-11", (30, 30, np.inf), shipment="S"),
    ]
    scene = built(make, rows)
    assert moment.at(scene, 5 * 86_400).total == moment.Amount(30, 30, 30)
    # The shipment is those thirty, whatever a later leg leaves open.
    assert moment.at(scene, scene.seconds).total == moment.Amount(30, 30, 30)
    assert moment.at(scene, scene.seconds, 86_400).total == moment.Amount(0, 0, 0)


def test_a_leg_of_a_vague_day_that_repeats_is_not_counted_again(make: SimpleNamespace) -> None:
    later = make.leg("B>C", "2023-09-11", None, 30, shipment="S")
    rows = [make.leg("A>B", "2023-09-01", "2023-09-02", 30, shipment="S"), later]
    rows[1]["depart_latest"] = rows[1]["depart"] + pd.Timedelta(days=10)
    scene = built(make, rows)
    for t in np.linspace(2 * 86_400, scene.seconds, 9):
        assert moment.at(scene, t).total == moment.Amount(30, 30, 30)
    assert moment.at(scene, scene.seconds).low.tolist() == [30, 30]
