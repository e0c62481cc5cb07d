"""Routes stay at sea, are as long as published ones, and never use what is closed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import places
from geo.errors import NoRoute, PassageError
from geo.sea.graph import network
from geo.sea.passages import closed_on, passages
from geo.sea.routes import Position, Route, route
from geo.sea.shore import shore

DISTANCES = Path(__file__).parents[2] / "benchmarks" / "port_distances.csv"
GEOD = Geod(ellps="WGS84")
LANDED = {each.id for each in passages().values() if each.own_way}
"""What may lie on land."""
PORTS = sorted((lon / 1e4, lat / 1e4) for lon, lat in network().berths)
ports = st.sampled_from(PORTS)


def at(code: str) -> Position:
    fact = places.fact(code)
    return fact.lon, fact.lat


def lines(found: Route) -> Iterator[np.ndarray]:
    for part in shapely.get_parts(found.geometry):
        yield shapely.get_coordinates(part)


def km_on_land(found: Route) -> float:
    """Kilometres of a route on the land of 1:10 million."""
    km = 0.0
    for line in lines(found):
        clear = shore().clear(*line[:-1].T, *line[1:].T)
        km += sum(GEOD.line_length(*line[i : i + 2].T) for i in np.flatnonzero(~clear)) / 1000
    return km


def attempted(origin: Position, destination: Position, **options: object) -> Route | None:
    try:
        return route(origin, destination, **options)  # type: ignore[arg-type]
    except NoRoute:
        return None


def rows() -> list[dict[str, str]]:
    with DISTANCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_routes_are_as_long_as_published_ones() -> None:
    published = rows()
    assert len(published) > 300
    ways = [route(at(row["from"]), at(row["to"]), prefer=row["prefer"].split()) for row in published]
    nm = np.array([float(row["nm"]) for row in published])
    off = np.abs([way.nm for way in ways] / nm - 1)
    assert np.median(off) <= 0.016
    assert off.mean() <= 0.028
    assert off[nm >= 500].mean() <= 0.021
    assert off[:19].max() <= 0.06


def test_rajin_to_vladivostok_is_about_the_94_to_97_nautical_miles_of_tables() -> None:
    assert 94 <= route(at("KPRJN"), at("RUVVO")).nm <= 97


def test_random_ports_have_routes_that_stay_at_sea() -> None:
    pick = random.Random(7)
    found = [attempted(*pick.sample(PORTS, 2)) for _ in range(150)]
    free = [each for each in found if each and not LANDED.intersection(each.passages)]
    assert len(free) > 20
    assert sum(km_on_land(each) > 0 for each in free) == 0


@settings(max_examples=30, deadline=None)
@given(ports, ports, ports)
def test_routes_are_symmetric_and_none_is_longer_than_by_way_of_a_third(a: Position, b: Position, c: Position) -> None:
    there, back, first, second = (attempted(*pair) for pair in ((a, b), (b, a), (a, c), (c, b)))
    assert (there is None) == (back is None)
    if there and back:
        assert there.km == back.km
        assert there.passages == back.passages[::-1]
    if (
        there
        and first
        and second
        and not {each.id for each in passages().values() if each.if_needed}.intersection(
            first.passages + second.passages
        )
    ):
        assert there.km <= first.km + second.km + 0.1


@settings(max_examples=30, deadline=None)
@given(ports, ports, st.sets(st.sampled_from(sorted(passages())), max_size=4))
def test_what_is_closed_is_never_used_and_makes_no_way_shorter(a: Position, b: Position, closed: set[str]) -> None:
    plain, kept = attempted(a, b), attempted(a, b, avoid=closed)
    if kept:
        assert plain
        assert not closed.intersection(kept.passages)
        assert kept.km >= plain.km - 0.01


@settings(max_examples=30, deadline=None)
@given(ports, ports)
def test_a_line_never_jumps_and_is_as_long_as_it_says(a: Position, b: Position) -> None:
    found = attempted(a, b)
    if found is None:
        return
    km = 0.0
    for line in lines(found):
        assert np.abs(np.diff(line[:, 0])).max() < 180
        assert np.abs(line[:, 0]).max() <= 180
        km += GEOD.line_length(*line.T) / 1000
    assert km == pytest.approx(found.km, rel=1e-4, abs=0.01)


def test_vladivostok_to_los_angeles_crosses_the_antimeridian_in_two_parts() -> None:
    found = route(at("RUVVO"), at("USLAX"))
    assert len(shapely.get_parts(found.geometry)) == 2
    assert km_on_land(found) == 0


@pytest.mark.parametrize("way", [("RUVVO", "USLAX"), ("USLAX", "RUVVO")])
def test_parts_follow_one_another_either_way(way: tuple[str, str]) -> None:
    first, second = lines(route(at(way[0]), at(way[1])))
    assert GEOD.inv(*first[0], *at(way[0]))[2] < 5_000
    assert GEOD.inv(*second[-1], *at(way[1]))[2] < 5_000
    assert abs(first[-1][0]) == abs(second[0][0]) == 180.0
    assert first[-1][1] == second[0][1]


def test_novorossiysk_to_tartus_needs_the_turkish_straits() -> None:
    assert route(at("RUNVS"), at("SYTTS")).passages == ("turkish-straits",)
    with pytest.raises(
        NoRoute, match=r"from 44.74°N .* closed on the way: Turkish Straits \(as asked\), and there is no other way"
    ) as told:
        route(at("RUNVS"), at("SYTTS"), avoid=["turkish-straits"])
    assert told.value.closed == ("turkish-straits",)


def test_without_bab_el_mandeb_ships_go_around_the_cape() -> None:
    suez, cape = (route(at("SGSIN"), at("NLRTM"), avoid=shut) for shut in ((), ("bab-el-mandeb",)))
    assert {"suez", "bab-el-mandeb"} <= set(suez.passages)
    assert "suez" not in cape.passages
    assert min(line[:, 1].min() for line in lines(cape)) < -34
    assert cape.km > 1.3 * suez.km


def test_a_passage_is_closed_on_its_days_alone() -> None:
    ends = at("SGSIN"), at("NLRTM")
    assert "suez" not in route(*ends, on=date(2021, 3, 25)).passages
    assert "suez" in route(*ends, on=date(2021, 3, 22)).passages
    assert "suez" in route(*ends, on=date(2021, 3, 30)).passages
    assert "northern-sea-route" in closed_on(date(2024, 2, 1))
    assert "northern-sea-route" not in closed_on(date(2024, 9, 1))


def test_the_sea_of_azov_is_closed_on_the_days_that_were_reported_alone() -> None:
    ends = at("RURND"), at("SYTTS")
    for day in (date(2022, 2, 24), date(2022, 3, 8), date(2023, 7, 19)):
        with pytest.raises(NoRoute, match=r"closed on the way: Kerch Strait \(Russia suspended"):
            route(*ends, on=day)
    for day in (date(2022, 2, 23), date(2022, 3, 9), date(2022, 12, 1), date(2023, 7, 20)):
        assert "kerch" in route(*ends, on=day).passages


def test_the_northern_sea_route_is_taken_where_it_is_preferred_and_open() -> None:
    ends = at("JPYOK"), at("NLRTM")
    assert "northern-sea-route" not in route(*ends).passages
    assert "northern-sea-route" in route(*ends, prefer=["northern-sea-route"], on=date(2024, 9, 1)).passages
    assert "northern-sea-route" not in route(*ends, prefer=["northern-sea-route"], on=date(2024, 2, 1)).passages


def test_the_volga_leads_to_the_baltic_where_that_is_preferred_alone() -> None:
    ends = at("RULED"), at("RUASF")
    inland = route(*ends, prefer=["volga-baltic"], on=date(2024, 7, 1))
    assert inland.passages == ("volga-baltic", "lower-volga")
    assert inland.nm < 2000
    assert "volga-baltic" not in route(*ends).passages
    with pytest.raises(NoRoute, match="closed on the way"):
        route(*ends, prefer=["volga-baltic"], on=date(2024, 2, 1))


def test_river_ports_reach_the_sea() -> None:
    found = route(at("RURND"), at("RUASF"))
    assert found.passages == ("don", "volga-don", "lower-volga")
    assert set(route(at("RUASF"), at("IRAMD")).passages) == {"lower-volga"}


def test_of_passages_that_are_spared_a_route_takes_only_those_it_cannot_do_without() -> None:
    """From the Caspian the Volga-Don Canal is the only way out; the Corinth Canal would save a few miles after it."""
    found = route(at("RUASF"), at("RULED"))
    assert "volga-don" in found.passages
    assert "corinth" not in found.passages
    assert "corinth" in route(at("RUASF"), at("RULED"), prefer=["corinth"]).passages


def test_no_route_leads_over_shoals_where_ships_go_around() -> None:
    around_ceylon = route(at("INNSA"), at("BDCGP"))
    assert min(line[:, 1].min() for line in lines(around_ceylon)) < 6
    assert "palk" not in around_ceylon.passages
    assert "palk" in route(at("INNSA"), at("BDCGP"), prefer=["palk"]).passages
    windward = route(at("BSFPO"), at("COBAQ"))
    assert "great-bahama-bank" not in windward.passages
    assert 1_050 < windward.nm < 1_150


def test_a_position_of_ones_own_is_joined_to_the_network() -> None:
    found = route((131.5, 42.5), at("JPYOK"))
    assert found.quality == "near coast"
    assert km_on_land(found) == 0
    near = route((131.5, 42.5), (131.6, 42.4))
    assert near.km == pytest.approx(GEOD.inv(131.5, 42.5, 131.6, 42.4)[2] / 1000, rel=1e-6)


def test_a_place_far_inland_has_no_route() -> None:
    with pytest.raises(NoRoute, match="more than 25 km from navigable water"):
        route((103.75, 36.07), at("RUVVO"))


def test_by_rail_it_is_the_geodesic() -> None:
    found = route(at("KPRJN"), at("RUVVO"), mode="rail")
    assert (found.quality, found.passages) == ("geodesic", ())
    assert found.km == pytest.approx(GEOD.inv(*at("KPRJN"), *at("RUVVO"))[2] / 1000)


def test_days_are_told_at_a_speed() -> None:
    found = route(at("KPRJN"), at("RUVVO"))
    assert found.days(12) == pytest.approx(found.nm / 12 / 24)
    with pytest.raises(ValueError, match="above zero"):
        found.days(0)


@pytest.mark.parametrize("wrong", [(200.0, 0.0), (0.0, 91.0), (float("nan"), 0.0)])
def test_what_is_no_position_is_refused(wrong: Position) -> None:
    with pytest.raises(ValueError, match="is not a position"):
        route(wrong, at("RUVVO"))


def test_an_unknown_passage_or_mode_is_refused() -> None:
    with pytest.raises(PassageError, match="'sues' is not a passage"):
        route(at("KPRJN"), at("RUVVO"), avoid=["sues"])
    with pytest.raises(ValueError, match="is not a mode"):
        route(at("KPRJN"), at("RUVVO"), mode="camel")


def test_links_are_made_when_a_way_is_first_searched() -> None:
    fresh = network.__wrapped__()
    assert "links" not in vars(fresh)
    assert len(fresh.links) == len(fresh.lon)
