"""What the programs of other people make of our files: poppler of a PDF, ffprobe of a film."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from geo.brief.formats.film import save_film
from geo.brief.formats.images import save_plate
from geo.brief.plate.plate import PRESETS, Frame, Plate
from geo.scene.scene import Scene


def _run(program: str, *arguments: str | Path) -> str:
    if shutil.which(program) is None:
        pytest.fail(f"no {program}; run .ci/programs")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, check=True, text=True).stdout


@pytest.fixture(scope="module", params=sorted(PRESETS))
def pdf(request: pytest.FixtureRequest, article: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pdf") / "plate.pdf"
    save_plate(Plate(article, (float(article.seconds),), frame=PRESETS[request.param]), target)
    return target


def test_every_word_of_a_pdf_can_be_taken_out_of_it(pdf: Path, article: Scene) -> None:
    told = " ".join(_run("pdftotext", pdf, "-").split())
    for words in ("Rason → Vladivostok: about 2,000 containers", "1,800–2,200", "Sources", "20 km", "all times UTC"):
        assert words in told
    for claimant in article.reports.claimant[article.reports.drawn]:
        assert str(claimant) in told


def test_every_font_of_a_pdf_is_inside_it_and_none_is_drawn_by_hand(pdf: Path) -> None:
    rows = [line.split() for line in _run("pdffonts", pdf).splitlines()[2:]]
    assert rows
    for *name, embedded, _, unicode_, _, _ in rows:
        assert (embedded, unicode_) == ("yes", "yes")
        assert "Type 3" not in " ".join(name)


def test_a_pdf_is_one_tagged_page_with_a_title(pdf: Path) -> None:
    told = dict(line.split(":", 1) for line in _run("pdfinfo", pdf).splitlines() if ":" in line)
    assert (told["Pages"].strip(), told["Tagged"].strip()) == ("1", "yes")
    assert told["Title"].strip().startswith("Rason → Vladivostok")


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "h264"), ("webm", "vp9")])
def test_a_film_is_what_any_player_takes(kind: str, codec: str, article: Scene, tmp_path: Path) -> None:
    target = tmp_path / f"film.{kind}"
    save_film(Plate(article, (float(article.seconds),), frame=Frame(480, 320)), target, seconds=1.0, fps=12)
    told = json.loads(
        _run("ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", target)
    )
    (stream,) = told["streams"]
    assert (stream["codec_name"], stream["pix_fmt"]) == (codec, "yuv420p")
    assert (stream["width"], stream["height"], int(stream["nb_read_frames"])) == (480, 320, 12)
    assert float(told["format"]["duration"]) == pytest.approx(1.0, abs=0.05)
