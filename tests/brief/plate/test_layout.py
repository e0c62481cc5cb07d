"""Boxes of a plate's parts, and the list of sources that fits its own."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.brief.plate.cited import Cited
from geo.brief.plate.fonts import LEADING, OWN, Fonts
from geo.brief.plate.labels import Box
from geo.brief.plate.layout import Need, PlateTexts, arrange
from geo.brief.plate.plate import PRESETS, read_frame
from geo.brief.plate.source_list import list_sources

SIZES = (11.5, 10.5, 9.5, 8.5, 7.5)
PLAIN = Fonts((OWN,), ())
FRAMES = [*PRESETS, "640x360", "400x900", "1200x340", "120x90mm", "320x320"]


def sources(count: int) -> tuple[list[Cited], list[Cited]]:
    """In full, and briefly: two reports a line."""
    full = [
        Cited((row + 1,), f"Somebody {row}, 2 Nov 2023: " + "so many containers " * 4, ("",)) for row in range(count)
    ]
    numbers = list(range(1, count + 1))
    pairs = [tuple(numbers[at : at + 2]) for at in range(0, count, 2)]
    return full, [Cited(pair, f"2 Nov 2023, Somebody {pair[0]}", ("",) * len(pair)) for pair in pairs]


@given(st.integers(0, 90), st.floats(60, 500), st.floats(120, 700), st.integers(1, 2))
def test_every_source_is_listed_or_counted_and_none_leaves_its_box(
    count: int, height: float, width: float, columns: int
) -> None:
    box = Box(10, 20, 10 + width, 20 + height)
    found = list_sources(sources(count), box, columns, PLAIN, SIZES)
    left = [number for each in found.left for number in each.numbers]
    assert sorted([*found.numbers, *left]) == list(range(1, count + 1))
    line = found.size * LEADING
    placed = [Box(each.x, each.y, each.x + 1, each.y + len(each.lines) * line) for each in found.listed]
    if found.left:
        placed.append(Box(*found.more_at, found.more_at[0] + 1, found.more_at[1] + len(found.more) * line))
    assert "…" not in "".join(text for each in found.listed for text in each.lines)
    assert all(box.grown(1e-6).holds(each) for each in placed)
    assert not any(a.grown(-1e-6).meets(b.grown(-1e-6)) for a, b in itertools.combinations(placed, 2))


def test_all_sources_are_listed_where_smaller_type_or_another_column_holds_them() -> None:
    for box, columns in ((Box(0, 0, 308, 330), 1), (Box(0, 0, 380, 250), 1), (Box(0, 0, 672, 190), 2)):
        found = list_sources(sources(40), box, columns, PLAIN, SIZES)
        assert found.left == (), box
        assert found.numbers == set(range(1, 41))


@pytest.mark.parametrize(
    ("width", "described", "said"),
    [(700, 40, "and 38 more, listed in this file's description"), (700, 39, "and 38 more"), (60, 40, "and 40 more")],
)
def test_what_has_no_line_of_its_own_is_counted_and_told_where_it_is(width: int, described: int, said: str) -> None:
    found = list_sources(sources(40)[:1], Box(0, 0, width, 46), 1, PLAIN, SIZES, described)
    assert found.left
    count = sum(len(each.numbers) for each in found.left)
    assert count == 40 - len(found.numbers)
    assert " ".join(found.more).replace("38", str(count)).replace("40", str(count)) in (
        said.replace("38", str(count)).replace("40", str(count)), str(count)
    )  # fmt: skip


def test_the_rest_is_told_by_name_where_that_fits() -> None:
    names = [Cited((n,), f"{n} Aug 2024, Kyodo", ("",)) for n in range(1, 5)]
    found = list_sources([names], Box(0, 0, 250, 3.6 * SIZES[-1] * LEADING), 1, PLAIN, SIZES)
    assert [each.text for each in found.left] == ["3 Aug 2024, Kyodo", "4 Aug 2024, Kyodo"]
    assert found.more == ("and 2 more: 3 Aug 2024, Kyodo; 4 Aug 2024, Kyodo",)


def test_no_claimant_is_ever_cut() -> None:
    names = [Cited((n,), f"{n} Aug 2024, South Korea's Defense Intelligence Agency", ("",)) for n in range(1, 13)]
    full = [Cited(each.numbers, each.text * 4, ("",)) for each in names]
    for height in (290, 120, 60):
        found = list_sources([full, names], Box(0, 0, 250, height), 1, PLAIN, SIZES)
        told = [" ".join(each.lines) for each in found.listed]
        assert told == [each.text for each in names][: len(told)]
        assert len(told) == 12 or height < 290


def test_claimants_share_a_line_before_any_is_left_out() -> None:
    names = [Cited((n,), f"{n} Aug 2024, South Korea's Defense Intelligence Agency", ("",)) for n in range(1, 13)]
    one = [Cited(tuple(range(1, 13)), "South Korea's Defense Intelligence Agency, 2024", ("",) * 12)]
    found = list_sources([names, names, one], Box(0, 0, 250, 60), 1, PLAIN, SIZES)
    assert [each.source for each in found.listed] == one
    assert found.number < 40  # "1–12"


def test_few_sources_are_told_in_full_and_many_briefly() -> None:
    box = Box(0, 0, 320, 250)
    few, many = (list_sources(sources(count), box, 1, PLAIN, SIZES) for count in (3, 24))
    assert few.listed[0].lines[0].startswith("Somebody 0, 2 Nov 2023:")
    assert many.listed[0].lines == ("2 Nov 2023, Somebody 1",)
    assert (few.left, many.left) == ((), ())


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("count", [1, 40])
def test_parts_lie_side_by_side(frame: str, count: int) -> None:
    shape = read_frame(frame)
    size = shape.layout
    found = arrange(
        shape,
        PLAIN,
        PlateTexts(
            title="A title " * 6,
            subtitle="",
            figures="1,800–2,200 containers",
            note="A note.",
            small="Made. " * 20,
            handling="TLP:AMBER",
        ),
        legend=lambda _, columns, __: Need(330.0 / columns, 150.0 / columns),
        sources=count,
    )
    assert found.legend.height >= 150.0 / found.legend_columns
    parts = [found.map, found.legend, found.sources, *([found.timeline] if found.timeline else [])]
    sheet = Box(0, 0, *size)
    assert all(sheet.holds(part) for part in parts)
    assert not any(a.meets(b) for a, b in itertools.combinations(parts, 2))
    assert all(part.width > 0 and part.height > 0 for part in parts)
    assert found.map.top >= found.head.bottom
    assert found.map.height > 0.16 * size[1]
    assert max(part.bottom for part in parts) <= found.note_top
