"""The words, and tests/fixtures/words.json, which holds the browser's words to the same cases.

WRITE_FIXTURES=1 writes it anew. null is infinity; times are ISO 8601.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo import formatting
from geo.columns import CURRENCIES

INF = float("inf")
FILE = Path(__file__).resolve().parents[0] / "fixtures" / "words.json"
NUMBERS = [
    (0, "0"),
    (0.4, "0"),
    (0.5, "1"),
    (1, "1"),
    (2.5, "3"),
    (999.5, "1,000"),
    (1234.5, "1,235"),
    (1e6 + 1, "1,000,001"),
]
EXTENTS = [
    (1800, 2200, "1,800–2,200"),
    (1001, INF, "more than 1,000"),
    (1234, INF, "at least 1,234"),
    (1000, INF, "at least 1,000"),
    (11, INF, "more than 10"),
    (1, INF, "at least 1"),
    (1000.7, INF, "at least 1,001"),
    (2000, 2000, "2,000"),
    (0, 30, "0–30"),
    (4.6, 5.4, "5"),
    (0, 0, "0"),
]
QUANTITIES = [
    (1800, 2000, 2200, True, "about 2,000"),
    (1800, 2000, 2200, False, "1,800–2,200"),
    (900, 1000, 1100, True, "about 1,000"),
    (450.5, 500.5, 550.5, True, "451–551"),
    (1800, 1900, 2200, True, "1,800–2,200"),
    (1001, 1001, INF, True, "more than 1,000"),
    (0, 50, 50, False, "up to 50"),
    (300, 300, 300, True, "300"),
    (200, 225, 250, True, "200–250"),
    (0.9, 1, 1.1, True, "1"),
]
SIDES = [
    ([], ""),
    ([("Seoul", 6030, 7370), ("Washington", 10_001, INF)], "Seoul: 6,030–7,370; Washington: more than 10,000"),
    ([("Seoul", 0, INF), ("Washington", 5, 5)], "Seoul: unknown; Washington: 5"),
    ([("Seoul", 5, 5), ("Washington", 5, 5)], ""),
    ([(name, at, at) for at, name in enumerate("ABCD")], "A: 0; B: 1; C: 2; 1 more side"),
    ([(name, at, at) for at, name in enumerate("ABCDE")], "A: 0; B: 1; C: 2; 2 more sides"),
]
CONTESTED = [
    (6030, 10_001, True, "contested: 6,030–10,001 or more"),
    (6030, 7400, False, "contested: 6,030–7,400"),
    (6700, 6700, True, "contested: 6,700 or more"),
    (6700, 6700, False, "contested: 6,700"),
    (6700, 0, True, "contested: 6,700 or more"),
]
AMOUNTS = [
    (1800, 2000, 2200, None, "container", False, "1,800–2,200 containers"),
    (1800, 2000, 2200, None, "container", True, "about 2,000 containers"),
    (1001, 1001, INF, None, "container", True, "more than 1,000 containers"),
    (0, 40, INF, None, "container", False, "an unknown number of containers"),
    (0.2, 40, INF, None, "rounds", True, "an unknown number of rounds"),
    (1, 1, 1, None, "container", False, "1 container"),
    (6030, 7000, INF, 10_001, "container", True, "contested: 6,030–10,001 or more containers"),
    (6030, 7000, 7400, 7400, "container", False, "contested: 6,030–7,400 containers"),
    (0, 0, INF, 0, "container", False, "contested: 0 or more containers"),
]
COUNTED = [
    ("1", "container", "1 container"),
    ("at least 1", "container", "at least 1 container"),
    ("0", "container", "0 containers"),
    ("about 2,000", "container", "about 2,000 containers"),
    ("0–1", "container", "0–1 containers"),
    ("more than 1,000,000", "artillery round", "more than 1,000,000 artillery rounds"),
    ("2,295", "teu", "2,295 TEU"),
    ("1", "teu", "1 TEU"),
    ("200", "kg", "200 kg"),
    ("2", "tonne", "2 tonnes"),
    ("3", "rounds", "3 rounds"),
    ("1", "person", "1 person"),
    ("1,200", "person", "1,200 people"),
    ("2,500,000", "usd", "2,500,000 USD"),
    ("1", "usd", "1 USD"),
    ("300", "dwt", "300 DWT"),
]
LEGS = [([1, 1], "voyage"), ([2], "train"), ([3], "trip"), ([4], "flight"), ([0], "leg"), ([1, 2], "leg"), ([], "leg")]
DAYS = [(f"2023-{month:02}-01T00:00:00Z", f"1 {name} 2023") for month, name in enumerate(formatting.MONTHS, 1)] + [
    ("2023-11-02T23:59:59Z", "2 Nov 2023"),
    ("2024-02-29T12:00:00Z", "29 Feb 2024"),
    ("1969-12-31T23:00:00Z", "31 Dec 1969"),
]
MINUTES = [("2023-10-01T06:00:00Z", "1 Oct 2023, 06:00"), ("2023-10-01T00:00:59Z", "1 Oct 2023, 00:00")]
PERIODS = [
    ("2023-01-01", "2024-01-01", "2023"),
    ("2022-06-01", "2022-07-01", "June 2022"),
    ("2023-12-01", "2024-01-01", "Dec 2023"),
    ("2023-08-01", "2023-08-11", "early Aug 2023"),
    ("2023-08-11", "2023-08-21", "mid Aug 2023"),
    ("2023-12-21", "2024-01-01", "late Dec 2023"),
    ("2023-10-01", "2023-10-02", "1 Oct 2023"),
    ("2022-06-01", "2023-08-11", "June 2022–early Aug 2023"),
    ("2022-06-01", "2023-09-01", "June 2022–Aug 2023"),
    ("2023-09-07", "2023-10-02", "7 Sept 2023–1 Oct 2023"),
    ("2023-09-07", "2024-03-05", "7 Sept 2023–4 Mar 2024"),
    ("2022-01-01", "2024-01-01", "Jan 2022–Dec 2023"),
]


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if len(text) == 10 else datetime.fromisoformat(text)


def cases() -> dict[str, list[list[object]]]:
    tables = {
        "number": NUMBERS,
        "extent": EXTENTS,
        "quantity": QUANTITIES,
        "sides": SIDES,
        "contested": CONTESTED,
        "amount": AMOUNTS,
        "counted": COUNTED,
        "leg": LEGS,
        "day": DAYS,
        "minute": MINUTES,
    }
    return {
        name: [[plain(value) for value in case] for case in table]  # type: ignore[attr-defined]
        for name, table in tables.items()
    }


def plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return None if value == INF else value


def test_the_file_that_the_browser_tests_read() -> None:
    if os.environ.get("WRITE_FIXTURES"):
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(cases(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == cases()


@pytest.mark.parametrize(("value", "said"), NUMBERS)
def test_number(value: float, said: str) -> None:
    assert formatting.number(value) == said


@pytest.mark.parametrize(("low", "high", "said"), EXTENTS)
def test_extent(low: float, high: float, said: str) -> None:
    assert formatting.extent(low, high) == said


@pytest.mark.parametrize(("low", "best", "high", "about", "said"), QUANTITIES)
def test_quantity(low: float, best: float, high: float, about: bool, said: str) -> None:
    assert formatting.quantity(low, best, high, about=about) == said


@pytest.mark.parametrize(("told", "said"), SIDES)
def test_sides(told: list[tuple[str, float, float]], said: str) -> None:
    assert formatting.sides(told) == said


@pytest.mark.parametrize(("low", "top", "open_", "said"), CONTESTED)
def test_contested(low: float, top: float, open_: bool, said: str) -> None:
    assert formatting.contested(low, top, open_) == said


@pytest.mark.parametrize(("low", "best", "high", "top", "unit", "near", "said"), AMOUNTS)
def test_amount(low: float, best: float, high: float, top: float | None, unit: str, near: bool, said: str) -> None:
    assert formatting.amount(low, best, high, top, unit, near=near, about=near) == said


@pytest.mark.parametrize(("amount", "unit", "said"), COUNTED)
def test_counted(amount: str, unit: str, said: str) -> None:
    assert formatting.counted(amount, unit) == said


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_a_currency_is_its_code_in_capitals(code: str) -> None:
    assert formatting.units(code) == code.upper()


@pytest.mark.parametrize(("modes", "said"), LEGS)
def test_leg_name(modes: list[int], said: str) -> None:
    assert formatting.leg_name(modes) == said


@pytest.mark.parametrize(("moment", "said"), DAYS)
def test_day(moment: str, said: str) -> None:
    assert formatting.day(when(moment)) == said


@pytest.mark.parametrize(("moment", "said"), MINUTES)
def test_minute(moment: str, said: str) -> None:
    assert formatting.minute(when(moment)) == said


@pytest.mark.parametrize(("start", "end", "said"), PERIODS)
def test_period(start: str, end: str, said: str) -> None:
    assert formatting.period(when(start), when(end)) == said
