"""Ports lie where cities, airports and countries of the same data put them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from geo.gazetteer.places import Places

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def positions() -> Iterator[ModuleType]:
    """The script beside the data."""
    sys.path.insert(0, str(DATA))
    import port_positions

    yield port_positions
    sys.path.remove(str(DATA))


def test_the_committed_file_passes_the_rules_that_made_it(positions: ModuleType) -> None:
    evidence = positions.Evidence()
    moved = []
    for row in positions.read():
        verdict = positions.judged(row, evidence)
        here = positions.Spot(float(row["lon"]), float(row["lat"]))
        if verdict.code != row["code"] or verdict.spot is None or verdict.spot.km(here) > 0.1:
            moved.append((row["code"], row["name"], verdict.rule))
    assert moved == []


def test_no_port_contradicts_the_city_of_its_name_without_a_reason(positions: ModuleType) -> None:
    evidence = positions.Evidence()
    by_airport = {"USAIA", "USBNW", "USGPZ", "USSHN"}
    by_hand = {*positions.REVIEWED, *(code for code, _ in positions.RECODED.values())}
    far = {row["code"] for row in positions.read() if positions.contradicted(row, evidence)}
    assert far - by_airport - by_hand - set(positions.KEPT) == set()
    assert all(positions.KEPT.values())


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("SEVBY", 57.6, 18.3),
        ("CASJF", 47.56, -52.71),
        ("COADZ", 12.58, -81.7),
        ("VCCRP", 13.17, -61.23),
        ("CRSJO", 9.93, -84.08),
        ("AUGTE", -13.97, 136.46),
        ("CNHAK", 20.04, 110.34),
        ("USDSM", 41.6, -93.6),
        ("IDKIJ", 0.85, 104.6),
        ("USWCI", 41.88, -88.2),
        ("LRUCN", 5.9, -10.05),
        ("MXLZC", 17.93, -102.16),
        ("USPYM", 41.95, -70.67),
    ],
)
def test_a_port_by_its_code(code: str, lat: float, lon: float) -> None:
    places = Places.load()
    place = places.fact(places.find(code).place or "")
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=0.1), pytest.approx(lon, abs=0.1))


@pytest.mark.parametrize(
    ("name", "country", "lon", "lat", "rule", "where"),
    [
        ("Campden Park", "VC", 61.14, 13.1, "sign", (-61.233, 13.167)),
        ("Riyadh", "SA", 46.44, 24.34, "degrees, minutes", (46.733, 24.567)),
        ("Riyadh", "SA", 46.72, 24.69, "", (46.72, 24.69)),
        ("Nowhere At All", "SA", 46.44, 24.34, "degrees, minutes", (46.733, 24.567)),
        ("Nowhere At All", "SA", 46.45, 24.35, "", (46.45, 24.35)),
        ("Olongapo", "PH", 120.2, 13.785, "city", (120.28, 14.83)),
        ("Des Moines", "US", -122.324444, 47.401944, "", (-122.324444, 47.401944)),
    ],
)
def test_a_rule(
    positions: ModuleType, name: str, country: str, lon: float, lat: float, rule: str, where: tuple[float, float]
) -> None:
    row = {"code": f"{country}-id", "name": name, "country": country, "lon": lon, "lat": lat}
    verdict = positions.judged(row, positions.Evidence())
    assert verdict.rule == rule
    assert (verdict.spot.lon, verdict.spot.lat) == (
        pytest.approx(where[0], abs=0.01),
        pytest.approx(where[1], abs=0.01),
    )


def test_a_code_says_its_state(positions: ModuleType) -> None:
    evidence = positions.Evidence({"USQQ1": [("PA", "Erie")], "USQQ2": [("MI", "Erie")], "USQQ3": [("WA", "Erie")]})
    row = {"name": "Erie", "country": "US", "lon": -83.4, "lat": 41.9}
    moved = positions.judged(row | {"code": "USQQ1"}, evidence)
    assert (moved.rule, moved.spot.state) == ("state", "PA")
    other = positions.judged(row | {"code": "USQQ3"}, evidence)
    assert (other.rule, other.code) == ("code of its state", "USQQ2")
    left_out = positions.judged(row | {"code": "USQQ3"}, evidence, frozenset({"USQQ2"}))
    assert left_out.spot is None


def test_a_port_and_its_city_are_one_place() -> None:
    places = Places.load()
    for text in ("Visby, Sweden", "Cesme", "Mahe, India"):
        found = places.find(text)
        assert found.place
        assert not found.others
