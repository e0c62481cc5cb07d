"""Positions as people write them, and the codes and names that lead back to them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing.positions import Position, place_code, place_name, read_degrees, read_position

VLADIVOSTOK = (43.115, 131.882)
RAJIN = (42.235277777777775, 130.3)

READ = {
    "43.115, 131.882": VLADIVOSTOK,
    "43.115,131.882": VLADIVOSTOK,
    "43.115; 131.882": VLADIVOSTOK,
    "43.115 131.882": VLADIVOSTOK,
    "43.115/131.882": VLADIVOSTOK,
    "(43.115, 131.882)": VLADIVOSTOK,
    "43,115; 131,882": VLADIVOSTOK,
    "43,115, 131,882": VLADIVOSTOK,
    "43.115N 131.882E": VLADIVOSTOK,
    "131.882 E, 43.115 N": VLADIVOSTOK,
    "n43.115 e131.882": VLADIVOSTOK,
    "43.115° N, 131.882° E": VLADIVOSTOK,
    "43°06.9'N 131°52.92'E": VLADIVOSTOK,
    "４３.１１５, １３１.８８２": VLADIVOSTOK,
    "43.11500N131.88200E": VLADIVOSTOK,
    "42°14'07\"N 130°18'E": RAJIN,
    "42°14′07″N 130°18′E": RAJIN,
    "42º14’07”N, 130º18’00”E": RAJIN,
    "42° 14' 07'' N / 130° 18' 00'' E": RAJIN,
    "42 14 07 N, 130 18 00 E": RAJIN,
    "42:14:07N 130:18:00E": RAJIN,
    "N42-14-07 E130-18-00": RAJIN,
    "421407N1301800E": RAJIN,
    "42°14′07″ с. ш., 130°18′ в. д.": RAJIN,
    "42°14'07\" 130°18'00\"": RAJIN,
    "42-14N 130-18E": (42 + 14 / 60, 130.3),
    "4214N/13018E": (42 + 14 / 60, 130.3),
    "4214.5N 13018.0E": (42 + 14.5 / 60, 130.3),
    "-33.9, 18.4": (-33.9, 18.4),
    "33.9S, 18.4E": (-33.9, 18.4),
    "34°36′ ю. ш. 58°22′ з. д.": (-34.6, -(58 + 22 / 60)),
    "43, 131": (43, 131),
    "43.1,131": (43.1, 131),
    "0, 9.45": (0, 9.45),
    "90N 180W": (90, -180),
}
NOT_ONE = [
    "",
    "Najin",
    "RUVVO",
    "43,131",
    "43 131",
    "1,2,3",
    "4214N",
    "43.1",
    "12 45",
    "N",
    "1.2.3, 4",
    "x" * 1000,
    "9" * 90,
]
REFUSED = {
    "131.882, 43.115": "latitude and longitude look swapped",
    "131.882 43.115": "latitude and longitude look swapped",
    "91.5, 200.1": "latitude is between -90 and 90",
    "43.1, 200.1": "longitude is between -180 and 180",
    "91N 10E": "latitude is between -90 and 90",
    "12N, 181E": "longitude is between -180 and 180",
    "42N 43N": "one latitude and one longitude",
    "42°75'N 130°E": "below 60",
    "42°14'60\"N 130°E": "below 60",
    "-33.9S 18.4E": "say the same twice",
    "1.2.3N 4E": "not degrees",
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_a_position_is_read_however_it_is_written(text: str, expected: tuple[float, float]) -> None:
    position = read_position(text)
    assert position is not None
    assert (position.lat, position.lon) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("text", NOT_ONE)
def test_what_has_not_the_form_of_a_position_is_none(text: str) -> None:
    assert read_position(text) is None


@pytest.mark.parametrize(("text", "rule"), REFUSED.items(), ids=REFUSED)
def test_a_position_that_cannot_be_is_refused(text: str, rule: str) -> None:
    with pytest.raises(VagueError, match=rule) as refused:
        read_position(text)
    assert refused.value.given == text
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "axis", "decimal", "degrees"),
    [
        ("43.115", "lat", "", 43.115),
        ("-43.115", "lat", ".", -43.115),
        ("43,115", "lat", "", 43.115),
        ("131,882", "lon", ",", 131.882),
        ("43.115", "lat", ",", 43.115),
        ("43.115 N", "lat", "", 43.115),
        ("W 10.5", "lon", "", -10.5),
        ("42°14'07\"", "lat", "", RAJIN[0]),
        ("13018E", "lon", "", 130.3),
        ("-5.0e-05", "lat", "", -0.00005),
        ("180", "lon", "", 180),
    ],
)
def test_one_axis_is_read_by_itself(text: str, axis: str, decimal: str, degrees: float) -> None:
    assert read_degrees(text, axis, decimal) == pytest.approx(degrees, abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "axis", "decimal", "rule"),
    [
        ("131.882", "lat", "", "look swapped"),
        ("43.1E", "lat", "", "look swapped"),
        ("43.1N", "lon", "", "look swapped"),
        ("200", "lat", "", "latitude is between"),
        ("200", "lon", "", "longitude is between"),
        ("", "lat", "", "a latitude is needed"),
        ("nan", "lon", "", "not degrees"),
        ("43,115", "lat", ".", "decimal mark is a point"),
        ("1310", "lon", "", "not degrees"),
        ("=1+1", "lat", "", "not degrees"),
    ],
)
def test_one_axis_that_cannot_be_is_refused(text: str, axis: str, decimal: str, rule: str) -> None:
    with pytest.raises(VagueError, match=rule):
        read_degrees(text, axis, decimal)  # type: ignore[arg-type]


LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@given(LATS, LONS)
def test_the_code_and_the_name_of_a_place_lead_back_to_its_position(lat: float, lon: float) -> None:
    assume(round(lat, 5) or round(lon, 5))  # 0, 0 is no position
    code = place_code(lat, lon)
    position = read_position(code)
    assert position == Position(round(lat, 5) + 0.0, round(lon, 5) + 0.0)
    assert read_position(place_name(lat, lon)) == position
    assert place_code(position.lat, position.lon) == code


@given(LATS, LONS)
def test_minutes_and_seconds_say_the_same_as_decimals(lat: float, lon: float) -> None:
    def sexagesimal(degrees: float, sides: str) -> str:
        minutes, seconds = divmod(round(abs(degrees) * 3600), 60)
        return f"{minutes // 60}°{minutes % 60}'{seconds}\"{sides[degrees < 0]}"

    assume(round(lat * 3600) or round(lon * 3600))  # 0, 0 is no position
    position = read_position(f"{sexagesimal(lat, 'NS')} {sexagesimal(lon, 'EW')}")
    assert position is not None
    assert position.lat == pytest.approx(lat, abs=0.51 / 3600)
    assert position.lon == pytest.approx(lon, abs=0.51 / 3600)


@given(st.floats(90.01, 180), st.floats(-90, 90))
def test_swapped_degrees_are_always_noticed_where_they_can_be(lon: float, lat: float) -> None:
    with pytest.raises(VagueError, match="look swapped"):
        read_position(f"{lon:.4f}, {lat:.4f}")


@given(st.one_of(st.text(max_size=120), st.text("0123456789.,-°'\" NSEWсшвд;/", max_size=30)))
def test_any_text_gives_a_position_on_earth_none_or_a_vague_error(text: str) -> None:
    try:
        position = read_position(text)
    except VagueError:
        return
    assert position is None or (abs(position.lat) <= 90 and abs(position.lon) <= 180)


def test_names_are_short_and_codes_are_exact() -> None:
    assert place_code(43.115, 131.882) == "43.11500N131.88200E"
    assert place_code(-0.000001, -180) == "0.00000N180.00000W"
    assert place_name(43.1165, 131.8855, 2) == "43.12° N, 131.89° E"
    assert place_name(-33.9, 0) == "33.9° S, 0° E"
