"""A file that contains an earlier import says so; replacing it is one click, and is undone by restoring it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from geo.library import Library
from geo.web.data.replacements import KEEP, REPLACE
from tests.web.hands import drop, go, html, load, press, sound, text

HEAD = b"origin,destination,depart,containers,claimant,said_on\n"
WEEK_1 = HEAD + b"KPRJN,RUVVO,2024-09-01,400,Desk A,2024-09-10\nKPRJN,RUVYP,2024-09-02,100,Desk A,2024-09-10\n"
WEEK_2 = WEEK_1 + b"KPRJN,RUVVO,2024-09-08,50,Desk A,2024-09-17\n"


def offered(page: AppTest) -> list[str]:
    """The questions whether to replace an import."""
    return [each.label for each in page.get("button_group") if "Replace" in each.label]


def second_week(page: AppTest) -> AppTest:
    load(page, ("week1.csv", WEEK_1))
    go(page, "data")
    return drop(page, ("week2.csv", WEEK_2))


def test_an_earlier_import_is_replaced_with_one_click_and_comes_back_with_another(page: AppTest, library: Path) -> None:
    second_week(page)
    (question,) = offered(page)
    assert question.startswith("2 of 3 rows are already in week1")
    (control,) = [each for each in page.get("button_group") if each.label == question]
    control.set_value(REPLACE).run()
    press(page, "Load and show on the map")
    assert "week1.csv was replaced by week2.csv" in text(page)
    kept = Library.open(library)
    assert {each.name: each.withdrawn for each in kept.imports()} == {"week1.csv": True, "week2.csv": False}
    assert kept.history()[-1].why == "replaced by week2.csv"
    go(page, "data")
    press(page, "Restore")
    assert not any(each.withdrawn for each in kept.imports())


def test_both_are_kept_where_nobody_says_and_count_once(page: AppTest, library: Path) -> None:
    second_week(page)
    (control,) = [each for each in page.get("button_group") if "Replace" in each.label]
    assert control.value == KEEP
    press(page, "Load and show on the map")
    assert not any(each.withdrawn for each in Library.open(library).imports())
    go(page, "map")
    page.selectbox(key="filter_data").select("").run()
    assert "2 legs, 500 containers" in html(sound(page))
    assert "1 leg, 50 containers" in html(page)


def test_a_file_that_holds_only_some_of_an_import_says_so_and_replaces_nothing(page: AppTest) -> None:
    load(page, ("week2.csv", WEEK_2))
    go(page, "data")
    drop(page, ("week1.csv", WEEK_1))
    assert "2 of 2 rows are already in week2.csv and count once." in html(page)
    assert not offered(page)
