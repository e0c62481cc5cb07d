"""What /proc says of processes: Chromium's processor time, which hardly changes when others work, and memory."""

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


def resident_bytes(pid: int) -> int:
    """The memory of a process and all below it. Raises OSError where the system does not tell (/proc)."""
    return sum(_status(each, "VmRSS") for each in _below(pid))


def most_bytes(pid: int) -> int:
    """The most memory that a process had at once. Raises OSError likewise."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> int:
    """A size in /proc's status, in bytes; 0 of a process that has just ended."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    sizes = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(sizes[0]) * 1024 if sizes else 0


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
