"""A moment knows its time zone, and means the same whatever zone that is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError, MomentError
from geo.timeline import epoch, since

ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))


@given(st.integers(-(10**9), 10**10), ZONES)
def test_the_zone_makes_no_difference(seconds: int, zone: timezone) -> None:
    there = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert epoch(there) == epoch(there.astimezone(zone)) == seconds
    assert since(there.astimezone(zone), there + timedelta(hours=1)) == 3600


@pytest.mark.parametrize("given", [datetime(2023, 10, 1), date(2023, 10, 1), 1_696_118_400, "2023-10-01"])  # noqa: DTZ001
def test_what_may_be_several_moments_is_refused(given: object) -> None:
    with pytest.raises(MomentError, match="time zone") as caught:
        epoch(given)  # type: ignore[arg-type]
    assert isinstance(caught.value, GeoError)
