"""A data set without rows of a kind has its columns all the same, and nothing is read for them."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import data_folder
from geo.dataset import parts
from geo.dataset.parts import empty, of_bundled


@pytest.mark.parametrize("kind", ["legs", "totals", "events"])
def test_a_table_without_rows_is_that_of_a_file_without_its_rows(kind: str) -> None:
    read = next(part.table for part in of_bundled(data_folder.FOUNDING) if part.kind == kind).iloc[:0]
    made = empty(kind)
    pd.testing.assert_frame_equal(made, read)
    assert type(made) is type(read)
    assert getattr(made, "crs", None) == getattr(read, "crs", None)


def test_no_file_is_read_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "read", None)
    parts._bundled.cache_clear()
    assert empty("legs").empty
