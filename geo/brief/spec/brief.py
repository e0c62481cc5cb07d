"""A brief: everything that a picture is made of, as a file that people write and Waybill completes.

    brief = read_brief("brief.toml")
    plates = plates_of(brief)
    text = brief.toml()

`keys` is the table of what it may hold. Equal briefs with equal data are equal bytes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

from geo.brief.plate.plate import Callout, Look, Words
from geo.brief.spec.keys import DATA_KEYS, KEYS, Value, literal, seconds
from geo.brief.spec.story import LEAST_STEPS, MOST_STEPS, Step, callouts_of, steps_of, written
from geo.brief.spec.story_keys import TABLES
from geo.brief.spec.values import SHOWN, flat, values_of
from geo.columns import ABOUT_PERCENT, DEFAULT_UNIT
from geo.errors import BriefError
from geo.scene.scene import PathKind
from geo.sea.basemap import ORDINARY_LAYERS

Texts = tuple[str, ...]
MOST_BYTES = 16_384
"""Of a brief: it travels within a picture's metadata, where JPEG has 64 kB for all."""
MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class DataRef:
    """One of the data a brief is made of. what: set, file or import; name: which; sha256: "" where not checked.

    reading: of a file with other columns than ours its mapping and its dialect, as `keys.reading_text` has them.
    """

    what: Literal["set", "file", "import"]
    name: str
    kind: str = ""
    sha256: str = ""
    reading: str = ""

    def __str__(self) -> str:
        return {"set": "data set", "file": "file", "import": "import"}[self.what] + f" {self.name[:SHOWN]}"


FOUNDING = DataRef("set", "founding")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports are shown; an empty tuple is all. mode holds Rec 19 names, "unstated" for none.

    same, separate: movements that several reports tell of, as `Selection` has them; apart, running and not_running: how
    totals are read; about: how many per cent "about" reaches.
    """

    origin: Texts = ()
    destination: Texts = ()
    mode: Texts = ()
    cargo: Texts = ()
    claimant: Texts = ()
    without_claimant: Texts = ()
    without_report: Texts = ()
    same: Texts = ()
    separate: Texts = ()
    apart: Texts = ()
    running: Texts = ()
    not_running: Texts = ()
    about: int = ABOUT_PERCENT


@dataclass(frozen=True, slots=True)
class Brief:
    """The keys of `brief_keys.KEYS`, read. folder: where the paths of files begin; it is no part of what is asked.

    moments are in time order, as `keys.moment` has them; none is the end. every: a moment each so often, from
    since or the start, to until or the end. window: "" for everything up to the moment. view: west, south, east, north,
    or nothing. scale: how much an arc of the full width stands for, 0 for the most on any route. callouts: on all its
    pictures. steps: of a story; each is a picture, and says what is not as it is here: see `step`. Raises BriefError.
    """

    data: tuple[DataRef, ...] = (FOUNDING,)
    unit: str = DEFAULT_UNIT
    filters: Choice = field(default_factory=Choice)
    moments: Texts = ()
    every: str = ""
    since: str = ""
    until: str = ""
    clock: Literal["cumulative", "trailing"] = "cumulative"
    window: str = ""
    frame: str = "16:9"
    look: Look = "light"
    view: tuple[float, ...] = ()
    largest: int = 0
    width: float = 0.0
    scale: float = 0.0
    paths: PathKind = "arcs"
    layers: Texts = ORDINARY_LAYERS
    locator: bool = True
    together: bool = False
    film_seconds: float = 10.0
    film_fps: float = 30.0
    words: Words = field(default_factory=Words)
    callouts: tuple[Callout, ...] = ()
    steps: tuple[Step, ...] = ()
    version: str = ""
    gazetteer: str = ""
    folder: Path = field(default=Path(), compare=False)

    def __post_init__(self) -> None:
        if self.moments and self.every:
            raise BriefError("time.moments and time.every", "a brief has one of them", "Leave the other out.")
        if (self.clock == "trailing") != bool(self.window):
            rule = "a trailing window has a length, and what is cumulative has none"
            raise BriefError(f"time.mode {self.clock}, window {self.window or 'none'}", rule, 'Give window = "30d".')
        if not self.data or len(self.data) > MOST_PARTS:
            rule = f"a brief names 1 to {MOST_PARTS} data sets, files and imports"
            raise BriefError(f"{len(self.data)} of data", rule, 'Give for example [[data]] with set = "founding".')
        if self.steps:
            self._check_story()
        if len(self.toml().encode()) > MOST_BYTES:
            rule = f"a brief has at most {MOST_BYTES:,} bytes, since it travels within its pictures"
            hint = "Name fewer claimants, reports or moments; --every needs no list."
            raise BriefError("this brief", rule, "Shorten the texts of its steps." if self.steps else hint)

    def _check_story(self) -> None:
        """Raises BriefError where its steps cannot be told one after another."""
        if not LEAST_STEPS <= len(self.steps) <= MOST_STEPS:
            rule = f"a story has {LEAST_STEPS} to {MOST_STEPS} steps"
            raise BriefError(f"a story of {len(self.steps)}", rule, "Add steps, or leave some out.")
        if len(self.moments) > 1 or self.every or self.together:
            rule = "a brief has steps, or several moments, and not both"
            raise BriefError("a story with several moments", rule, "Give each step its own moment.")

    @property
    def seconds(self) -> float | None:
        """The trailing window; None where everything up to the moment is shown."""
        return float(seconds(self.window)) if self.window else None

    def step(self, number: int) -> Brief:
        """The brief of one step alone, 1 for the first: its own keys in place of the brief's. Raises BriefError."""
        if not 1 <= number <= len(self.steps):
            rule = f"the story has {len(self.steps)} steps" if self.steps else "the brief has no steps"
            raise BriefError(f"step {number}", rule, "Number them from 1." if self.steps else "Add [[step]] to it.")
        step = self.steps[number - 1]
        given: dict[str, Any] = dict(step.said)
        filters = {name.partition(".")[2]: given.pop(name) for name in list(given) if "." in name}
        words = replace(self.words, title=step.title or self.words.title, subtitle=step.text or self.words.subtitle)
        changes: dict[str, Any] = {"view": given["view"]} if "view" in given else {}
        if "moment" in given:
            changes["moments"] = (given["moment"],) if given["moment"] else ()
        if "window" in given:
            changes |= {"window": given["window"], "clock": "trailing" if given["window"] else "cumulative"}
        callouts = (*self.callouts, *step.callouts)
        own = replace(self.filters, **filters)
        return replace(self, steps=(), callouts=callouts, words=words, filters=own, **changes)

    def toml(self) -> str:
        """The whole brief as TOML, every key in the order of the table. `parse_brief` reads it back."""
        return _written(self)

    @property
    def sha256(self) -> str:
        """Of `toml`, hexadecimal."""
        return hashlib.sha256(self.toml().encode()).hexdigest()


def read_brief(path: str | Path) -> Brief:
    """A brief file, TOML with the keys of docs/brief.md -> Brief.

    Raises BriefError for what is no brief, with the key, what is allowed, and what to do.

    >>> import geo, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "brief.toml")
    ...     _ = file.write_text('time.moments = ["2023-10-01"]')
    ...     brief = geo.read_brief(file)
    >>> brief.moments, brief.frame
    (('2023-10-01',), '16:9')
    """
    file = Path(path)
    where = file.name[:SHOWN]
    try:
        if not file.is_file():
            raise BriefError(where, "the file does not exist", "Give the path of a brief, or `--write` one.")
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BriefError(
            where, f"it cannot be read ({error.strerror})", "Check the file and its permissions."
        ) from error
    if len(content) > MOST_BYTES:
        raise BriefError(where, f"a brief has at most {MOST_BYTES:,} bytes", "Is this another file?")
    try:
        return parse_brief(content.decode("utf-8-sig"), where, file.parent)
    except UnicodeDecodeError as error:
        raise BriefError(where, "a brief is text in UTF-8", "Save it as UTF-8.") from error


def parse_brief(text: str, where: str = "brief", folder: Path = Path()) -> Brief:
    """The text of a brief file. where: its name, for what is told. Raises BriefError."""
    if len(text) > MOST_BYTES:
        raise BriefError(where, f"a brief has at most {MOST_BYTES:,} bytes", "Is this another text?")
    try:
        plain = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a number or nesting too large to read"
        raise BriefError(where, f"not valid TOML: {said[:200]}", "Fix that line.") from None
    data = plain.pop("data", [{"set": "founding"}])
    callouts = callouts_of(plain.pop("callout", []), where)
    steps = steps_of(plain.pop("step", []), where)
    values = values_of(flat(plain, KEYS), KEYS, where, ("data", *TABLES))
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise BriefError(f"{where}, data", "it is a table for each", 'Write [[data]], and below it set = "founding".')
    parts = tuple(_part(each, f"{where}, data {turn}") for turn, each in enumerate(data[: MOST_PARTS + 1], start=1))
    return replace(of_values(values, parts, folder), callouts=callouts, steps=steps)


def of_values(values: Mapping[str, Value], data: tuple[DataRef, ...], folder: Path) -> Brief:
    """Key -> value, as the table has them -> Brief."""
    given: dict[str, Any] = dict(values)
    tables = {name: _table(given, name) for name in ("filters", "words", "time", "picture", "film")}
    time, picture = tables["time"], tables["picture"]
    window = time["window"]
    return Brief(
        data=data,
        unit=given["unit"] or DEFAULT_UNIT,
        filters=Choice(**tables["filters"]),
        moments=time["moments"],
        every=time["every"],
        since=time["from"],
        until=time["to"],
        # A window says by itself that it trails.
        clock="trailing" if window and "time.mode" not in given["said"] else time["mode"],
        window=window,
        words=Words(**tables["words"]),
        film_seconds=tables["film"]["seconds"],
        film_fps=tables["film"]["fps"],
        version=given["waybill"],
        gazetteer=given["gazetteer"],
        folder=folder,
        **picture,
    )


def _table(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key.name.split(".")[1]: given[key.name] for key in KEYS if key.name.startswith(f"{name}.")}


def _part(table: Mapping[str, object], where: str) -> DataRef:
    values = values_of(table, DATA_KEYS, where)
    named = [name for name in ("set", "file", "import") if values[name]]
    if len(named) != 1:
        said = " and ".join(named) or "nothing"
        raise BriefError(f"{where}, {said}", "it names one of set, file and import", "Write a [[data]] table for each.")
    what = cast("Literal['set', 'file', 'import']", named[0])
    if values["kind"] and what != "file":
        raise BriefError(f"{where}, kind", f"{what}s know their kind", "Leave it out.")
    if values["reading"] and what != "file":
        raise BriefError(f"{where}, reading", f"{what}s know how they were read", "Leave it out.")
    return DataRef(what, values[what], values["kind"], values["sha256"], values["reading"])


def _written(brief: Brief) -> str:
    values: dict[str, Value] = {
        "waybill": brief.version,
        "gazetteer": brief.gazetteer,
        "unit": brief.unit,
        "time.moments": brief.moments,
        "time.every": brief.every,
        "time.from": brief.since,
        "time.to": brief.until,
        "time.mode": brief.clock,
        "time.window": brief.window,
        "picture.frame": brief.frame,
        "picture.look": brief.look,
        "picture.view": brief.view,
        "picture.largest": brief.largest,
        "picture.width": brief.width,
        "picture.scale": brief.scale,
        "picture.paths": brief.paths,
        "picture.layers": brief.layers,
        "picture.locator": brief.locator,
        "picture.together": brief.together,
        "film.seconds": brief.film_seconds,
        "film.fps": brief.film_fps,
    }
    for name, record in (("filters", brief.filters), ("words", brief.words)):
        values |= {f"{name}.{each}": getattr(record, each) for each in type(record).__dataclass_fields__}
    lines = [f"{key.name} = {literal(values[key.name])}" for key in KEYS if "." not in key.name]
    for part in brief.data:
        lines += ["", "[[data]]", f"{part.what} = {literal(part.name)}"]
        lines += [
            f"{name} = {literal(getattr(part, name))}" for name in ("kind", "reading", "sha256") if getattr(part, name)
        ]
    table = ""
    for key in KEYS:
        head, dot, name = key.name.partition(".")
        # Left out where it says nothing, so that briefs from before there was one are as they were.
        if dot and not (key.name == "picture.scale" and not brief.scale):
            lines += ["", f"[{head}]"] if head != table else []
            table = head
            lines.append(f"{name} = {literal(values[key.name])}")
    return "\n".join([*lines, *written(brief.callouts, brief.steps)]) + "\n"


def completed(brief: Brief, *, data: tuple[DataRef, ...], version: str, gazetteer: str) -> Brief:
    """The brief with the hashes of what it was made of."""
    return replace(brief, data=data, version=version, gazetteer=gazetteer)
