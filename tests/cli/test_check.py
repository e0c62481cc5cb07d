"""`waybill check` says what it found by exit code, JSON and tables, and never shows a traceback."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
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
from tests.cli.sample_rows import BAD, FOREIGN, GOOD, LEGS

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


def test_swapped_columns_come_with_the_words_that_exchange_them(run: Callable, file: Callable) -> None:
    path = file("from_lat,from_lon,to_lat,to_lon,date,boxes\n129.04,35.1,43.1,131.9,2023-09-07,5\n")
    result = run("check", path, "--yes")
    assert "use --map 'from_lat'=origin_lon --map 'from_lon'=origin_lat." in result.stdout
    assert run("check", path, "--yes", "--map", "from_lat=origin_lon", "--map", "from_lon=origin_lat").exit_code == 0


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


UNUSED = {
    *("geopandas", "shapely", "pyproj", "fsspec", "highspy", "duckdb", "ibis", "pydeck", "matplotlib", "streamlit"),
    *("geo.dataset.dataset", "geo.library", "geo.reconcile", "geo.scene", "geo.sea", "geo.voyages.findings"),
}
"""What rows without arrivals, ships or sources need nothing of, as long as the library is empty."""


@pytest.mark.parametrize("row", ["RUVVO,KRPUS,2023-08-10,120", 'Najin,Vladivostok,2023-09-07,"about 300"'])
def test_a_plain_file_is_checked_without_what_draws_or_compares(file: Callable, row: str) -> None:
    path = file(f"origin,destination,depart,containers\n{row}\n")
    code = (
        "import sys\nfrom geo.cli import app\n"
        f"try:\n    app(['check', {str(path)!r}])\nexcept SystemExit as end:\n    print('exit:', end.code)\n"
        f"print('loaded:', sorted({UNUSED!r} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-2:] == ["exit: 0", "loaded: []"]
