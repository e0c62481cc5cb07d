"""What only its user can tell of a file is asked on the Data page, and taken once it is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.library import Library
from tests.web.hands import (
    AGREE,
    IMG,
    KEPLER,
    LOAD,
    OWN,
    drop,
    go,
    html,
    imports,
    key,
    press,
    sound,
    text,
)

UNKNOWN = b"""origin,destination,depart,containers
Rajin,Nowhereville,2023-09-01,40
Nowhereville,Rajin,2023-09-02,41
Rajin,RUVVO,2023-09-03,42
"""
EITHER_WAY = "origin,destination,depart,containers\nRUVVO,CNSHA,07/09/2023,30\nCNSHA,RUVVO,08/09/2023,40\n"
POINTS = b"""origin;destination;depart;containers
RUVVO;CNSHA;2023-09-07;1.200
CNSHA;RUVVO;2023-09-08;2.100
"""


def test_an_unknown_place_holds_its_rows_back_until_it_is_answered(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    assert "<strong>Nowhereville</strong> is not in the gazetteer; 2 rows are held back" in html(data)
    assert "3 read, 1 kept, 2 rejected" in html(data)
    data.text_input(key=key(data, "typed", "text_input")).set_value("42.5, 131.0")
    sound(data.run())
    assert "3 read, 3 kept" in html(data)
    assert "2 rows rechecked" in html(data)
    press(data, "Undo")
    assert "3 read, 1 kept, 2 rejected" in html(data)
    data.text_input(key=key(data, "typed", "text_input")).set_value("KRPUS")
    sound(data.run())
    press(data, LOAD)
    assert imports(library) == [("mine.csv", 3, 0)]


def test_answers_given_before_are_offered_and_never_taken_silently(data: AppTest) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    data.text_input(key=key(data, "typed", "text_input")).set_value("42.5, 131.0")
    sound(data.run())
    press(data, LOAD)
    go(data, "data")
    drop(data, ("later.csv", UNKNOWN.replace(b"40", b"50")))
    assert "3 read, 1 kept, 2 rejected" in html(data)
    press(data, "Use your earlier answers")
    assert "3 read, 3 kept" in html(data)


@pytest.mark.parametrize("answer", ["Nowhereville", "Kingston", "95, 200", IMG])
def test_an_answer_that_is_no_place_takes_nothing_in_and_says_why(data: AppTest, answer: str) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    data.text_input(key=key(data, "typed", "text_input")).set_value(answer)
    sound(data.run())
    assert 'role="status"' in html(data)
    assert "3 read, 1 kept, 2 rejected" in html(data)
    assert IMG not in html(data)


def candidates(page: AppTest) -> list[str]:
    """The labels of the buttons that name a place, without the escapes of markdown."""
    return [button.label.replace("\\", "") for button in page.button if "candidate" in str(button.key)]


def test_an_ambiguous_place_gives_its_candidates_the_larger_port_first(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"CNSHA", b"Kingston")))
    assert "matches several places" in html(data)
    assert candidates(data)[0].startswith("Kingston, JM (JMKIN), ")
    assert len(candidates(data)) == 4
    assert all("°" in each for each in candidates(data))
    others = data.selectbox(key=key(data, "pick", "selectbox"))
    assert others.value is None
    assert all("°" in each for each in others.options)
    next(button for button in data.button if "candidate" in str(button.key)).click()
    sound(data.run())
    assert "1 read, 1 kept" in html(data)
    press(data, "Undo")
    data.selectbox(key=key(data, "pick", "selectbox")).select_index(0)
    sound(data.run())
    assert "1 read, 1 kept" in html(data)


def test_a_name_spelt_nearly_so_is_offered_and_not_taken(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"CNSHA", b"Vladivostock")))
    assert "is not in the gazetteer" in html(data)
    assert candidates(data)[0].startswith("Vladivostok, RU (RUVVO)")
    assert "1 read, 0 kept" in html(data)


SEVERAL = (
    "origin,destination,depart,containers\nRajin,Grey Quay,2023-09-07,3\nGrey Quay,Rajin,2023-09-08,3\n"
    "Rajin,Far Pier,2023-09-07,3\n" + "Rajin,Busan,07/09/2023,3\nRajin,Busan,08/09/2023,3\n" * 2
)


def test_positions_are_pasted_and_a_line_at_fault_is_named(data: AppTest) -> None:
    drop(data, ("mine.csv", SEVERAL.encode()))
    assert "2 names lead to no single place" in html(data)
    area = data.text_area(key=key(data, "pasted", "text_area"))
    area.set_value("Grey Quay, 42.9, 132.3\nFar Peer, 42.8, 132.2")
    press(data, "Take these positions")
    assert "Line 2: “Far Peer” is not among the names that are asked for. The nearest is “Far Pier”." in html(data)
    assert "7 read, 0 kept" in html(data)
    assert "2 names lead to no single place" in html(data), "nothing is taken"
    data.text_area(key=key(data, "pasted", "text_area")).set_value("Grey Quay\t42.9\t132.3\nFar Pier\t42.8\t132.2")
    press(data, "Take these positions")
    assert "2 positions taken: 3 rows rechecked." in html(data)
    assert "7 read, 3 kept" in html(data)


def test_what_most_rows_wait_for_is_asked_first(data: AppTest) -> None:
    drop(data, ("mine.csv", SEVERAL.encode()))
    kinds = ["radio", "text_area"]
    order = [each.type for each in data.main if each.type in kinds]
    assert order == kinds, "4 rows wait for the order of dates, 3 for places"
    drop(data, ("other.csv", SEVERAL.replace("07/09/2023", "2023-09-07").encode()))
    order = [each.type for each in data.main if each.type in kinds]
    assert order[2:] == kinds[::-1], "2 rows wait for the order of dates"


def test_a_name_taken_for_the_best_known_place_is_shown_and_may_be_changed(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"CNSHA", b"Moscow")))
    assert "1 read, 1 kept" in html(data)
    box = data.selectbox(key=key(data, "other", "selectbox"))
    assert box.value == box.options[0] or box.options[0].startswith("Moscow, RU")
    box.select_index(1)
    sound(data.run())
    assert "“Moscow” is Moscow, US" in html(data)
    assert "1 read, 1 kept" in html(data)


@pytest.mark.parametrize(("order", "moment"), [("day first", "8 Sept 2023"), ("month first", "9 Aug 2023")])
def test_dates_in_either_order_are_asked_for(data: AppTest, order: str, moment: str) -> None:
    drop(data, ("mine.csv", EITHER_WAY.encode()))
    assert "2 read, 0 kept, 2 rejected" in html(data)
    box = data.radio(key=key(data, "order", "radio"))
    assert box.value is None
    assert [option.replace("\\", "") for option in box.options] == [
        "Day first: 07/09/2023 is 7 Sept 2023",
        "Month first: 07/09/2023 is 9 July 2023",
    ]
    box.set_value(order)
    sound(data.run())
    assert "2 read, 2 kept" in html(data)
    press(data, LOAD)
    assert f"By {moment}" in text(data)


def test_what_a_column_of_fiscal_years_says_is_asked_with_an_example_of_each(data: AppTest) -> None:
    file = "origin,destination,depart,containers\nRUVVO,CNSHA,FY2022,30\nCNSHA,RUVVO,FY2023,40\n"
    drop(data, ("mine.csv", file.encode()))
    assert "2 read, 0 kept, 2 rejected" in html(data)
    box = data.radio(key=key(data, "form", "radio"))
    assert box.value is None
    assert [option.replace("\\", "") for option in box.options][:2] == [
        "Fiscal year to March: FY2022 is Apr 2021–Mar 2022",
        "Fiscal year from April: FY2022 is Apr 2022–Mar 2023",
    ]
    box.set_value("fiscal year to March")
    sound(data.run())
    assert "2 read, 2 kept" in html(data)


def test_arrivals_without_departures_are_said_to_count_when_they_arrive(data: AppTest) -> None:
    file = "POL,POD,ETA,Containers\nShanghai,Busan,2023-01-05,12\nBusan,Shanghai,2023-01-07,22\n"
    drop(data, ("mine.csv", file.encode()))
    assert "No column gives a departure: each leg counts when it arrives." in html(data)
    press(data, AGREE)
    assert "2 read, 2 kept" in html(data)
    press(data, LOAD)
    assert "34 containers" in text(data)


def test_swapped_columns_are_exchanged_by_one_click(data: AppTest) -> None:
    swapped = KEPLER.replace(b"43.115,131.882", b"131.882,43.115").replace(b"35.1,129.04,31", b"129.04,35.1,31")
    press(drop(data, ("kepler.csv", swapped)), AGREE)
    assert "Latitude and longitude of the origin look swapped in 2 rows" in html(data)
    press(data, "Swap the two columns")
    assert "2 read, 2 kept" in html(data)
    assert "look swapped" not in html(data)


def test_dates_that_contradict_each_other_are_asked_for_as_such(data: AppTest) -> None:
    drop(data, ("mine.csv", EITHER_WAY.replace("07/09", "25/09").replace("08/09", "09/26").encode()))
    asked = data.radio(key=key(data, "order", "radio")).label.replace("\\", "")
    assert "25/09/2023 has the day first, 09/26/2023 the month" in asked
    assert "Both orders fit" not in asked


@pytest.mark.parametrize(("mark", "kept"), [(",", 2), (".", 0)])
def test_figures_of_either_kind_are_asked_for_once(data: AppTest, library: Path, mark: str, kept: int) -> None:
    drop(data, ("mine.csv", POINTS))
    assert "2 read, 0 kept, 2 rejected" in html(data)
    box = data.radio(key=key(data, "decimals", "radio"))
    assert box.value is None
    assert box.options == [
        "1.200 is 1,200: decimal comma",
        "1.200 is 1.2: decimal point",
    ]
    box.set_value(mark)
    sound(data.run())
    assert f"2 read, {kept} kept" in html(data)
    assert not [each for each in data.radio if "decimals" in str(each.key)]
    assert f"decimal {'comma' if mark == ',' else 'point'}" in html(data)
    if kept:
        press(data, LOAD)
        assert "3,300 containers" in text(data)
        assert Library.open(library).dialect(Library.open(library).imports()[0].id).decimal == ","
