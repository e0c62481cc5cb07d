"""A long reconcile tells how far it is, and ends where it is told to."""

from __future__ import annotations

import numpy as np
import pytest

from geo.errors import Cancelled
from geo.reconcile.reconcile import reconcile
from tests.reconcile.reports import Report, at, legs, total, totals, world

AGREE = [total(f"r{day}", route, 0, day, day, 2 * day) for day in range(2, 8) for route in ("a>c", "K>R", "b>d")]
DISAGREE = [total(f"r{day}", "a>c", 0, 2 + day % 3, 10 * day, 10 * day + 1, claimant=f"C{day}") for day in range(9)]


@pytest.mark.parametrize("said", [AGREE, DISAGREE])
def test_it_tells_how_far_it_is_and_stops_at_any_word(said: list[Report]) -> None:
    told: list[float] = []
    found = reconcile(totals(*said), legs(), world(), lambda share, _: told.append(share))
    assert told
    assert np.all(np.diff(told) >= 0)
    assert 0 <= told[0] <= told[-1] <= 1
    for most in (1, len(told) // 2, len(told)):
        left = [most]

        def stop(_share: float, doing: str, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise Cancelled(doing)

        with pytest.raises(Cancelled):
            reconcile(totals(*said), legs(), world(), stop)
    told.clear()
    assert found.flows[0].periods.table.between(at(0), at(5))
    assert told == []  # what is worked out afterwards nobody watches
