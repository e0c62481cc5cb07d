"""Any file -> Sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace

from geo.errors import Progress, TooLarge, UnreadableFile, silent
from geo.files import archives, beside_data, features, limits, workbook
from geo.files.content import BLOCK, Content, GivenContent, Source, content_from, content_of
from geo.files.detect.charset import ASCII
from geo.files.detect.dialect import checked, detect
from geo.files.forms import form_of, form_of_archive, packing_of
from geo.files.shape_columns import with_ends
from geo.files.text.decode import WrongCharset
from geo.files.text_file import read_text
from geo.matching.shapes.reshape import reshape
from geo.sheet import BOOKS, Dialect, Said, Sheet

__all__ = ["Source", "content_of", "read_sheet"]

_HEAD = 1 * limits.MIB
_PREVIEW_HEAD = 256 * limits.KIB
_OF_PARTS = ("workbook", "shapefile")
"""The forms that may be a zip archive by themselves."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _How:
    """What the reading of every form needs to know."""

    dialect: Dialect
    detect: bool
    at_most: int | None
    progress: Progress
    clock: Clock
    said: Said = field(default_factory=dict)

    def watch(self) -> None:
        """Says that reading goes on, for forms that do not know how far they are."""
        self.progress(0.5, "reading rows")


def read_sheet(
    file: Source,
    name: str | None = None,
    dialect: Dialect | None = None,
    *,
    said: Said | None = None,
    at_most: int | None = None,
    progress: Progress | None = None,
    clock: Clock = time.monotonic,
) -> Sheet:
    r"""A path, bytes or an open file -> Sheet, in the dialect given or else detected.

    said: fields of the dialect that are known, where the others are to be detected: the sheet of a workbook, the shape
    of its rows, and so on.
    at_most: only so many rows from the beginning, quickly. clock: seconds, for the limit on careful reading.
    Raises UnreadableFile, TooLarge, DialectError, and Cancelled where progress does.

    >>> import geo
    >>> sheet = geo.read_sheet(b"POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300", "foreign.csv")
    >>> sheet.header, sheet.dialect.delimiter, len(sheet)
    (('POL', 'POD', 'ETD', 'Boxes'), ';', 1)
    """
    given = content_from(file, name)
    watch = progress or silent
    given_dialect = checked((dialect or Dialect()).told(said or {}))
    start = given_dialect if dialect else Dialect(sheet=given_dialect.sheet)
    how = _How(start, dialect is None, at_most, watch, clock, said or {})
    # Hashing lets go of Python's lock: it costs no time beside the reading.
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(given.sha256)
        sheet = reshape(with_ends(beside_data.without(_opened(given, how))), given_dialect.shape)
        return replace(sheet, file=given.name, sha256=digest.result())


def _opened(given: GivenContent, how: _How) -> Sheet:
    """Unpacks what is packed."""
    begins = packing_of(given.head(4))
    packed = begins if how.detect else how.dialect.packing
    if packed == "gzip":
        content = archives.gunzipped(given, given.size)
        return _read(content, given.size, _packed(how, "gzip", ""))
    if packed == "zip" or (how.dialect.form in _OF_PARTS and begins == "zip"):
        with given.seekable() as file:
            archive = archives.directory(file, given.name)
            form = form_of_archive(archive, given.name) if how.detect and not how.dialect.member else ""
            if form or (not how.detect and packed != "zip"):
                return _read(given, given.size, _of_form(how, form or how.dialect.form))
            unpacked, member, why = archives.unzipped(archive, given.name, how.dialect.member)
            sheet = _read(unpacked, unpacked.packed, _packed(how, "zip", member))
            return replace(sheet, reasons={"packing": why, **sheet.reasons}) if how.detect else sheet
    return _read(given, given.size, how)


def _packed(how: _How, packed: str, member: str) -> _How:
    return replace(how, dialect=replace(how.dialect, packing=packed, member=member))


def _of_form(how: _How, form: str) -> _How:
    return replace(how, dialect=replace(how.dialect, form=form))


def _read(content: Content, packed: int, how: _How) -> Sheet:
    head = content.head(_HEAD if how.at_most is None else _PREVIEW_HEAD)
    if how.detect and how.dialect.form == "text":
        how = _of_form(how, _inner_form(head, content, how))
    dialect, at_most = how.dialect, how.at_most
    if dialect.form not in ("text", *BOOKS):
        dialect = dialect.told(how.said)
    if dialect.form in BOOKS:
        said = how.said if how.detect else None
        return workbook.read_workbook(content, dialect, said, at_most=at_most, watch=how.watch)
    if dialect.form in features.FORMS:
        return features.read_features(content, dialect, at_most=at_most, watch=how.watch)
    return _text(content, head, packed, how)


def _inner_form(head: bytes, content: Content, how: _How) -> str:
    """The form of what was unpacked, or never packed: archives within archives are refused."""
    if packing_of(head) == "zip" and how.dialect.packing:
        with suppress(UnreadableFile), content.seekable() as file:
            if (form := form_of_archive(archives.directory(file, content.name), content.name)) in _OF_PARTS:
                return form
    if packing_of(head):
        raise UnreadableFile(content.name, "is an archive within an archive", "Unpack it once.")
    return form_of(head, content.name)


def _text(content: Content, head: bytes, packed: int, how: _How) -> Sheet:
    """Reads a text; where its charset turns out to be another further down, it is read again."""
    if not how.detect:
        return _in_dialect(content, packed, how)
    _check_first_line(head, content.name)
    dialect, reasons = detect(head, content.name, said=how.said)
    found = _in_packing(dialect, how)
    try:
        sheet = _in_dialect(content, packed, replace(how, dialect=found), sure=reasons["encoding"] != ASCII)
    except WrongCharset as error:
        dialect, reasons = detect(head, content.name, error.sample, how.said)
        found = _in_packing(dialect, how)
        sheet = _in_dialect(content, packed, replace(how, dialect=found))
    return replace(sheet, reasons=reasons)


def _in_packing(dialect: Dialect, how: _How) -> Dialect:
    return checked(replace(dialect, packing=how.dialect.packing, member=how.dialect.member))


def _check_first_line(head: bytes, name: str) -> None:
    """A line without end is refused before anybody looks at it."""
    if len(head) >= limits.LINE_BYTES and b"\n" not in head and b"\r" not in head:
        limit = limits.in_words(limits.LINE_BYTES)
        raise TooLarge(name, "the length of line 1", f"more than {limit}", limit)


def _in_dialect(content: Content, packed: int, how: _How, *, sure: bool = True) -> Sheet:
    done = 0
    size = max(packed, 1)

    def parts() -> Iterator[bytes]:
        nonlocal done
        for part in content.parts(BLOCK if how.at_most is None else _PREVIEW_HEAD):
            done += len(part)
            yield part

    def watch() -> None:
        how.progress(min(done / size, 1.0), "reading rows")

    return read_text(parts(), content.name, how.dialect, sure=sure, at_most=how.at_most, watch=watch, clock=how.clock)
