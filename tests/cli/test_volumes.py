"""`waybill volumes` gives what reports say together, in whatever order, and says what it could not take."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from geo import data_folder
from geo.reconcile.explain import explanations
from geo.reconcile.solve import sides
from tests import zoo

TOTALS = "id,claimant,said_on,origin,destination,window,quantity,nature\n"
HERE = "KPRJN,RUVVO"
ABOUT = f'about,Alpha,2023-11-02,{HERE},2023-08-01/2023-11-02,"about 2,000",estimate\n'
LEAST = f'least,Beta,2023-10-13,{HERE},2023-09-07/2023-10-01,"more than 1,000",estimate\n'
MORE = f'more,Beta,2023-11-02,{HERE},2023-08-01/2023-11-02,"more than 10,000",estimate\n'
LEGS = "origin,destination,depart,arrive,containers,claimant\nKPRJN,RUVVO,2023-09-08,2023-09-12,300,Gamma\n"
BAD = f"bad,Beta,2023-10-13,{HERE},2023-09-07/2023-10-01,many,estimate\n"
FLOW = ["origin", "destination", "mode", "unit", "contested", "knots", "set_by", "conflicts", "naive_sum", "coverage"]


def flows(result: Result) -> list[dict[str, Any]]:
    """The flows of a command that was given --json; what is no strict JSON fails."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: list[dict[str, Any]] = json.loads(result.stdout, parse_constant=refuse)["flows"]
    return found


def knot(flow: dict[str, Any], time: str) -> tuple[Any, Any, Any]:
    """low, best and high at one of a flow's moments."""
    (found,) = [each for each in flow["knots"] if each["time"] == time]
    return found["low"], found["best"], found["high"]


def test_a_range_that_may_be_wider_than_the_reports_allow_says_so(
    run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(flow["tightest"] for flow in flows(run("volumes", "--json")))
    assert explanations.WIDER not in run("volumes").stdout
    monkeypatch.setattr(sides, "MOST_WEIGHED", -1)
    assert not any(flow["tightest"] for flow in flows(run("volumes", "--json")))
    assert explanations.WIDER in run("volumes").stdout


def test_without_a_file_it_is_the_article(run: Callable) -> None:
    result = run("volumes", "--unit", "container", "--json")
    (flow,) = flows(result)
    assert result.exit_code == 0
    assert (flow["origin"], flow["destination"], flow["mode"], flow["unit"]) == (
        "KPRJN",
        "RUVVO",
        "maritime",
        "container",
    )
    assert (flow["origin_name"], flow["destination_name"]) == ("Rason", "Vladivostok")
    assert flow["contested"] is False
    assert flow["conflicts"] == []
    assert knot(flow, "2023-10-02T00:00:00Z")[::2] == (1001, 2200)
    assert knot(flow, "2023-11-03T00:00:00Z") == (1800, 2000, 2200)
    assert knot(flow, "2023-09-07T00:00:00Z")[::2] == (0, 1199)
    (said,) = [each for each in flow["knots"] if each["time"] == "2023-09-07T00:00:00Z"]
    assert (said["said_low"], said["said_high"]) == (0, 1200), "“about 2,000” says nothing of single containers"
    assert flow["set_by"] == ["rok-2000-containers", "us-1000-containers"]
    assert flow["naive_sum"] == 3001


def test_every_flow_has_what_is_promised_and_rises(run: Callable) -> None:
    for flow in flows(run("volumes", "--json")):
        assert set(FLOW) <= set(flow)
        times = [each["time"] for each in flow["knots"]]
        assert times == sorted(set(times))
        for name in ("low", "best"):
            values = [each[name] for each in flow["knots"]]
            assert values == sorted(values)
        assert all(each["low"] <= each["best"] for each in flow["knots"])
        assert all(each["high"] is None or each["best"] <= each["high"] for each in flow["knots"])


def test_the_order_of_files_and_a_file_named_twice_change_nothing(run: Callable, file: Callable) -> None:
    paths = [file(TOTALS + ABOUT, "a.csv"), file(TOTALS + LEAST, "b.csv"), file(LEGS, "c.csv")]
    expected = flows(run("volumes", *paths, "--json"))
    assert len(expected) == 1
    assert expected[0]["itemised"] == 300
    for order in permutations(paths):
        assert flows(run("volumes", *order, *order[:2], "--json")) == expected


def test_one_report_in_two_files_is_one_report(run: Callable, file: Callable) -> None:
    one, both = file(TOTALS + ABOUT, "a.csv"), file(TOTALS + LEAST + ABOUT, "b.csv")
    assert flows(run("volumes", one, both, "--json")) == flows(run("volumes", both, "--json"))


def test_two_reports_under_one_id_are_two_whatever_the_order_of_their_files(run: Callable, file: Callable) -> None:
    paths = [file(TOTALS + ABOUT, "a.csv"), file(TOTALS + LEAST.replace("least", "about", 1), "b.csv")]
    (flow,) = flows(run("volumes", *paths, "--json"))
    assert len(flow["reports"]) == 2
    assert all(re.fullmatch(r"about \([0-9a-f]{6}\)", report) for report in flow["reports"])
    assert flow["naive_sum"] == 3001
    paths.append(file(TOTALS + MORE, "c.csv"))
    (flow,) = flows(run("volumes", *paths, "--json"))
    assert len(flow["conflicts"]) == 1  # whose ids say which of the two "more" contradicts
    assert flows(run("volumes", *reversed(paths), "--json")) == [flow]


def test_a_part_stays_with_the_total_of_its_own_file(run: Callable, file: Callable) -> None:
    header = TOTALS.replace("nature", "nature,part_of")
    part = 'part,Beta,2023-10-13,KP,RU,2023-09-07/2023-10-01,"more than 1,000",estimate,about\n'
    own = file(header + ABOUT.strip() + ",\n" + part, "own.csv")
    # Which of the two files comes first, and so keeps the id as it stands, is in their bytes alone.
    for claimant in ("Gamma", "Delta", "Epsilon", "Zeta", "Eta"):
        row = f"about,{claimant},2023-11-02,CNSHA,USLAX,2023-08-01/2023-11-02,50,estimate,\n"
        found = flows(run("volumes", own, file(header + row, "other.csv"), "--json"))
        assert sorted(flow["origin"] for flow in found) == ["CNSHA", "KPRJN"]
        (mine,) = [flow for flow in found if flow["origin"] == "KPRJN"]
        assert "part" in mine["reports"]


def test_a_contradiction_is_named_in_json_and_to_a_reader(run: Callable, file: Callable) -> None:
    path = file(TOTALS + ABOUT + MORE)
    (flow,) = flows(run("volumes", path, "--json"))
    assert flow["contested"] is True
    assert flow["conflicts"] == [["about", "more"]]
    assert flow["knots"][-1]["high"] is None
    assert [side["claimants"] for side in flow["sides"]] == [["Alpha"], ["Beta"]]
    output = run("volumes", path).stdout
    assert "Alpha, about 2,000 by 2 Nov 2023, and Beta, more than 10,000" in output.replace("from 1 Aug to", "by")
    assert "cannot both hold for Rason → Vladivostok" in output


def test_only_one_claimant(run: Callable, file: Callable) -> None:
    path = file(TOTALS + ABOUT + MORE)
    (flow,) = flows(run("volumes", path, "--claimant", "alpha", "--json"))
    assert (flow["contested"], flow["reports"]) == (False, ["about"])
    (both,) = flows(run("volumes", path, "--claimant", "Alpha", "--claimant", "Beta", "--json"))
    assert both["contested"] is True


@pytest.mark.parametrize(("option", "known"), [("--claimant", "Alpha; Beta"), ("--unit", "container")])
def test_a_claimant_or_unit_that_no_report_has_is_refused_with_those_it_has(
    run: Callable, file: Callable, option: str, known: str
) -> None:
    result = run("volumes", file(TOTALS + ABOUT + MORE), option, "Zeta", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Zeta" in result.stderr.casefold().replace("zeta", "Zeta")
    assert known in result.stderr


def test_rows_set_aside_are_told_and_the_exit_code_says_so(run: Callable, file: Callable) -> None:
    path = file(TOTALS + ABOUT + BAD)
    result = run("volumes", path)
    assert result.exit_code == 1
    assert "1 of 2 rows set aside" in result.stderr
    assert "line 3" in result.stderr
    told = json.loads(run("volumes", path, "--json").stdout)
    (report,) = told["files"]
    assert (report["kept"], report["set_aside"], report["problems"][0]["row"]) == (1, 1, 3)


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_where_one_file_cannot_be_read_nothing_is_reconciled(
    run: Callable, file: Callable, tmp_path: Path, extra: list[str]
) -> None:
    result = run("volumes", file(TOTALS + ABOUT), tmp_path / "absent.csv", *extra)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "does not exist" in result.output
    assert not extra or json.loads(result.stdout)["flows"] == []


def test_foreign_columns_need_a_word_of_agreement(run: Callable, file: Callable) -> None:
    path = file("POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300\n")
    assert run("volumes", path).exit_code == 2
    assert run("volumes", path, "--kind", "legs", "--yes").exit_code == 0


@pytest.mark.parametrize("kind", ["places", "events"])
def test_a_file_that_reports_nothing_is_refused(run: Callable, kind: str) -> None:
    result = run("volumes", data_folder.path(f"{kind}.csv"))
    assert result.exit_code == 2
    assert f"holds {kind}" in " ".join(result.stderr.replace("│", " ").split())


def test_places_may_come_beside(run: Callable, file: Callable) -> None:
    places = file("code,name,lon,lat,within\nquay,Quay Nine,131.9,43.1,RU\n", "places.csv")
    path = file(TOTALS + ABOUT.replace("RUVVO", "Quay Nine"))
    (flow,) = flows(run("volumes", path, "--places", places, "--json"))
    assert (flow["destination"], flow["destination_name"]) == ("quay", "Quay Nine")


def test_positions_are_places_too(run: Callable, file: Callable) -> None:
    path = file(TOTALS + ABOUT.replace("RUVVO", '"43.1, 131.9"'))
    (flow,) = flows(run("volumes", path, "--json"))
    assert flow["destination"]
    assert flow["origin"] == "KPRJN"


def test_legs_alone_make_no_flow(run: Callable, file: Callable) -> None:
    path = file(LEGS)
    assert flows(run("volumes", path, "--json")) == []
    assert "give no range" in run("volumes", path).stdout


def test_a_reader_sees_the_range_and_what_sets_it(run: Callable) -> None:
    output = run("volumes", "--unit", "container").stdout
    assert "1,800–2,200 containers" in output
    assert re.search(r"at most 1,199: 2,200 \(South Korean military, .*\) − 1,001 \(United States Government, ", output)
    assert "3,000" in output


def test_the_wider_set_holds_the_contradiction_of_february_2024(run: Callable) -> None:
    result = run("volumes", "--data", "wider", "--json")
    assert result.exit_code == 0
    assert any(flow["contested"] and flow["conflicts"] for flow in flows(result))


@pytest.mark.parametrize("name", ["escape_sequence", "right_to_left", "zero_width"])
def test_control_and_invisible_marks_are_shown_as_text(run: Callable, file: Callable, name: str) -> None:
    mark = zoo.HOSTILE_TEXT[name].replace(",", " ").replace('"', " ").replace("\n", " ")
    path = file(TOTALS + (ABOUT + MORE).replace("Alpha", f"Alpha{mark}").replace("about,", f"about{mark},", 1))
    for extra in ([], ["--claimant", "nobody"], ["--claimant", mark]):
        output = run("volumes", path, *extra).output
        assert not any(each in output for each in ("\x1b", "\u202e", "\u200b"))


@pytest.mark.parametrize(
    ("first", "last", "low", "high"),
    [
        ("2023-09-07", "2023-10-01", 1001, 2200),
        ("2023-09-01", "2023-10-01", 1001, 2200),
        ("7 Sept 2023", "2 Nov 2023", 1001, 2200),
        ("2023-08-01", "2023-11-02", 1001, 2200),
        ("2023-10-02", "2023-11-02", 0, 1199),
        ("2023-10-02", "2023-11-03", 0, None),
    ],
)
def test_a_period_has_its_own_range_with_both_its_days_in_it(
    run: Callable, first: str, last: str, low: int, high: int | None
) -> None:
    result = run("volumes", "--unit", "container", "--from", first, "--to", last, "--json")
    period = flows(result)[0]["period"]
    assert (period["low"], period["high"]) == (low, high)
    assert period["to"] in ("2023-10-01", "2023-11-02", "2023-11-03")


def test_a_period_is_told_in_words(run: Callable) -> None:
    told = run("volumes", "--unit", "container", "--from", "2023-09-07", "--to", "2023-10-01").stdout
    assert "Between 7 Sept and 1 Oct 2023: 1,001–2,200 containers." in told
    assert "On 1 Oct 2023: " in run("volumes", "--from", "2023-10-01", "--to", "2023-10-01").stdout


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--from", "2023-10-01"), "--from and --to go together"),
        (("--from", "soon", "--to", "2023-10-01"), "--from: 'soon' is no day"),
        (("--from", "2023-10-02", "--to", "2023-10-01"), "ends before"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_words(run: Callable, given: tuple[str, ...], words: str) -> None:
    result = run("volumes", *given)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_two_days_are_compared_with_what_moved_in_between(run: Callable) -> None:
    told = run("volumes", "--unit", "container", "--compare", "2023-11-02,2023-09-06").stdout
    assert "Rason → Vladivostok, by sea. By 6 Sept 2023: 0–1,200 containers." in " ".join(told.split())
    assert "In between: 1,001–2,200 containers." in " ".join(told.split())
    found = json.loads(run("volumes", "--compare", "2023-11-02,2023-09-06", "--json").stdout)["comparison"]
    assert found["of"] == [{"to": "2023-09-06"}, {"to": "2023-11-02"}]
    first = found["routes"][0]
    assert (first["origin"], first["first"], first["second"]) == (
        "KPRJN", {"low": 0, "high": 1200}, {"low": 1800, "high": 2200},
    )  # fmt: skip
    assert (first["change"], first["second_is"]) == ({"low": 1001, "high": 2200}, "more")


def test_two_periods_are_compared_and_not_subtracted(run: Callable) -> None:
    given = "2023-08-08..2023-09-06,2023-10-04..2023-11-02"
    found = json.loads(run("volumes", "--unit", "container", "--compare", given, "--json").stdout)["comparison"]
    assert found["of"][0] == {"from": "2023-08-08", "to": "2023-09-06"}
    assert [(each["change"], each["second_is"]) for each in found["routes"]] == [(None, "unknown")]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--compare", "2023-10-01"), "two days or two periods"),
        (("--compare", "2023-10-01,2023-10-01..2023-11-01"), "two days or two periods"),
        (("--compare", "2023-10-01,soon"), "'soon' is no day"),
        (("--compare", "2023-10-02..2023-10-01,2023-10-01..2023-10-02"), "ends before"),
        (("--compare", "2023-10-01,2023-10-02", "--from", "2023-10-01", "--to", "2023-10-02"), "names its days"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused_in_words(run: Callable, given: tuple[str, ...], words: str) -> None:
    result = run("volumes", *given)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_a_file_with_other_columns_is_taken_with_the_answers_of_check(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("POL;POD;ETD;Quantity\nNajin;Vladivostok;07/09/2023;300\nNajin;Grey Quay;08/09/2023;20\n")
    said = ("--yes", "--unit", "TEU", "--dates", "depart=day", "--place", "Grey Quay=42.9, 132.3")
    result = run("volumes", path, *said, "--json")
    assert result.exit_code == 0, result.output
    (report,) = json.loads(result.stdout)["files"]
    assert (report["kept"], report["mapping"]["fixed"]) == (2, {"unit": "TEU"})
    assert run("volumes", path, "--json").exit_code == 2
