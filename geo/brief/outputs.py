"""The files that a brief is asked for: one table of formats, names for several moments, and writing all or nothing.

Each file carries its brief and the hash of it; `reproduce` reads them back.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory, gettempdir
from typing import Literal, Protocol

from geo.atomic_files import put_files
from geo.brief.pictures import Picture, Prepared
from geo.brief.spec.brief import Brief
from geo.brief.toolchain import drawn_with
from geo.errors import BriefError

Takes = Literal["moment", "moments", "span"]
Progress = Callable[[float, str], None]
BRIEF, BRIEF_HASH, TOOLS = "brief", "brief-sha256", "drawn-with"
"""The names under which a file carries the TOML of its brief, the SHA-256 of that, and what drew it."""
BROWSER = "a browser"
"""What drew a picture of the map that was saved there: player/src/facts.ts."""


class Render(Protocol):
    """Pictures of one file, its format, and what it carries -> its bytes. progress may raise to stop."""

    def __call__(
        self, pictures: Sequence[Picture], kind: str, carry: Mapping[str, str], progress: Callable[[float], None]
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Format:
    """takes: a file for each moment, one for all moments, or one that runs to the last moment."""

    name: str
    suffixes: tuple[str, ...]
    takes: Takes
    render: Render


def _plate(
    pictures: Sequence[Picture], kind: str, carry: Mapping[str, str], progress: Callable[[float], None]
) -> bytes:
    from geo.brief.formats.images import save_plate

    del progress
    out = io.BytesIO()
    save_plate(pictures[0].plate, out, kind, carry=carry)
    return out.getvalue()


def _page(pictures: Sequence[Picture], kind: str, carry: Mapping[str, str], progress: Callable[[float], None]) -> bytes:
    from geo.brief.formats.page import Opening, page
    from geo.brief.formats.page_story import StepPage, story_page

    del kind, progress
    if len(pictures) > 1 and pictures[0].step:
        steps = [StepPage(each.plate, each.grounds, bool(each.brief.moments)) for each in pictures]
        return story_page(steps, pictures[0].whole, carry)
    plate = pictures[-1].plate
    moment = plate.moments[-1] if len(pictures) == 1 and pictures[0].brief.moments else None
    opening = Opening(moment, plate.window, plate.view, plate.largest, plate.layers, plate.callouts)
    return page(
        plate.scene, plate.words, plate.data_hash, plate.version,
        opening=opening, carry=carry, grounds=pictures[-1].grounds,
    )  # fmt: skip


def _slides(
    pictures: Sequence[Picture], kind: str, carry: Mapping[str, str], progress: Callable[[float], None]
) -> bytes:
    from geo.brief.formats.slides import save_slides

    del kind, progress
    out = io.BytesIO()
    save_slides([each.plate for each in pictures], out, carry=carry)
    return out.getvalue()


def _film(pictures: Sequence[Picture], kind: str, carry: Mapping[str, str], progress: Callable[[float], None]) -> bytes:
    from geo.brief.formats.film import save_film, save_story_film

    asked = pictures[-1].brief
    seconds, fps = asked.film_seconds, round(asked.film_fps)
    try:
        with TemporaryDirectory(prefix="waybill-") as folder:
            file = Path(folder, f"film.{kind}")
            plates = [each.plate for each in pictures]
            if len(plates) > 1:
                save_story_film(plates, file, kind, seconds=seconds, fps=fps, progress=progress, carry=carry)
            else:
                save_film(plates[0], file, kind, seconds=seconds, fps=fps, progress=progress, carry=carry)
            return file.read_bytes()
    except OSError as error:
        rule = f"the temporary folder cannot be used ({error.strerror or error})"
        raise BriefError(gettempdir(), rule, "Make room there, or set TMPDIR to another folder.") from error


_TABLE = (
    Format("png", ("png",), "moment", _plate),
    Format("jpeg", ("jpg", "jpeg"), "moment", _plate),
    Format("webp", ("webp",), "moment", _plate),
    Format("svg", ("svg",), "moment", _plate),
    Format("pdf", ("pdf",), "moment", _plate),
    Format("html", ("html", "htm"), "moments", _page),
    Format("pptx", ("pptx",), "moments", _slides),
    Format("mp4", ("mp4",), "span", _film),
    Format("webm", ("webm",), "span", _film),
    Format("gif", ("gif",), "span", _film),
)


@cache
def formats() -> Mapping[str, Format]:
    """Suffix -> format, of all that can be made here."""
    return {suffix: each for each in _TABLE for suffix in each.suffixes}


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """One file to be written."""

    path: Path
    format: Format
    pictures: tuple[Picture, ...]
    brief: Brief


def format_of(path: Path) -> Format:
    """By the name's ending. Raises BriefError with all there are."""
    suffix = path.suffix[1:].lower()
    if suffix not in formats():
        known = ", ".join(formats())
        raise BriefError(f"{path.name[:80]}", "its extension is not a known format", f"Extensions are {known}.")
    return formats()[suffix]


def planned(made: Prepared, targets: Sequence[Path]) -> list[Output]:
    """The files for some names: "OUT.png" is "OUT-2023-09-01.png" … where there are several moments, "OUT-step-1.png" …
    of a story.

    Raises BriefError where two would be one file.
    """
    found: list[Output] = []
    for target in targets:
        kind = format_of(target)
        if kind.takes == "moments" or (kind.takes == "span" and made.brief.steps):
            found.append(Output(target, kind, made.pictures, made.brief))
            continue
        if kind.takes == "span":
            last = made.pictures[-1]
            found.append(Output(target, kind, (last,), last.brief))
            continue
        for each in made.pictures:
            several = len(made.pictures) > 1
            path = target.with_name(f"{target.stem}-{each.name}{target.suffix}") if several else target
            found.append(Output(path, kind, (each,), each.brief))
    if len({each.path.absolute() for each in found}) < len(found):
        raise BriefError("the outputs", "two of them are the same file", "Give each its own name.")
    return found


def check_targets(paths: Sequence[Path], *, replace: bool) -> None:
    """Says no before any work to what could not be written. Raises BriefError."""
    for path in paths:
        folder = path.absolute().parent
        if not folder.is_dir():
            raise BriefError(f"{path}", f"{folder} does not exist or is not a folder", "Create it first.")
        if path.is_dir():
            raise BriefError(f"{path}", "it is a folder", "Give the name of a file in it.")
        if not replace and (path.exists() or path.is_symlink()):
            raise BriefError(f"{path}", "it already exists", "Give another name, or use --force.")


def write(
    outputs: Sequence[Output],
    *,
    replace: bool,
    beside: Mapping[Path, bytes] | None = None,
    progress: Progress | None = None,
) -> None:
    """Renders and writes all of them, or none; beside: further files. Raises BriefError, and what progress raises."""
    more = beside or {}
    check_targets([*(each.path for each in outputs), *more], replace=replace)

    def blocks(turn: int, output: Output) -> Iterator[bytes]:
        def told(share: float) -> None:
            if progress:
                progress((turn + share) / len(outputs), output.path.name)

        told(0.0)
        yield render(output, told)
        told(1.0)

    rendered = {each.path: blocks(turn, each) for turn, each in enumerate(outputs)}
    put({**rendered, **{path: [content] for path, content in more.items()}}, replace=replace)


def put(files: Mapping[Path, Iterable[bytes]], *, replace: bool) -> None:
    """Writes files, each whole, or none of them. Raises BriefError."""
    try:
        put_files(files, replace=replace)
    except FileExistsError as error:
        hint = "Give another name, or use --force."
        raise BriefError(f"{error.filename or error}", "it already exists", hint) from error
    except OSError as error:
        rule = f"it cannot be written ({error.strerror or error})"
        raise BriefError(f"{error.filename or 'the output'}", rule, "Make room, or check the folder.") from error


def written_brief(brief: Brief, path: Path) -> dict[Path, bytes]:
    """A brief as a file that `read_brief` takes: paths of its files are those from its own folder."""
    home = path.absolute().parent
    data = tuple(
        replace(each, name=_from(home, brief.folder / each.name)) if each.what == "file" else each
        for each in brief.data
    )
    return {path: replace(brief, data=data).toml().encode()}


def _from(home: Path, file: Path) -> str:
    try:
        return Path(os.path.relpath(file.absolute(), home)).as_posix()
    except ValueError:  # another drive
        return str(file.absolute())


def render(output: Output, progress: Callable[[float], None] | None = None) -> bytes:
    """The bytes of one file. Raises BriefError."""
    carry = carry_of(output.brief, output.pictures, output.format.name)
    return output.format.render(output.pictures, output.format.name, carry, progress or (lambda _: None))


def carry_of(brief: Brief, pictures: Sequence[Picture], kind: str) -> dict[str, str]:
    """What a file of this format carries of its brief, and of what draws it. Raises BriefError."""
    own = portable(brief)
    drawn = drawn_with(kind, [each.plate for each in pictures])
    return {BRIEF: own.toml(), BRIEF_HASH: own.sha256, TOOLS: drawn}


def portable(brief: Brief) -> Brief:
    """The brief as a picture carries it: files by paths below the brief's folder, or else by their names alone.

    A path from a disk's root tells strangers about its owner, and nobody else has it.
    """
    return replace(
        brief,
        data=tuple(replace(each, name=_inside(each.name)) if each.what == "file" else each for each in brief.data),
    )


def _inside(name: str) -> str:
    path, foreign = PurePosixPath(name), PureWindowsPath(name)
    if foreign.drive or foreign.root or ".." in foreign.parts:
        return foreign.name
    return path.name if path.is_absolute() or ".." in path.parts else name
