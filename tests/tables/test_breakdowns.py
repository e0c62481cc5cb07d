"""Rows that count within others, or not at all, are set aside by name: nothing is added twice, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables import breakdowns
from geo.tables.read import Reading, read

HEAD = "origin,destination,depart,containers,cargo,state\n"


def reading(rows: str, head: str = HEAD) -> Reading:
    return read((head + rows).encode(), "legs")


def figures(found: Reading) -> list[float]:
    return found.table["containers_best"].tolist()


def told(found: Reading) -> list[tuple[int, str, str]]:
    return [(each.row, each.given, each.rule) for each in found.problems]


def row(figure: float, cargo: str = "", state: str = "", day: str = "2024-03-05", route: str = "KRPUS,RUVVO") -> str:
    return f"{route},{day},{figure:g},{cargo},{state}\n"


def test_a_total_of_a_breakdown_is_no_further_row() -> None:
    rows = row(70, "Coal") + row(30, "Ore") + row(100, "Total bulk") + row(5, "Coal", day="2024-03-06")
    found = reading(rows)
    assert figures(found) == [70, 30, 5]
    assert told(found) == [(4, "Total bulk", breakdowns.TOTAL[0])]
    laden = reading(row(7, state="laden") + row(3, state="empty") + row(10, state="all"))
    assert (figures(laden), told(laden)) == ([7, 3], [(4, "all", breakdowns.TOTAL[0])])


def test_a_total_that_is_not_the_sum_of_its_parts_counts_alone() -> None:
    found = reading(row(10, "84") + row(4, "8471") + row(50, "TOTAL"))
    assert figures(found) == [50]
    assert [each[2] for each in told(found)] == [breakdowns.IN_TOTAL[0]] * 2
    assert {each.severity for each in found.problems} == {"set aside"}


def test_a_shipper_called_total_is_no_total_unless_it_is_the_sum() -> None:
    head = "origin,destination,depart,containers,shipper\n"
    shippers = "KRPUS,RUVVO,2024-03-05,10,Total Energies\nKRPUS,RUVVO,2024-03-05,4,Shell\nKRPUS,RUVVO,2024-03-05,3,BP\n"
    assert figures(reading(shippers, head)) == [10, 4, 3]
    assert figures(reading(shippers.replace("10,Total Energies", "7,Total"), head)) == [4, 3]


@pytest.mark.parametrize("word", ["cancelled", "Retracted by the source", "superseded", "отменён"])
def test_a_report_that_was_taken_back_does_not_count(word: str) -> None:
    found = reading(row(10) + row(20, state=word))
    assert (figures(found), told(found)) == ([10], [(3, word, breakdowns.TAKEN_BACK[0])])


def test_totals_that_were_taken_back_do_not_count_either() -> None:
    head = "claimant,said_on,origin,destination,window,quantity,unit,state\n"
    rows = "A,2024-03-01,KRPUS,RUVVO,2024-01,100,container,\nB,2024-03-02,KRPUS,RUVVO,2024-01,200,container,withdrawn\n"
    found = read((head + rows).encode(), "totals")
    assert (found.kept, told(found)) == (1, [(3, "withdrawn", breakdowns.TAKEN_BACK[0])])


def test_plans_do_not_count_and_parts_count_once() -> None:
    found = reading(row(10, state="actual") + row(12, state="forecast") + row(4, state="of which empty"))
    assert figures(found) == [10]
    assert [each[2] for each in told(found)] == [breakdowns.PLANNED[0], breakdowns.PART[0]]


def test_of_a_figure_and_its_revisions_the_last_counts() -> None:
    rows = row(100, state="provisional") + row(105, state="revised") + row(7, state="provisional", day="2024-03-09")
    found = reading(rows)
    assert figures(found) == [105, 7]
    assert told(found) == [(2, "provisional", breakdowns.REVISED[0])]


def test_an_area_that_is_the_sum_of_its_ports_is_no_further_row() -> None:
    ports = row(10) + row(15, route="KRINC,RUVVO")
    assert figures(reading(ports + row(25, route="South Korea,RUVVO"))) == [10, 15]
    assert figures(reading(ports + row(26, route="South Korea,RUVVO"))) == [10, 15, 26]
    assert figures(reading(ports + row(25, route="South Korea,RUVVO", day="2024-04-01"))) == [10, 15, 25]
    assert figures(reading(row(10) + row(10, route="South Korea,RUVVO"))) == [10, 10]
    arriving = row(1, route="CNSHA,RUVVO") + row(2, route="CNSHA,RUNJK") + row(3, route="CNSHA,Russia")
    found = reading(arriving)
    assert (figures(found), told(found)) == ([1, 2], [(4, "Russia", breakdowns.AREA[0])])


PARTS = st.lists(st.integers(1, 500), min_size=1, max_size=6)


@given(PARTS, st.data())
def test_nothing_is_counted_twice_or_lost_in_any_order(parts: list[int], data: st.DataObject) -> None:
    rows = [row(each, f"kind {number}") for number, each in enumerate(parts)] + [row(sum(parts), "Total")]
    found = reading("".join(data.draw(st.permutations(rows))))
    assert sum(figures(found)) == sum(parts)
    assert found.kept + len(found.set_aside) == found.rows == len(rows)


def test_remarks_are_looked_at_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdowns, "MOST_TEXTS", 3)
    rows = "".join(row(1, state=f"remark {number}") for number in range(6)) + row(1, state="cancelled: engine")
    assert reading(rows).kept == 6
