"""Parquet in parts: no part carries the texts of others."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.files.child import main, parquet

ROWS = 5_000


@pytest.mark.parametrize("codes", [True, False])
@pytest.mark.parametrize("group", [ROWS, 700])
def test_a_part_has_the_texts_of_its_own_rows_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int, codes: bool
) -> None:
    monkeypatch.setattr(parquet, "_BATCH", 500)
    texts = [None if at % 7 == 0 else f"text {at}" for at in range(ROWS)]
    pq.write_table(pa.table({"a": texts}), tmp_path / "a.parquet", row_group_size=group, use_dictionary=codes)
    parts = [
        pa.ipc.open_stream(bytes(content)).read_all()[main.TEXT + "a"].combine_chunks()
        for kind, content in parquet.answers(str(tmp_path / "a.parquet"), {"rows": None})
        if kind == main.ARROW
    ]
    assert len(parts) > 5
    assert all(len(part.dictionary) <= len(part) for part in parts)
    read = [text for part in parts for text in part.cast(pa.string()).to_pylist()]
    assert read == [text or "" for text in texts]
