"""`waybill brief`: a brief, or the founding article, as finished files; and a file made anew from the brief inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.brief_data import is_table, refs
from geo.cli.console import (
    KEPT,
    LONGEST_SENTENCE,
    NOTHING,
    SET_ASIDE,
    counted,
    ended_in_words,
    reason_and_hint,
    say,
    shown,
    tell,
    watched,
)
from geo.cli.options import SAME, SAY_WHICH, SEPARATE, Options, with_options
from geo.errors import BriefError, UnreadableFile, subject

if TYPE_CHECKING:
    from geo.brief.outputs import Output
    from geo.brief.spec.brief import Brief
    from geo.brief.spec.data import Told


@with_options
def brief(  # noqa: PLR0913, PLR0917 -- what a command line can say, by name
    options: Options,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BRIEF.toml|FILE]",
            help="A brief; or a file of data, as `waybill check` takes it; or with --again a file that was made.",
        ),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="A file to make; its extension sets the format. May be repeated."
        ),
    ] = None,
    data: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATA",
            help="founding, wider, a file, or an import's id; may be repeated. With --again: where a file is.",
        ),
    ] = None,
    moments: Annotated[
        str | None, typer.Option(metavar="DAY,DAY", help="Days, each meaning its end: 2023-09-01,2023-10-01.")
    ] = None,
    every: Annotated[str | None, typer.Option(metavar="LENGTH", help="A moment each 12h, 7d or 2w.")] = None,
    together: Annotated[
        bool | None, typer.Option("--together/--apart", help="One picture of 2 moments, compared, or of 4 or 6.")
    ] = None,
    window: Annotated[str | None, typer.Option(metavar="LENGTH", help="Only what moved in the last 30d, say.")] = None,
    frame: Annotated[
        str | None, typer.Option(help="16:9, 4:3, a4, a4-portrait, square, 9:16, 1200x800, 180x120mm@300.")
    ] = None,
    look: Annotated[str | None, typer.Option(help="light, dark or grey.")] = None,
    largest: Annotated[
        int | None, typer.Option(metavar="N", help="Draw only the N largest routes; 0 draws all.")
    ] = None,
    width: Annotated[float | None, typer.Option(metavar="PX", help="Of the widest arc, 4 to 64.")] = None,
    paths: Annotated[str | None, typer.Option(help="arcs, or routes: indicative ones by sea, where there are.")] = None,
    title: Annotated[str | None, typer.Option(help="Made from the data where it is left out.")] = None,
    subtitle: Annotated[str | None, typer.Option(help="A line below the title.")] = None,
    handling: Annotated[str | None, typer.Option(help="Above and below, such as a TLP marking.")] = None,
    note: Annotated[str | None, typer.Option(help="A line below the map.")] = None,
    seconds: Annotated[float | None, typer.Option(help="How long a film lasts; 10 where it is left out.")] = None,
    same: Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SAME)] = None,
    separate: Annotated[list[str] | None, typer.Option(metavar="ID|all", help=SEPARATE)] = None,
    step: Annotated[int | None, typer.Option(metavar="N", help="Of a story: this step alone, 1 for the first.")] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="BRIEF.toml", help="Write the complete brief, with the hashes of its data.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make a file again from the brief inside it, and compare.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Accept data that differ from the brief; what changed is listed.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Make finished files of a brief: pictures, pages, slides, films. Without a brief it is the founding article.

    What is said here stands in place of what the brief says. Every file carries its brief and the hashes of its data;
    the same brief with the same data gives the same bytes, and --again shows whether it does. A file with other columns
    than ours is taken with --yes and the answers that `waybill check` takes.

    Exit code: 0 made, and all rows are in it; 1 rows were set aside, or --again gave other bytes; 2 nothing was made.
    """
    with ended_in_words(_told, "Nothing was made."):
        said = {
            "time.moments": moments, "time.every": every, "picture.together": together,
            "time.window": window, "picture.frame": frame, "picture.look": look,
            "picture.largest": largest, "picture.width": width, "picture.paths": paths, "words.title": title,
            "words.subtitle": subtitle, "words.handling": handling, "words.note": note,
            "film.seconds": seconds, "filters.same": same or None, "filters.separate": separate or None,
        }  # fmt: skip
        given = {name: value for name, value in said.items() if value is not None}
        if again:
            if file is None or write or given or step is not None or options != Options():
                raise typer.BadParameter(
                    "--again takes a file that was made, and with it -o, --data, --changed, --force"
                )
            raise typer.Exit(_again(file, output or [], data or [], changed=changed, force=force))
        asked = _asked(file, given, data or [], options)
        raise typer.Exit(_made(asked, output or [], write, step=step, changed=changed, force=force))


def _asked(file: Path | None, given: Mapping[str, object], data: list[str], options: Options) -> Brief:
    """The brief, with what was said on the command line in its place."""
    from geo.brief.pictures import said
    from geo.brief.spec.brief import Brief, read_brief

    table = file if is_table(file) else None
    start = read_brief(file) if file and not table else Brief()
    parts, unit = refs(table, data, options)
    return said(start, {**given, **({"unit": unit} if unit else {})}, parts)


def _made(
    asked: Brief, outputs: list[Path], write: Path | None, *, step: int | None, changed: bool, force: bool
) -> int:
    from geo.brief import outputs as brief_outputs
    from geo.brief.pictures import of_step, prepared

    if not outputs and write is None:
        raise typer.BadParameter(
            f"name what to make: -o OUT.png ({', '.join(brief_outputs.formats())}), or --write BRIEF.toml"
        )
    for each in outputs:
        brief_outputs.format_of(each)
    if step is not None:
        asked.step(step)  # Says so before any work where there is no such step.
    with watched("brief") as progress:
        made = prepared(asked, changed=changed, progress=progress)
    made = made if step is None else of_step(made, step)
    planned = brief_outputs.planned(made, outputs)
    written = brief_outputs.written_brief(made.brief, write) if write else {}
    with watched("brief") as progress:
        brief_outputs.write(planned, replace=force, beside=written, progress=progress)
    _tell_changes(made.changes)
    _tell_set_aside(made.told)
    for sentence in made.twice:
        say(shown(sentence, LONGEST_SENTENCE))
    if made.twice:
        say(SAY_WHICH)
    _warn(planned)
    for path in [*(each.path for each in planned), *written]:
        tell(f"Written: {shown(str(path), LONGEST_SENTENCE)}")
    return SET_ASIDE if made.told else KEPT


def _warn(outputs: Sequence[Output]) -> None:
    """What the Brief page asks before a picture leaves: each sentence once, with the first picture that it is of."""
    from geo.brief import checks

    said: dict[str, list[str]] = {}
    for name, sentence in checks.of_outputs(outputs):
        said.setdefault(sentence, []).append(name)
    for sentence, names in said.items():
        more = f", and {counted(len(names) - 1, 'more picture')}" if len(names) > 1 else ""
        say(f"warning: {shown(names[0])}{more}: {shown(sentence, LONGEST_SENTENCE)}")


def _again(file: Path, outputs: list[Path], data: list[str], *, changed: bool, force: bool) -> int:
    from geo.brief import outputs as brief_outputs
    from geo.brief.reproduce import again

    if len(outputs) > 1:
        raise typer.BadParameter("--again makes one file; give -o once")
    brief_outputs.check_targets(outputs, replace=force)
    with watched(file.name) as progress:
        folders = [Path(), *(Path(each).parent for each in data)]
        made = again(file, folders, changed=changed, progress=progress)
    name = shown(file.name)
    _tell_set_aside(made.told)
    if made.content is None:
        say(f"{name} cannot be made again as it was:")
        _tell_changes(made.changes)
        say("Bring back what was there then, say where a file lies with --data, or take what is there with --changed.")
        return NOTHING
    if outputs and brief_outputs.format_of(outputs[0]) != made.format:
        raise BriefError(
            f"{outputs[0].name}", f"{file.name} is {made.format.name}", "Give the new file the same ending."
        )
    if outputs:
        brief_outputs.put({outputs[0]: [made.content]}, replace=force)
        tell(f"Written: {shown(str(outputs[0]), LONGEST_SENTENCE)}")
    if made.same:
        tell(f"{name}: made again, the same {len(made.content):,} bytes.")
        return KEPT
    tell(f"{name}: made again, and the bytes differ.")
    _tell_changes(made.changes)
    return SET_ASIDE


def _tell_changes(changes: tuple[str, ...]) -> None:
    for each in changes:
        say(f"  {shown(each, LONGEST_SENTENCE)}.")


def _tell_set_aside(told: tuple[Told, ...]) -> None:
    for each in told:
        name = shown(each.file, LONGEST_SENTENCE)
        say(f"{name}: {each.set_aside:,} of {counted(each.rows, 'row')} set aside and not used here.")
        for problem in each.problems:
            where = f"{problem.column}: " if problem.column else ""
            say(f"  line {problem.row}, {shown(f'{where}{problem.rule}. {problem.hint}', LONGEST_SENTENCE)}")
        say(f"  `waybill check {name}` lists them all.")


def _told(error: Exception) -> None:
    reason, hint = reason_and_hint(error)
    if isinstance(error, BriefError):
        reason, hint = f"{error.given}: {error.rule}", error.hint
    elif isinstance(error, UnreadableFile):
        reason = subject(Path(error.file).name, error.reason)
    say(shown(f"{reason}. {hint}".strip(), 2 * LONGEST_SENTENCE))
