"""A code that means one place in one file and another in the next moves nothing on the map."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from geo.dataset.parts import Part, gazetteer, with_own_codes
from geo.gazetteer.places import Places, place_frame

BASE = Places.load()
VLADIVOSTOK = tuple(value[0] for value in BASE.positions(["RUVVO"]))


def rows(**at: tuple[float, float]) -> gpd.GeoDataFrame:
    """Places by code, at (lon, lat)."""
    table = pd.DataFrame({"code": list(at), "name": list(at)})
    lon, lat = (pd.Series([place[axis] for place in at.values()], dtype="float64").to_numpy() for axis in (0, 1))
    return place_frame(table, lon, lat)


def legs(name: str, places: gpd.GeoDataFrame, origin: str = "one", destination: str = "RUVVO") -> Part:
    table = pd.DataFrame({"origin": [origin], "destination": [destination]}, dtype="str")
    return Part(name, name, "legs", places, lambda: table)


def places(name: str, table: gpd.GeoDataFrame) -> Part:
    return Part(name, name, "places", rows(), lambda: table)


def codes(part: Part) -> list[str]:
    return part.brings["code"].tolist()


@pytest.mark.parametrize("order", [1, -1])
def test_two_files_that_number_their_places_keep_them_apart_in_any_order(order: int) -> None:
    parts = [legs("a", rows(one=(10, 10))), legs("b", rows(one=(20, 10)))][::order]
    first, second = with_own_codes(parts, BASE)[::order]
    assert codes(first) == ["one (10.00, 10.00)"]
    assert codes(second) == ["one (10.00, 20.00)"]
    assert first.table["origin"].tolist() == ["one (10.00, 10.00)"]
    assert second.table["origin"].tolist() == ["one (10.00, 20.00)"]
    assert second.table["destination"].tolist() == ["RUVVO"]


def test_the_same_place_in_two_files_is_one_place() -> None:
    parts = with_own_codes([legs("a", rows(one=(179.9, 10))), legs("b", rows(one=(-179.9, 10.1)))], BASE)
    assert [codes(part) for part in parts] == [["one"], ["one"]]


def test_what_comes_with_waybill_is_not_moved() -> None:
    lon, lat = VLADIVOSTOK
    parts = [
        legs("near", rows(RUVVO=(lon + 0.1, lat))),
        legs("far", rows(RUVVO=(0, 0))),
        places("file", rows(RUVVO=(0, 0), x=(1, 1))),
    ]
    near, far, file = with_own_codes(parts, BASE)
    assert codes(file) == ["RUVVO (0.00, 0.00)", "x"]
    assert codes(near) == ["RUVVO"]
    assert codes(far) == ["RUVVO (0.00, 0.00)"]
    assert far.table["destination"].tolist() == ["RUVVO (0.00, 0.00)"]
    known = gazetteer(parts, BASE).frame.set_index("code").geometry
    assert known["RUVVO"].x == lon + 0.1
    assert known["RUVVO (0.00, 0.00)"].y == 0
