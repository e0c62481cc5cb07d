"""`waybill check` says what it found by exit code, JSON and tables, and never shows a traceback."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo import data_folder
from geo.cli import file_input
from geo.cli.options import FORMS
from geo.sheet import Dialect
from geo.tables.read import read
from tests import zoo

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
BAD = "Nowhere,Vladivostok,2023-09-07,dozens\n"
FOREIGN = "POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300\nNajin;Vladivostok;25.09.2023;12\n"
KEYS = [
    *("file", "kind", "sha256", "rows", "kept", "set_aside", "problems", "preferred", "told_twice", "mapping"),
    "dialect",
]


@pytest.mark.parametrize(
    ("text", "code"), [(LEGS + GOOD, 0), (LEGS, 0), (LEGS + GOOD + BAD, 1), ("a,b\n1,2\n", 2), ("", 2)]
)
@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_the_exit_code_says_how_it_went(run: Callable, file: Callable, text: str, code: int, extra: list[str]) -> None:
    assert run("check", file(text), *extra).exit_code == code


def test_json_has_exactly_these_keys(run: Callable, file: Callable) -> None:
    path = file(LEGS + GOOD + BAD)
    report = json.loads(run("check", path, "--json").stdout)
    assert list(report) == KEYS
    assert (report["file"], report["kind"]) == (str(path), "legs")
    assert report["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (report["rows"], report["kept"], report["set_aside"]) == (2, 1, 1)
    assert sorted((each["row"], each["column"]) for each in report["problems"]) == [(3, "containers"), (3, "origin")]
    fields = ["row", "column", "given", "rule", "hint", "severity"]
    assert all(list(problem) == fields for problem in report["problems"])
    mapping = report["mapping"]
    assert list(mapping) == ["kind", "columns", "fixed", "dates", "places", "agreed", "guesses", "missing", "questions"]
    assert mapping["columns"] == {name: name for name in LEGS.strip().split(",")}
    assert mapping["agreed"] is True
    assert mapping["missing"] == []
    assert list(mapping["guesses"][0]) == ["header", "column", "confidence", "reason"]
    assert set(report["dialect"]) == {*Dialect().as_json(), "reasons"}


def test_json_of_what_cannot_be_read_has_the_same_keys(run: Callable, tmp_path: Path) -> None:
    result = run("check", tmp_path, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["sha256"], report["problems"][0]["rule"]) == (2, None, "is a folder")
    assert list(report) == KEYS
    assert (report["mapping"], report["dialect"]) == (None, None)


@pytest.mark.parametrize("kind", ["legs", "totals", "places", "events"])
def test_the_committed_facts_pass(run: Callable, kind: str) -> None:
    assert run("check", data_folder.path(f"{kind}.csv"), "--kind", kind).exit_code == 0


def test_a_reader_sees_counts_lines_and_hints(run: Callable, file: Callable) -> None:
    output = run("check", file(LEGS + GOOD + BAD)).stdout
    assert "2 rows read, 1 kept, 1 set aside" in output
    assert "'Nowhere' is not in the gazetteer" in output
    assert "the least and the most" in output


def test_problems_are_counted_by_rule(run: Callable, file: Callable) -> None:
    output = run("check", file(LEGS + BAD.replace("Nowhere", "Najin") * 1234)).stdout
    (group,) = [line for line in output.splitlines() if "1,234" in line and "containers" in line]
    assert "dozens" in group
    assert "--json lists them all" in output
    assert len(output.splitlines()) < 60


@pytest.mark.parametrize("name", ["escape_sequence", "right_to_left", "zero_width"])
def test_control_and_invisible_marks_are_shown_as_text(run: Callable, file: Callable, name: str) -> None:
    mark = zoo.HOSTILE_TEXT[name]
    output = run("check", file(f"{LEGS}{mark},RUVVO,2023-09-07,x\n")).stdout
    assert not any(each in output for each in ("\x1b", "\u202e", "\u200b"))
    assert "‹U+001B›" in output or "‹U+20" in output


def test_hostile_headers_are_shown_as_text(run: Callable, file: Callable) -> None:
    result = run("check", file("\x1b[31mPOL,[bold]POD[/],\u202eETD,:smile:\nNajin,Vladivostok,2023-09-07,300\n"))
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "[bold]POD[/]" in result.output


def test_markup_is_text(run: Callable, file: Callable) -> None:
    output = run("check", file(f"{LEGS}[bold red]x[/],RUVVO,2023-09-07,:smile:\n")).stdout
    assert "[bold red]x[/]" in output
    assert ":smile:" in output


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_a_fault_of_ours_is_a_sentence_too(
    run: Callable, file: Callable, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(file_input, "take", broken)
    result = run("check", file(LEGS + GOOD), *extra)
    assert result.exit_code == 2
    assert "boom" in result.output
    assert "fault of Waybill" in result.output
    assert "Traceback" not in result.output


def test_stopping_ends_with_a_sentence_and_writes_nothing(
    run: Callable, file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(file_input, "take", stopped)
    result = run("check", file(LEGS + GOOD), "--kept", tmp_path / "kept.csv")
    assert result.exit_code == 130
    assert "Stopped. Nothing was written." in result.stderr
    assert not (tmp_path / "kept.csv").exists()


def test_foreign_columns_are_shown_and_not_applied(run: Callable, file: Callable) -> None:
    path = file(FOREIGN)
    result = run("check", path)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert "--map" in result.stderr
    assert all(each in result.stderr for each in ("POL", "origin", "certain"))
    report = json.loads(run("check", path, "--json").stdout)
    assert (report["rows"], report["kept"]) == (0, 0)
    assert report["mapping"]["agreed"] is False
    assert set(report["mapping"]["missing"]) == {"origin", "destination", "depart", "containers"}
    assert report["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report["problems"][0]["row"] == 0


def test_a_file_without_dates_is_taken_with_a_day_that_is_stated(run: Callable, file: Callable) -> None:
    path = file("origin,dest,boxes\nNajin,Vladivostok,3\n")
    refused = run("check", path, "--yes")
    assert refused.exit_code == 2
    assert "It holds no dates. Use --yes --set depart=2" in refused.stderr
    assert "your statement, not the file's" in refused.stderr
    report = json.loads(run("check", path, "--yes", "--set", "depart=2023-09-01", "--json").stdout)
    assert (report["kept"], report["mapping"]["fixed"]) == (1, {"depart": "2023-09-01", "unit": "container"})
    dated = run("check", file("origin,dest,boxes,said_on\nNajin,Vladivostok,3,2023-09-01\n"), "--kind", "legs", "--yes")
    assert "holds no dates" not in dated.stderr


def test_arrivals_without_departures_are_taken_once_that_is_agreed_to(run: Callable, file: Callable) -> None:
    path = file("origin,destination,arrive,containers\nNajin,Vladivostok,2023-09-09,3\n")
    refused = run("check", path)
    assert refused.exit_code == 2
    assert "it gives arrivals and no departures" in refused.stderr
    taken = run("check", path, "--yes")
    assert taken.exit_code == 0
    assert "No column gives a departure: each leg counts when it arrives." in taken.stdout


def test_a_form_of_dates_in_doubt_is_asked_with_the_flags_that_answer(run: Callable, file: Callable) -> None:
    path = file("origin,destination,depart,containers\nNajin,Vladivostok,FY2023,3\nNajin,Vladivostok,FY2024,4\n")
    asked = run("check", path)
    assert asked.exit_code == 1
    assert (
        "Use --dates depart=fy-to-march, =fy-from-april, =fy-to-june, =fy-to-september, or =calendar-years."
        in asked.stdout
    )
    for name in ("fy-to-march", "fy-from-april", "fy-to-june", "fy-to-september", "calendar-years"):
        report = json.loads(run("check", path, "--dates", f"depart={name}", "--json").stdout)
        assert (report["kept"], report["mapping"]["dates"]) == (2, {"depart": FORMS[name]})


def test_a_column_that_is_called_week_is_named_where_a_departure_is_lacking(run: Callable, file: Callable) -> None:
    path = file("origin,destination,week,containers\nNajin,Vladivostok,?,3\n")
    refused = run("check", path, "--yes")
    assert "holds no dates" not in refused.stderr
    assert "--map 'week'=depart" in refused.stderr


def test_a_kind_that_nothing_tells_is_asked_for(run: Callable, file: Callable) -> None:
    path = file("Colour,Shape\nred,round\n")
    result = run("check", path)
    assert result.exit_code == 2
    assert "do not show what its rows are" in result.stderr
    assert "legs need origin, destination, depart, containers" in result.stderr
    assert "events need date, title" in result.stderr
    report = json.loads(run("check", path, "--json").stdout)
    assert (report["kind"], report["problems"][0]["rule"]) == (
        None,
        "its columns do not show what its rows are",
    )
    assert "--map" in run("check", path, "--kind", "events").stderr


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


def test_swapped_columns_come_with_the_words_that_exchange_them(run: Callable, file: Callable) -> None:
    path = file("from_lat,from_lon,to_lat,to_lon,date,boxes\n129.04,35.1,43.1,131.9,2023-09-07,5\n")
    result = run("check", path, "--yes")
    assert "use --map 'from_lat'=origin_lon --map 'from_lon'=origin_lat." in result.stdout
    assert run("check", path, "--yes", "--map", "from_lat=origin_lon", "--map", "from_lon=origin_lat").exit_code == 0


def test_agreeing_applies_them(run: Callable, file: Callable) -> None:
    result = run("check", file(FOREIGN), "--yes", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["kept"], report["mapping"]["agreed"]) == (0, 2, True)
    assert report["mapping"]["columns"]["POL"] == "origin"
    assert report["mapping"]["dates"] == {"depart": "day first"}
    assert report["dialect"]["delimiter"] == ";"


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


def test_what_is_missing_is_named_once(run: Callable, file: Callable) -> None:
    path = file("Main Port Name,UN/LOCODE,Latitude,Longitude\nNajin,KP RJN,42.2,130.3\n")
    refused = " ".join(run("check", path).stderr.split())
    assert "these columns of places are guesses, shown above, and not applied yet: name, lon, lat, code." in refused


def test_saying_each_column_needs_no_yes(run: Callable, file: Callable) -> None:
    said = [f"--map={pair}" for pair in ("POL=origin", "POD=destination", "ETD=depart", "Boxes=containers")]
    assert run("check", file(FOREIGN), *said).exit_code == 0
    # One that is not said is not guessed either.
    assert run("check", file(FOREIGN), *said[:-1]).exit_code == 2
    assert run("check", file(FOREIGN), *said[:-1], "--set", "containers=1").exit_code == 0


def test_what_is_said_counts_more_than_what_is_guessed(run: Callable, file: Callable) -> None:
    swapped = ["--yes", "--map", "POL=destination", "--map", "POD=origin", "--dates", "depart=day", "--json"]
    report = json.loads(run("check", file(FOREIGN), *swapped).stdout)
    assert (report["mapping"]["columns"]["POL"], report["mapping"]["columns"]["POD"]) == ("destination", "origin")


@pytest.mark.parametrize(
    "said",
    [
        ["--map", "Nothing=origin"],
        ["--map", "POL=harbour"],
        ["--map", "POL"],
        ["--set", "harbour=x"],
        ["--set", "unit"],
        ["--dates", "depart=someday"],
        ["--dates", "origin=day"],
        ["--place", "Najin=95, 200"],
        ["--map", "POL=origin", "--map", "POD=origin"],
        ["--delimiter", ""],
        ["--encoding", "klingon"],
        ["--kind", "ships"],
        ["--header-line", "-1"],
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Callable, file: Callable, said: list[str]) -> None:
    result = run("check", file(FOREIGN), "--yes", *said)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output
    assert "fault of Waybill" not in result.output


def test_an_unknown_place_can_be_answered(run: Callable, file: Callable) -> None:
    path = file(LEGS + "Grey Harbour,Vladivostok,2023-09-07,300\n")
    assert run("check", path).exit_code == 1
    assert "--place" in run("check", path).stdout
    assert run("check", path, "--place", "Grey Harbour=KPRJN").exit_code == 0
    assert run("check", path, "--place", "Grey Harbour=42.3, 130.4").exit_code == 0


def test_places_can_be_given_in_a_file(run: Callable, file: Callable) -> None:
    path = file(LEGS + "Grey Harbour,Vladivostok,2023-09-07,300\n")
    places = file("code,name,lon,lat\ngrey,Grey Harbour,130.4,42.3\n", "places.csv")
    assert run("check", path, "--places", places).exit_code == 0


def test_dates_nobody_can_tell_are_asked_for(run: Callable, file: Callable) -> None:
    path = file(LEGS + "Najin,Vladivostok,07/09/2023,300\n")
    assert "--dates depart=day" in run("check", path).stdout
    assert run("check", path, "--dates", "depart=day").exit_code == 0


def test_how_a_file_is_written_can_be_said(run: Callable, file: Callable) -> None:
    path = file("a title;and more\n" + FOREIGN.replace("Vladivostok", "Владивосток"), encoding="cp1251")
    said = ["--yes", "--delimiter", ";", "--encoding", "cp1251", "--header-line", "2", "--decimal", ",", "--json"]
    report = json.loads(run("check", path, *said).stdout)
    dialect = report["dialect"]
    assert [dialect[name] for name in ("delimiter", "encoding", "header_line", "decimal")] == [";", "cp1251", 2, ","]
    assert report["rows"] == 2


def test_kept_and_set_aside_rows_are_written(run: Callable, file: Callable, tmp_path: Path) -> None:
    path, kept, aside = file(LEGS + GOOD + BAD), tmp_path / "kept.csv", tmp_path / "aside.csv"
    assert run("check", path, "--kept", kept, "--set-aside", aside).exit_code == 1
    assert kept.read_text().startswith("line,origin,destination,depart,arrive,containers_low,containers_best,")
    assert read(kept).table["origin"].tolist() == ["KPRJN"]
    rows = pd.read_csv(aside, dtype=str)
    assert rows["line"].tolist() == ["3"]
    assert "dozens" in rows["containers"].tolist()
    assert "not in the gazetteer" in rows["why"][0]
    # Mended, the rows set aside load as they are.
    aside.write_text(aside.read_text().replace("Nowhere", "Najin").replace(",dozens", ",24-96"))
    assert run("check", aside).exit_code == 0


def test_what_a_spreadsheet_would_run_is_made_harmless(run: Callable, file: Callable, tmp_path: Path) -> None:
    path = file(LEGS + "=HYPERLINK(1),Vladivostok,2023-09-07,@SUM(1)\n")
    run("check", path, "--set-aside", tmp_path / "aside.csv")
    text = (tmp_path / "aside.csv").read_text()
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text


def test_a_file_that_is_there_is_not_replaced_unasked(run: Callable, file: Callable, tmp_path: Path) -> None:
    path, out = file(LEGS + GOOD), tmp_path / "out.csv"
    out.write_text("mine")
    result = run("check", path, "--kept", out)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert out.read_text() == "mine"
    assert run("check", path, "--kept", out, "--force").exit_code == 0
    assert out.read_text().startswith("line,")
    assert [each.name for each in tmp_path.glob(".*")] == []


def test_the_file_itself_is_never_replaced(run: Callable, file: Callable, tmp_path: Path) -> None:
    path = file(LEGS + GOOD)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for out in (path, link):
        assert run("check", path, "--kept", out, "--force").exit_code == 2
    both = tmp_path / "out.csv"
    assert run("check", path, "--kept", both, "--set-aside", both).exit_code == 2
    assert run("check", path, "--kept", tmp_path / "no folder" / "out.csv").exit_code == 2
    assert path.read_text() == LEGS + GOOD


def test_checking_keeps_nothing(run: Callable, file: Callable, own_library: Path) -> None:
    run("check", file(FOREIGN), "--yes")
    assert not own_library.exists()


def test_a_layer_can_be_chosen(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "legs.gpkg"
    row = {"origin": ["Najin"], "destination": ["Vladivostok"], "depart": ["2023-09-07"], "containers": ["300"]}
    for layer, frame in (("first", pd.DataFrame({"a": ["1"]})), ("second", pd.DataFrame(row))):
        points = gpd.points_from_xy([1], [2])
        gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326").to_file(path, layer=layer, engine="pyogrio")
    report = json.loads(run("check", path, "--sheet", "second", "--json").stdout)
    assert (report["rows"], report["dialect"]["sheet"], report["dialect"]["form"]) == (1, "second", "geopackage")
    taken = run("check", path, "--sheet", "second").stdout
    assert "Sheet: You chose “second”; the other is “first”." in " ".join(taken.split())
    unagreed = run("check", path).stderr
    assert "Sheet: “first” is the first layer; the other is “second”." in " ".join(unagreed.split())
    result = run("check", path, "--sheet", "third")
    assert result.exit_code == 2
    assert "third" in result.stderr
    assert "second" in result.stderr


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        (["--quote", "'", "--escape", "backslash"], ["it's", "so; on"]),
        (["--quote", "none", "--escape", "none"], ["'it\\'s'"]),
    ],
)
def test_quotes_and_escapes_can_be_said(run: Callable, file: Callable, said: list[str], notes: list[str]) -> None:
    rows = [
        f"Najin;Vladivostok;2023-09-0{day};300;{note}\n" for day, note in enumerate(("'it\\'s'", "'so; on'", "x"), 1)
    ]
    rows += ["Najin;Vladivostok;2023-09-07;300;x\n"] * 2
    path = file("origin;destination;depart;containers;note\n" + "".join(rows))
    found = read(path, dialect=Dialect(**_dialect_of(run("check", path, *said, "--json").stdout)))
    assert [note for note in found.table["note"] if note != "x"] == notes


def _dialect_of(output: str) -> dict[str, object]:
    dialect = json.loads(output)["dialect"]
    return {name: value for name, value in dialect.items() if name != "reasons"}


def test_places_under_foreign_names_are_taken_once_agreed(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    flows, locations = Path("flows.csv"), Path("locations.csv")
    flows.write_text("origin,dest,boxes,time\n1,2,30,2023-09-07\n2,1,44,2023-09-08\n")
    locations.write_text("id,name,lat,lon\n1,Alpha,43.1,131.9\n2,Beta,42.2,130.3\n")
    result = run("check", flows, "--places", locations)
    assert result.exit_code == 2
    assert "locations.csv" in result.output
    result = run("check", flows, "--places", locations, "--yes", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["kept"]) == (0, 2)


def test_a_full_disk_is_told_of_the_file_to_be_written(
    run: Callable, file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = file(LEGS + GOOD)
    monkeypatch.setattr(os, "fsync", full)
    result = run("check", path, "--kept", tmp_path / "kept.csv")
    assert result.exit_code == 2
    assert f"{tmp_path / 'kept.csv'}: it cannot be read or written (No space left" in result.stderr.replace("\n", " ")
    assert "Make room" in result.stderr
    assert not (tmp_path / "kept.csv").exists()


CALLS = "Vessel,Port,ETA,ETD\nMaya,Busan,2023-09-01,2023-09-02\nMaya,Najin,2023-09-05,2023-09-06\n"


def test_port_calls_are_named_with_the_command_that_makes_legs_of_them(run: Callable, file: Callable) -> None:
    path = file(CALLS)
    for extra in ([], ["--yes"]):
        refused = run("check", path, *extra)
        assert refused.exit_code == 2
        words = " ".join(refused.output.split())
        assert "Each row is a port call of a ship" in words
        assert f"waybill check {path} --shape port-calls" in words
    question = json.loads(run("check", path, "--json").stdout)["mapping"]["questions"][0]
    assert (question["option"], question["answers"]) == ("--shape", ["port-calls"])
    report = json.loads(run("check", path, "--shape", "port-calls", "--json").stdout)
    assert (report["kind"], report["kept"], report["set_aside"]) == ("legs", 1, 0)
    assert report["dialect"]["shape"] == "port-calls"
    wrong = run("check", file(LEGS + GOOD), "--shape", "port-calls")
    assert wrong.exit_code == 2
    assert "no columns of a ship" in " ".join(wrong.output.split())


def test_places_without_codes_are_taken_once_agreed(run: Callable, file: Callable) -> None:
    path = file("Port name,Lat,Lon\nMy pier,42.23,130.3\n")
    refused = run("check", path)
    assert refused.exit_code == 2
    assert "no codes of places" in " ".join(refused.output.split())
    assert run("check", path, "--yes").exit_code == 0


def test_what_does_not_fit_in_voyages_is_a_warning_with_its_line_and_reckoning(run: Callable, file: Callable) -> None:
    head = "origin,destination,depart,arrive,containers,mode\n"
    path = file(
        head + "Vladivostok,Shanghai,2024-09-01,2024-09-06,1,maritime\nNLRTM,SGSIN,2024-09-01,2024-09-05,1,maritime\n"
    )
    report = json.loads(run("check", path, "--json").stdout)
    (one,) = report["problems"]
    assert (one["row"], one["column"], one["given"], one["severity"]) == (3, "arrive", "2024-09-05", "warning")
    assert "that is 47 knots; no cargo ship goes faster than 45 knots" in one["hint"]
    output = run("check", path).stdout
    assert "1 warning" in output
    assert "47 knots" in " ".join(output.split())


def test_an_ignored_column_that_is_probably_ours_is_named_with_the_way_to_use_it(run: Callable, file: Callable) -> None:
    path = file(LEGS.replace("\n", ",source\n") + GOOD.replace("\n", ",Desk A\n"))
    told = run("check", path).stdout
    assert "Columns that are not ours, ignored: source" in told
    assert "'source' is probably claimant: --map 'source'=claimant uses it." in told
    for way in (["--map", "source=claimant"], ["--yes"]):
        taken = run("check", path, *way)
        assert taken.exit_code == 0
        assert "ignored:" not in taken.stdout
        assert "source → claimant" in taken.stdout
