"""The Brief page of the founding article."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geo.data_folder import FOUNDING
from tests.web.brief.hands import opened


@pytest.fixture
def brief(page: AppTest) -> AppTest:
    """A page of its own."""
    return opened(page, data=FOUNDING)


@pytest.fixture(scope="module")
def shared_brief(shared_page: AppTest) -> AppTest:
    """The same, for tests that change nothing of it."""
    return opened(shared_page, data=FOUNDING)
