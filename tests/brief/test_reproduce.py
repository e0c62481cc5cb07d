"""A file is made again from the brief inside it: the same bytes, or exactly what changed."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from geo.brief import outputs, toolchain
from geo.brief import reproduce as again_module
from geo.brief.outputs import Output, format_of, render
from geo.brief.pictures import prepared
from geo.brief.plate import fonts
from geo.brief.plate.plate import Words
from geo.brief.reproduce import again, brief_in, carried
from geo.brief.spec import data
from geo.brief.spec.brief import FOUNDING, Brief, DataRef
from geo.dataset import parts
from geo.errors import BriefError, LibraryError
from geo.library import Import, Library, geoparquet, package
from geo.library_folder import VARIABLE
from geo.tables.read import read
from tests.brief.spec.test_brief import TOTALS

SMALL = replace(Brief(), frame="360x360", film_seconds=0.5, film_fps=10.0)
Made = Callable[..., Path]


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "library"))


@pytest.fixture(scope="module")
def small() -> Callable[[str], bytes]:
    """A function: an ending -> the file that is made of `SMALL`, once for all tests that only begin with it."""
    return cache(lambda suffix: content(Path(f"out{suffix}"), SMALL))


def content(path: Path, brief: Brief) -> bytes:
    """The file of that ending that is made of a brief, with all its pictures."""
    found = prepared(brief)
    return render(Output(path, format_of(path), found.pictures, found.pictures[-1].brief))


@pytest.fixture
def made(tmp_path: Path, small: Callable[[str], bytes]) -> Made:
    """A function: (a name, a brief) -> the file made of it."""

    def make(name: str, brief: Brief = SMALL) -> Path:
        path = tmp_path / name
        path.write_bytes(small(path.suffix) if brief is SMALL else content(path, brief))
        return path

    return make


@pytest.fixture
def of_file(tmp_path: Path, made: Made) -> Path:
    """A picture of one file that lies beside it."""
    (tmp_path / "totals.csv").write_text(TOTALS, "utf-8")
    return made("own.png", replace(SMALL, data=(DataRef("file", "totals.csv"),), folder=tmp_path))


@pytest.mark.parametrize("suffix", outputs.formats())
def test_every_format_carries_its_brief_and_its_data_hash(made: Made, suffix: str) -> None:
    brief = replace(SMALL, words=Words(title='Café → <b>&amp;</b> {"x"}', note="C:\\new ]]> --> </script>"))
    path = made(f"out.{suffix}", brief)
    kind, facts = carried(path.read_bytes(), path.name)
    assert suffix in kind.suffixes
    inside = brief_in(facts, path.name)
    assert inside == prepared(brief).pictures[0].brief
    assert facts["brief-sha256"] == inside.sha256
    assert len(facts["data"]) == 64


@pytest.mark.parametrize("suffix", outputs.formats())
def test_the_same_data_give_the_same_bytes(made: Made, suffix: str) -> None:
    found = again(made(f"out.{suffix}"))
    assert found.same
    assert found.changes == ()


def test_another_process_makes_the_same_bytes(made: Made, tmp_path: Path) -> None:
    others = [tmp_path / f"two.{suffix}" for suffix in ("png", "svg", "pdf", "pptx", "html")]
    brief = tmp_path / "brief.toml"
    brief.write_text(SMALL.toml(), "utf-8")
    command = [sys.executable, "-m", "geo.cli", "brief", str(brief), "--frame", "360x360"]
    outputs = [word for other in others for word in ("-o", str(other))]
    subprocess.run([*command, *outputs], check=True, cwd=Path(__file__).parents[2], timeout=300)
    for other in others:
        assert other.read_bytes() == made(f"one{other.suffix}").read_bytes()


def test_one_moment_of_several_is_made_again_by_itself(made: Made) -> None:
    brief = replace(SMALL, moments=("2023-09-01", "2023-10-01"))
    path = made("OUT-2023-10-01.png", brief)
    found = again(path)
    assert found.brief.moments == ("2023-10-01",)


def test_small_multiples_and_slides_of_several_moments_come_again(tmp_path: Path) -> None:
    brief = replace(SMALL, every="30d", frame="800x800")
    for name, each in (("many.pptx", brief), ("four.png", replace(brief, together=True))):
        found = prepared(each)
        (output,) = outputs.planned(found, [tmp_path / name])
        outputs.write([output], replace=False)
        assert again(tmp_path / name).same


def test_a_file_that_changed_is_named_and_the_picture_is_made_only_when_agreed_to(of_file: Path) -> None:
    assert again(of_file).same
    (of_file.parent / "totals.csv").write_text(TOTALS.replace("2,000", "3,000"), "utf-8")
    found = again(of_file)
    assert found.content is None
    assert not found.same
    assert [each.partition(":")[0] for each in found.changes] == ["file totals.csv changed"]
    taken = again(of_file, changed=True)
    assert taken.content is not None
    assert not taken.same
    assert taken.changes == found.changes


def test_a_missing_file_is_looked_for_where_one_is_told(of_file: Path) -> None:
    elsewhere = of_file.parent / "elsewhere"
    elsewhere.mkdir()
    (of_file.parent / "totals.csv").rename(elsewhere / "totals.csv")
    found = again(of_file, changed=True)
    assert found.content is None
    assert "file totals.csv: it is not in" in found.changes[0]
    assert again(of_file, [elsewhere]).same


def test_of_two_files_of_one_name_the_one_that_was_used_is_taken(of_file: Path) -> None:
    elsewhere = of_file.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "totals.csv").write_text(TOTALS, "utf-8")
    (of_file.parent / "totals.csv").write_text(TOTALS + "\n", "utf-8")
    assert again(of_file, [elsewhere]).same


@pytest.fixture
def of_import(made: Made) -> tuple[Path, Library, Import]:
    """A picture of an import, the library that it is in, and the import."""
    library = Library.open()
    kept = library.keep(read(TOTALS.encode(), name="totals.csv"), TOTALS.encode(), "totals.csv")
    return made("import.png", replace(SMALL, data=(DataRef("import", kept.id),))), library, kept


def forged(library: Library, kept: Import, *, sealed: bool) -> None:
    """Ten times the figures in the table of an import, which somebody wrote over; sealed: in the manifest as well."""
    path = Path(library.store.full(kept.path("table")))
    table = pq.read_table(path)
    for name in ("low", "best", "high"):
        table = table.set_column(table.column_names.index(name), name, pc.multiply(table[name], pa.scalar(10.0)))
    pq.write_table(table, path)
    if sealed:
        content = path.read_bytes()
        part = package.PackageFile(len(content), hashlib.sha256(content).hexdigest())
        manifest = package.as_manifest(replace(kept, parts={**kept.parts, "table": part}))
        Path(library.store.full(f"packages/{kept.id}/{package.MANIFEST}")).write_bytes(manifest)


def test_what_is_noted_of_data_at_hand_is_what_reading_them_gives(of_import: tuple[Path, Library, Import]) -> None:
    _, library, kept = of_import
    held = {kept.id: parts.of_import(library, kept)}
    for refs in ((FOUNDING,), (DataRef("import", kept.id),), (DataRef("import", kept.id), FOUNDING)):
        brief = replace(SMALL, data=refs)
        found = data.gather(brief)
        assert data.noted(brief, held) == (found.refs, found.gazetteer, found.hash)


def test_an_import_is_titled_by_the_name_of_its_file(of_import: tuple[Path, Library, Import]) -> None:
    _, _, kept = of_import
    refs = (DataRef("import", kept.id), FOUNDING)
    assert data.gather(replace(SMALL, data=refs[:1])).data.title == "totals.csv"
    assert data.gather(replace(SMALL, data=refs)).data.title.endswith(" and totals.csv")


def test_a_picture_drawn_by_a_browser_is_made_again_as_a_plate_and_says_so(made: Made) -> None:
    path = made("map.png")
    then = carried(path.read_bytes(), "map.png")[1][outputs.TOOLS].encode()
    path.write_bytes(with_chunk(path.read_bytes(), b"waybill-drawn-with\0\0\0\0\0" + then, outputs.BROWSER.encode()))
    found = again(path)
    assert found.content is not None
    assert (found.same, found.changes) == (False, (again_module.OF_THE_MAP,))


def with_chunk(png: bytes, body: bytes, text: bytes) -> bytes:
    """A PNG whose iTXt chunk has another text."""
    begin = png.index(b"iTXt" + body)
    keyword = body[: body.index(b"\0") + 5]
    made = b"iTXt" + keyword + text
    chunk = len(made[4:]).to_bytes(4) + made + zlib.crc32(made).to_bytes(4)
    return png[: begin - 4] + chunk + png[begin + 4 + len(body) + 4 :]


def test_figures_changed_in_the_library_are_not_drawn(of_import: tuple[Path, Library, Import]) -> None:
    path, library, kept = of_import
    assert again(path).same
    forged(library, kept, sealed=False)
    with pytest.raises(LibraryError, match=r"changed after it was kept.*library verify"):
        again(path)
    with pytest.raises(LibraryError, match=r"changed after it was kept.*library verify"):
        prepared(replace(SMALL, data=(DataRef("import", kept.id),)))


def test_a_table_that_was_forged_with_its_manifest_has_another_data_hash(
    of_import: tuple[Path, Library, Import],
) -> None:
    path, library, kept = of_import
    forged(library, kept, sealed=True)
    found = again(path)
    assert not found.same
    (change,) = found.changes
    assert re.fullmatch(r"rows of the imports: data [0-9a-f]{12} then, [0-9a-f]{12} now, .*", change)


def test_an_import_whose_seal_is_broken_cannot_be_had(of_import: tuple[Path, Library, Import]) -> None:
    path, library, kept = of_import
    manifest = Path(library.store.full(f"packages/{kept.id}/{package.MANIFEST}"))
    manifest.write_bytes(manifest.read_bytes().replace(b'"rows": 2', b'"rows": 3'))
    found = again(path)
    assert found.content is None
    assert "its seal does not fit" in found.changes[0]
    assert "library verify" in found.changes[0]


def test_the_same_import_made_by_others_has_the_same_data_hash(
    of_import: tuple[Path, Library, Import], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, kept = of_import
    monkeypatch.setenv(VARIABLE, str(tmp_path / "other"))
    monkeypatch.setattr(geoparquet, "ROW_GROUP", 1)
    other = Library.open()
    theirs = other.keep(read(TOTALS.encode(), name="totals.csv"), TOTALS.encode(), "other.csv")
    assert (theirs.id, theirs.parts["table"]) != (kept.id, kept.parts["table"])
    assert again(path).same


def test_a_file_that_changes_while_it_is_read_is_not_drawn(of_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = data.read

    def meanwhile(file: Path, *more: object, **named: object) -> object:
        file.write_text(TOTALS.replace("2,000", "9,000"), "utf-8")
        return reading(file, *more, **named)

    monkeypatch.setattr(data, "read", meanwhile)
    found = again(of_file)
    assert found.content is None
    assert found.changes == ("file totals.csv changed while it was read",)


def test_other_versions_are_told_where_the_bytes_differ(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made("out.png")
    monkeypatch.setattr(again_module, "tool_version", lambda: "99.0")
    assert again(path).changes == ()
    monkeypatch.setattr("geo.brief.pictures.tool_version", lambda: "99.0")
    found = again(path)
    assert not found.same
    assert found.changes == ("Waybill: version 0.1.0 then, 99.0 now",)


def test_what_draws_is_carried_and_what_differs_is_named(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made("out.png")
    _, facts = carried(path.read_bytes(), path.name)
    names = [each.rpartition(" ")[0] for each in facts["drawn-with"].split(", ")]
    assert names == ["highspy", "matplotlib", "numpy", "pillow", "PROJ", "pyproj", "shapely"]
    monkeypatch.setattr(toolchain.pyproj, "proj_version_str", "9.0.0")
    path.write_bytes(path.read_bytes() + b"\0")
    found = again(path)
    assert [each.partition(":")[0] for each in found.changes] == ["PROJ"]
    assert found.changes[0].endswith("then, 9.0.0 now")


def forget() -> None:
    """What is remembered of fonts, as in another process."""
    for cached in (fonts._opened, fonts._letters, fonts._advance, fonts._fitting):
        cached.cache_clear()
    font_manager._get_font.cache_clear()
    font_manager.fontManager._findfont_cached.cache_clear()


@pytest.mark.parametrize("suffix", ["png", "pdf", "pptx", "gif"])
def test_other_fonts_are_named_and_nobody_is_accused(
    suffix: str, made: Made, square_font: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(square_font, folder)
    monkeypatch.setenv("WAYBILL_FONTS", str(folder))
    others = [entry for entry in font_manager.fontManager.ttflist if entry.name != "Waybill Test Squares"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", others)
    forget()
    path = made(f"out.{suffix}", replace(SMALL, words=Words(title="라선")))
    assert again(path).same
    with TTFont(folder / "squares.ttf") as font:
        font["hmtx"][font.getBestCmap()[ord("라")]] = (500, 20)
        font.save(folder / "squares.ttf")
    forget()
    found = again(path)
    assert [each.partition(":")[0] for each in found.changes] == ["font Waybill Test Squares"]


def test_a_difference_is_told_by_name_and_fonts_only_where_they_are_known() -> None:
    then, now = "font A 12, numpy 1.0, shapely 2", "font B 34, numpy 1.1, shapely 2"
    assert toolchain.differing(then, now) == [
        "font A: 12 then, none now", "font B: none then, 34 now", "numpy: 1.0 then, 1.1 now",
    ]  # fmt: skip
    assert toolchain.differing(then, now, fonts=False) == ["numpy: 1.0 then, 1.1 now"]
    assert toolchain.differing("", now, fonts=False)
    assert toolchain.differing(now, now) == []


def test_a_file_that_was_altered_is_told(made: Made) -> None:
    path = made("out.png")
    path.write_bytes(path.read_bytes() + b"\0")
    found = again(path)
    assert not found.same
    assert found.changes == (again_module.OTHER,)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"<svg/>", b"<!doctype html>", b"PK\x03\x04", b"GIF89a", b"\xff\xd8\xff",
     b"RIFF\0\0\0\0WEBP", b"\0\0\0\x20ftypisom", b'\x1a\x45\xdf\xa3{"brief": "', b'\0\0\0\x20ftyp{"brief": "x"}'],
)  # fmt: skip
def test_what_carries_no_brief_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with pytest.raises(BriefError, match=r"there is no brief in it|not a file that Waybill makes|damaged|differs"):
        again(path)


def test_a_damaged_file_is_told_in_plain_words(made: Made) -> None:
    path = made("out.png")
    content = bytearray(path.read_bytes())
    content[content.index(b"IHDR") + 9] ^= 1
    path.write_bytes(content)
    with pytest.raises(BriefError, match=r"it is damaged: what it says about itself cannot be read\. Take another"):
        again(path)


def test_a_brief_that_was_altered_or_reads_elsewhere_is_refused(made: Made) -> None:
    _, facts = carried(made("out.svg").read_bytes(), "out.svg")
    with pytest.raises(BriefError, match="SHA-256 differs"):
        brief_in({**facts, "brief": facts["brief"].replace("16:9", "4:3") + "#"}, "out.svg")
    outside = Brief(data=(DataRef("file", "/etc/passwd"),))
    with pytest.raises(BriefError, match="outside its folder"):
        brief_in({"brief": outside.toml(), "brief-sha256": outside.sha256}, "out.svg")
