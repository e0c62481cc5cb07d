"""`waybill route` tells an indicative route, or in plain words why there is none."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_a_route_as_json(run: Run) -> None:
    result = run("route", "RJN", "VVO", "--json", "--knots", "10")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert 94 <= told["nm"] <= 97.5
    assert told["km"] == pytest.approx(told["nm"] * 1.852, abs=0.1)
    assert told["days"] == pytest.approx(told["nm"] / 10 / 24, abs=0.01)
    assert (told["passages"], told["quality"]) == ([], "network")
    assert told["geometry"]["type"] == "LineString"


def test_a_route_in_words(run: Run) -> None:
    result = run("route", "Singapore", "Rotterdam")
    assert result.exit_code == 0
    assert "Suez Canal" in result.stdout
    assert "days at 12 knots" in result.stdout
    assert "not an observed one" in result.stdout


def test_no_route_ends_with_2_and_says_why(run: Run) -> None:
    result = run("route", "RUNVS", "SYTTS", "--avoid", "turkish-straits", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["closed"] == ["turkish-straits"]
    assert "closed on the way: Turkish Straits" in result.stderr


def test_what_is_closed_on_a_day_is_avoided(run: Run) -> None:
    told = json.loads(run("route", "SGSIN", "NLRTM", "--on", "2021-03-25", "--json").stdout)
    assert "suez" not in told["passages"]


def test_positions_are_places_too(run: Run) -> None:
    assert json.loads(run("route", "42.5,131.5", "JPYOK", "--json").stdout)["quality"] == "near coast"


def test_a_name_of_no_place_is_refused(run: Run) -> None:
    result = run("route", "Lyonesse", "RUVVO")
    assert result.exit_code == 2
    assert "Lyonesse" in result.stderr
