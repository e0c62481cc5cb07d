"""A sieve of places or of events -> the columns of `PLACE_TABLE` or `EVENT_TABLE`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from geo.columns import EVENT_TABLE, PLACE_TABLE
from geo.gazetteer.countries import country_code
from geo.gazetteer.spellings import is_unlocode
from geo.parsing.positions import place_code
from geo.tables.date_columns import dates
from geo.tables.frame import Coded, Columns, texts
from geo.tables.place_columns import of_nowhere
from geo.tables.quantity_columns import numbers
from geo.tables.rules import TableColumns, links, rest, unique
from geo.tables.validator import Distinct, Sieve, combine

EARTH_RADIUS_KM = 6371.0
HALF_ROUND_KM = 20015.0
"""No place reaches further around than to its antipode."""
NO_CODE = ("a place needs a code", "None is given: it is known by its position. Nothing needs to be done.")


def places(sieve: Sieve) -> TableColumns:
    """Places and their points."""
    sieve.filled("name", "a place needs a name")
    lon = numbers(sieve, "lon", -180, 180, "degrees east, a number from -180 to 180")
    lat = numbers(sieve, "lat", -90, 90, "degrees north, a number from -90 to 90")
    radius = numbers(sieve, "radius_km", 0, HALF_ROUND_KM, "a radius in km, a number of at least 0", required=False)
    (of_lon, of_lat), codes = combine(*((each.codes, len(np.asarray(each.values))) for each in (lon, lat)))

    of_nowhere(sieve, "lat", codes, (np.asarray(lat.values)[of_lat], np.asarray(lon.values)[of_lon]))

    def points() -> Coded:
        import shapely

        return Coded(shapely.points(np.asarray(lon.values)[of_lon], np.asarray(lat.values)[of_lat]), codes)

    _coded(sieve, lon, lat)
    unique(sieve, "code", "a code names one place")
    columns = rest(sieve, PLACE_TABLE) | {"radius_km": radius, "code": texts(sieve.distinct("code"))}
    for name, normal in (("country", _country), ("code", _code)):
        if name in columns:
            said = np.asarray(columns[name].values).tolist()
            columns[name] = Coded(pa.array([normal(text) for text in said], pa.large_string()), columns[name].codes)
    return TableColumns(Columns(PLACE_TABLE, columns, None, points, sieve.bad))


def _coded(sieve: Sieve, lon: Coded, lat: Coded) -> None:
    """Gives the places without a code one that is made of their position; those without a position have none."""
    cells = sieve.distinct("code")
    if not cells.empty.any() or not len(sieve):
        return
    east, north = np.asarray(lon.values), np.asarray(lat.values)
    (of_code, of_lon, of_lat), codes = combine(
        (cells.codes, len(cells.values)), (lon.codes, len(east)), (lat.codes, len(north))
    )
    said = cells.texts()
    made = [
        said[code] or ("" if np.isnan([x, y]).any() else place_code(y, x))
        for code, x, y in zip(of_code.tolist(), east[of_lon].tolist(), north[of_lat].tolist(), strict=True)
    ]
    if "code" in sieve:
        sieve.find(np.flatnonzero(cells.empty[cells.codes]), "code", NO_CODE, "warning")
    values = pa.array(made, pa.large_string()).dictionary_encode()
    sieve.make(
        "code", Distinct(values.dictionary, values.indices.to_numpy()[codes]), "code" if "code" in sieve else "name"
    )


def _country(text: str) -> str:
    """A country's name or code as its code of two letters; others as they stand."""
    return country_code(text) or text.upper()


def _code(text: str) -> str:
    """A UN/LOCODE without its space: "RU VVO" is RUVVO."""
    return text.replace(" ", "") if text[2:3] == " " and is_unlocode(text) else text


def events(sieve: Sieve) -> TableColumns:
    """Dated notes."""
    sieve.filled("title", "an event needs a title")
    date = dates(sieve, "date", required=True, exact=sieve.of_ours)
    links(sieve, "url")
    return TableColumns(Columns(EVENT_TABLE, rest(sieve, EVENT_TABLE) | {"date": date.starts}, None, None, sieve.bad))
