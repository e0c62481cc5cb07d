"""A map at hand: files and answers become one, and it becomes pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import geo

FOREIGN = "POL,POD,ETD,Boxes\nNajin,Vladivostok,2023-09-07,300\n"
OWN = "origin,destination,depart,containers\n{}\n"

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "voyages.csv"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def founding() -> geo.Map:
    return geo.open()


def test_it_opens_at_the_latest_moment(founding: geo.Map) -> None:
    assert founding.moment == datetime(2023, 11, 3, tzinfo=UTC)
    assert "1,800–2,200 containers by the end of 2023-11-02" in repr(founding)


def test_a_day_means_its_end(founding: geo.Map) -> None:
    assert founding.at("2023-10-01").moment == founding.at(datetime(2023, 10, 2, tzinfo=UTC)).moment
    assert founding.at("2023-10-01", window="30d").window == 30 * 86_400


@pytest.mark.parametrize("moment", ["2019-01-01", "tomorrow", "2023-11-04"])
def test_a_moment_outside_the_data_is_refused(founding: geo.Map, moment: str) -> None:
    with pytest.raises(geo.BriefError, match=r"Choose a day|Write it so"):
        founding.at(moment)


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hours") / "hours.csv"
    rows = "Najin,Vladivostok,2023-05-10T08:20,70\nNajin,Vladivostok,2023-05-11T16:40,50\n"
    file.write_text(f"origin,destination,depart,containers\n{rows}")
    return file


def test_the_first_and_last_day_of_data_of_hours_are_within_them(hours: Path) -> None:
    seen = geo.open(hours)
    assert seen.at("2023-05-11").moment == seen.moment == datetime(2023, 5, 11, 17, tzinfo=UTC)
    assert seen.at("2023-05-10").moment == datetime(2023, 5, 11, tzinfo=UTC)
    for outside in ("2023-05-09", "2023-05-12"):
        with pytest.raises(geo.BriefError, match="Choose a day within them, such as '2023-05-11'"):
            seen.at(outside)


def test_two_moments_are_compared_in_words_and_on_one_picture(founding: geo.Map, tmp_path: Path) -> None:
    (route,) = founding.compare("2023-09-06")
    assert route.told.change is not None
    assert (route.name, route.told.change.low) == ("Rason → Vladivostok", 1001)
    made = founding.picture(tmp_path / "two.svg", beside="2023-09-06").read_text("utf-8")
    assert made.count("By 6 Sept 2023") == made.count("By 2 Nov 2023") == 1
    (periods,) = founding.at("2023-11-02", window="30d").compare("2023-09-06")
    assert periods.told.change is None


def test_a_moment_without_a_zone_is_refused(founding: geo.Map) -> None:
    with pytest.raises(geo.MomentError):
        founding.at(datetime(2023, 10, 1))  # noqa: DTZ001 -- the case


def test_a_notebook_shows_the_offline_page_in_a_frame_of_its_own(founding: geo.Map) -> None:
    shown = founding.at("2023-10-01")._repr_mimebundle_()
    frame = re.fullmatch(
        r'<iframe title="[^"]*" sandbox="([^"]*)" allow="fullscreen" srcdoc="([^"]*)" style="[^"]*"></iframe>',
        shown["text/html"],
    )
    assert frame
    assert "allow-same-origin" not in frame[1]
    page = html.unescape(frame[2])
    assert page.startswith("<!doctype html>")
    assert "2023-10-02T00:00:00" in page
    assert "default-src 'none'" in html.unescape(page)


def test_files_come_out_at_the_moment(founding: geo.Map, tmp_path: Path) -> None:
    early = founding.at("2023-09-20")
    assert early.picture(tmp_path / "a.png", frame="640x360").stat().st_size > 10_000
    assert early.film(tmp_path / "a.gif", seconds=0.5, frame="320x320").read_bytes()[:3] == b"GIF"
    assert b"2023-09-21T00:00:00" in early.page(tmp_path / "a.html").read_bytes()
    assert early.to_deck().layers


def test_a_foreign_file_is_asked_about_and_then_taken(written: Written) -> None:
    file = written(FOREIGN)
    with pytest.raises(geo.Unanswered, match=r"'POL' as origin.*yes=True"):
        geo.open(file)
    assert geo.open(file, yes=True).data.legs["containers_best"].tolist() == [300.0]
    given = {"POL": "origin", "POD": "destination", "ETD": "depart", "Boxes": "containers"}
    assert geo.open(file, map=given).scene.unit == "container"


QUESTIONS: list[tuple[str, dict[str, Any], str]] = [
    (OWN.format("Najin,Vladivostok,07/09/2023,3"), {"dates": {"depart": "day first"}}, "dates={'depart'"),
    (OWN.format("Razyn quay,Vladivostok,2023-09-07,3"), {"places": {"Razyn quay": "KPRJN"}}, "places={'Razyn quay'"),
    ("POL,POD,ETD,Amount\nNajin,Vladivostok,2023-09-07,3\n", {"yes": True, "unit": "tonne"}, "yes=True and unit="),
    ("origin,destination,containers\nNajin,Vladivostok,3\n", {"set": {"depart": "2023-09-07"}}, "set={'depart'"),
]


@pytest.mark.parametrize(("text", "answer", "asked"), QUESTIONS)
def test_every_question_names_the_argument_that_answers_it(
    written: Written, text: str, answer: dict[str, Any], asked: str
) -> None:
    file = written(text)
    with pytest.raises(geo.GeoError, match=re.escape(asked)):
        geo.open(file)
    assert len(geo.open(file, **answer).data.legs) == 1


@pytest.mark.parametrize(
    ("given", "works"),
    [({"kind": "totals"}, "kind='legs'"), ({"kind": "boats"}, "kind='legs'"), ({"unit": "barrel"}, "unit='container'")],
)
def test_a_wrong_kind_or_unit_is_answered_with_what_works(written: Written, given: dict[str, str], works: str) -> None:
    with pytest.raises(geo.GeoError, match=re.escape(works)):
        geo.open(written(OWN.format("Najin,Vladivostok,2023-09-07,3")), **given)  # type: ignore[arg-type]


def test_rows_set_aside_are_told(written: Written) -> None:
    shown = geo.open(written(OWN.format("Najin,Vladivostok,2023-09-07,3\nNajin,Lyonesse,2023-09-07,3")))
    assert "1 of 2 rows set aside" in repr(shown)
    assert "1 of 2 rows set aside" in shown._repr_mimebundle_()["text/html"]
    assert [each.row for each in shown.problems if each.severity == "set aside"] == [3]


def test_places_of_a_file_are_known_to_the_others(written: Written, tmp_path: Path) -> None:
    quays = tmp_path / "quays.csv"
    quays.write_text("code,name,lon,lat\nQ1,Razyn quay,130.3,42.2\n", "utf-8")
    shown = geo.open(written(OWN.format("Razyn quay,Vladivostok,2023-09-07,3")), quays)
    assert shown.data.legs["origin"].tolist() == ["Q1"]


def test_routes_by_sea_stand_in_place_of_arcs(founding: geo.Map) -> None:
    shown = founding.routes()
    assert founding.scene.paths is None
    assert shown.scene.paths is not None
    assert shown.scene.paths.routed.all()
    assert "PathLayer" in shown.to_deck().to_json()
    assert "PathLayer" not in founding.to_deck().to_json()
