"""What reconciling found is told in plain sentences that say no more than the reports do."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.scopes import Scope
from geo.reconcile.explain import explanations
from geo.reconcile.volumes import Curve, Flow, Term

ROK, US = "South Korean military", "United States Government"
NAMES = {"KP": "North Korea", "RU": "Russia", "KPRJN": "Rason", "RUVVO": "Vladivostok"}
WIDE, NARROW = Scope("container", "KP", "RU", 0), Scope("container", "KPRJN", "RUVVO", 1)
LIKELY = re.compile(r"\b(likely|unlikely|probabl[ey]|chance|confidence)\b", re.IGNORECASE)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def total(name: str, claimant: str, amounts: tuple[float, float, float], **over: object) -> dict[str, object]:
    low, best, high = amounts
    row: dict[str, object] = {"id": name, "claimant": claimant, "low": low, "best": best, "high": high}
    row |= {"origin": "KP", "destination": "RU", "unit": "container", "mode": 0, "nature": "estimate"}
    row |= dict.fromkeys(("start_earliest", "start", "start_latest"), pd.NaT)
    row |= dict.fromkeys(("end_earliest", "end", "end_latest"), pd.Timestamp("2024-02-27", tz="UTC"))
    return row | over


def stamps(name: str, *days: str) -> dict[str, object]:
    keys = (f"{name}_earliest", name, f"{name}_latest")
    return dict(zip(keys, (pd.Timestamp(day, tz="UTC") for day in days), strict=True))


ABOUT = total("rok", ROK, (6030, 6700, 7370), quantity_words="about 6,700")
MORE = total("us", US, (10001, 10001, math.inf), **stamps("end", "2024-02-24", "2024-02-24", "2024-02-24"))


def reports(*rows: dict[str, object]) -> dict[str, explanations.Citation]:
    return explanations.said(pd.DataFrame(list(rows)))


def curve(*moments: tuple[str, float, float, float]) -> Curve:
    times, low, best, high = zip(*[(at(day), *amounts) for day, *amounts in moments], strict=True)
    none = tuple(() for _ in times)
    return Curve(np.array(times), np.array(low), np.array(best), np.array(high), none, none)


def flow(whole: Curve, **over: object) -> Flow:
    given = {
        "scope": WIDE,
        "curve": whole,
        "periods": None,
        "reports": ("rok", "us"),
        "bearing": ("rok", "us"),
        "inside": (),
        "tightest": True,
        "contested": False,
        "contested_from": None,
        "conflicts": (),
        "sides": {(ROK, US): whole},
        "claimants": {ROK: whole, US: whole},
        "naive_sum": 16701.0,
        "itemised": 0.0,
        "coverage": 0.0,
    }
    return Flow(**(given | over))  # type: ignore[arg-type]


AGREED = flow(curve(("2023-09-08", 0, 500, 1199), ("2023-11-03", 1800, 2000, 2200)))
SIDES: Mapping[tuple[str, ...], Curve] = {
    (ROK,): curve(("2024-02-24", 0, 6000, 7370), ("2024-02-27", 6030, 6700, 7370)),
    (US,): curve(("2024-02-24", 10001, 10001, math.inf), ("2024-02-27", 10001, 10001, math.inf)),
}
CONTESTED = flow(
    curve(("2024-02-24", 0, 6000, math.inf), ("2024-02-27", 6030, 6700, math.inf)),
    contested=True,
    contested_from=at("2024-02-24"),
    conflicts=(("rok", "us"),),
    sides=SIDES,
)


def test_a_contradiction_of_two_is_told_as_a_reader_would_tell_it() -> None:
    assert explanations.conflict_sentence(("us", "rok"), reports(ABOUT, MORE), NAMES) == (
        "South Korean military, about 6,700 by 26 Feb 2024, and United States Government, more than 10,000 by "
        "23 Feb 2024, cannot both hold for North Korea → Russia."
    )


def test_a_contradiction_of_three_and_of_one() -> None:
    third = total("third", "C", (1, 1, 1))
    told = explanations.conflict_sentence(("rok", "us", "third"), reports(ABOUT, MORE, third), NAMES)
    assert told.startswith("C, 1 by 26 Feb 2024, South Korean military, ")
    assert told.endswith("cannot all hold for North Korea → Russia.")
    assert explanations.conflict_sentence(("third",), reports(third), NAMES) == (
        "C, 1 by 26 Feb 2024, cannot hold for North Korea → Russia."
    )


def test_reports_on_several_flows_are_told_each_with_its_own() -> None:
    part = total("part", US, (8000, 8000, math.inf), origin="KPRJN", destination="RUVVO", mode=1)
    told = explanations.conflict_sentence(("rok", "part"), reports(ABOUT, part), NAMES)
    assert "about 6,700 by 26 Feb 2024 for North Korea → Russia, and " in told
    assert told.endswith("for Rason → Vladivostok, maritime, cannot both hold.")


def test_a_report_that_nobody_knows_is_called_by_its_id() -> None:
    assert "and report gone, cannot both hold" in explanations.conflict_sentence(("rok", "gone"), reports(ABOUT), NAMES)


def test_a_bound_is_explained_by_its_sum() -> None:
    opens = stamps("start", "2023-09-07", "2023-09-07", "2023-09-08")
    closes = stamps("end", "2023-11-03", "2023-11-03", "2023-11-03")
    rok = total("rok", ROK, (1800, 2000, 2200), quantity_words="about 2000", **closes)
    us = total("us", US, (1001, 1001, math.inf), **opens, **stamps("end", "2023-10-02", "2023-10-02", "2023-10-02"))
    terms = (Term("us", -1.0, 1001.0, "low"), Term("rok", 1.0, 2200.0, "high"))
    assert explanations.bound_sentence("high", 1199.0, terms, reports(rok, us)) == (
        "At most 1,199: 2,200 (South Korean military, about 2,000 by 2 Nov 2023) − 1,001 (United States Government, "
        "more than 1,000 from 7 Sept to 1 Oct 2023)."
    )


@pytest.mark.parametrize(
    ("bound", "value", "told"),
    [
        ("high", math.inf, "No upper limit: no report gives one by then."),
        ("low", 0.0, "At least 0: no report says that anything had moved by then."),
    ],
)
def test_a_bound_that_nothing_sets(bound: explanations.Bound, value: float, told: str) -> None:
    assert explanations.bound_sentence(bound, value, (), {}) == told


def test_a_bound_that_one_report_sets_is_its_own_figure() -> None:
    told = explanations.bound_sentence("high", 7370.0, (Term("rok", 1.0, 7370.0, "high"),), reports(ABOUT))
    assert told == "At most 7,370: South Korean military, about 6,700 by 26 Feb 2024."


def test_a_factor_other_than_one_is_written() -> None:
    terms = (Term("rok", 0.5, 7370.0, "high"),)
    assert "0.5 × 7,370" in explanations.bound_sentence("high", 3685.0, terms, reports(ABOUT))


@pytest.mark.parametrize(
    ("low", "best", "high", "nature", "about", "told"),
    [
        (10001, 10001, math.inf, "estimate", False, "more than 10,000"),
        (10000, 10000, math.inf, "estimate", False, "at least 10,000"),
        (6030, 6700, 7370, "estimate", True, "about 6,700"),
        (6030, 6700, 7370, "estimate", False, "6,030–7,370"),
        (64, 64, 64, "estimate", False, "64"),
        (1, 1, math.inf, "estimate", False, "at least 1"),
        (32, 32, 32, "observed", False, "32 seen"),
    ],
)
def test_a_figure_reads_as_it_was_said(
    low: float, best: float, high: float, nature: str, about: bool, told: str
) -> None:
    assert explanations.figure(low, best, high, nature, about=about) == told


@pytest.mark.parametrize("words", ["900-1100", "1,000 ± 10 %", "900 to 1,100"])
def test_about_is_not_put_into_the_mouth_of_a_source_that_gave_a_range(words: str) -> None:
    told = reports(total("a", ROK, (900, 1000, 1100), quantity_words=words))
    assert told["a"].figure == "900–1,100"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (
            ("2023-09-07", "2023-09-07", "2023-09-07"),
            ("2023-10-02", "2023-10-02", "2023-10-02"),
            "from 7 Sept to 1 Oct 2023",
        ),
        (
            ("2022-11-18", "2022-11-18", "2022-11-19"),
            ("2023-01-20", "2023-01-20", "2023-01-20"),
            "from 18 Nov 2022 to 19 Jan 2023",
        ),
        (("2023-10-05", "2023-10-05", "2023-10-05"), ("2023-10-06", "2023-10-06", "2023-10-06"), "on 5 Oct 2023"),
        (("2022-06-01", "2023-08-01", "2023-08-11"), ("2023-11-03", "2023-11-03", "2023-11-03"), "by 2 Nov 2023"),
        (("2022-06-01", "2022-06-01", "2022-07-01"), ("2024-08-01", "2024-09-01", "2024-09-01"), "by Aug 2024"),
    ],
)
def test_a_window_in_words(start: tuple[str, ...], end: tuple[str, ...], told: str) -> None:
    assert explanations.when(total("x", ROK, (1, 1, 1), **stamps("start", *start), **stamps("end", *end))) == told


def test_an_open_end_and_an_unknown_window() -> None:
    gone = dict.fromkeys(("end_earliest", "end", "end_latest"), pd.NaT)
    known = stamps("start", "2023-09-07", "2023-09-07", "2023-09-07")
    assert explanations.when(total("x", ROK, (1, 1, 1), **gone, **known)) == "since 7 Sept 2023"
    assert explanations.when(total("x", ROK, (1, 1, 1), **gone)) == ""


def test_the_headline_says_who_and_how_many() -> None:
    assert explanations.headline(AGREED, at("2023-11-03")) == (
        "South Korean military and United States Government can both be right: 1,800–2,200 containers by 2 Nov 2023."
    )
    alone = flow(AGREED.curve, claimants={ROK: AGREED.curve})
    assert explanations.headline(alone, at("2023-11-03")).startswith(
        "South Korean military is the only source: 1,800–2,200"
    )


def test_the_headline_says_where_they_disagree() -> None:
    assert explanations.headline(CONTESTED, at("2024-02-27")) == (
        "By 26 Feb 2024 the sources contradict each other: by the figures of South Korean military 6,030–7,370 "
        "containers, by those of United States Government more than 10,000."
    )


def test_a_side_is_called_by_those_who_are_on_it_alone() -> None:
    both = {(*side, "Everybody"): curve for side, curve in SIDES.items()}
    told = explanations.headline(replace(CONTESTED, sides=both), at("2024-02-27"))
    assert "Everybody" not in told
    assert "by the figures of South Korean military 6,030–7,370 containers" in told


def test_sides_that_come_to_the_same_are_told_as_one_range() -> None:
    same = curve(("2024-02-24", 0, 6000, 7370), ("2024-02-27", 6030, 6700, 7370))
    settled = replace(CONTESTED, curve=same, sides={(ROK,): same, (US,): same})
    assert explanations.headline(settled, at("2024-02-27")) == (
        "6,030–7,370 containers by 26 Feb 2024, whichever side is right: South Korean military and United States "
        "Government disagree about the period before that."
    )


def test_one_who_contradicts_himself_is_named() -> None:
    told = explanations.headline(
        replace(CONTESTED, sides={(ROK,): SIDES[(ROK,)], (ROK, US): SIDES[(US,)]}), at("2024-02-27")
    )
    assert "by the figures of South Korean military 6,030–7,370" in told


def test_a_headline_before_the_contradiction_says_when_it_begins() -> None:
    later = flow(
        curve(("2024-02-01", 1, 2, 3), ("2024-02-27", 6030, 6700, math.inf)),
        contested=True,
        contested_from=at("2024-02-24"),
        sides=SIDES,
    )
    assert explanations.headline(later, at("2024-02-01")).endswith(
        "1–3 containers by 31 Jan 2024. From 24 Feb 2024 on they contradict each other."
    )


def test_a_headline_where_nothing_is_said() -> None:
    assert explanations.headline(AGREED, at("2022-01-01")).startswith("Nothing had moved by 31 Dec 2021")
    unbounded = flow(curve(("2024-01-01", 0, 0, math.inf)))
    assert (
        explanations.headline(unbounded, at("2024-01-01"))
        == "The reports do not say how much had moved by 31 Dec 2023."
    )


def test_the_range_of_a_contested_flow_reaches_to_the_largest_figure() -> None:
    assert explanations.flow_amount(CONTESTED, at("2024-02-27")) == "contested: 6,030–10,001 or more containers"
    assert explanations.flow_amount(AGREED, at("2023-11-03")) == "1,800–2,200 containers"


def test_adding_up_stands_beside_what_the_reports_allow() -> None:
    assert explanations.naive_sentence(CONTESTED) == (
        "Adding the figures up would give about 16,700 containers; the reports allow 6,030–10,001 or more "
        "by 26 Feb 2024."
    )
    assert explanations.naive_sentence(flow(AGREED.curve, reports=("rok",))) == ""


@pytest.mark.parametrize(
    ("itemised", "coverage", "told"),
    [
        (0.0, 0.0, "No single voyages are reported, so none of these containers can be traced to a day and a ship."),
        (300.0, 0.15, "Single voyages carry 300 containers, 15 % of the best estimate at the end."),
        (1.0, 0.0001, "Single voyages carry 1 container, under 1 % of the best estimate at the end."),
        (5.0, None, "Single voyages carry 5 containers; no total says how many there were."),
    ],
)
def test_coverage_in_words(itemised: float, coverage: float | None, told: str) -> None:
    assert explanations.coverage_sentence(flow(AGREED.curve, itemised=itemised, coverage=coverage)) == told


def test_the_terms_of_a_moment_are_those_of_its_bounds() -> None:
    low, high = (Term("rok", 1.0, 1.0, "low"),), (Term("us", 1.0, 3.0, "high"),)
    bounded = Curve(np.array([10, 20]), np.ones(2), np.ones(2), np.ones(2), (low, ()), ((), high))
    assert explanations.bounds_at(bounded, 5) == ((), ())
    assert explanations.bounds_at(bounded, 10) == (low, ())
    assert explanations.bounds_at(bounded, 15) == (low, high)
    assert explanations.bounds_at(bounded, 20) == ((), high)
    assert explanations.bounds_at(bounded, 25) == ((), ())


@given(st.integers(at("2023-01-01"), at("2025-01-01")), st.sampled_from([AGREED, CONTESTED]))
def test_no_sentence_says_how_likely_anything_is(moment: int, which: Flow) -> None:
    told = [
        explanations.headline(which, moment),
        explanations.naive_sentence(which),
        explanations.coverage_sentence(which),
    ]
    assert not LIKELY.search(" ".join(told))


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8))
def test_any_names_can_be_listed(claimants: list[str]) -> None:
    many = flow(AGREED.curve, claimants=dict.fromkeys(claimants, AGREED.curve))
    assert explanations.headline(many, at("2023-11-03"))
