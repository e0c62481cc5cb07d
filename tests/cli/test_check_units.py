"""`waybill check` of figures: what they count is said by the file, or asked."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.sample_rows import FOREIGN


def test_a_unit_in_the_cells_is_taken_once_agreed(run: Callable, file: Callable) -> None:
    path = file("from,to,date,qty\nBusan,Vladivostok,2023-09-07,300 TEU\nBusan,Nakhodka,2023-09-08,200 TEU\n")
    report = json.loads(run("check", path, "--yes", "--json").stdout)
    assert (report["kept"], report["mapping"]["fixed"]) == (2, {"unit": "TEU"})


def test_figures_of_either_kind_are_asked_for_and_answered(run: Callable, file: Callable) -> None:
    path = file("origin;destination;depart;containers\nNajin;Vladivostok;2023-09-07;1.200\n")
    asked = run("check", path)
    assert asked.exit_code == 1
    said = "1.200 is 1,200 with a decimal comma, 1.2 with a point. Use --decimal , or --decimal . for the whole file."
    assert said in asked.stdout
    told = run("check", path, "--decimal", ",")
    assert (told.exit_code, "--decimal" in told.stdout) == (0, False)
    assert "--decimal" not in run("check", path, "--decimal", ".").stdout


def test_what_figures_count_is_never_answered_by_yes(run: Callable, file: Callable) -> None:
    path = file("POL,POD,ETD,Value\nNajin,Vladivostok,2023-09-07,1200500\n")
    refused = run("check", path, "--yes")
    assert refused.exit_code == 2
    assert "nothing in the file says what 'Value' counts, and containers are never assumed" in " ".join(
        refused.stderr.split()
    )
    told = json.loads(run("check", path, "--yes", "--json").stdout)
    assert (told["rows"], told["mapping"]["missing"]) == (0, ["unit"])
    (question,) = told["mapping"]["questions"]
    assert (question["column"], question["answers"][0], question["option"]) == ("Value", "USD", "--unit")
    answered = json.loads(run("check", path, "--yes", "--unit", "USD", "--json").stdout)
    assert (answered["kept"], answered["mapping"]["fixed"]) == (1, {"unit": "USD"})
    assert run("volumes", path, "--yes").exit_code == 2
    (counted,) = json.loads(run("volumes", path, "--yes", "--unit", "USD", "--json").stdout)["files"]
    assert (counted["kept"], counted["mapping"]["fixed"]) == (1, {"unit": "USD"})


def test_a_unit_that_is_known_is_not_answered_again(run: Callable, file: Callable) -> None:
    refused = run("check", file(FOREIGN), "--yes", "--unit", "TEU")
    assert refused.exit_code == 2
    assert "--set unit=TEU" in refused.stderr
    assert run("check", file(FOREIGN), "--yes", "--set", "unit=TEU").exit_code == 0


def test_voyages_without_figures_are_counted_as_voyages(run: Callable, file: Callable) -> None:
    path = file("Vessel,From,To,Departed\nAngara,Rason,Dunay,2023-09-08\nMaria,Rason,Dunay,2023-09-12\n")
    refused = run("check", path, "--yes")
    assert "If each row is one voyage, use --yes --set containers=1 --set unit=voyage." in " ".join(
        refused.stderr.split()
    )
    taken = json.loads(run("check", path, "--yes", "--set", "containers=1", "--set", "unit=voyage", "--json").stdout)
    assert (taken["kept"], taken["mapping"]["fixed"]) == (2, {"containers": "1", "unit": "voyage"})


def test_figures_of_unknown_names_are_pointed_at(run: Callable, file: Callable) -> None:
    path = file("From,To,Departed,Asylum-seekers,In need\nRason,Dunay,2023-09-08,12,9\nRason,Dunay,2023-09-12,14,8\n")
    refused = " ".join(run("check", path, "--yes").stderr.split())
    assert "These columns hold figures: “Asylum-seekers”, “In need”." in refused
    assert "use --yes with it, such as --map Asylum-seekers=containers --unit UNIT." in refused
    answers = ["--yes", "--map", "Asylum-seekers=containers", "--unit", "person", "--json"]
    assert json.loads(run("check", path, *answers).stdout)["kept"] == 2


def test_a_unit_that_a_header_says_is_not_asked_for(run: Callable, file: Callable) -> None:
    path = file(
        "From,To,Departed,Refugees taken in,In need\nRason,Dunay,2023-09-08,12,9\nRason,Dunay,2023-09-12,14,8\n"
    )
    refused = " ".join(run("check", path, "--yes").stderr.split())
    assert "use --yes with it, such as --map 'Refugees taken in=containers'. If each row" in refused
    answers = ["--yes", "--map", "Refugees taken in=containers", "--json"]
    assert json.loads(run("check", path, *answers).stdout)["mapping"]["fixed"] == {"unit": "refugee"}
