"""A report of zero is a report, and nothing reported is another thing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from geo.brief.plate import captions
from geo.scene.moment import at
from geo.scene.scene import Scene
from tests.scene.built_scenes import built

DAY = 86_400


def said(scene: Scene, t: float, window: float | None = None) -> tuple[str, str]:
    held = at(scene, t, window)
    return captions.sentence(scene, held, t, window), captions.figures(scene, held)


def test_legs_of_nothing(make: SimpleNamespace) -> None:
    rows = [
        make.leg("A>B", "2023-09-02", None, 0, claimant="X"),
        make.leg("B>A", "2023-09-04", None, 0, claimant="Y"),
        make.leg("A>B", "2023-09-10", None, 5, claimant="X"),
    ]
    scene = built(make, rows)
    assert said(scene, 0) == (
        "No containers reported before 2 Sept 2023",
        "0 containers · 0 routes · 0 reports · 0 sources",
    )
    assert said(scene, 3 * DAY) == (
        "0 containers reported by 4 Sept 2023",
        "0 containers · 2 routes at 0 · 2 reports · 2 sources",
    )
    assert said(scene, 5 * DAY, DAY)[0] == "No containers reported on 6 Sept 2023"
    assert said(scene, scene.seconds) == (
        "A → B: 5 containers by 10 Sept 2023, the sum of listed legs",
        "5 containers, the sum of listed legs · 1 route, 1 more at 0 · 2 reports · 2 sources",
    )


def test_a_total_of_nothing(make: SimpleNamespace) -> None:
    totals = [
        make.total("zero", "A>B", "2023-09-01", "2023-09-30", (0, 0, 0)),
        make.total("some", "A>B", "2023-10-01", "2023-10-30", (5, 5, 5)),
    ]
    scene = built(make, totals=totals)
    assert said(scene, 0)[0] == "A → B: no containers reported before 1 Sept 2023"
    assert said(scene, 20 * DAY)[0] == "A → B: 0 containers reported by 20 Sept 2023"
    assert said(scene, 20 * DAY)[1] == "0 containers · 1 route at 0 · 2 reports · 2 sources"
    assert np.array_equal(at(scene, scene.seconds).zero, [False])
    assert said(scene, scene.seconds)[0] == "A → B: 5 containers by 30 Oct 2023, as reported"


def test_reports_that_name_no_source_are_not_said_to_have_none(make: SimpleNamespace) -> None:
    nobody = [make.leg("A>B", "2023-09-02", None, 5, claimant=""), make.leg("B>A", "2023-09-02", None, 5, claimant="")]
    assert said(scene := built(make, nobody), scene.seconds)[1].endswith(" · no source named")
    assert said(scene := built(make, [make.leg("A>B", "2023-09-02", None, 5, claimant="X")]), scene.seconds)[
        1
    ].endswith(" · 1 report · 1 source")
