from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import volume
from geo.errors import PlaceError, SceneError
from geo.reconcile.volumes import Volumes
from geo.scene.build import build_scene, empty_scene
from geo.scene.scene import Scene
from geo.tables import leg_reports
from tests.examples import examples
from tests.scene.built_scenes import built, final, same

LAWS = settings(examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def test_other_units_are_scenes_of_their_own(make: SimpleNamespace) -> None:
    rows = [
        make.total("n", "A>B", "2023-09-01", "2023-09-30", (10, 10, 10)),
        make.total("r", "A>C", "2023-08-01", "2023-08-30", (7, 7, 7), unit="round"),
    ]
    assert final(built(make, totals=rows))[1] == {"A>B>0": 10}
    assert final(built(make, totals=rows, unit="round"))[1] == {"A>C>0": 7}
    with pytest.raises(SceneError, match="nothing to draw"):
        built(make, totals=rows, unit="tonne")


@LAWS
@given(st.randoms(use_true_random=False))
def test_row_order_does_not_matter(frames: tuple, zoo: Scene, zoo_ranges: Volumes, random: object) -> None:
    legs, totals, events, places = frames
    seed = random.randrange(2**31)  # type: ignore[attr-defined]
    mixed = (frame.sample(frac=1, random_state=seed) for frame in (legs, totals, events, places))
    assert same(zoo, build_scene(*mixed, title="Zoo", volumes=zoo_ranges))  # type: ignore[arg-type]


LEG = st.tuples(
    st.sampled_from(["A>B", "B>A", "A>C"]),
    st.integers(1, 28),
    st.none() | st.integers(0, 5),
    st.integers(0, 500),
    st.sampled_from(["", "", "S", "T"]),
)


@LAWS
@given(st.lists(LEG, min_size=1, max_size=15))
def test_nothing_is_lost_and_a_shipment_counts_once(make: SimpleNamespace, rows: list[tuple]) -> None:  # type: ignore[type-arg]
    legs = [
        make.leg(
            route,
            f"2023-09-{day:02}",
            None if days is None else str(pd.Timestamp(2023, 9, day) + pd.Timedelta(days=days)),
            n,
            shipment=name,
        )
        for route, day, days, n, name in rows
    ]
    scene = built(make, legs)
    assert sum(final(scene)[1].values()) == sum(n for *_, n, _ in rows)
    named = [row for row in rows if row[4]]
    assert scene.legs.onward.sum() == len(named) - len({row[4] for row in named})
    first = {name: min(row[1] for row in named if row[4] == name) for name in {row[4] for row in named}}
    days = (scene.legs.depart[~scene.legs.onward] // 86_400 + int(scene.start.day)).tolist()
    assert all(day in days for day in first.values())
    assert (np.diff(scene.legs.depart.astype(int)) >= 0).all()


def test_days_are_whole_and_half_open(make: SimpleNamespace) -> None:
    scene = built(make, [make.leg("A>B", "2023-09-01", "2023-09-01", 24), make.leg("A>C", "2023-09-02", None, 5)])
    assert scene.seconds == 2 * 86_400
    assert scene.start.isoformat() == "2023-09-01T00:00:00+00:00"
    assert volume.at(scene.knots, 43_200)[1].tolist() == [12, 0]
    assert volume.at(scene.knots, 86_399)[1].tolist() == [pytest.approx(24 * 86_399 / 86_400), 0]
    assert volume.at(scene.knots, 86_400)[1].tolist() == [24, 0]
    assert volume.at(scene.knots, 86_401)[1].tolist() == [24, 5]


def test_a_vague_departure_without_arrival_is_spread_and_never_a_leg(make: SimpleNamespace) -> None:
    vague = make.leg("A>B", "2023-08-01", None, 31, depart_latest=pd.Timestamp("2023-09-01", tz="UTC"))
    scene = built(make, [vague])
    assert scene.legs.corridor.size == 0
    assert volume.at(scene.spread, 10 * 86_400)[1].tolist() == [10]
    assert scene.reports.kind.tolist() == ["legs"]
    assert scene.reports.drawn.all()


def test_spread_is_what_no_itemised_leg_brings(zoo: Scene) -> None:
    legs = zoo.legs
    adds = ~zoo.corridors.reconciled[legs.corridor]
    for t in np.linspace(0, zoo.seconds, 23):
        depart, length = legs.depart.astype(float), legs.arrive.astype(float) - legs.depart
        share = np.clip(np.where(length > 0, (t - depart) / np.where(length > 0, length, 1), t > depart), 0, 1)
        leg_reports = np.bincount(legs.corridor, weights=share * legs.best * adds, minlength=zoo.corridors.id.size)
        np.testing.assert_allclose(
            volume.at(zoo.knots, t)[1], leg_reports + volume.at(zoo.spread, t)[1], rtol=1e-9, atol=1e-9
        )


def test_events_outside_the_span_are_left_out(make: SimpleNamespace) -> None:
    scene = built(
        make,
        [make.leg("A>B", "2023-09-10", "2023-09-12", 1)],
        events=[{"date": day, "title": day} for day in ("2023-09-13", "2023-09-12", "2023-09-10", "2023-09-09")],
    )
    assert scene.events.title.tolist() == ["2023-09-10", "2023-09-12"]
    assert scene.events.time.tolist() == [0, 172_800]


def test_legs_are_one_report_per_claimant_outlet_day_and_link(make: SimpleNamespace) -> None:
    day = pd.Timestamp("2023-10-02", tz="UTC")
    said = {
        "claimant": "Observer",
        "outlet": "Ledger",
        "said_on": day,
        "url": "https://example.org",
        "words": "three ships",
    }
    scene = built(
        make,
        [
            make.leg("A>B", "2023-09-01", None, 10, **said),
            make.leg("B>C", "2023-09-02", None, (18, 20, 22), **said),
            make.leg("A>B", "2023-09-03", None, 1, **said | {"url": "javascript:alert(1)"}),
            make.leg("A>B", "2023-09-03", None, 5, **said | {"unit": "round"}),
        ],
    )
    reports = scene.reports
    assert reports.summary.tolist() == [
        "2 legs, 28–32 containers, 2 routes",
        "1 leg, 1 container, A → B",
        "1 leg, 5 rounds, A → B",
    ]
    assert reports.url.tolist() == ["https://example.org", "javascript:alert(1)", "https://example.org"], "as given"
    assert reports.words[0] == "three ships"
    assert reports.said_on[0] == "2 Oct 2023"
    assert [rows.tolist() for rows in reports.corridors_of] == [[0, 1], [0], [0]]
    assert reports.shares_of == ({0: (1, 10, 10, 10), 1: (1, 18, 20, 22)}, {}, {})
    assert reports.drawn.tolist() == [True, True, False]
    assert len(set(reports.id)) == 3


def test_a_link_for_every_leg_does_not_make_a_list_that_no_page_holds(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leg_reports, "MOST_REPORTS", 5)
    rows = [make.leg("A>B", "2023-09-01", None, 1, claimant="X", url=f"https://example.org/{n}") for n in range(9)]
    scene = built(make, rows)
    assert scene.reports.summary.tolist() == ["9 legs, 9 containers, A → B"]
    assert scene.reports.claimant.tolist() == ["X"]
    assert scene.reports.url.tolist() == [""]


def test_numbers_that_cannot_be_counts_are_reports_and_nothing_more(make: SimpleNamespace) -> None:
    sound = make.leg("A>B", "2023-09-01", None, 5)
    for broken in (np.nan, np.inf, -1.0, 1e300):
        scene = built(make, [sound, make.leg("A>B", "2023-09-01", None, broken, claimant="X")])
        assert final(scene)[1] == {"A>B>0": 5}
        assert scene.reports.drawn.tolist() == [True, False]


def test_an_open_high_does_not_set_the_scale(make: SimpleNamespace) -> None:
    scene = built(make, totals=[make.total("t", "A>B", "2023-09-01", "2023-09-30", (101, 101, np.inf))])
    assert scene.style.full_volume == pytest.approx(101)


def test_a_place_that_nobody_knows_is_named(make: SimpleNamespace) -> None:
    with pytest.raises(PlaceError, match="ZZZ"):
        built(make, [make.leg("A>ZZZ", "2023-09-01", None, 5)])


def test_codes_with_odd_signs_and_the_same_port_twice(make: SimpleNamespace) -> None:
    places = make.places(**{"A": (0, 0), "B>1": (1, 1)}).set_index("code")
    legs = make.legs(make.leg("A>A", "2023-09-01", None, 5))
    legs.loc[1] = legs.loc[0]
    legs.loc[1, ["origin", "destination"]] = ["B>1", "A"]
    scene = build_scene(legs, make.totals(), make.events(), places)
    assert scene.corridors.id.tolist() == ["A>A>0", "B>1>A>0"]
    assert [rows.tolist() for rows in scene.reports.corridors_of] == [[0, 1]]


def test_an_empty_scene_is_a_scene() -> None:
    scene = empty_scene()
    assert scene.corridors.id.size == 0
    assert scene.seconds == 86_400
    assert scene.reports.id.size == 0
    assert [values.tolist() for values in volume.at(scene.knots, 0)] == [[], [], []]
