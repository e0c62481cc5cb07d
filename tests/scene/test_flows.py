from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import volume
from geo.errors import SceneError
from geo.gazetteer.places import Places as Gazetteer
from geo.gazetteer.scopes import Nesting, Scope
from geo.reconcile.volumes import Curve, Volumes
from geo.scene import flows
from geo.scene.build import build_scene
from geo.scene.scene import Knots, Scene
from tests.examples import examples
from tests.scene import handmade
from tests.scene.built_scenes import built, final, same, stamp

LAWS = settings(examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def article(make: SimpleNamespace) -> tuple[dict, dict]:  # type: ignore[type-arg]
    """Two reports as they were printed: one begins nobody knows when, the other lies inside it."""
    whole = make.total(
        "rok", "A>B", "2023-08-01", "2023-11-02", (1800, 2000, 2200), mode=1, claimant="Military", outlet="Agency"
    )
    whole |= {"start_earliest": stamp("2022-06-01"), "start_latest": stamp("2023-08-11")}
    return whole, make.total("us", "A>B", "2023-09-07", "2023-10-01", (1001, 1001, np.inf), part_of="rok")


def test_the_article_is_one_range(make: SimpleNamespace) -> None:
    scene = built(make, totals=list(article(make)))
    assert final(scene) == ({"A>B>1": 1800}, {"A>B>1": 2000}, {"A>B>1": 2200})
    assert scene.start == stamp("2023-08-01")
    assert scene.title == "A → B"
    assert scene.legs.corridor.size == 0
    assert scene.style.full_volume == pytest.approx(2200)
    assert scene.corridors.reconciled.tolist() == [True]
    assert scene.corridors.contested.tolist() == [np.inf]

    def on(day: str) -> list[float]:
        return [float(value[0]) for value in volume.at(scene.knots, (stamp(day) - scene.start).total_seconds())]

    assert [on("2023-10-02")[0], on("2023-10-02")[2]] == [1001, 2200]
    # Nobody said so: at most 2,200 in all, of which more than 1,000 came later.
    assert [on(day)[2] for day in ("2023-08-01", "2023-08-20", "2023-09-07")] == [1200] * 3
    for t in np.linspace(0, scene.seconds, 50):
        low, best, high = (float(value[0]) for value in volume.at(scene.knots, t))
        assert low <= best <= high <= 2200


def test_both_reports_of_the_article_are_drawn_and_set_its_bounds(make: SimpleNamespace) -> None:
    scene = built(make, totals=list(article(make)))
    reports = scene.reports
    assert reports.id.tolist() == ["rok", "us"]
    assert reports.drawn.tolist() == [True, True]
    assert [rows.tolist() for rows in reports.corridors_of] == [[0], [0]]
    assert reports.summary[0] == "About 2,000 containers, A → B, June 2022–early Aug 2023 to 2 Nov 2023"
    assert reports.summary[1] == "More than 1,000 containers, A → B, 7 Sept 2023 to 1 Oct 2023"
    (bound,) = scene.bounds
    moments = {float(time): number for number, time in enumerate(bound.time)}
    september = moments[(stamp("2023-09-07") - scene.start).total_seconds()]
    assert sorted(bound.high_by[september].tolist()) == [0, 1]
    october = moments[(stamp("2023-10-02") - scene.start).total_seconds()]
    assert bound.low_by[october].tolist() == [1]
    assert bound.high_by[october].tolist() == [0]
    assert bound.conflicts == ()


def test_what_is_part_of_another_capacity_or_another_unit_makes_no_corridor(make: SimpleNamespace) -> None:
    base = [make.leg("A>B", "2023-09-01", "2023-09-05", 10), make.leg("B>C", "2023-09-02", None, 4)]
    whole = make.total("whole", "A>C", "2023-09-01", "2023-09-30", (90, 100, 110))
    extra = [
        make.total("part", "A>C", "2023-09-02", "2023-09-20", (50, 50, np.inf), part_of="whole"),
        make.total("room", "A>B", "2020-01-01", "2024-01-01", (0, 1e6, 1e6), nature="capacity"),
        make.total("rounds", "A>B", "2020-01-01", "2024-01-01", (1e6, 1e6, np.inf), unit="round"),
    ]
    alone, together = built(make, base, [whole]), built(make, base, [whole, *extra])
    assert final(alone) == final(together)
    assert alone.corridors.id.tolist() == together.corridors.id.tolist() == ["A>B>0", "A>C>0", "B>C>0"]
    assert alone.seconds == together.seconds
    behind = dict(zip(together.reports.id, (rows.tolist() for rows in together.reports.corridors_of), strict=True))
    assert behind["part"] == [1]
    assert behind["room"] == behind["rounds"] == [0]
    drawn = dict(zip(together.reports.id, together.reports.drawn.tolist(), strict=True))
    assert [drawn[name] for name in ("whole", "part", "room", "rounds")] == [True, True, False, False]


def test_legs_of_a_reconciled_corridor_ride_and_add_nothing(make: SimpleNamespace, zoo: Scene) -> None:
    rows = [make.leg("A>B", "2023-09-05", "2023-09-06", 30), make.leg("A>B", "2023-09-15", None, 20)]
    total = make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))
    scene = built(make, rows, [total])
    assert final(scene) == final(built(make, totals=[total]))
    assert scene.legs.best.tolist() == [30, 20]
    corridor = zoo.corridors.id.tolist().index("RASON>VLADIVOSTOK>1")
    assert np.count_nonzero(zoo.legs.corridor == corridor) == 3
    assert final(zoo)[1]["RASON>VLADIVOSTOK>1"] == 2000


def test_legs_alone_are_never_reconciled(make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("there is nothing to reconcile")

    monkeypatch.setattr(flows, "reconcile", refuse)
    room = make.total("room", "A>B", "2023-09-01", "2023-09-30", (0, 9, 9), nature="capacity")
    scene = built(make, [make.leg("A>B", "2023-09-01", "2023-09-05", 10)], [room])
    assert scene.corridors.counted.tolist() == [True]
    assert not scene.corridors.reconciled.any()
    assert scene.lead == -1
    assert scene.bounds == ()


def test_what_lies_inside_what_is_by_place_area_and_mode(zoo: Scene) -> None:
    corridors = zoo.corridors
    names = corridors.id.tolist()
    area = names.index("KOREA>PRIMORYE>0")
    within = {name: rows.tolist() for name, rows in zip(names, corridors.inside, strict=True) if rows.size}
    assert within == {"RASON>DUNAY>1": [area], "RASON>VLADIVOSTOK>1": [area]}
    ranges = {"FIJI>SAMOA>4", "KOREA>PRIMORYE>0", "RASON>VLADIVOSTOK>1", "SAMOA>FIJI>0"}
    assert {name for name, own in zip(names, corridors.reconciled, strict=True) if own} == ranges
    assert {name for name, own in zip(names, corridors.counted, strict=True) if not own} == ranges | {"RASON>DUNAY>1"}


def test_one_mode_lies_inside_all_of_them_and_not_in_another(make: SimpleNamespace) -> None:
    rows = [make.leg("A>B", "2023-09-05", None, 1, mode=mode) for mode in (0, 1, 2)]
    any_mode = built(make, rows, [make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))])
    assert [rows.tolist() for rows in any_mode.corridors.inside] == [[], [0], [0]]
    by_sea = built(make, rows, [make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110), mode=1)])
    assert [rows.tolist() for rows in by_sea.corridors.inside] == [[], [], []]
    assert by_sea.corridors.counted.tolist() == [True, False, True]


def test_the_title_speaks_of_the_widest_corridors(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1), C=(2, 2), LAND=(1.5, 1.5, 100), within={"B": "LAND", "C": "LAND"})
    totals = [make.total(f"to {to}", f"A>{to}", "2023-09-01", "2023-09-30", (90, 100, 110)) for to in ("B", "LAND")]
    scene = build_scene(make.legs(), make.totals(*totals), make.events(), places)
    assert scene.corridors.id.size == 2
    assert scene.title == "A → Land"


def test_the_picture_begins_with_the_first_window_and_ends_with_the_last_knot(make: SimpleNamespace) -> None:
    vague = make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))
    vague |= {"start_earliest": stamp("2022-01-01"), "end_latest": stamp("2023-10-11")}
    scene = built(make, totals=[vague])
    assert (scene.start, scene.start + pd.Timedelta(seconds=scene.seconds)) == (
        stamp("2023-09-01"),
        stamp("2023-10-11"),
    )
    assert scene.spread.time[0] < 0
    assert final(scene)[0] == {"A>B>0": 90}


def test_volumes_that_are_known_are_not_reconciled_again(
    frames: tuple, zoo: Scene, zoo_ranges: Volumes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows, "reconcile", None)
    assert same(zoo, build_scene(*frames, title="Zoo", volumes=zoo_ranges))
    rounds = build_scene(*frames, unit="round", volumes=zoo_ranges)
    assert rounds.corridors.id.tolist() == ["RASON>TIKHORETSK>0", "RASON>VLADIVOSTOK>1"]


def test_a_range_steps_where_its_flow_does(zoo: Scene) -> None:
    """Between two knots low is that of the earlier one, and high that of the later."""
    row = zoo.corridors.id.tolist().index("RASON>VLADIVOSTOK>1")
    moments = [22 * 86_400 + more for more in (-86_400, -1, 0, 1, 86_400)]
    found = [[float(value[row]) for value in volume.at(zoo.knots, t)] for t in moments]
    assert [value[0] for value in found] == [0, 0, 300, 300, 300]
    assert [value[2] for value in found] == [1199] * 5
    assert found[2][1] == 500
    last = [float(volume.at(zoo.knots, 51 * 86_400 + more)[2][row]) for more in (0, 1)]
    assert last == [2200, 2200]


def test_a_report_that_others_say_already_stands_behind_its_corridor(make: SimpleNamespace) -> None:
    whole = make.total("whole", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))
    weaker = make.total("weaker", "A>B", "2023-09-01", "2023-09-30", (11, 11, np.inf))
    reports = built(make, totals=[whole, weaker]).reports
    assert reports.drawn.tolist() == [True, True]
    assert [rows.tolist() for rows in reports.corridors_of] == [[0], [0]]


def test_a_total_without_a_start_or_an_end_is_shown_where_it_is_dated(make: SimpleNamespace) -> None:
    never = pd.NaT
    whole = make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110))
    no_end = built(make, totals=[whole | {"end_earliest": never, "end": never, "end_latest": never}])
    no_start = built(make, totals=[whole | {"start_earliest": never, "start": never, "start_latest": never}])
    assert (no_end.start, no_end.seconds) == (stamp("2023-09-01"), 86_400)
    assert (no_start.start, no_start.seconds) == (stamp("2023-09-30"), 86_400)
    assert final(no_start)[0] == {"A>B>0": 90}
    with pytest.raises(SceneError, match="nothing to draw"):
        built(make, totals=[whole | {name: never for name in whole if name.startswith(("start", "end"))}])


GAINS = st.lists(st.tuples(st.integers(1, 4), *[st.integers(0, 50)] * 3), min_size=1, max_size=7)


@LAWS
@given(GAINS, st.integers(0, 8))
def test_the_knots_of_a_range_are_its_curve_at_every_second(gains: list[tuple[int, ...]], closed: int) -> None:
    step, low, more, most = np.array(gains, float).T
    low, best = np.cumsum(low), np.cumsum(low + more)
    high = np.maximum.accumulate(np.where(np.arange(low.size) < closed, best + most, np.inf))
    time = np.cumsum(step).astype(np.int64)
    nobody: tuple = ((),) * low.size  # type: ignore[type-arg]
    curve = Curve(time, low, best, high, nobody, nobody)
    columns = flows.knots(curve, 2)
    seen = Knots(
        offsets=np.array([0, columns["time"].size]), high=columns["closed"], reconciled=np.ones(1, bool), **columns
    )
    for moment in range(int(time[-1]) + 4):
        found = [float(value[0]) for value in volume.at(seen, moment - 2)]
        assert found == pytest.approx(curve.at_second(moment))


SCOPE = st.tuples(st.sampled_from("ABCLM"), st.sampled_from("ABCLM"), st.integers(0, 2))
WITHIN = {"A": "L", "B": "L", "L": "M"}


@LAWS
@given(st.sets(SCOPE, max_size=5), st.sets(SCOPE, min_size=1, max_size=5))
def test_what_lies_inside_what_is_as_reconciling_has_it(
    make: SimpleNamespace,
    scopes: set[tuple],  # type: ignore[type-arg]
    legs: set[tuple],  # type: ignore[type-arg]
) -> None:
    places = make.places(within=WITHIN, A=(0, 0), B=(1, 1), C=(2, 2), L=(3, 3), M=(4, 4))
    rows = [make.leg(f"{o}>{d}", "2023-09-01", "2023-09-02", 1, mode=mode) for o, d, mode in sorted(legs)]
    range_ = handmade.curve(("2023-09-01", 0, 0, 0), ("2023-09-02", 1, 1, 1))
    found = [handmade.flow(f"{o}>{d}", range_, mode=mode, reports=("t",)) for o, d, mode in sorted(scopes)]
    totals = make.totals(make.total("t", "A>B", "2023-09-01", "2023-09-02", (1, 1, 1)))
    volumes = handmade.volumes(*found)
    scene = build_scene(make.legs(*rows), totals, make.events(), places, volumes=volumes)
    nesting = Nesting(Gazetteer(places))
    codes, corridors = scene.places.code, scene.corridors
    of_row = [
        Scope("container", codes[o], codes[d], int(mode))
        for o, d, mode in zip(corridors.origin, corridors.destination, corridors.mode, strict=True)
    ]
    own = {flow.scope for flow in found}
    for row, inner in enumerate(of_row):
        holding = [
            r for r, outer in enumerate(of_row) if outer in own and outer != inner and nesting.holds(outer, inner)
        ]
        assert corridors.inside[row].tolist() == holding
        assert corridors.reconciled[row] == (inner in own)
        assert corridors.counted[row] == (not holding and inner not in own)


def test_a_gazetteer_that_says_nothing_of_areas_will_do(make: SimpleNamespace) -> None:
    places = make.places(A=(0, 0), B=(1, 1))[["code", "name", "radius_km", "geometry"]]
    total = make.totals(make.total("t", "A>B", "2023-09-01", "2023-09-30", (90, 100, 110)))
    scene = build_scene(make.legs(), total, make.events(), places.set_index("code"))
    assert final(scene) == ({"A>B>0": 90}, {"A>B>0": 100}, {"A>B>0": 110})
