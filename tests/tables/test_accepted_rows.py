"""What was kept, written in our own columns, reads back to the same table."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import data_folder
from geo.matching.mapping import ColumnMap
from geo.tables.read import Kind, Reading, read
from tests import zoo
from tests.examples import examples

HEAD = "line,origin,destination,depart,arrive,containers_low,containers_best,containers_high,unit,mode,vessel,cargo,"


def table(reading: Reading) -> pd.DataFrame:
    """All that is to come back: everything but the line numbers."""
    return reading.table.drop(columns=[name for name in reading.table if name == "row"])


def again(reading: Reading) -> Reading:
    return read(reading.kept_csv().encode(), reading.kind)


def assert_same(one: Reading, other: Reading) -> None:
    pd.testing.assert_frame_equal(table(one), table(other))


@pytest.mark.parametrize("kind", ["totals", "places", "events"])
def test_our_own_data_reads_back(kind: Kind) -> None:
    reading = read(data_folder.path(f"{kind}.csv"), kind)
    back = again(reading)
    assert_same(reading, back)
    assert (back.problems, back.ignored) == ([], ())


def test_kept_legs_have_our_columns_in_order_and_plain_days_stay_days() -> None:
    text = "origin,destination,depart,arrive,containers\nNajin,Vladivostok,2023-09-07,2023-09-09T10:30,about 300\n"
    head, row = read(text.encode()).kept_csv().splitlines()
    assert head.startswith(HEAD)
    assert row.startswith("2,KPRJN,RUVVO,2023-09-07,2023-09-09T10:30:00Z,270,300,330,container,,,,")


def test_vague_words_stand_beside_their_exact_figures() -> None:
    text = "origin,destination,depart,containers,unit\nNajin,Vladivostok,2023-08~,>1000,TEU\n"
    kept = pd.read_csv(io.StringIO(read(text.encode()).kept_csv()), dtype="str", keep_default_na=False).iloc[0]
    assert (kept["containers_low"], kept["containers_high"], kept["containers"]) == ("1001", "", ">1000")
    assert (kept["depart"], kept["depart_latest"]) == ("2023-07-01T00:00:00Z", "2023-10-01T00:00:00Z")


def test_a_position_reads_back_to_the_place_it_made() -> None:
    mapping = ColumnMap(
        "legs",
        {"a": "origin", "lat": "origin_lat", "lon": "origin_lon", "b": "destination", "t": "depart", "n": "containers"},
        {"unit": "container"},
    )
    reading = read(b"a,lat,lon,b,t,n\nRussky,43.0123456,131.9,KPRJN,2023-09-07,1\n", mapping=mapping)
    back = again(reading)
    assert_same(reading, back)
    assert reading.own_places["name"].tolist() == ["Russky"]
    assert reading.own_places.geometry.geom_equals_exact(back.own_places.geometry, 1e-9).all()


@pytest.mark.parametrize("text", zoo.HOSTILE_TEXT.values(), ids=zoo.HOSTILE_TEXT)
def test_hostile_text_is_harmless_in_the_file_and_comes_back(text: str) -> None:
    frame = pd.DataFrame(
        [{"origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-07", "containers": "3", "note": text}]
    )
    reading = read(frame.to_csv(index=False).encode())
    assert reading.kept == 1
    written = pd.read_csv(io.StringIO(reading.kept_csv()), dtype="str", keep_default_na=False)
    assert not any(str(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in written.iloc[0])
    assert_same(reading, again(reading))


def test_a_file_of_which_nothing_is_kept_has_its_line_of_names() -> None:
    reading = read(b"origin,destination,depart,containers\nx,y,z,1\n")
    assert (reading.kept, reading.kept_csv().count("\n")) == (0, 1)
    assert again(reading).rows == 0


PLACES = ["KPRJN", "Vladivostok", "Najin", "43.1, 131.9", "10N 20E", "Shanghai", "nowhere at all"]
DATES = ["2023-09-07", "2023-09-07T10:11", "2023-09-07 10:11:12.5", "2023-08~", "202X", "early August 2023", "1900-01~"]
DATES += ["2100-12~", "13/09/2023", "someday", "2023-02-30", "7 Sep 2023", "210X"]
AMOUNTS = ["300", "about 300", ">1000", "200-250", "up to 7", "0", "dozens", "-1", "1,234", "about 7", "3.5"]
UNITS = ["", "TEU", "containers", "tonnes", "artillery rounds"]
TEXTS = st.one_of(
    st.sampled_from(["", "=1+1", "'", "a,b", 'say "so"', "two\nlines", "-", "'=x", " a ", "ß", "true"]),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=5),
)
LEG = st.fixed_dictionaries(
    {
        "origin": st.sampled_from(PLACES),
        "destination": st.sampled_from(PLACES),
        "depart": st.sampled_from(DATES),
        "arrive": st.sampled_from(["", *DATES]),
        "containers": st.sampled_from(AMOUNTS),
        "unit": st.sampled_from(UNITS),
        "mode": st.sampled_from(["", "sea", "2", "horse"]),
        "said_on": st.sampled_from(["", *DATES]),
        "vessel": TEXTS,
        "note": TEXTS,
        "imo": st.sampled_from(["", "9074729", "123"]),
    }
)
TOTAL = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["", "a", "b"]),
        "claimant": st.sampled_from(["", "Seoul", "=Kyiv"]),
        "said_on": st.sampled_from(DATES),
        "origin": st.sampled_from(PLACES),
        "destination": st.sampled_from(PLACES),
        "window": st.sampled_from(
            [
                "2023-08/2023-10",
                "since early August 2023",
                "[2022-06..2023-08]/2023-11-02",
                "2023-08~/..",
                "../2023-08~",
                "before 2023-10-01",
                "when",
                "2100~",
            ]
        ),
        "quantity": st.sampled_from(AMOUNTS),
        "unit": st.sampled_from(UNITS),
        "part_of": st.sampled_from(["", "a", "b"]),
        "nature": st.sampled_from(["", "Estimate", "guess"]),
        "words": TEXTS,
    }
)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    return pd.DataFrame(rows).to_csv(index=False).encode()


@given(st.lists(LEG, min_size=1, max_size=8))
@examples(25)
def test_kept_legs_read_back_to_the_same_table(rows: list[dict[str, str]]) -> None:
    reading = read(as_csv(rows), "legs")
    back = again(reading)
    assert back.kept == reading.kept == back.rows
    assert_same(reading, back)


@given(st.lists(TOTAL, min_size=1, max_size=6))
@examples(25)
def test_kept_totals_read_back_to_the_same_table(rows: list[dict[str, str]]) -> None:
    reading = read(as_csv(rows), "totals")
    assert_same(reading, again(reading))


@given(st.lists(st.tuples(TEXTS, TEXTS, st.floats(-181, 181), st.floats(-90, 90)), min_size=1, max_size=6))
@examples(25)
def test_kept_places_read_back_to_the_same_table(rows: list[tuple[str, str, float, float]]) -> None:
    frame = pd.DataFrame(rows, columns=["code", "name", "lon", "lat"])
    for name in ("lon", "lat"):
        frame[name] = [np.format_float_positional(each) for each in frame[name]]
    reading = read(frame.to_csv(index=False).encode(), "places")
    assert_same(reading, again(reading))
