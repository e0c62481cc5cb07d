"""The words of two moments or periods, and the plate that shows them beside one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geo.brief.formats import slides
from geo.brief.plate import difference, headline
from geo.brief.plate.plate import PRESETS, Plate, Words
from geo.scene.comparison import Stretch, compare
from geo.scene.moment import at
from geo.scene.scene import Scene
from tests.brief.conftest import Composed, Leg

DAY = 86_400.0
SEPT_6 = 37 * DAY


def test_two_moments_are_told_with_what_moved_in_between(article: Scene) -> None:
    plate = Plate(article, (SEPT_6, float(article.seconds)))
    assert headline.title(plate) == (
        "Rason → Vladivostok: 1,001–2,200 containers between 7 Sept and 2 Nov 2023, as reported"
    )
    assert headline.figures(plate) == (
        "0–1,200, then 1,800–2,200 containers; between 7 Sept and 2 Nov 2023 (UTC): 1,001–2,200 containers · "
        "1 route · 2 reports · 2 sources"
    )
    both = headline.compared(plate)
    assert both is not None
    assert difference.sentence(article, both) == (
        "By 6 Sept 2023: 0–1,200 containers. By 2 Nov 2023: 1,800–2,200 containers. In between: 1,001–2,200 containers."
    )


def test_two_periods_are_told_and_not_subtracted(article: Scene) -> None:
    plate = Plate(article, (SEPT_6, float(article.seconds)), 30 * DAY)
    assert headline.figures(plate).startswith("0–1,200, then 0–1,200 containers: the ranges do not say which is larger")
    assert headline.title(plate) == (
        "Rason → Vladivostok: containers between 8 Aug and 6 Sept 2023 and between 4 Oct and 2 Nov 2023, as reported"
    )


VLADIVOSTOK, BUSAN = (43.1, 131.9), (35.1, 129.0)


def test_the_larger_of_two_periods_of_voyages_is_named(of_legs: Callable[[list[Leg]], Scene]) -> None:
    ends = ("A", "B", 30, "maritime", "Somebody", VLADIVOSTOK, BUSAN)
    scene = of_legs([ends])
    told = compare(scene, Stretch(5 * DAY, DAY), Stretch(scene.seconds, 5 * DAY))
    assert difference.title(scene, told) == (
        "A → B: more moved between 8 Apr and 14 Apr 2024 than between 4 Apr and 7 Apr 2024, as reported"
    )
    assert difference.sentence(scene, told).endswith(" more in the second.")
    (route,) = difference.routes(scene, told)
    assert (route.name, route.mode, route.told.order) == ("A → B", 1, "more")


@pytest.mark.parametrize(("frame", "across"), [("16:9", 2), ("9:16", 1)])
def test_two_maps_lie_beside_one_another_or_below_as_they_are_larger(
    article: Scene, composed: Composed, frame: str, across: int
) -> None:
    drawn = composed(Plate(article, (SEPT_6, float(article.seconds)), frame=PRESETS[frame]))
    first, second = (panel.view for panel in drawn.panels)
    assert len({first.left, second.left}) == across
    assert (first.scale, first.x, first.y) == pytest.approx((second.scale, second.x, second.y))
    best = [at(article, t).best.max() for t in (SEPT_6, article.seconds)]
    widths = [panel.arcs.body.max() for panel in drawn.panels]
    assert widths == pytest.approx([article.style.per_unit * each * drawn.factor for each in best]), "one scale"
    said = [(text.group, text.text) for text in drawn.text_boxes()]
    assert [text for group, text in said if group == "map-1-caption"] == ["By 6 Sept 2023", "0–1,200 containers"]
    assert [text for group, text in said if group == "map-2-caption"] == ["By 2 Nov 2023", "1,800–2,200 containers"]
    assert [text for _, text in said].count("Width = containers") == 1


def test_a_title_of_ones_own_leaves_the_difference_on_the_plate(article: Scene, composed: Composed) -> None:
    drawn = composed(Plate(article, (SEPT_6, float(article.seconds)), words=Words(title="Mine")))
    assert any("1,001–2,200 containers" in text.text for text in drawn.text_boxes())


def test_the_notes_of_a_slide_tell_the_difference_of_each_route(wider: Scene, composed: Composed) -> None:
    plate = Plate(wider, (wider.seconds * 0.5, wider.seconds * 0.6))
    notes = [part[0][0] for part in slides.notes(plate, composed(plate)) if len(part) == 1]
    both = headline.compared(plate)
    assert both is not None
    assert f"Compared. {difference.sentence(wider, both)}" in notes
    assert sum("In between: " in line for line in notes) == 1 + len(difference.routes(wider, both))


def test_what_nobody_reported_is_not_a_figure(of_legs: Callable[[list[Leg]], Scene]) -> None:
    scene = of_legs([("A", "B", 30, "maritime", "Somebody", VLADIVOSTOK, BUSAN)])
    said = difference.sentence(scene, compare(scene, Stretch(0.0), Stretch(scene.seconds)))
    assert (
        said == "Before 3 Apr 2024: no containers reported. By 14 Apr 2024: 30 containers. In between: 30 containers."
    )
