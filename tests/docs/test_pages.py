"""The README is short, leads to every page, and no link on any page leads nowhere."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import PAGES, ROOT, page

LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def test_the_readme_is_read_in_a_sitting_and_leads_to_every_page() -> None:
    readme = page("README.md")
    assert len(readme.splitlines()) <= 220
    assert set(PAGES) - {"README.md"} <= set(LINK.findall(readme))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    targets = [target for target in LINK.findall(page(name)) if "://" not in target]
    assert [target for target in targets if not ((ROOT / name).parent / target).exists()] == []


def test_pictures_are_small() -> None:
    assert {path.name for path in (ROOT / "docs").glob("*.png") if path.stat().st_size > 300_000} == set()
