"""What values look like."""

from __future__ import annotations

import pyarrow as pa
import pytest

from geo.gazetteer.places import Places
from geo.matching.traits import SAMPLE, Traits, sample, traits
from tests.zoo import HOSTILE_TEXT


def seen(*values: str) -> Traits:
    return traits(pa.array(values, pa.string()).dictionary_encode(), Places.load())


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        ("place", ["Busan", "KPRJN", "kp rjn", "PORT OF SHANGHAI", "43.1, 131.9", "Busan, KR"]),
        ("place", ["42-14N 130-18E", "42°14'07\"N, 130°18'00\"E", "43.11500N131.88200E", "43.1; 131.9"]),
        ("date", ["2023-09-07", "07.09.23", "9/7/2023", "7 Sep 2023", "Sep 7, 2023", "early August 2023", "20230907"]),
        ("date", ["2023-09-07T10:00Z", "2023-09-07 10:00:00", "07.09.2023 10:30", "07-SEP-23", "2023-09", "May 2023"]),
        ("serial", ["45176", "45176.5", "2023", "1693958400", "1693958400000"]),
        (
            "quantity",
            ["300", "1,200", "1 200", "1.200,5", "approx. 300", "~40", ">1000", "200-250", "about 2,000", "12 TEU"],
        ),
        ("latitude", ["43.1", "-89.99", "43.1N", "42°14'07\"N", "42-14N"]),
        ("longitude", ["131.9", "-179.99", "130°18'E", "130-18E"]),
        ("imo", ["9074729", "IMO 9074729", "IMO9074729"]),
        ("mmsi", ["273345678"]),
        ("url", ["https://example.org/a?b=c", "http://x", "www.example.org"]),
        ("mode", ["sea", "Rail", "by road", "TRUCK"]),
        ("unit", ["TEU", "boxes", "tonnes", "Railcars", "t"]),
        ("named", ["South Korean military", "NIS", "May"]),
        ("some window", ["2023-09-07/2023-10-01", "since early August 2023", "2023-09-07"]),
    ],
)
def test_values_have_the_shape(shape: str, values: list[str]) -> None:
    for value in values:
        assert seen(value).counts[shape] == 1, value
    assert seen(*values).share((shape,)) == 1


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        ("place", ["Nowhere 7", "300", "2023-09-07", "https://example.org/Busan"]),
        ("date", ["300", "10.5", "Marina 3", "Maersk May 2", "May", "Lady R", "1,200", "12.5.1999.7"]),
        ("quantity", ["-5", "toys", "2023-09-07", "KPRJN", ""]),
        ("latitude", ["131.9", "43.1E", "N"]),
        ("imo", ["9074728", "0000000", "907472"]),
        ("mmsi", ["973345678", "27334567"]),
        ("named", ["Busan", "300"]),
    ],
)
def test_other_values_do_not(shape: str, values: list[str]) -> None:
    for value in values:
        assert seen(value).counts[shape] == 0, value


def test_what_says_nothing_is_not_counted() -> None:
    look = seen("", " ", "-", "N/A", "null", "Busan", " Busan ")
    assert (look.values, look.counts["place"]) == (1, 1)
    assert seen("").share(("place",)) == 0


def test_a_long_column_is_sampled_evenly_and_always_alike() -> None:
    values = pa.array([f"value {number:07}" for number in range(1_000_000)])
    picked = sample(values)
    assert len(picked) == SAMPLE
    assert picked[0].as_py() == "value 0000000"
    assert picked[-1].as_py() == "value 0999999"
    assert picked.equals(sample(values))


def test_hostile_values_are_looked_at_without_harm() -> None:
    assert seen(*HOSTILE_TEXT.values(), "9" * 100_000, "\0", "a" * 10_000 + "!").values > 0


def test_a_quick_look_counts_all_places_where_it_meets_one_and_a_thorough_one_always() -> None:
    strange = [f"Nowhere {number}" for number in range(100)]
    cases = {
        "Busan": (["Busan", *strange], 1, 1),
        "late": ([*strange[:51], "Busan", *strange[51:]], 0, 1),
        "none": (strange, 0, 0),
    }
    for values, quick, thorough in cases.values():
        column = pa.array(values).dictionary_encode()
        assert traits(column, Places.load(), thorough=False).counts["place"] == quick
        assert traits(column, Places.load()).counts["place"] == thorough
    names = ["Busan", "Rotterdam", "Shanghai", *strange[:30]]
    assert traits(pa.array(names).dictionary_encode(), Places.load(), thorough=False).counts["place"] == 3
