"""`python -m benchmarks.reliability`: runs what shows that nothing is lost, and writes `RELIABILITY.md` of it.

Each check is a command of its own, whose figures go into `results/reliability.json` with the machine and the day; the
page is rendered from that file alone (`reliability_page.py`). --quick does a little of each, in minutes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.machine import machine
from benchmarks.reliability_page import PAGE, RESULT, Check, Values, page
from benchmarks.served import ROOT

OLDEST = "tests/library/test_oldest.py"
ENGINES = "tests/engine/test_on_spark.py"
PASSED = re.compile(r"(\d+) passed")
ALIKE = {"few": "suite", "duckdb": "engines"}
"""A little of a check -> the whole of it."""
MOST_NAMED = 5
"""Tests that failed, of which the page tells the names."""
Told = Callable[[str], Values]
"""From what a command printed to its figures. Raises ValueError where they are not there."""


def fuzzed(text: str) -> Values:
    """Of `benchmarks.fuzz`: how many inputs, and how many ended in a traceback, a hang, or with rows lost."""
    (inputs,) = re.findall(r"([\d,]+) inputs from seed", text)
    failed = sum(_whole(count) for count in re.findall(r"([\d,]+)  FAILED", text))
    return {"inputs": _whole(inputs), "failed": failed}


def killed(text: str) -> Values:
    """Of `benchmarks.crash`, by its last line."""
    kills, halves, kept = re.findall(r"([\d,]+) killed, ([\d,]+) of them .*; ([\d,]+) kept, none lost", text)[-1]
    return {"kills": _whole(kills), "halves": _whole(halves), "kept": _whole(kept)}


def counted(text: str) -> Values:
    """Of `benchmarks.rows`."""
    (found,) = re.findall(r"([\d,]+) rows in ([\d,]+) files; ([\d,]+) taken, ([\d,]+) set aside, ([\d,]+) lost", text)
    return dict(zip(("rows", "files", "taken", "aside", "lost"), map(_whole, found), strict=True))


def passed(text: str) -> Values:
    """Of pytest: how many tests passed."""
    return {"passed": _whole(PASSED.findall(text)[-1])}


def scenes(text: str) -> Values:
    """Of the engines' tests: that they passed, and how many scenes they compare."""
    (count,) = re.findall(r"^SCENES = (\d+)$", (ROOT / ENGINES).read_text("utf-8"), re.MULTILINE)
    return {**passed(text), "scenes": int(count)}


def held(text: str) -> Values:
    """Of `benchmarks --only sessions`, by its JSON, which it was told to print."""
    figures = {each["name"]: each for each in json.loads(text[text.index("{") :])["figures"]}
    closed = figures["server, all closed"]
    return {
        "sessions": closed["legs"],
        "each_mb": round(figures["each session more"]["ours"], 1),
        "before_mb": round(closed["beside"]),
        "after_mb": round(closed["ours"]),
    }


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def commands(*, quick: bool) -> list[tuple[str, list[str], Told]]:
    """(key, arguments after `python`, how it is read) of every check but the suite."""
    texts, forms, kills, files, sessions = (2_000, 40, 5, 4, 3) if quick else (200_000, 20_000, 1_000, 200, 50)
    engines = [ENGINES, "-k", "on_duckdb" if quick else "scenes", "-q"]
    return [
        ("texts", ["-m", "benchmarks.fuzz", "--inputs", f"{texts}"], fuzzed),
        ("forms", ["-m", "benchmarks.fuzz", "--forms", "--inputs", f"{forms}"], fuzzed),
        ("kills", ["-m", "benchmarks.crash", "--rounds", f"{kills}"], killed),
        ("rows", ["-m", "benchmarks.rows", "--files", f"{files}"], counted),
        ("duckdb" if quick else "engines", ["-m", "pytest", *engines], scenes),
        ("sessions", ["-m", "benchmarks", "--only", "sessions", "--sessions", f"{sessions}"], held),
        ("oldest", ["-m", "pytest", OLDEST, "-q"], passed),
    ]


def checked(key: str, python: str, arguments: Sequence[str], read: Told) -> Check:
    """Runs a command and reads its figures; what ends otherwise than well has none, and says how it ended."""
    began = time.monotonic()
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        more = ["--json", out.name] if key == "sessions" else []
        ended = subprocess.run([python, *arguments, *more], cwd=ROOT, capture_output=True, text=True, check=False)
        text = Path(out.name).read_text("utf-8") if more else ended.stdout
    seconds = round(time.monotonic() - began)
    command = " ".join(["python", *arguments])
    try:
        values = read(text)
    except (ValueError, IndexError, KeyError):
        values = {}
    if ended.returncode or not values:
        said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()
        # pytest tells them on stdout, whatever a library has said on stderr.
        failing = [line.split()[1] for line in ended.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        last = [*failing[:MOST_NAMED], said[-1][:200]] if said else ["it said nothing"]
        return Check(key, command, seconds, values, f"ended with {ended.returncode}: {'; '.join(last)}")
    return Check(key, command, seconds, values)


def suite(python: str, *, quick: bool) -> Check:
    """The test suite on a Python; with quick the tests of one file."""
    told = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"], capture_output=True, text=True, check=True
    )
    arguments = ["-m", "pytest", *(["tests/test_moments.py", "-n", "0"] if quick else []), "-q"]
    version = told.stdout.strip()
    made = checked("few" if quick else "suite", python, arguments, lambda text: {"python": version, **passed(text)})
    return made if made.values else Check(made.key, made.command, made.seconds, {"python": version}, made.why)


def main(
    quick: Annotated[bool, typer.Option("--quick", help="A little of each check, in minutes.")] = False,
    python: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="A Python with the packages of requirements.lock; may be repeated."),
    ] = None,
    only: Annotated[str, typer.Option(help="Keys of checks to run anew, by commas; the others stay.")] = "",
) -> None:
    """Runs the checks, keeps their figures, and writes RELIABILITY.md. Exit code 1 where one did not end well."""
    wanted = {each.strip() for each in only.split(",") if each.strip()}
    checks = [Check(**each) for each in read_result().get("checks", ())] if wanted else []
    for made in _made(wanted, python or [sys.executable], quick=quick):
        checks = renewed(checks, made)
        # After each, since the whole takes hours.
        told = {"day": time.strftime("%Y-%m-%d", time.gmtime()), "quick": quick, "machine": about()}
        write(told | {"checks": [each.as_json() for each in checks]})
    raise typer.Exit(int(any(each.why for each in checks)))


def renewed(checks: Sequence[Check], made: Check) -> list[Check]:
    """The checks with one made anew in the place of the last of its kind; tests are of a kind by their Python."""

    def kind(check: Check) -> tuple[str, object]:
        return ALIKE.get(check.key, check.key), check.values.get("python")

    places = [place for place, each in enumerate(checks) if kind(each) == kind(made)]
    others = [each for each in checks if kind(each) != kind(made)]
    others.insert(places[0] if places else len(others), made)
    return others


def _made(wanted: set[str], pythons: Sequence[str], *, quick: bool) -> Iterator[Check]:
    for key, arguments, read in commands(quick=quick):
        if not wanted or key in wanted:
            print(f"== {key}: python {' '.join(arguments)}", flush=True)
            yield checked(key, sys.executable, arguments, read)
    for each in pythons if not wanted or wanted & {"suite", "few"} else ():
        print(f"== tests on {each}", flush=True)
        yield suite(each, quick=quick)


def about() -> dict[str, str | int]:
    """The machine, without what draws: nothing here is drawn."""
    return {name: value for name, value in machine("", "").items() if value != ""}


def read_result() -> Mapping[str, Any]:
    """What the last run left; nothing where there was none."""
    if not RESULT.exists():
        return {}
    found: Mapping[str, Any] = json.loads(RESULT.read_text("utf-8"))
    return found


def write(told: Mapping[str, Any]) -> None:
    """Keeps the figures, and renders the page of them."""
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    PAGE.write_text(page(told), "utf-8")


if __name__ == "__main__":
    typer.run(main)
