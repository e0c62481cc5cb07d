"""The README documents every column that a user may write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo import columns
from geo.parsing.vague import HOUSE_RULES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
KINDS = {"legs": columns.LEGS, "totals": columns.TOTALS, "places": columns.PLACES, "events": columns.EVENTS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_readme_names_every_column_in_order_and_marks_those_required(kind: str) -> None:
    section = re.search(rf"^#+ .*\b{kind}\b.*?$(.*?)(?=^#|\Z)", README, re.IGNORECASE | re.MULTILINE | re.DOTALL)
    assert section, f"README.md has no heading with the word {kind!r}"
    rows = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \|", section[1], re.MULTILINE)
    assert [(name, bool(bold)) for bold, name in rows] == [(column.name, column.required) for column in KINDS[kind]]


def test_the_readme_says_every_house_rule_on_words() -> None:
    rows = re.findall(r"^\| (\S.*) \| (.*) \|$", README.partition("### Vague words")[2], re.MULTILINE)
    assert dict(rows[2:]) == HOUSE_RULES
