"""What the tests of the page share: a library of their own, so that nothing is written into a user's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.web.hands import APP, go


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where imports go."""
    where = tmp_path / "library"
    monkeypatch.setenv("WAYBILL_LIBRARY", str(where))
    return where


@pytest.fixture
def page() -> AppTest:
    """The map, not run yet."""
    return AppTest.from_file(APP, default_timeout=120)


@pytest.fixture
def data(page: AppTest) -> AppTest:
    """The Data page, run once."""
    page.run()
    return go(page, "data")
