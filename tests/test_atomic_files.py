"""Files beside a user's own appear whole, together, and over nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.atomic_files import put_files


def test_files_appear_with_their_content(tmp_path: Path) -> None:
    put_files({tmp_path / "a": [b"1", b"2"], tmp_path / "b": []}, replace=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"12", "b": b""}


def test_what_stops_the_work_leaves_no_file(tmp_path: Path) -> None:
    def stopping() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_files({tmp_path / "a": [b"1"], tmp_path / "b": stopping()}, replace=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        put_files({tmp_path / "a": [b"1"], tmp_path / "b": [b"2"]}, replace=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"mine"}
    put_files({tmp_path / "b": [b"2"]}, replace=True)
    assert (tmp_path / "b").read_bytes() == b"2"


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    def meanwhile() -> Iterator[bytes]:
        (tmp_path / "a").write_bytes(b"theirs")
        yield b"ours"

    with pytest.raises(FileExistsError):
        put_files({tmp_path / "a": meanwhile()}, replace=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"theirs"}


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "a").symlink_to(tmp_path / "mine")
    put_files({tmp_path / "a": [b"ours"]}, replace=True)
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert (tmp_path / "a").read_bytes() == b"ours"


@pytest.mark.parametrize("name", ["x" * 250, "é" * 120])
def test_long_names_are_fine(tmp_path: Path, name: str) -> None:
    put_files({tmp_path / name: [b"1"]}, replace=False)
    assert (tmp_path / name).read_bytes() == b"1"


def test_what_the_disk_refuses_names_the_file_that_was_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        put_files({tmp_path / "a": [b"1"]}, replace=False)
    assert caught.value.filename == str(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_what_making_the_content_raises_is_not_about_the_file(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "elsewhere", "/elsewhere")

    with pytest.raises(OSError, match="elsewhere") as caught:
        put_files({tmp_path / "a": failing()}, replace=False)
    assert caught.value.filename == "/elsewhere"
    assert list(tmp_path.iterdir()) == []
