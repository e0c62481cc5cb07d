"""Files: equal plates are equal bytes, in another process too; and each says what it was made from."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from matplotlib import font_manager
from PIL import Image

from geo.brief.formats.images import FORMATS, encode, save_plate
from geo.brief.plate.plate import Plate, Words, read_frame
from geo.errors import BriefError
from geo.scene.scene import Scene
from tests.brief.conftest import Composed

Kept = Callable[..., bytes]
PROGRAM = """
import hashlib, io, sys
sys.path.insert(0, {here!r})
from conftest import _scene
from geo.brief.formats.images import save_plate
from geo.brief.plate.plate import Plate, Words, read_frame
scene = _scene("")
for kind in {formats!r}:
    out = io.BytesIO()
    words, frame = Words(handling="TLP:GREEN"), read_frame("640x360")
    plate = Plate(scene, (scene.seconds,), frame=frame, words=words, version="1.0", data_hash="ab")
    save_plate(plate, out, kind)
    print(kind, hashlib.sha256(out.getvalue()).hexdigest())
"""


def made(plate: Plate, kind: str, **more: str) -> bytes:
    out = io.BytesIO()
    save_plate(plate, out, kind, carry=more)
    return out.getvalue()


@pytest.fixture
def kept(composed: Composed) -> Kept:
    """As `made`, of a plate that may have been composed for another test."""
    return lambda plate, kind, **more: encode(composed(plate), plate, kind, more)  # type: ignore[arg-type]


@pytest.fixture
def plate(article: Scene) -> Plate:
    return Plate(article, (article.seconds,), words=Words(handling="TLP:GREEN"), version="1.0", data_hash="ab")


def test_equal_plates_are_equal_bytes_in_two_processes(plate: Plate) -> None:
    program = PROGRAM.format(here=str(Path(__file__).parents[1]), formats=FORMATS)
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[3]), "MPLCONFIGDIR": "", "PATH": ""},
    )  # fmt: skip
    small = replace(plate, frame=read_frame("640x360"))
    mine = [f"{kind} {hashlib.sha256(made(small, kind)).hexdigest()}" for kind in FORMATS]
    assert other.stdout.splitlines() == mine


@pytest.mark.parametrize("kind", FORMATS)
def test_another_plate_is_other_bytes(kind: str, plate: Plate) -> None:
    plate = replace(plate, frame=read_frame("640x360"))
    first = made(plate, kind)
    assert first == made(plate, kind)
    assert made(replace(plate, data_hash="cd"), kind) != first


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("frame", ["16:9", "a4-portrait", "180x120mm@150", "643x401"])
def test_pictures_have_the_pixels_of_their_frame(kind: str, frame: str, plate: Plate, kept: Kept) -> None:
    plate = replace(plate, frame=read_frame(frame))
    with Image.open(io.BytesIO(kept(plate, kind))) as picture:
        assert picture.size == plate.frame.pixels
        assert picture.mode == "RGB"
        if kind != "webp":
            assert picture.info["dpi"][0] == pytest.approx(plate.frame.dpi, abs=0.6)


def test_a_png_carries_its_plate_and_data(plate: Plate, kept: Kept) -> None:
    with Image.open(io.BytesIO(kept(plate, "png", brief="data = 1"))) as picture:
        texts = picture.text  # type: ignore[attr-defined]
    assert texts["waybill-data"] == "ab"
    assert texts["waybill-brief"] == "data = 1"
    assert json.loads(texts["waybill-plate"]) == json.loads(plate.describe())
    assert texts["Title"].startswith("Rason → Vladivostok: about 2,000 containers by 2 Nov 2023")
    assert "1,800–2,200 containers" in texts["Description"]


def test_jpeg_and_webp_carry_their_plate(plate: Plate, kept: Kept) -> None:
    with Image.open(io.BytesIO(kept(plate, "jpeg"))) as picture:
        assert json.loads(picture.info["comment"])["plate"] == plate.describe()
        assert b"2,000" in picture.info["xmp"]
    with Image.open(io.BytesIO(kept(plate, "webp"))) as picture:
        assert b"waybill:plate" in picture.info["xmp"]


def test_svg_has_real_text_named_groups_and_links(plate: Plate, kept: Kept) -> None:
    root = ET.fromstring(kept(plate, "svg", brief="a < b & c"))
    space = "{http://www.w3.org/2000/svg}"
    assert (root.get("width"), root.get("height")) == ("1920px", "1080px")
    texts = ["".join(each.itertext()) for each in root.iter(f"{space}text")]
    assert "Vladivostok" in texts
    names = [each.get("id") for each in root.iter(f"{space}g")]
    assert {"title", "map", "map-land", "map-corridors-KPRJN-RUVVO-1", "legend", "sources", "timeline"} <= set(names)
    assert len(names) == len(set(names))
    assert (root.find(f"{space}title")).text.startswith("Rason")  # type: ignore[union-attr]
    links = {each.get("{http://www.w3.org/1999/xlink}href") for each in root.iter(f"{space}a")}
    assert any(str(link).startswith("https://en.yna.co.kr/") for link in links)
    body = kept(plate, "svg").decode()
    assert "<dc:date" not in body
    assert "<script" not in body


def test_pdf_embeds_fonts_and_has_live_links_a_title_and_tags(plate: Plate, kept: Kept) -> None:
    with pikepdf.open(io.BytesIO(kept(plate, "pdf", brief="x"))) as document:
        root, page = document.Root, document.pages[0]
        assert len(document.pages) == 1
        assert str(document.docinfo.Title).startswith("Rason → Vladivostok")
        assert "/CreationDate" not in document.docinfo
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        figure = root.StructTreeRoot.K.K[0]
        assert str(figure.S) == "/Figure"
        assert "1,800–2,200" in str(figure.Alt)
        assert b"<waybill:brief>x</waybill:brief>" in root.Metadata.read_bytes()
        fonts = list(page.obj.Resources.Font.values())
        kinds = {str(font.get("/Subtype")) for font in fonts}
        kinds |= {str(each.Subtype) for font in fonts for each in font.get("/DescendantFonts", [])}
        assert "/Type3" not in kinds
        descriptors = [
            each.FontDescriptor
            for font in fonts
            for each in (font.get("/DescendantFonts") or [font])
            if "/FontDescriptor" in each
        ]
        assert descriptors
        assert all("/FontFile2" in each for each in descriptors)
        links = {str(link.A.URI) for link in page.obj.Annots}
        assert any(link.startswith("https://en.yna.co.kr/") for link in links)
        content = page.Contents
        streams = [content] if isinstance(content, pikepdf.Stream) else list(content)
        body = b"\n".join(each.read_bytes() for each in streams)
        assert body.count(b"BDC") == body.count(b"EMC") == 1


def test_the_page_of_a_pdf_has_the_frame_s_size(article: Scene, kept: Kept) -> None:
    plate = Plate(article, (article.seconds,), frame=read_frame("a4"))
    with pikepdf.open(io.BytesIO(kept(plate, "pdf"))) as document:
        box = [float(each) / 72 * 25.4 for each in document.pages[0].mediabox]
    assert box[2:] == pytest.approx([297, 210], abs=0.1)


def test_what_cannot_be_written_is_told(plate: Plate, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="png, jpeg"):
        save_plate(plate, tmp_path / "plate.bmp")
    with pytest.raises(BriefError, match="cannot be written"):
        save_plate(plate, tmp_path / "nowhere" / "plate.png")
    with pytest.raises(BriefError, match="metadata"):
        save_plate(plate, io.BytesIO(), "png", carry={"a b": "x"})
    save_plate(plate, tmp_path / "plate.JPG")
    assert (tmp_path / "plate.JPG").read_bytes()[:2] == b"\xff\xd8"


def test_what_stops_the_writing_leaves_the_file_that_was_there(
    plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plate.png").write_bytes(b"before")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BriefError, match="No space left"):
        save_plate(plate, tmp_path / "plate.png")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"plate.png": b"before"}


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
def test_a_grey_look_has_no_colour_and_the_others_have(look: str, article: Scene, kept: Kept) -> None:
    plate = Plate(article, (article.seconds,), look=look)  # type: ignore[arg-type]
    with Image.open(io.BytesIO(kept(plate, "png"))) as picture:
        pixels = np.asarray(picture).astype(int)
    spread = int((pixels.max(axis=2) - pixels.min(axis=2)).max())
    assert (spread == 0) is (look == "grey")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", ["a\x00b\x07c\ufffe", "</metadata><script>alert(1)</script>", "x" * 200_000, "\ud800"])
def test_hostile_metadata_makes_whole_files(kind: str, text: str, plate: Plate, kept: Kept) -> None:
    plate = replace(plate, frame=read_frame("480x360"), words=Words(title=text, note=text), data_hash=text[:100])
    body = kept(plate, kind, brief=text)
    if kind == "svg":
        root = ET.fromstring(body)
        assert not [each for each in root.iter() if each.tag.endswith("script")]
    elif kind == "pdf":
        with pikepdf.open(io.BytesIO(body)) as document:
            ET.fromstring(document.Root.Metadata.read_bytes())
    else:
        with Image.open(io.BytesIO(body)) as picture:
            picture.load()


def test_a_table_that_a_font_has_for_its_makers_is_dropped_without_a_word(
    renamed: Callable[..., Scene], square_font: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with TTFont(square_font / "squares.ttf") as font:
        font["TSIX"] = table = DefaultTable("TSIX")
        table.data = b"hints"
        font["name"].setName("Waybill Hinted Squares", 1, 3, 1, 0x409)
        font.save(tmp_path / "hinted.ttf")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", list(font_manager.fontManager.ttflist))
    monkeypatch.setenv("WAYBILL_FONTS", str(tmp_path))
    scene = renamed(("라선", "블라디보스토크"), 2)
    save_plate(Plate(scene, (scene.seconds,)), io.BytesIO(), "pdf")
    assert [each.getMessage() for each in caplog.records if each.name.startswith("fontTools")] == []
