"""What a reader is shown. All text of a file goes through `shown`. rich is loaded for tables and bars alone."""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geo.errors import EngineError, GeoError, LibraryError, UnreadableFile, silent, subject
from geo.safe_text import legible

if TYPE_CHECKING:
    from geo.errors import Progress as Told
    from geo.matching.guesses import Guess
    from geo.problems import Problems

SHOWN = 10
"""So many groups, and so many first lines, are listed for a reader; --json has every problem."""
ADVICE = "what is wrong, and what to do"
LONGEST_CELL = 60
LONGEST_SENTENCE = 400
"""Characters shown of a cell and of a sentence."""


_BREAKS = {ord(each): repr(each)[1:-1] for each in "\n\r\t"}


def shown(text: str, longest: int = LONGEST_CELL) -> str:
    """Text from outside as it can be printed, on one line and shortened: legible, line ends and tabs as \\n and \\t."""
    visible = legible(text[: longest + 1]).translate(_BREAKS)
    return visible if len(visible) <= longest else legible(visible[: longest - 1] + "…")


def say(sentence: str) -> None:
    """A sentence beside the output: on standard error."""
    typer.echo(legible(sentence), err=True)


def tell(sentence: str) -> None:
    """A line of the output."""
    typer.echo(legible(sentence))


def echo_json(told: object) -> None:
    """The output as one JSON object."""
    # Infinity and NaN are no JSON: better a fault here than a file that other programs refuse.
    typer.echo(json.dumps(told, allow_nan=False))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its name, the widest it may be, and whether it stands at the right, or may not be broken."""

    name: str
    widest: int | None = None
    right: bool = False
    whole: bool = False


def list_out(headings: Sequence[Heading], rows: Iterable[Sequence[str]], *, aside: bool = False) -> None:
    """A table. aside: on standard error."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for each in headings:
        table.add_column(
            each.name,
            justify="right" if each.right else "left",
            no_wrap=each.right or each.whole,
            overflow="fold",
            max_width=each.widest,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, stderr=aside).print(table)


def list_lines(headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> None:
    """A table for a reader; where the output is no terminal, a line a row for a program: cells between tabs, no names.

    No cell may hold a tab or a line end: `shown` sees to that.
    """
    from rich.console import Console

    if Console().is_terminal:
        list_out(headings, rows)
        return
    for row in rows:
        typer.echo("\t".join(row))


def counted(number: int, thing: str) -> str:
    """ "1 row", "2,000 rows"."""
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"


def show_problems(problems: Problems) -> None:
    """By rule with counts and examples, and then the first of them by line."""
    groups = problems.groups()
    list_out(
        [Heading("rows", right=True), Heading("", 9), Heading("column", 20), Heading(ADVICE), Heading("given", 24)],
        [
            (
                f"{group.count:,}",
                group.severity,
                shown(group.column),
                _sentence(group.rule, group.hint),
                ", ".join(shown(example, 20) or "nothing" for example in group.examples[:3]),
            )
            for group in groups[:SHOWN]
        ],
    )
    if len(groups) > SHOWN:
        tell(f"… and {len(groups) - SHOWN:,} more kinds of problems; --json lists them all.")
    if len(problems) > 1:
        _show_first(problems)


def _show_first(problems: Problems) -> None:
    list_out(
        [Heading("line", right=True), Heading("column", 20), Heading("given", 28), Heading(ADVICE)],
        [
            (str(problem.row), shown(problem.column), shown(problem.given), _sentence(problem.rule, problem.hint))
            for problem in problems[:SHOWN]
        ],
    )
    if len(problems) > SHOWN:
        tell(f"… and {len(problems) - SHOWN:,} more; --json lists them all.")


def show_guesses(guesses: Sequence[Guess]) -> None:
    """What each header may be, and why; beside the output, since nothing came of them yet."""
    list_out(
        [Heading("header", 32), Heading("column", 20), Heading("how sure", whole=True), Heading("why")],
        [
            (
                shown(guess.header),
                guess.column or "not used",
                guess.confidence if guess.column else "",
                shown(guess.reason, LONGEST_SENTENCE),
            )
            for guess in guesses
        ],
        aside=True,
    )


def _sentence(rule: str, hint: str) -> str:
    advice = shown(f"{rule}. {hint}", LONGEST_SENTENCE)
    return advice[:1].upper() + advice[1:]


@contextmanager
def loading() -> Iterator[None]:
    """Modules and the gazetteer are loaded without a search for cycles among them: they stay to the end, and looking
    through them each time costs a tenth of a short command."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def watched(name: str) -> Iterator[Told]:
    """What a long work is given to say how far it is; a bar on a terminal, nothing in a pipe or a log."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(shown(name), total=1.0)

        def told(share: float, doing: str) -> None:
            bars.update(task, completed=share, description=f"{shown(name)}: {shown(doing)}")

        yield told


def stage(told: Told, begin: float, end: float) -> Told:
    """What a part of a work is given: its own 0 to 1 stands for begin to end of the whole."""
    return lambda share, doing: told(begin + share * (end - begin), doing)


KEPT, SET_ASIDE, NOTHING, STOPPED = 0, 1, 2, 130
"""All rows kept; some set aside; nothing could be done; stopped by Ctrl+C (128 + SIGINT, as shells have it)."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
OUR_FAULT = "This is a fault of Waybill; please report it."


@contextmanager
def ended_in_words(told: Callable[[Exception], None], stopped: str) -> Iterator[None]:
    """Ends a command that fails with exit code 2, once `told` has said why, and one that is stopped with 130.

    stopped: what Ctrl+C leaves, as a sentence.
    """
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {stopped}")
        raise typer.Exit(STOPPED) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 -- whatever a file does to a parser, its reader gets words, no traceback
        told(error)
        raise typer.Exit(NOTHING) from None


def say_refused(error: Exception, file: Path) -> None:
    """Says which file or folder cannot be taken, why, and what to do."""
    reason, hint = reason_and_hint(error)
    about = shown(str(which(error, file)), LONGEST_SENTENCE)
    say(subject(about, shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE)))


def which(error: Exception, file: Path) -> Path:
    """The file that an error speaks of: the one that was named, or another, such as a file of places or of output."""
    if isinstance(error, OSError) and error.filename:
        return Path(os.fsdecode(error.filename))
    return Path(error.file) if isinstance(error, UnreadableFile) else file


def reason_and_hint(error: Exception) -> tuple[str, str]:
    """Why, and what to do; of a fault of ours, that it is one."""
    if isinstance(error, LibraryError):
        return f"{error.where}: {error.reason}", error.hint
    if isinstance(error, EngineError):
        return f"{error.engine}: {error.reason}", error.hint
    if hasattr(error, "reason") and hasattr(error, "hint"):
        return str(error.reason), str(error.hint)
    if isinstance(error, GeoError):
        return str(error).removesuffix("."), ""
    if isinstance(error, OSError):
        hint = "Make room and try again." if error.errno in FULL else "Check the folder and its permissions."
        return f"it cannot be read or written ({error.strerror or error})", hint
    return f"it failed ({type(error).__name__}: {error})", OUR_FAULT
