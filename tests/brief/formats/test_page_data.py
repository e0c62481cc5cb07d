"""What the page carries for its script: tables as they went in, in few bytes, and no tag in its JSON."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from geo.brief.formats.page import page
from geo.brief.formats.page_data import BUNDLE, in_script, numbers
from geo.scene.scene import Scene
from geo.scene.wire import to_wire
from tests.brief.formats.test_page import EVIL, Read

DTYPES = {"i1": np.int8, "u1": "u1", "u2": "<u2", "u4": "<u4", "f4": "<f4", "f8": "<f8"}


def array(told: object) -> np.ndarray:
    """A packed column, by another way than the page's."""
    assert isinstance(told, dict)
    return np.frombuffer(base64.b64decode(told["base64"]), DTYPES[told["type"]])


def test_the_tables_come_out_as_they_went_in(wider: Scene) -> None:
    told = Read(page(wider)).scene
    wire = to_wire(wider)
    assert told["texts"]["scene"] == wire["scene"]
    for name, table in wire.items():
        if isinstance(table, str):
            continue
        assert told["tables"][name]["rows"] == table.num_rows
        columns = told["tables"][name]["columns"]
        for column in table.column_names:
            values = table.column(column).to_numpy()
            found = columns[column] if values.dtype == object else array(columns[column])
            np.testing.assert_array_equal(found, values)


def test_the_land_is_that_beside_the_bundle(article: Scene) -> None:
    world = Read(page(article)).scene["world"]
    points, corners = array(world["positions"]), array(world["triangles"])
    counts = np.array([points.size // 2, corners.size // 3], "<u4")
    again = counts.tobytes() + points.tobytes() + corners.astype("<u4").tobytes()
    assert again == (BUNDLE / "land-50m.bin").read_bytes()


@pytest.mark.parametrize(("most", "kind"), [(0, "u1"), (255, "u1"), (256, "u2"), (65_535, "u2"), (65_536, "u4")])
def test_whole_numbers_take_as_few_bytes_as_hold_them(most: int, kind: str) -> None:
    told = numbers(np.array([0, most], np.uint32))
    assert told["type"] == kind
    assert array(told).tolist() == [0, most]
    assert numbers(np.zeros(0, np.uint32)) == {"type": "u1", "base64": ""}


def test_json_for_a_script_holds_no_tag() -> None:
    told = in_script({"a": EVIL, "b": "\ud800"})
    assert not set(told) & set("<>&\u2028\u2029")
    assert json.loads(told) == {"a": EVIL, "b": "?"}
