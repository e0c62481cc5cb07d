"""`RELIABILITY.md`, rendered from the JSON of a run: every figure in it is from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "RELIABILITY.md"
RESULT = Path(__file__).with_name("results") / "reliability.json"
Values = dict[str, int | float | str]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the command, how long it took, what it found, and why it did not end well; "" where it did."""

    key: str
    command: str
    seconds: int
    values: Values = field(default_factory=dict)
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


SENTENCES = {
    "texts": (
        "hostile texts",
        "{inputs:,} mutated, made-up and random files read: {failed:,} with a traceback, a hang, or rows lost",
    ),
    "forms": (
        "hostile workbooks",
        "{inputs:,} workbooks and files of maps read: {failed:,} that failed so, or gave a text of another file",
    ),
    "kills": (
        "kills during imports",
        "{kills:,} importers killed, {halves:,} in the midst of an import: all of {kept:,} imports kept are there",
    ),
    "rows": (
        "rows lost",
        "{rows:,} rows in {files:,} made files: {taken:,} taken, {aside:,} set aside with a reason, {lost:,} lost",
    ),
    "engines": (
        "engines compared",
        "{scenes:,} random scenes have the same sums in NumPy, DuckDB and Spark, to a millionth of a container",
    ),
    "duckdb": (
        "engines compared",
        "{scenes:,} random scenes have the same sums in NumPy and DuckDB, to a millionth of a container; no Spark",
    ),
    "sessions": (
        "sessions and memory",
        "{sessions:,} at 100,000 legs: {before_mb:,} MB before, {after_mb:,} after; each beside one {each_mb:,} MB",
    ),
    "oldest": (
        "oldest files that open",
        "The oldest library and brief that are kept (`tests/fixtures/oldest`) open: {passed:,} tests",
    ),
}
HEAD = """# How reliable it is

Written by `python -m benchmarks.reliability`, from `benchmarks/results/reliability.json`; do not edit.
Each line is one command, which gives its figures again.
"""


def page(told: Mapping[str, Any]) -> str:
    """The whole page."""
    checks = [Check(**each) for each in told["checks"]]
    lines = ["| what | found | by | took |", "| --- | --- | --- | --: |"]
    for what in dict.fromkeys(name for name, _ in SENTENCES.values()):
        found = [_line(each) for each in checks if each.key in SENTENCES and SENTENCES[each.key][0] == what]
        lines += found or [f"| {what} | not run | – | – |"]
    machine = " · ".join(f"{name} {value}" for name, value in told["machine"].items())
    quick = " With `--quick`, which does a little of each check." if told["quick"] else ""
    parts = [HEAD, *lines, "", "## Pythons", "", *_pythons(checks), "", "## Where and when", ""]
    return "\n".join([*parts, f"Made on {told['day']}.{quick}", "", machine, ""])


def _line(each: Check) -> str:
    what, sentence = SENTENCES[each.key]
    found = _fault(each.why) if each.why else sentence.format(**each.values)
    return f"| {what} | {found} | `{each.command}` | {_took(each.seconds)} |"


def _pythons(checks: list[Check]) -> list[str]:
    """A line a version: what really ran there, or that nothing did."""
    lines = ["| Python | tests |", "| --- | --- |"]
    for version in PYTHONS:
        found = [each for each in checks if str(each.values.get("python", "")).startswith(f"{version}.")]
        lines += [f"| {each.values['python']} | {_suite(each)} |" for each in found] or [f"| {version} | not run |"]
    return lines


def _suite(each: Check) -> str:
    if each.why:
        return _fault(each.why)
    which = "the whole suite" if each.key == "suite" else "of one file only"
    return f"{each.values['passed']:,} passed, {which}: `{each.command}`, {_took(each.seconds)}"


def _took(seconds: int) -> str:
    return f"{seconds:,} s" if seconds < 120 else f"{seconds / 60:,.0f} min"


def _fault(why: str) -> str:
    """Within a cell, whatever a command said last."""
    return f"**{why.replace('|', '/').replace('*', '')}**"
