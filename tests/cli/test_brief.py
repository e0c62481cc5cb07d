"""`waybill brief` makes files in one command, says what changed, and never leaves half a file."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from geo.brief import outputs
from geo.brief.spec.brief import read_brief
from tests.brief.spec.test_brief import BAD, TOTALS
from tests.brief.test_story import LEGS, STORY

SMALL = ("--frame", "360x360")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_the_article_in_several_formats_at_once(run: Callable, out: Path) -> None:
    result = run("brief", "-o", out / "a.png", "-o", out / "a.svg", *SMALL, "--title", "One", "--write", out / "b.toml")
    assert result.exit_code == 0, result.output
    assert names(out) == ["a.png", "a.svg", "b.toml"]
    brief = read_brief(out / "b.toml")
    assert (brief.words.title, brief.frame, brief.version) == ("One", "360x360", "0.1.0")
    assert all(len(each.sha256) == 64 for each in brief.data)
    before = (out / "a.png").read_bytes()
    assert run("brief", out / "b.toml", "-o", out / "again.png").exit_code == 0
    assert (out / "again.png").read_bytes() == before


def test_what_is_cut_is_told_beside_the_file(run: Callable, out: Path) -> None:
    marking = "TLP:AMBER+STRICT " + "for named recipients only " * 12 + "not for release to the press"
    result = run("brief", "-o", out / "a.png", "-o", out / "a.pdf", "--handling", marking, "--title", "DRAFT", *SMALL)
    assert result.exit_code == 0
    assert names(out) == ["a.pdf", "a.png"]
    assert "warning: a.png: The handling line is too long: its end, “" in result.stderr
    assert "not for release to the press”, is not on the picture" in result.stderr
    assert result.stderr.count("handling line is too long") == 1
    assert "warning: a.png: The title says “DRAFT”" in result.stderr
    quiet = run("brief", "-o", out / "b.png", "--handling", "TLP:GREEN", "--frame", "16:9")
    assert "warning" not in quiet.stderr
    assert "warning" not in run("brief", "-o", out / "c.html", "--handling", marking).stderr


def test_of_several_pictures_each_sentence_is_said_once(run: Callable, out: Path) -> None:
    result = run(
        "brief", "-o", out / "a.png", "--moments", "2023-10-01,2023-11-01", "--title", "todo", "--frame", "16:9"
    )
    assert "warning: a-2023-10-01.png, and 1 more picture: The title says “todo”." in result.stderr


def test_thirty_moments_in_one_command(run: Callable, out: Path) -> None:
    result = run("brief", "-o", out / "OUT.png", "--every", "3d", *SMALL)
    assert result.exit_code == 0, result.output
    made = names(out)
    assert len(made) >= 30
    assert (made[0], made[-1]) == ("OUT-2023-08-03.png", "OUT-2023-11-02.png")
    for name in made:
        with Image.open(out / name) as picture:
            assert picture.size == (360, 360)
    assert len({(out / name).read_bytes() for name in made}) == len(made)


def test_the_first_and_the_last_day_of_data_of_hours_are_moments(run: Callable, out: Path, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    rows = "Najin,Vladivostok,2023-05-10T08:20,70\nNajin,Vladivostok,2023-05-11T16:40,50\n"
    file.write_text(f"origin,destination,depart,containers\n{rows}")
    last = run("brief", file, "-o", out / "a.png", "--moments", "2023-05-11", *SMALL)
    made = run("brief", file, "--write", out / "b.toml", "--every", "1d", *SMALL)
    assert made.exit_code == 0
    spec = (out / "b.toml").read_text()
    (out / "b.toml").write_text(spec.replace('from = ""', 'from = "2023-05-10"'))
    daily = run("brief", out / "b.toml", "-o", out / "b.png")
    assert (last.exit_code, daily.exit_code) == (0, 0)
    beyond = run("brief", file, "-o", out / "c.png", "--moments", "2023-05-12", *SMALL)
    assert beyond.exit_code == 2
    assert "the data run from 2023-05-10 to 2023-05-11" in " ".join(beyond.stderr.split())


def test_moments_by_name_and_several_on_one_picture(run: Callable, out: Path) -> None:
    days = "2023-08-15,2023-09-01,2023-10-01,2023-11-01"
    assert run("brief", "-o", out / "a.png", "--moments", days, *SMALL).exit_code == 0
    assert names(out) == [f"a-{day}.png" for day in days.split(",")]
    assert run("brief", "-o", out / "b.png", "--moments", days, "--together", "--frame", "800x800").exit_code == 0
    assert "b.png" in names(out)


def test_own_files_and_rows_set_aside(run: Callable, file: Callable, out: Path) -> None:
    path = file(TOTALS + BAD, "totals.csv")
    result = run("brief", "-o", out / "a.png", "--data", path, *SMALL)
    assert result.exit_code == 1
    assert "totals.csv: 1 of 3 rows set aside" in result.stderr
    assert "line 4" in result.stderr


def test_again_says_that_nothing_changed_or_what_did(run: Callable, file: Callable, out: Path) -> None:
    path = file(TOTALS, "totals.csv")
    assert run("brief", "-o", out / "a.png", "--data", path, *SMALL).exit_code == 0
    missing = run("brief", out / "a.png", "--again")
    assert missing.exit_code == 2
    assert "file totals.csv: it is not in" in missing.stderr
    same = run("brief", out / "a.png", "--again", "--data", path, "-o", out / "new.png")
    assert same.exit_code == 0
    assert "the same" in same.stdout
    assert (out / "new.png").read_bytes() == (out / "a.png").read_bytes()
    file(TOTALS.replace("2,000", "3,000"), "totals.csv")
    refused = run("brief", out / "a.png", "--again", "--data", path, "-o", out / "other.png")
    assert refused.exit_code == 2
    assert "file totals.csv changed: SHA-256" in refused.stderr
    assert not (out / "other.png").exists()
    taken = run("brief", out / "a.png", "--again", "--data", path, "--changed", "-o", out / "other.png")
    assert taken.exit_code == 1
    assert "the bytes differ" in taken.stdout
    assert "file totals.csv changed: SHA-256" in taken.stderr
    assert (out / "other.png").read_bytes() != (out / "a.png").read_bytes()


def test_an_import_is_data_by_its_id(run: Callable, file: Callable, out: Path) -> None:
    from geo.library import Library

    assert run("load", file(TOTALS, "totals.csv")).exit_code == 0
    (made,) = Library.open().imports()
    assert run("brief", "-o", out / "a.png", "--data", made.id[:8], *SMALL).exit_code == 0
    assert run("brief", out / "a.png", "--again").exit_code == 0
    assert run("library", "withdraw", made.id).exit_code == 0
    gone = run("brief", out / "a.png", "--again")
    assert gone.exit_code == 2
    assert "it was withdrawn" in gone.stderr


def test_nothing_is_written_over_or_beside_unasked(run: Callable, out: Path) -> None:
    (out / "a.png").write_bytes(b"mine")
    for target in (out / "a.png", out / "none" / "a.png", out):
        result = run("brief", "-o", out / "b.png", "-o", target, *SMALL)
        assert result.exit_code == 2, target
        assert "Traceback" not in result.output
    assert names(out) == ["a.png"]
    assert (out / "a.png").read_bytes() == b"mine"
    assert run("brief", "-o", out / "a.png", *SMALL, "--force").exit_code == 0


def test_a_failure_in_the_middle_leaves_no_file(run: Callable, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from geo.brief.formats import images

    calls = []
    real = images.save_plate

    def failing(*args: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(images, "save_plate", failing)
    result = run("brief", "-o", out / "a.png", "-o", out / "b.png", *SMALL)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name what to make"),
        (["-o", "x.bmp"], "its extension is not a known format"),
        (["-o", "x"], "its extension is not a known format"),
        (["none.toml", "-o", "x.png"], "the file does not exist"),
        (["-o", "x.png", "--moments", "yesterday"], "a day such as 2023-09-01"),
        (["-o", "x.png", "--moments", "2023-09-01", "--every", "7d"], "a brief has one of them"),
        (["-o", "x.png", "--data", "none.csv"], "it is not in"),
        (["-o", "x.png", "--unit", "containrs"], "The nearest is container"),
        (["-o", "x.png", "--title", "\x1b[31mred"], "without control characters"),
        (["--again"], "--again takes a file"),
        (["none.png", "--again"], "the file does not exist"),
        (["x.png", "--again", "--title", "y"], "--again takes a file"),
    ],
)
def test_what_cannot_be_is_said(
    run: Callable, out: Path, arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    result = run("brief", *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert "\x1b[31m" not in result.output
    assert names(out) == []


def test_a_full_disk_is_told_of_the_file_or_the_folder_that_is_full(
    run: Callable, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_more: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = run("brief", "-o", out / "a.png", *SMALL)
    assert result.exit_code == 2
    assert f"{out / 'a.png'}: it cannot be written (No space left on device). Make room" in result.stderr
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(outputs, "TemporaryDirectory", full)
    result = run("brief", "-o", out / "a.gif", *SMALL)
    assert result.exit_code == 2
    assert f"{tmp_path}: the temporary folder cannot be used (No space left on device)" in result.stderr
    assert names(out) == []


FOREIGN = "POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300\nNajin;Grey Quay;08.09.2023;20\n"
ANSWERS = ("--yes", "--dates", "depart=day", "--place", "Grey Quay=42.9, 132.3")


def test_a_file_with_other_columns_is_taken_with_the_answers_of_check(run: Callable, tmp_path: Path, out: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(FOREIGN)
    unagreed = run("brief", path, "-o", out / "a.png", *SMALL)
    assert unagreed.exit_code == 2
    assert "use --yes" in unagreed.stderr
    assert names(out) == []
    result = run("brief", path, *ANSWERS, "-o", out / "a.png", "--write", out / "b.toml", *SMALL)
    assert result.exit_code == 0, result.output
    (ref,) = read_brief(out / "b.toml").data
    assert (ref.what, Path(ref.name).name) == ("file", "log.csv")
    assert run("brief", out / "b.toml", "-o", out / "again.png").exit_code == 0
    assert (out / "again.png").read_bytes() == (out / "a.png").read_bytes()
    assert "made again, the same" in run("brief", "--again", out / "a.png", "--data", path).stdout
    by_name = run("brief", "--data", path, *ANSWERS, "-o", out / "named.png", *SMALL)
    assert by_name.exit_code == 0, by_name.output


def test_another_reading_of_a_file_is_another_picture(run: Callable, tmp_path: Path, out: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(FOREIGN)
    for name, form in (("day", "depart=day"), ("month", "depart=month")):
        result = run(
            "brief", path, *ANSWERS, "--dates", form, "--write", out / f"{name}.toml", "-o", out / f"{name}.svg"
        )
        assert result.exit_code == 0, result.output
    assert (out / "day.svg").read_bytes() != (out / "month.svg").read_bytes()


def test_the_unit_answers_what_a_file_counts_and_places_come_with_the_brief(
    run: Callable, tmp_path: Path, out: Path
) -> None:
    path, places = tmp_path / "log.csv", tmp_path / "places.csv"
    path.write_text(FOREIGN.replace("Boxes", "Quantity"))
    places.write_text("code,name,lon,lat\ngrey,Grey Quay,132.3,42.9\n")
    said = ("--yes", "--dates", "depart=day", "--unit", "TEU", "--places", places)
    result = run("brief", path, *said, "--write", out / "b.toml", "-o", out / "a.png", *SMALL)
    assert result.exit_code == 0, result.output
    brief = read_brief(out / "b.toml")
    assert brief.unit == "teu"
    assert len(brief.data) == 2


@pytest.mark.parametrize("reading", ["x", "{}", '{"mapping": {"kind": 1}, "dialect": {}}', "[" * 10_000])
def test_a_reading_that_is_none_is_refused_in_words(run: Callable, tmp_path: Path, out: Path, reading: str) -> None:
    brief = tmp_path / "b.toml"
    brief.write_text(f"[[data]]\nfile = 'log.csv'\nreading = '{reading}'\n")
    result = run("brief", brief, "-o", out / "a.png")
    assert result.exit_code == 2
    assert "the mapping and the dialect of a file" in result.stderr


def test_the_command_makes_a_file_for_each_step_or_the_one_that_is_asked(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "legs.csv").write_text(LEGS, "utf-8")
    brief = tmp_path / "story.toml"
    brief.write_text(STORY, "utf-8")
    result = run("brief", brief, "-o", tmp_path / "s.png")
    assert result.exit_code == 0, result.output
    assert sorted(each.name for each in tmp_path.glob("*.png")) == ["s-step-1.png", "s-step-2.png", "s-step-3.png"]
    assert run("brief", brief, "-o", tmp_path / "two.png", "--step", "2").exit_code == 0
    assert (tmp_path / "two.png").read_bytes() == (tmp_path / "s-step-2.png").read_bytes()
    same = run("brief", tmp_path / "two.png", "--again")
    assert same.exit_code == 0, same.output
    wrong = run("brief", brief, "-o", tmp_path / "x.png", "--step", "7")
    assert wrong.exit_code == 2
    assert "step 7: the story has 3 steps" in wrong.stderr
    both = run("brief", brief, "-o", tmp_path / "x.png", "--moments", "2024-04-04,2024-04-06")
    assert both.exit_code == 2
    assert "a brief has steps, or several moments, and not both" in both.stderr
