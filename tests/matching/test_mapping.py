"""A mapping: our own names, what is missing, what is refused, and the signature it is found by."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import MappingError
from geo.matching import mapping
from geo.matching.mapping import ColumnMap, changed, check, fitted, missing, own_map, parse_pair, signature
from geo.tables import rejected_rows

LEGS = ["origin", "destination", "depart", "containers"]
HEADERS = ["POL", "POD", "ETD", "Qty"]
FOREIGN = ColumnMap("legs", dict(zip(HEADERS, LEGS, strict=True)))


def test_our_own_names_are_known_in_any_case_and_stand_in_the_map_as_they_stand_in_the_file() -> None:
    found = own_map(["ORIGIN", " Destination", "Depart", "containers", "foo"])
    assert found == ColumnMap(
        "legs", {"ORIGIN": "origin", " Destination": "destination", "Depart": "depart", "containers": "containers"}
    )


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (LEGS, "legs"),
        (["claimant", "said_on", "origin", "destination", "window", "quantity"], "totals"),
        (["code", "name", "lon", "lat"], "places"),
        (["date", "title"], "events"),
        (["date", "title", "note", "url"], "events"),
        (["origin_lat", "origin_lon", "destination_lat", "destination_lon", "depart", "containers"], "legs"),
        (["origin", "destination", "unit", "mode", "vessel"], "legs"),
    ],
)
def test_the_kind_is_the_one_that_lacks_least_and_then_shares_most(headers: list[str], kind: str) -> None:
    assert own_map(headers).kind == kind


def test_a_kind_that_is_given_is_kept_and_one_that_does_not_exist_is_refused() -> None:
    assert own_map(["date", "title"], "legs").kind == "legs"
    with pytest.raises(MappingError, match="'ships': a kind is legs, totals, places, events"):
        own_map(LEGS, "ships")


@pytest.mark.parametrize(
    ("headers", "fixed", "lacks"),
    [
        (LEGS, {}, []),
        (LEGS[:3], {}, ["containers"]),
        (LEGS[:3], {"containers": "1"}, []),
        (LEGS[:3], {"containers": " "}, ["containers"]),
        ([*LEGS[:3], "containers_low", "containers_best", "containers_high"], {}, []),
        ([*LEGS[:3], "containers_low", "containers_high"], {}, []),
        ([*LEGS[:3], "containers_high"], {}, ["containers"]),
        (["origin_lat", "origin_lon", *LEGS[1:]], {}, []),
        (["origin_lat", *LEGS[1:]], {}, ["origin"]),
        (["origin_lat", *LEGS[1:]], {"origin_lon": "130.3"}, []),
    ],
)
def test_required_columns_are_filled_by_headers_fixed_texts_or_columns_in_their_stead(
    headers: list[str], fixed: dict[str, str], lacks: list[str]
) -> None:
    found = own_map(headers, "legs")
    assert missing(ColumnMap("legs", found.columns, fixed)) == lacks


def test_the_columns_of_our_downloads_are_never_mapped() -> None:
    assert mapping.DOWNLOAD == (rejected_rows.LINE, rejected_rows.WHY, rejected_rows.OVERFLOW)
    assert not {"line", "why", "overflow"} & set(own_map(["line", "why", *LEGS, "overflow"]).columns)


def test_a_map_that_fits_is_let_through() -> None:
    check(
        ColumnMap(
            "legs",
            FOREIGN.columns,
            {"unit": "TEU"},
            {"depart": "day first", "arrive": ""},
            {"Rason": "KPRJN", "Dunay": "42.88, 132.33", "Pier 9": "43.11500N131.88200E"},
        ),
        HEADERS,
    )


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (ColumnMap("ships"), "'ships': a kind is"),
        (ColumnMap("legs", {"POLL": "origin"}), "'POLL': the file has no such header; the nearest is 'POL'"),
        (ColumnMap("legs", {"Voyage": "origin"}), "'Voyage': the file has no such header."),
        (ColumnMap("legs", {"POL": "orgin"}), "'orgin': legs have no such column; the nearest is 'origin'"),
        (ColumnMap("places", {"POL": "xyzzy"}), "'xyzzy': places have no such column; they are code, name"),
        (ColumnMap("places", {"POL": "depart"}), "'depart': places have no such column"),
        (ColumnMap("legs", {"POL": ""}), "'': legs have no such column"),
        (ColumnMap("legs", {"POL": "origin", "POD": "origin"}), "'origin': .*one header only.*'POL' and 'POD'"),
        (ColumnMap("legs", {"POL": "origin"}, {"origin": "Rason"}), "'origin': it comes from the header 'POL'"),
        (ColumnMap("legs", {}, {"ship": "Angara"}), "'ship': legs have no such column"),
        (ColumnMap("legs", {}, {}, {"depart": "US"}), "'US': a date form is '', 'day first'"),
        (ColumnMap("legs", {}, {}, {"origin": "day first"}), "'origin': it holds no dates; .*arrive.*depart"),
        (ColumnMap("legs", {}, {}, {"window": "day first"}), "'window': it holds no dates"),
        (ColumnMap("legs", {}, {}, {}, {"Dunay": " "}), "'Dunay': its place is a code"),
        (ColumnMap("legs", {}, {}, {}, {"Dunay": "132.3, 42.9"}), "'132.3, 42.9': the position of 'Dunay'"),
        (ColumnMap("legs", {}, {}, {}, {"Dunay": "42.9,200"}), "from -180 to 180"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_is_allowed(bad: ColumnMap, message: str) -> None:
    with pytest.raises(MappingError, match=message):
        check(bad, HEADERS)


def test_a_hostile_header_is_cut_in_the_message() -> None:
    with pytest.raises(MappingError) as caught:
        check(ColumnMap("legs", {"x" * 10_000: "origin"}), HEADERS)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("pair", "header", "column"),
    [
        ("POL=origin", "POL", "origin"),
        ("Port = A=origin", "Port = A", "origin"),
        ("a=b= Origin ", "a=b", "origin"),
        ("POL=", "POL", ""),
        ("=1+1=note", "=1+1", "note"),
    ],
)
def test_the_column_of_a_pair_stands_after_the_last_sign(pair: str, header: str, column: str) -> None:
    assert parse_pair(pair) == (header, column)


@pytest.mark.parametrize("pair", ["", "POL", "=origin", " =origin"])
def test_what_is_no_pair_is_refused(pair: str) -> None:
    with pytest.raises(MappingError, match="HEADER=COLUMN"):
        parse_pair(pair)


def test_a_pair_by_hand_wins_over_what_was_proposed() -> None:
    before = ColumnMap("legs", FOREIGN.columns, {"mode": "rail"}, {"depart": "day first"})
    after = changed(
        before, [*HEADERS, "From", "By"], [("from", "origin"), ("By", "mode"), ("qty", ""), ("ETD", "depart")]
    )
    assert after.columns == {"POD": "destination", "ETD": "depart", "From": "origin", "By": "mode"}
    assert after.fixed == {}
    assert after.dates == {}


@pytest.mark.parametrize("pairs", [[("nothing", "origin")], [("POL", "harbour")], [("POL", "note"), ("POD", "note")]])
def test_pairs_that_do_not_fit_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(MappingError):
        changed(FOREIGN, HEADERS, pairs)


def test_a_signature_is_of_the_names_alone() -> None:
    assert signature([" pol", "ETD", "POD", "QTY "]) == signature(HEADERS)
    assert signature(["line", "why", *HEADERS, "overflow"]) == signature(HEADERS)
    assert signature(["line", *HEADERS]) != signature(HEADERS)
    assert signature(HEADERS[1:]) != signature(HEADERS)
    assert signature(["a", "b,c"]) != signature(["a,b", "c"])


@given(st.lists(st.text(max_size=8), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_change_a_signature(headers: list[str], rng: random.Random) -> None:
    shuffled = rng.sample(headers, len(headers))
    if not (mapping.is_download(headers) or mapping.is_download(shuffled)):
        assert signature(headers) == signature(shuffled)


def test_a_saved_map_is_fitted_to_headers_of_another_case() -> None:
    there = ["pol ", "pod", "etd", "QTY"]
    assert fitted(FOREIGN, there).columns == dict(zip(there, LEGS, strict=True))
    check(fitted(FOREIGN, there), there)


@given(st.lists(st.sampled_from(["origin", "Origin ", "unit", "x", "=1+1", "<b>", ""]), max_size=6))
def test_an_own_map_of_any_headers_fits_them(headers: list[str]) -> None:
    check(own_map(headers), headers)


def test_a_map_survives_json() -> None:
    full = ColumnMap("legs", FOREIGN.columns, {"unit": "TEU"}, {"depart": "day first"}, {"Dunay": "42.9, 132.3"})
    assert ColumnMap.from_json(full.as_json()) == full


@pytest.mark.parametrize("given_", [{}, {"kind": 1}, {"kind": "legs", "columns": []}, {"kind": "legs", "more": {}}])
def test_json_that_is_no_map_is_refused(given_: dict[str, object]) -> None:
    with pytest.raises(MappingError):
        ColumnMap.from_json(given_)
