"""What the tests of the page share: a library of their own, so that nothing is written into a user's folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.web.hands import APP, go


@pytest.fixture(scope="session", autouse=True)
def one_scan() -> Iterator[None]:
    """AppTest reads for each page what every installed package says of itself; here it is read once for all pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


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


@pytest.fixture(scope="module")
def shared_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """As `page`, with one library, for the tests of a file that only look."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WAYBILL_LIBRARY", str(tmp_path_factory.mktemp("shared") / "library"))
        yield AppTest.from_file(APP, default_timeout=120)


@pytest.fixture
def data(page: AppTest) -> AppTest:
    """The Data page, opened by its own address."""
    return go(page, "data")
