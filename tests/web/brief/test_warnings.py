"""What the Brief page says of a picture before it is shared, in good English for one report and for many."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from geo.web.brief.picture import warnings


@pytest.mark.parametrize(
    ("reports", "unlinked", "told"),
    [
        (
            ("a",), 1,
            ["1 of 1 report behind it has no link to its source.",
             "1 of 1 report behind it is not graded yet: see the Evidence page."],
        ),
        (
            ("a", "b", "c"), 2,
            ["2 of 3 reports behind it have no link to their source.",
             "2 of 3 reports behind it are not graded yet: see the Evidence page."],
        ),
        (("c",), 0, []),
        ((), 0, []),
    ],
)  # fmt: skip
def test_reports_without_a_link_or_a_grade_are_counted(
    reports: tuple[str, ...], unlinked: int, told: list[str]
) -> None:
    found = SimpleNamespace(told=(), reports=reports, unlinked=unlinked)
    assert warnings(found, {"c"}) == told  # type: ignore[arg-type]
