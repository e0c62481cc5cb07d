"""Slides opened with python-pptx: native texts, arcs as wide as volumes, every report in the notes, same bytes."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck

from geo.brief.formats import slides, slides_package
from geo.brief.formats.slides import carried, emu_per_px, save_slides
from geo.brief.plate import captions
from geo.brief.plate.arc_layers import inked
from geo.brief.plate.figure import compose
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.plate import Plate, Words, read_frame
from geo.errors import BriefError
from geo.scene.moment import at
from geo.scene.scene import Scene

DAY = 86_400.0
HANDLED = Words(subtitle="A subtitle", handling="TLP:AMBER", note="Keep in mind.")


def made(*plates: Plate, **carry: str) -> bytes:
    out = io.BytesIO()
    save_slides(plates, out, carry=carry)
    return out.getvalue()


def opened(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def every(shapes: object) -> Iterator[object]:
    """Shapes of a slide, and those in its groups."""
    for shape in shapes:  # type: ignore[attr-defined]
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def texts(slide: object) -> list[object]:
    return [s for s in every(slide.shapes) if s.has_text_frame and s.text_frame.text]  # type: ignore[attr-defined]


def points(shape: object) -> list[np.ndarray]:
    """The subpaths of a freeform, EMU on the slide."""
    found: list[np.ndarray] = []
    for path in shape.element.iter("{*}path"):  # type: ignore[attr-defined]
        rings: list[list[tuple[int, int]]] = []
        for command in path:
            if command.tag.endswith("moveTo"):
                rings.append([])
            for point in command.iter("{*}pt"):
                rings[-1].append((int(point.get("x")), int(point.get("y"))))
        scale = np.array([shape.width / int(path.get("w")), shape.height / int(path.get("h"))])  # type: ignore[attr-defined]
        found += [np.array(ring) * scale + (shape.left, shape.top) for ring in rings]  # type: ignore[attr-defined]
    return found


def plate_of(scene: Scene, share: float = 1.0, **more: object) -> Plate:
    return Plate(scene, (scene.seconds * share,), version="1.2", data_hash="ab" * 32, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def content(article: Scene) -> bytes:
    return made(plate_of(article, words=HANDLED))


@pytest.fixture(scope="module")
def slide(content: bytes) -> object:
    return opened(content).slides[0]


def test_a_slide_of_the_article_is_small_and_of_the_frames_shape(content: bytes) -> None:
    deck = opened(content)
    assert len(content) < 2_000_000
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert len(deck.slides) == 1


def test_texts_are_native_and_editable(slide: object, article: Scene) -> None:
    assert slide.shapes.title.text_frame.text.startswith("Rason → Vladivostok: about 2,000 containers")  # type: ignore[attr-defined]
    said = [shape.text_frame.text for shape in texts(slide)]  # type: ignore[attr-defined]
    for wanted in ("A subtitle", "TLP:AMBER", "Keep in mind.", "Rason", "Vladivostok", "1,800–2,200 [1, 2]", "Sources"):
        assert wanted in said, wanted
    assert said.count("TLP:AMBER") == 2
    for row, claimant in enumerate(article.reports.claimant[:2]):
        assert any(str(claimant) in each and str(article.reports.said_on[row]) in each for each in said)
    assert not any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in every(slide.shapes))  # type: ignore[attr-defined]


@pytest.mark.parametrize("frame", ["16:9", "4:3", "a4", "a4-portrait", "square", "960x540", "2000x1500mm@50"])
def test_texts_lie_within_the_slide_and_apart(frame: str, wider: Scene) -> None:
    deck = opened(made(plate_of(wider, 0.8, frame=read_frame(frame), words=HANDLED)))
    wide, tall = int(deck.slide_width or 0), int(deck.slide_height or 0)
    emu = emu_per_px(read_frame(frame))
    boxes = []
    for shape in texts(deck.slides[0]):
        left, top = shape.left, shape.top  # type: ignore[attr-defined]
        right, bottom = left + shape.width, top + shape.height  # type: ignore[attr-defined]
        assert min(left, top, wide + 2 - right, tall + 2 - bottom) >= 0, shape.name  # type: ignore[attr-defined]
        boxes.append((left, top, right, bottom, shape.name))  # type: ignore[attr-defined]
    hair = 0.8 * emu
    for a, b in itertools.combinations(boxes, 2):
        meets = a[0] + hair < b[2] - hair and b[0] + hair < a[2] - hair
        assert not (meets and a[1] + hair < b[3] - hair and b[1] + hair < a[3] - hair), (a, b)


def test_arcs_are_as_wide_as_their_volumes(slide: object, article: Scene) -> None:
    held, style = at(article, article.seconds), article.style
    parts = {shape.name: shape for shape in every(slide.shapes)}  # type: ignore[attr-defined]
    for name, volume in (("at least", held.low[0]), ("best estimate", held.best[0]), ("at most", held.high[0])):
        outline = points(parts[name])[0]
        half = len(outline) // 2 - 1
        across = np.linalg.norm(outline[:half] - outline[-half:][::-1], axis=1)
        assert across.max() == pytest.approx(float(style.width(volume)) * 9_525, abs=4), name
        # Behind its taper it has all of its width.
        assert across[half // 2 :] == pytest.approx(float(style.width(volume)) * 9_525, abs=4), name


def test_ports_are_ovals_where_the_plate_has_them(slide: object, article: Scene) -> None:
    panel = compose(plate_of(article, words=HANDLED)).panels[0]
    spots = panel.view.place(panel.view.projection.near(article.places.lon), article.places.lat) * 9_525
    ovals = [s for s in every(slide.shapes) if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and s.name == "map ports"]  # type: ignore[attr-defined]
    middles = [(s.left + s.width / 2, s.top + s.height / 2) for s in ovals]  # type: ignore[attr-defined]
    assert len(ovals) == 2
    for spot in spots:
        assert min(np.hypot(*(spot - middle)) for middle in middles) < 3


def test_land_is_a_shape_within_the_map(slide: object, article: Scene) -> None:
    view = compose(plate_of(article, words=HANDLED)).panels[0].view
    [land] = [s for s in every(slide.shapes) if s.name == "map land" and s.shape_type == MSO_SHAPE_TYPE.FREEFORM]  # type: ignore[attr-defined]
    rings = np.concatenate(points(land)) / 9_525
    assert len(rings) > 200
    assert (rings.min(axis=0) >= np.array([view.left, view.top]) - 0.6).all()
    assert (rings.max(axis=0) <= np.array([view.right, view.bottom]) + 0.6).all()


def test_the_map_has_an_alternative_text(slide: object, article: Scene) -> None:
    [group] = [s for s in slide.shapes if s.name == "map"]  # type: ignore[attr-defined]
    told = group.element.nvGrpSpPr.cNvPr.get("descr")
    assert told == compose(plate_of(article, words=HANDLED)).description


def test_ids_are_unique(slide: object) -> None:
    ids = [shape.shape_id for shape in every(slide.shapes)]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids))


def test_notes_hold_every_report_and_what_sets_the_range(slide: object, article: Scene) -> None:
    said = slide.notes_slide.notes_text_frame.text  # type: ignore[attr-defined]
    rows = captions.behind(article, at(article, article.seconds))
    assert len(rows) == 2
    for row in rows:
        for column in ("claimant", "outlet", "said_on", "words", "url"):
            text = str(getattr(article.reports, column)[row])
            assert text in said, (row, column)
    assert "by sea: 1,800–2,200 containers. Lower bound: set by [1]; upper bound: set by [1]" in said
    assert "ab" * 32 in said


def test_notes_of_contested_flows_say_who_cannot_both_be_right(wider: Scene) -> None:
    plate = plate_of(wider, 0.8)
    page = opened(made(plate)).slides[0]
    said = page.notes_slide.notes_text_frame.text
    for row in captions.behind(wider, at(wider, plate.moments[0])):
        assert f"[{row + 1}] " in said
    assert "Contested: these cannot all be right: [" in said


def test_contested_arcs_are_dashed(wider: Scene) -> None:
    plate = plate_of(wider, 0.8)
    panel = compose(plate).panels[0]
    dashed = [s for s in every(opened(made(plate)).slides[0].shapes) if s.name == "contested"]  # type: ignore[attr-defined]
    assert len(dashed) == np.count_nonzero(panel.arcs.contested) > 0
    assert all(len(points(shape)) >= 2 for shape in dashed)


def test_links_are_live_and_web_addresses_alone(slide: object, article: Scene) -> None:
    for part in (slide.part, slide.notes_slide.part):  # type: ignore[attr-defined]
        links = {rel.target_ref for rel in part.rels.values() if rel.is_external}
        assert links == {str(url) for url in article.reports.url[:2]}


def test_a_link_is_as_much_of_a_source_as_stands_in_its_first_line(slide: object) -> None:
    # LibreOffice breaks a link anywhere, within words too.
    sources = [each.text_frame.paragraphs[0] for each in texts(slide) if "containers," in each.text_frame.text]  # type: ignore[attr-defined]
    assert len(sources) == 2
    for told in sources:
        linked = [run.text for run in told.runs if run.hyperlink.address]
        assert linked == [told.runs[0].text]
        assert told.text.startswith(linked[0])
        assert 10 < len(linked[0]) < 60


def test_a_gradient_has_few_stops_and_the_colours_of_the_plate(slide: object, article: Scene) -> None:
    # LibreOffice before 7.6 shows one of many stops as one colour.
    (body,) = [each for each in every(slide.shapes) if each.name == "best estimate"]  # type: ignore[attr-defined]
    stops = [(int(each.get("pos")) / 1e5, each[0].get("val")) for each in body.element.iter("{*}gs")]
    assert 2 <= len(stops) <= 3
    panel = compose(plate_of(article)).panels[0]
    colours = inked(panel.arcs, article.corridors.mode, LOOKS["light"]).colours
    pieces = panel.arcs.centre.shape[1] - 1
    drawn = colours[np.argmax(colours[:, 3] >= 1) :][:pieces, :3] * 255
    shares, shown = [at for at, _ in stops], np.array([list(bytes.fromhex(value)) for _, value in stops])
    where = np.linspace(0.03, 0.97, pieces)
    for channel in range(3):
        assert np.abs(np.interp(where, shares, shown[:, channel]) - drawn[:, channel]).max() < 14


def test_each_plate_is_a_slide(article: Scene) -> None:
    shares = (0.4, 0.7, 1.0)
    deck = opened(made(*(plate_of(article, share) for share in shares)))
    titles = [each.shapes.title.text_frame.text for each in deck.slides]
    assert titles == [compose(plate_of(article, share)).title for share in shares]
    assert len(set(titles)) == 3


def test_small_multiples_are_groups_with_words_of_their_own(wider: Scene) -> None:
    plate = Plate(wider, tuple(wider.seconds * part / 4 for part in range(1, 5)))
    page = opened(made(plate)).slides[0]
    told = [
        shape.element.nvGrpSpPr.cNvPr.get("descr")
        for shape in page.shapes
        if shape.name[:4] == "map " and len(shape.name) == 5
    ]
    assert len(told) == 4
    assert all(each.startswith("Map: ") for each in told)


def test_equal_plates_are_equal_bytes(content: bytes, article: Scene) -> None:
    assert made(plate_of(article, words=HANDLED)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_file_says_what_it_was_made_from(article: Scene) -> None:
    plates = [plate_of(article, 0.5), plate_of(article)]
    content = made(*plates, brief='title = "x"')
    told = carried(io.BytesIO(content))
    assert (told["data"], told["brief"]) == ("ab" * 32, 'title = "x"')
    assert (told["plate"], told["plate-2"]) == (plates[0].describe(), plates[1].describe())
    core = opened(content).core_properties
    assert core.title == told["title"]
    assert core.created == core.modified == slides_package.MADE
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"waybill-data" in file.read("docProps/custom.xml")


def test_other_files_carry_nothing(tmp_path: Path) -> None:
    for name, content in (("none.pptx", None), ("text.pptx", b"text")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(BriefError):
            carried(tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "word " * 2_000,
        "a\nb\tc\x00d\x07e\u202ef\u2028g\ufffe",
        "<b>&amp;</b>]]>",
        "🚢 _x0007_ {PAGE}",
        "\"'<a:fld/>",
    ],
    ids=["long", "words", "control", "markup", "field", "quotes"],
)
def test_hostile_texts_stay_texts(name: str, renamed: Callable[..., Scene]) -> None:
    scene = renamed((name, name), 3, summary=name, url="javascript:alert(1)")
    words = Words(title=name, subtitle=name, handling=name, note=name)
    content = made(Plate(scene, (scene.seconds,), words=words, version=name, data_hash=name), brief=name)
    assert "software" in carried(io.BytesIO(content))
    page = opened(content).slides[0]
    for shape in texts(page):
        assert all(letter.isprintable() or letter in "\v\u2009" for letter in shape.text_frame.text)  # type: ignore[attr-defined]
    for part in (page.part, page.notes_slide.part):
        assert not [rel for rel in part.rels.values() if rel.is_external]
        assert b"<a:fld" not in part.blob.replace(b'type="slidenum"', b"") or "notes" in str(part.partname)
    if name == "<b>&amp;</b>]]>":
        assert page.shapes.title.text_frame.text == name


def test_coasts_are_simplified_until_the_file_is_small(article: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(plate_of(article))
    monkeypatch.setattr(slides, "MOST_EACH", 0)
    monkeypatch.setattr(slides, "MOST_BYTES", len(whole) - 500)
    assert len(made(plate_of(article))) <= len(whole) - 500


def test_slides_of_several_sizes_are_refused(article: Scene) -> None:
    with pytest.raises(BriefError, match="one size"):
        made(plate_of(article), plate_of(article, frame=read_frame("square")))
    with pytest.raises(BriefError, match="0 slides"):
        made()


def test_title_and_headings_stand_out_as_they_do_on_the_plate(article: Scene) -> None:
    (slide,) = opened(made(Plate(article, (article.seconds,)))).slides
    bold: dict[str, bool] = {}
    for shape in texts(slide):
        for paragraph in shape.text_frame.paragraphs:  # type: ignore[attr-defined]
            bold |= {run.text: bool(run.font.bold) for run in paragraph.runs}
    assert bold["Sources"]
    assert any(weight and "about 2,000 containers" in text for text, weight in bold.items())
    assert not bold["By sea"]
    assert not any(weight for text, weight in bold.items() if text.startswith("Made with"))
