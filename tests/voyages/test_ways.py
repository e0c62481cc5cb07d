"""Closed passages are told only where they certainly mattered."""

from __future__ import annotations

import pytest

from geo.voyages import ways
from geo.voyages.findings import findings
from tests.voyages.few_voyages import data, found

JEDDAH = "SAJED,GRPIR,{},{},100,maritime,,,"


def test_a_canal_that_was_blocked_leaves_a_way_that_nobody_could_make() -> None:
    (one,) = found(JEDDAH.format("2021-03-24", "2021-03-28"))
    assert (one.kind, one.legs) == ("closed", (0,))
    assert "Suez Canal was closed all that time (blocked by the container ship Ever Given" in one.sentence
    assert one.reckoning is not None
    assert "suez" not in one.reckoning.passages
    assert one.reckoning.knots > 45


@pytest.mark.parametrize(
    "dates", [("2021-03-22", "2021-03-27"), ("2021-03-24", "2021-04-01"), ("2022-03-24", "2022-03-28")]
)
def test_one_open_day_is_enough(dates: tuple[str, str]) -> None:
    assert not found(JEDDAH.format(*dates))


def test_lakes_behind_winter_locks_have_no_way() -> None:
    (one,) = found("CATHU,CAMTR,2024-02-01,2024-02-10,100,maritime,,,")
    assert one.kind == "closed"
    assert "no other way by sea leads there" in one.sentence
    assert "Welland Canal" in one.sentence


def test_a_season_known_to_the_month_is_no_proof_at_its_edges() -> None:
    assert not found("CATHU,CAMTR,2024-01-02,2024-01-08,100,maritime,,,"), "mid-January is when the locks close"
    assert not found("CATHU,CAMTR,2024-06-01,2024-06-10,100,maritime,,,")
    assert not found("CATHU,CAMTR,2024-02-01,,100,maritime,,,"), "it may arrive in May"


def test_what_is_not_searched_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "MOST_SEARCHED", 0)
    told = findings(data(JEDDAH.format("2021-03-24", "2021-03-28")))
    assert told.findings == ()
    assert "1 slower pairs of ports" in told.notes[0]
