"""A code that means one place in one file and another in the next moves nothing on the map."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.gazetteer.places import Places, place_frame
from geo.web.shared.code_clashes import places_of, told_apart
from geo.web.shared.imports import Part

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
    return places_of(part)["code"].tolist()


def test_two_files_that_number_their_places_keep_them_apart() -> None:
    first, second = told_apart([legs("a", rows(one=(10, 10))), legs("b", rows(one=(20, 10)))], BASE)
    assert codes(first) == ["one"]
    assert codes(second) == ["one (b)"]
    assert first.table["origin"].tolist() == ["one"]
    assert second.table["origin"].tolist() == ["one (b)"]
    assert second.table["destination"].tolist() == ["RUVVO"]


def test_the_same_place_in_two_files_is_one_place() -> None:
    parts = told_apart([legs("a", rows(one=(179.9, 10))), legs("b", rows(one=(-179.9, 10.1)))], BASE)
    assert [codes(part) for part in parts] == [["one"], ["one"]]


def test_what_comes_with_waybill_is_not_moved() -> None:
    lon, lat = VLADIVOSTOK
    file, near, far = told_apart(
        [
            legs("near", rows(RUVVO=(lon + 0.1, lat))),
            legs("far", rows(RUVVO=(0, 0))),
            places("file", rows(RUVVO=(0, 0), x=(1, 1))),
        ],
        BASE,
    )
    assert codes(file) == ["x"], "files of places come first, and lose what is somebody else's"
    assert codes(near) == ["RUVVO"]
    assert codes(far) == ["RUVVO (far)"]
    assert far.table["destination"].tolist() == ["RUVVO (far)"]
