"""A figure is explained by sums that give it, the reports in them, and what is assumed of them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.brief.pictures import prepared
from geo.brief.spec.brief import Brief, DataRef
from geo.data_folder import BUNDLED
from geo.dataset.selection import Selection
from geo.explain.explain import explained
from geo.explain.explanation import Explanation
from geo.explain.parts import Bound, between_words, by_words
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Scope
from geo.reconcile.volumes import BoundSums
from geo.scene.moment import at as held_at
from geo.scene.scene import Scene
from tests.examples import examples

DAY = timedelta(days=1)
RASON = Scope("container", "KPRJN", "RUVVO", 1)
LEGS = "origin,destination,depart,arrive,containers,claimant,vessel,shipment,words\n"
VOYAGES = (
    LEGS
    + "KPRJN,RUVVO,2023-09-08,2023-09-12,300,Gamma,Angara,,Three hundred boxes\n"
    + "KPRJN,RUVVO,2023-09-20,2023-09-24,200,Gamma,Maria,,\n"
    + "KPRJN,RUVVO,2023-09-28,2023-10-04,at least 100,Delta,,,\n"
)
TOTALS = "id,claimant,said_on,origin,destination,window,quantity\n"
ATLEAST = 'seoul,Seoul,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"up to 900"\n'


def day(text: str) -> datetime:
    """The end of a day."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + DAY


@cache
def grounds(name: str) -> Grounds:
    return Grounds.of(geo.open_data(name))


@pytest.fixture
def of(tmp_path: Path) -> Callable[..., Grounds]:
    """Tables as text -> what figures of them rest on."""

    def opened(*tables: str) -> Grounds:
        paths = []
        for number, table in enumerate(tables):
            paths.append(tmp_path / f"{number}.csv")
            paths[-1].write_text(table, "utf-8")
        return Grounds.of(geo.open_data(*paths))

    return opened


def adds_up(bound: Bound) -> bool:
    """The terms give the figure; one that is open has none."""
    if math.isinf(bound.figure):
        return bound.terms == () and bound.sentence.startswith("No upper limit")
    told = sum(term.factor * term.figure for term in bound.terms)
    return math.isclose(told, bound.figure, rel_tol=1e-7, abs_tol=1e-6)


def whole(why: Explanation) -> None:
    """Every bound adds up, every report in one is cited, and all of it is strict JSON and text."""
    bounds = [why.low, why.high, *(bound for side in why.sides for bound in (side.low, side.high))]
    assert all(adds_up(bound) for bound in bounds)
    named = {term.report for bound in bounds for term in bound.terms}
    assert named <= {each.id for each in why.reports}
    json.dumps(why.as_json(), allow_nan=False)
    assert why.words.lower() in str(why).lower()


def test_the_founding_article_by_6_september_rests_on_a_reading() -> None:
    why = explained(grounds("founding"), RASON, day("2023-09-06"))
    whole(why)
    assert (why.low.figure, why.high.figure) == (0, 1199)
    assert {(term.report, term.factor, term.figure, term.end) for term in why.high.terms} == {
        ("rok-2000-containers", 1, 2200, "high"),
        ("us-1000-containers", -1, 1001, "low"),
    }
    assert {(each.kind, each.report, each.whole) for each in why.readings} == {
        ("part_of", "us-1000-containers", "rok-2000-containers"),
        ("running", "rok-2000-containers", ""),
        ("about", "", ""),
    }
    assert "is counted among South Korean military" in str(why)
    cited = {each.id: each for each in why.reports}
    assert cited["us-1000-containers"].words.startswith("More than 1,000 containers of military equipment")
    assert cited["us-1000-containers"].said_on == "2023-10-13"
    assert cited["us-1000-containers"].url == "https://en.yna.co.kr/view/AEN20231014000400315"


def test_a_reading_that_is_dropped_is_assumed_no_more() -> None:
    data = geo.open_data("founding")
    why = explained(Grounds.of(data, Selection(apart=("us-1000-containers",))), RASON, day("2023-09-06"))
    assert why.high.figure == 2200
    assert [each.kind for each in why.readings] == ["running", "about"]


def test_how_far_about_reaches_is_assumed_as_the_reader_has_it() -> None:
    why = explained(Grounds.of(geo.open_data("founding"), Selection(about=20)), RASON, day("2023-11-02"))
    assert (why.low.figure, why.high.figure) == (1600, 2400)
    assert why.readings[-1].sentence == "“About” is read as ±20 %."
    rounds = explained(grounds("founding"), Scope("artillery round", "KP", "RU", 0), day("2023-10-31"))
    assert "about" not in [each.kind for each in rounds.readings]


def test_a_part_that_lies_in_its_whole_is_in_it_in_any_case(of: Callable[..., Grounds]) -> None:
    head = TOTALS.replace("quantity", "quantity,part_of")
    rows = 'all,Seoul,2023-11-02,KP,RU,2023-08-01/2023-11-02,"about 2,000",\n'
    rows += 'part,Seoul,2023-11-02,KPRJN,RUVVO,2023-09-07/2023-10-01,"more than 1,000",all\n'
    why = explained(of(head + rows), Scope("container", "KP", "RU", 0), day("2023-10-05"))
    assert [term.report for term in why.low.terms] == ["part"]
    assert [each.kind for each in why.readings] == ["about"]


def test_a_period_is_explained_by_its_own_sum() -> None:
    why = explained(grounds("founding"), RASON, day("2023-11-02"), day("2023-10-01"))
    whole(why)
    assert (why.low.figure, why.high.figure, why.when) == (0, 1199, "between 2 Oct and 2 Nov 2023")
    assert why.low.sentence == "At least 0: no report says that anything moved in that time."
    assert {term.report for term in why.high.terms} == {"rok-2000-containers", "us-1000-containers"}


def test_what_no_report_caps_is_open() -> None:
    why = explained(grounds("founding"), Scope("artillery round", "KP", "RU", 0), day("2023-10-31"))
    whole(why)
    assert math.isinf(why.high.figure)
    assert why.as_json()["high"] == {"figure": None, "said": None, "because": why.high.sentence, "terms": []}


def test_where_sources_contradict_each_other_the_sides_are_told_with_their_sums() -> None:
    scope = Scope("container", "KP", "RU", 0)
    why = explained(grounds("wider"), scope, day("2024-02-28"))
    whole(why)
    assert len(why.sides) == 2
    assert (why.low.figure, why.high.figure) == (
        min(side.low.figure for side in why.sides),
        max(side.high.figure for side in why.sides),
    )
    assert any("about 6,700" in each and "more than 10,000" in each for each in why.conflicts)
    assert explained(grounds("wider"), scope, day("2023-10-01")).sides == ()


@examples(40)
@given(st.data())
def test_it_is_the_figure_of_the_flow_at_any_moment(data: st.DataObject) -> None:
    held = grounds(data.draw(st.sampled_from(sorted(BUNDLED))))
    flow = data.draw(st.sampled_from(held.volumes.flows))
    first = datetime(2022, 1, 1, tzinfo=UTC)
    start, end = sorted(data.draw(st.lists(st.integers(0, 1500 * 24), min_size=2, max_size=2, unique=True)))
    start_at, end_at = (first + timedelta(hours=each) for each in (start, end))
    why = explained(held, flow.scope, end_at)
    whole(why)
    assert (why.low.figure, why.best, why.high.figure) == flow.curve.at(end_at)
    of_period = explained(held, flow.scope, end_at, start_at)
    whole(of_period)
    expected = flow.periods.between(start_at, end_at)
    np.testing.assert_allclose((of_period.low.figure, of_period.high.figure), expected, rtol=1e-7, atol=1e-6)


MOMENTS = ("2023-09-06", "2023-10-01", "2023-11-02")
WIDER = ("2023-10-01", "2024-02-28", "2024-03-13", "2025-03-31")


def figures(scene: Scene, held: Grounds, t: float, window: float | None) -> Iterator[tuple[Explanation, int]]:
    """Every figure that a picture shows of a route, explained, with the route's row."""
    end = scene.start + timedelta(seconds=t)
    since = end - timedelta(seconds=window) if window and t > window else None
    shown = held_at(scene, t, window)
    for row, identifier in enumerate(scene.corridors.id):
        if shown.best[row] > 0 or shown.high[row] > 0:
            scope = held.route(str(identifier), unit=scene.unit)
            yield explained(held, scope, end, since), row


@pytest.mark.parametrize("window", ["", "30d"])
@pytest.mark.parametrize(
    ("name", "unit", "moments"),
    [
        ("founding", "container", MOMENTS),
        ("founding", "artillery round", MOMENTS),
        ("founding", "shipment", MOMENTS),
        *(("wider", unit, WIDER) for unit in ("container", "artillery round", "trip", "shipment", "railcar", "tonne")),
    ],
)
def test_every_figure_on_a_plate_or_page_is_explained(
    name: str, unit: str, moments: tuple[str, ...], window: str
) -> None:
    clock = "trailing" if window else "cumulative"
    brief = Brief(data=(DataRef("set", name),), unit=unit, moments=moments, window=window, clock=clock)
    made = prepared(brief)
    held, asked = grounds(name), 0
    for picture in made.pictures:
        (t,) = picture.plate.moments
        shown = held_at(made.scene, t, picture.plate.window)
        for why, row in figures(made.scene, held, t, picture.plate.window):
            whole(why)
            drawn = (shown.low[row], shown.high[row])
            np.testing.assert_allclose((why.low.said, why.high.said), drawn, rtol=1e-6, atol=1e-6)
            if why.best is not None:
                assert why.best == pytest.approx(shown.best[row], rel=1e-6)
            if row == made.scene.lead:  # the headline's
                assert (why.low.said, why.high.said) == (shown.total.low, shown.total.high)
            asked += 1
    assert asked or unit in ("railcar", "tonne") or (unit, window) == ("artillery round", "30d")


def test_a_sum_of_voyages_lists_them_and_what_is_under_way_in_part(of: Callable[..., Grounds]) -> None:
    why = explained(of(VOYAGES), Scope("container", "KPRJN", "RUVVO", 0), day("2023-09-22"))
    whole(why)
    assert why.itemised
    assert [(leg.vessel, leg.low) for leg in why.legs] == [("Angara", 300), ("Maria", 200)]
    assert [leg.share for leg in why.legs] == pytest.approx([1, 3 / 5])
    assert why.low.figure == pytest.approx(300 + 3 / 5 * 200)
    assert "60 % of 200 containers, Rason → Vladivostok, 20 Sept 2023 to 24 Sept 2023, Maria" in str(why)
    later = explained(of(VOYAGES), Scope("container", "KPRJN", "RUVVO", 0), day("2023-10-04"), day("2023-09-24"))
    whole(later)
    assert [leg.report for leg in later.legs] == [later.reports[0].id]
    assert later.high.sentence == "No upper limit: 1 of 1 leg has none."


def test_legs_that_bound_a_total_are_listed_and_add_up_to_their_term(of: Callable[..., Grounds]) -> None:
    why = explained(of(VOYAGES, TOTALS + ATLEAST), Scope("container", "KPRJN", "RUVVO", 0), day("2023-10-10"))
    whole(why)
    assert not why.itemised
    assert (why.low.figure, why.high.figure) == (600, 900)
    by_report = {report.id: sum(leg.low for leg in why.legs if leg.report == report.id) for report in why.reports}
    assert all(by_report[term.report] == term.figure for term in why.low.terms)
    assert len(why.legs) == 3


def test_a_route_is_found_by_codes_names_and_other_names(of: Callable[..., Grounds]) -> None:
    held = grounds("founding")
    for written in ("KPRJN>RUVVO", "kprjn > ruvvo", "Rason>Vladivostok", "Najin → Vladivostok", "KPRJN>RUVVO>1"):
        assert held.route(written) == RASON
    assert held.route("KP>RU", unit="shipment").unit == "shipment"
    both = of(
        LEGS.replace("claimant", "mode") + "KPRJN,RUVVO,2023-09-08,,3,rail,,,\nKPRJN,RUVVO,2023-09-08,,3,road,,,\n"
    )
    assert both.route("KPRJN>RUVVO", "Rail").mode == 2
    for wrong in (("KPRJN>RUVVO", ""), ("KPRJN>RUVVO", "air"), ("RUVVO>KPRJN", ""), ("KPRJN", ""), ("", "")):
        with pytest.raises(geo.FlowError, match="KPRJN>RUVVO --mode rail") as refused:
            both.route(*wrong)
        assert len(refused.value.known) == 2
    with pytest.raises(geo.FlowError, match="counts in 'trip'"):
        held.route("KPRJN>RUVVO", unit="trip")


def test_hostile_texts_are_legible(of: Callable[..., Grounds]) -> None:
    evil = "A\u202eB\x1b[31m\nC"
    table = (
        TOTALS.replace("quantity", "quantity,words")
        + f'x,"{evil}",2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"about 90","{evil}"\n'
    )
    why = explained(of(table), Scope("container", "KPRJN", "RUVVO", 0), day("2023-10-01"))
    for line in why.lines():
        assert not set("\u202e\x1b\n") & set(line)


def test_days_in_words() -> None:
    assert by_words(day("2023-10-01")) == "by 1 Oct 2023"
    assert by_words(day("2023-10-01") + timedelta(hours=6)) == "by 06:00 UTC on 2 Oct 2023"
    assert between_words(day("2023-09-06"), day("2023-10-01")) == "between 7 Sept and 1 Oct 2023"
    assert between_words(day("2022-12-31"), day("2024-10-01")) == "between 1 Jan 2023 and 1 Oct 2024"
    assert between_words(day("2023-09-06") + timedelta(hours=6), day("2023-10-01")) == (
        "between 06:00 UTC on 7 Sept and 1 Oct 2023"
    )
    assert between_words(day("2023-09-30"), day("2023-10-01")) == "on 1 Oct 2023"


def test_the_hull_of_sums_keeps_the_terms_of_the_side_that_gives_it() -> None:
    one, other = BoundSums(1, 5), BoundSums(2, math.inf)
    assert BoundSums.hull([one, other]) == BoundSums(1, math.inf)
