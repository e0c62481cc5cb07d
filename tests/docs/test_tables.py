"""The tables of docs/ are those of the code: every column, every house rule on words, every key of a brief."""

from __future__ import annotations

import re

import pytest

from geo import columns
from geo.brief.spec.keys import DATA_KEYS, KEYS
from geo.brief.spec.story_keys import CALLOUT_KEYS, STEP_KEYS
from geo.parsing import HOUSE_RULES
from tests.docs.pages import page
from tests.test_imports import FLOORS

KINDS = {"legs": columns.LEGS, "totals": columns.TOTALS, "places": columns.PLACES, "events": columns.EVENTS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_named_in_order_and_marked_where_required(kind: str) -> None:
    section = re.search(
        rf"^## {kind}:.*?$(.*?)(?=^#|\Z)", page("docs/columns.md"), re.IGNORECASE | re.MULTILINE | re.DOTALL
    )
    assert section, f"docs/columns.md has no heading for {kind}"
    rows = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \| (.*) \|$", section[1], re.MULTILINE)
    told = [(name, bool(bold), meaning) for bold, name, meaning in rows]
    assert told == [(column.name, column.required, column.meaning) for column in KINDS[kind]]


def test_every_house_rule_on_words_is_said() -> None:
    rows = re.findall(r"^\| (\S.*) \| (.*) \|$", page("docs/vague-words.md"), re.MULTILINE)
    assert dict(rows[2:]) == HOUSE_RULES


def test_every_key_of_a_brief_is_there() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| ([^|]*) \| ([^|]*) \|$", page("docs/brief.md"), re.MULTILINE)
    own = [key for key in STEP_KEYS if key not in KEYS]
    tables = {"data": DATA_KEYS, "": KEYS, "callout": CALLOUT_KEYS, "step": own}
    keys = [(f"{table}.{key.name}".lstrip("."), key) for table, of_it in tables.items() for key in of_it]
    assert [key.name for key in STEP_KEYS if key in KEYS] == [name for name, *_ in rows if name.startswith("filters.")]
    assert rows == [(name, key.holds, key.allowed) for name, key in keys]


def test_the_floors_are_those_that_are_enforced() -> None:
    rows = re.findall(r"^\| (\d+) \| (`.*`) \|$", page("CONTRIBUTING.md"), re.MULTILINE)
    told = {int(floor): tuple(re.findall(r"`(\w+)`", rooms)) for floor, rooms in rows}
    assert told == {len(FLOORS) - below: rooms for below, rooms in enumerate(FLOORS)}
