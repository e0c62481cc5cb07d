"""Processor time of Chromium: unlike frames a second, it hardly changes when other programs are at work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def chromium_seconds() -> float | None:
    """User and system seconds of every Chromium process below this one; None where the system does not tell (/proc)."""
    try:
        return sum(_seconds(pid) for pid in _below(os.getpid()) if "chrom" in _name(pid))
    except OSError:
        return None


def _below(root: int) -> Iterator[int]:
    parents: dict[int, list[int]] = {}
    for each in _PROC.iterdir():
        if each.name.isdigit() and (fields := _fields(int(each.name))):
            parents.setdefault(int(fields[1]), []).append(int(each.name))
    found = [root]
    while found:
        pid = found.pop()
        yield pid
        found.extend(parents.get(pid, []))


def _fields(pid: int) -> list[str]:
    """What /proc says of a process after its name: state, parent …; nothing of one that has just ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _name(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _seconds(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0
