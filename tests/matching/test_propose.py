"""Foreign headers and values -> our columns: what is proposed, how surely, and why."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import MappingError
from geo.files.read import read_sheet
from geo.matching import count_units, mapping
from geo.matching.guesses import Guess
from geo.matching.propose import propose
from geo.sheet import Dialect, Sheet
from tests.examples import examples
from tests.matching.proposals import by_header
from tests.tables.field import BILLS, COUNT, DAYS, FIELD, FROM, GOODS, LATER, LINKS, NONE, NUMBERS, TO, WHO
from tests.tables.sheets import sheet
from tests.zoo import HOSTILE_TEXT


def made(columns: Mapping[str, tuple[Sequence[str], str]]) -> Sheet:
    return sheet({header: values for header, (values, _) in columns.items()})


@pytest.mark.parametrize("name", FIELD)
def test_a_file_of_the_field_is_understood(name: str) -> None:
    kind, columns, fixed, lacks = FIELD[name]
    found = propose(made(columns))
    assert found.kind == kind
    assert dict(found.mapping.columns) == {header: to for header, (_, to) in columns.items() if to}
    assert dict(found.mapping.fixed) == fixed
    assert found.missing == lacks
    assert not found.own


@examples(30)
@given(st.sampled_from(sorted(FIELD)), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_and_rows_makes_no_difference(name: str, rng: random.Random) -> None:
    columns = FIELD[name][1]
    order = list(range(4))
    rng.shuffle(order)
    moved = {header: [columns[header][0][row] for row in order] for header in rng.sample(list(columns), len(columns))}
    first, second = propose(made(columns)), propose(sheet(moved))
    assert first.mapping == second.mapping
    assert by_header(first) == by_header(second)


@examples(60)
@given(st.sampled_from(sorted(FIELD)), st.data())
def test_what_is_proposed_always_fits_the_file_and_names_no_column_twice(name: str, data: st.DataObject) -> None:
    columns = {header: values for header, (values, _) in FIELD[name][1].items()}
    headers = data.draw(st.lists(st.sampled_from(list(columns)), unique=True, min_size=1))
    found = propose(sheet({header: columns[header] for header in headers}))
    mapping.check(found.mapping, headers)
    assert found.missing == tuple(count_units.lacking(found.mapping))
    assert [guess.header for guess in found.guesses] == headers
    named = [guess.column for guess in found.guesses if guess.column]
    assert len(named) == len(set(named))


def test_guesses_say_how_sure_they_are_and_why() -> None:
    strange = ["Busan", *(f"Nowhere {number}" for number in range(39))]
    known = [*FROM, *TO] * 5
    figures = [str(number) for number in range(40)]
    found = by_header(
        propose(
            sheet(
                {
                    "POL": known,
                    "Place of delivery": strange,
                    "Date": ["2023-09-07"] * 40,
                    "qty": figures,
                    "Vessel": [""] * 40,
                    "Colour": ["red"] * 40,
                }
            )
        )
    )
    assert found["POL"] == Guess(
        "POL", "origin", "certain", "“POL” is a standard name for the origin, and all 8 values are known places."
    )
    assert found["Place of delivery"].confidence == "possible"
    assert "but only 1 of 40 values are known places" in found["Place of delivery"].reason
    assert found["Date"].confidence == "possible"
    assert "sometimes a name for the departure" in found["Date"].reason
    assert found["qty"].confidence == "likely"
    assert found["Vessel"] == Guess("Vessel", "vessel", "certain", "“Vessel” is Waybill's own name for it.")
    assert found["Colour"].column == ""
    assert found["Colour"].reason == "“Colour” is not a known name, and its values give no clue."


def test_an_empty_column_with_a_standard_name_is_likely() -> None:
    guess = by_header(propose(sheet({"POL": NONE, "POD": TO, "ETD": DAYS, "TEU": COUNT})))["POL"]
    assert (guess.column, guess.confidence) == ("origin", "likely")
    assert "the column is empty" in guess.reason


def test_two_spellings_of_one_name_give_the_same_map_in_either_order() -> None:
    first = {"ETD": DAYS, "E T D": DAYS, "ETD.": DAYS, "POL": FROM, "POD": TO, "TEU": COUNT}
    assert propose(sheet(first)).mapping == propose(sheet(dict(reversed(first.items())))).mapping


def test_possible_guesses_of_columns_that_are_not_required_are_shown_and_not_applied() -> None:
    found = propose(sheet({"POL": FROM, "POD": TO, "ETD": DAYS, "TEU": COUNT, "Updated": LATER, "xyz": LINKS}))
    assert set(found.mapping.columns) == {"POL", "POD", "ETD", "TEU"}
    shown = by_header(found)
    assert {shown["Updated"].column, shown["xyz"].column} == {"said_on", "url"}
    assert shown["Updated"].reason.endswith("Not used unless you say so.")


def test_what_a_better_header_took_is_said() -> None:
    found = by_header(propose(sheet({"POL": FROM, "Place of receipt": FROM, "POD": TO, "ETD": DAYS, "TEU": COUNT})))
    assert found["Place of receipt"] == Guess(
        "Place of receipt", "", "possible", "“Place of receipt” may be the origin, but “POL” fits better."
    )


def test_without_names_the_values_tell_and_nothing_is_more_than_possible() -> None:
    columns = {
        "column 1": FROM,
        "column 2": LATER,
        "column 3": TO,
        "column 4": DAYS,
        "column 5": COUNT,
        "column 6": LINKS,
    }
    found = propose(sheet(columns, header_line=0, header_lines=0))
    assert dict(found.mapping.columns) == {
        "column 1": "origin",
        "column 3": "destination",
        "column 4": "depart",
        "column 5": "containers",
    }
    assert {guess.confidence for guess in found.guesses} == {"possible"}
    swapped = propose(sheet({"column 1": TO, "column 2": FROM, "column 3": DAYS, "column 4": COUNT}))
    assert swapped.mapping.columns["column 1"] == "origin"


def test_what_counts_something_is_no_list_of_events() -> None:
    found = propose(sheet({"WKT": ["POINT (1 2)"] * 4, "name": GOODS, "date": DAYS, "containers": COUNT}))
    assert (found.kind, found.missing) == ("legs", ("origin", "destination"))
    assert propose(sheet({"name": GOODS, "date": DAYS})).kind == "events"


def test_what_its_rows_are_is_not_told_by_columns_that_say_nothing() -> None:
    found = propose(sheet({"Colour": ["red", "blue"], "note": ["", "x"]}))
    assert (found.kind, found.told) == ("legs", False)
    assert propose(sheet({"Colour": ["red"]}), "events").told
    assert propose(sheet({"date": DAYS, "Colour": ["red"] * 4}), "events").told
    assert propose(sheet({"POL": FROM})).told


def test_our_own_files_need_no_agreement_whatever_else_they_hold() -> None:
    columns = {"line": NUMBERS, "Origin": FROM, "destination": TO, "depart": DAYS, "containers": COUNT, "B/L": BILLS}
    found = propose(sheet(columns))
    assert found.own
    assert found.mapping == mapping.own_map(list(columns))
    shown = by_header(found)
    assert shown["line"].column == ""
    assert shown["B/L"].column == "shipment"
    assert shown["B/L"].reason.endswith("Not used unless you say so.")


def test_our_own_names_are_kept_where_others_are_needed_too() -> None:
    found = propose(sheet({"origin": GOODS, "POD": TO, "ETD": DAYS, "containers": COUNT, "POL": FROM}))
    assert not found.own
    assert found.mapping.columns["origin"] == "origin"
    assert by_header(found)["origin"].confidence == "certain"
    assert by_header(found)["POL"].column == ""


def test_rows_set_aside_and_mended_are_understood_as_the_file_they_are_from() -> None:
    foreign = {"POL": FROM, "POD": TO, "ETD": DAYS, "TEU": COUNT}
    again = propose(sheet({"line": NUMBERS, "why": WHO, **foreign, "overflow": NONE}))
    assert again.mapping == propose(sheet(foreign)).mapping
    assert {by_header(again)[name].column for name in ("line", "why", "overflow")} == {""}


def test_names_whose_values_are_another_thing_are_not_taken() -> None:
    found = propose(sheet({"POL": FROM, "POD": TO, "ETD": DAYS, "TEU": COUNT, "Website": GOODS, "confidence": LINKS}))
    assert set(found.mapping.columns) == {"POL", "POD", "ETD", "TEU"}


def test_a_kind_that_is_given_is_kept() -> None:
    assert propose(sheet({"date": DAYS, "title": GOODS}), "legs").kind == "legs"
    with pytest.raises(MappingError, match="a kind is"):
        propose(sheet({"date": DAYS}), "ships")


def test_hostile_headers_are_answered_and_cut() -> None:
    headers = [*HOSTILE_TEXT.values(), "=1+1", "<b>POL</b>", "x" * 10_000, "column 22", "port", "port (2)"]
    found = propose(sheet(dict.fromkeys(headers, FROM)))
    mapping.check(found.mapping, headers)
    for guess in found.guesses:
        assert len(guess.reason) < 400
        assert guess.reason.isprintable()


@examples(60)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=12), st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=5
    )
)
def test_any_sheet_is_answered(columns: dict[str, list[str]]) -> None:
    found = propose(sheet(columns))
    mapping.check(found.mapping, list(columns))
    assert len(found.guesses) == len(columns)


def test_no_rows_and_no_columns_are_answered() -> None:
    assert propose(sheet({})).missing
    empty = propose(sheet({"POL": [], "POD": [], "ETD": [], "TEU": []}))
    assert empty.missing == ()
    assert {guess.confidence for guess in empty.guesses} == {"likely"}


def test_a_long_file_is_judged_by_its_distinct_values_alone() -> None:
    rows = 300_000
    codes = {"POL": FROM, "POD": TO, "ETD": DAYS, "TEU": COUNT}
    columns = {
        name: pa.DictionaryArray.from_arrays(pa.array(np.arange(rows, dtype=np.int32) % 4), pa.array(values))
        for name, values in codes.items()
    }
    many = Sheet("long.csv", "0" * 64, Dialect(), tuple(codes), columns, np.arange(2, rows + 2))
    assert propose(many) == propose(sheet(codes))


GROUPS = (
    "{0},,Schedule,,Load,\n{1},{2},Departure,Arrival,Containers,Type\n{3}"
    "Busan,Vladivostok,2023-09-07,2023-09-09,300,20ft\nShanghai,Nakhodka,2023-09-08,2023-09-12,310,40ft\n"
)


@pytest.mark.parametrize("units", ["", "(port),(port),(UTC),(UTC),(number),\n"])
@pytest.mark.parametrize(("group", "ends"), [("Route", ("From", "To")), ("Track", ("Source", "Target"))])
def test_a_name_below_a_group_is_known_by_itself(group: str, ends: tuple[str, str], units: str) -> None:
    found = propose(read_sheet(GROUPS.format(group, *ends, units).encode()), "legs")
    assert list(found.mapping.columns.values()) == ["origin", "destination", "depart", "arrive", "containers"]
    assert {guess.confidence for guess in found.guesses if guess.header in found.mapping.columns} <= {
        "certain",
        "likely",
    }
    assert found.guesses[0].reason.startswith(f"“{ends[0]}")


def test_a_name_that_is_known_with_its_group_is_taken_so() -> None:
    text = "Origin,,Destination,,Cargo\nPort,Date,Port,Date,Boxes\nBusan,2023-09-07,Nakhodka,2023-09-09,300\n"
    found = propose(read_sheet(text.encode()), "legs")
    assert found.mapping.columns["Origin Port"] == "origin"
    assert found.mapping.columns["Destination Port"] == "destination"
    assert found.mapping.columns["Cargo Boxes"] == "containers"


@pytest.mark.parametrize(
    ("header", "column"), [("source", "claimant"), ("Reported by", "claimant"), ("Publisher", "outlet")]
)
def test_a_column_beside_our_own_names_that_probably_says_who_is_asked(header: str, column: str) -> None:
    """Ours alone need no agreement; one that says who is not passed over in silence."""
    text = f"origin,destination,depart,containers,{header}\nBusan,Kobe,2024-01-02,12,Desk A\n"
    proposal = propose(read_sheet(text.encode()))
    assert not proposal.own
    assert not proposal.missing
    assert proposal.mapping.columns[header] == column
    plain = propose(read_sheet(text.replace(header, "my remark").encode()))
    assert plain.own
    filled = propose(read_sheet(text.replace("containers", f"containers,{column}").replace(",12,", ",12,Y,").encode()))
    assert filled.own


def test_a_column_beside_our_own_names_that_says_the_country_of_an_end_is_asked() -> None:
    """Valencia in Venezuela is another than the one that nearly everybody means."""
    text = "origin,origin country,destination,depart,containers\nValencia,Venezuela,Kobe,2024-01-02,12\n"
    proposal = propose(read_sheet(text.encode()))
    assert (proposal.own, proposal.mapping.columns["origin country"]) == (False, "origin_in_country")
    goods = propose(read_sheet(text.replace("origin country", "Country of origin").encode()))
    assert goods.own, "where the goods were made is no end of the leg"
