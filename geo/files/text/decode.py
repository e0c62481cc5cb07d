"""The parts of a file in any charset -> UTF-8 text in blocks of whole lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

import numpy as np

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits

_LF = 10
_BOM = b"\xef\xbb\xbf"
_SAMPLE = 64 * limits.KIB
_MOST_LINES = 2**20
"""Of a block: sixteen numbers for each are at most 128 MiB."""
_WINDOW = limits.LINE_BYTES // 2


class WrongCharset(UnreadableFile):
    """Text that was plain ASCII up to here and is no UTF-8. sample: what stands around the first byte that is none."""

    def __init__(self, file: str, sample: bytes) -> None:
        self.sample = sample
        super().__init__(file, "is not UTF-8 text throughout", "Choose its encoding.")


def decoder_of(encoding: str) -> codecs.IncrementalDecoder:
    """The decoder of a charset of text, which shows bytes that are none. Raises DialectError."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)(SHOWN)
        if isinstance(decoder.decode(b""), str) and encoding.isascii():
            return decoder
    except (LookupError, ValueError, TypeError, AssertionError):
        pass
    raise DialectError("encoding", encoding, 'it is a charset that Python knows, such as "utf-8" or "cp1251"')


def blocks_of_lines(parts: Iterable[bytes], encoding: str, name: str, *, sure: bool = True) -> Iterator[bytes]:
    """UTF-8 text without a byte order mark; each block ends with a line end, the last one too.

    Bytes that are no text in this charset are shown, and so is NUL, see `Undecoded`. sure: it is this one, whatever
    they are; else WrongCharset is raised where nothing but ASCII stood before the first of them.

    Raises UnreadableFile for what is no text at all, TooLarge for a line without end.
    """
    lines, rest = 0, b""
    undecoded = Undecoded(name)
    check = _Check(name, sure, undecoded)
    for text in _texts(parts, encoding, undecoded):
        rest = rest + text if rest else text
        cut = rest.rfind(b"\n") + 1 or rest.rfind(b"\r", 0, len(rest) - 1) + 1
        if cut:
            block, rest = rest[:cut], rest[cut:]
            for piece in _pieces(block):
                yield check.block(piece, lines)
                lines += line_count(piece)
        if len(rest) > limits.LINE_BYTES:
            _check_lengths(rest, lines, name)
    if rest:
        yield check.block(rest + b"\n", lines)


def _pieces(block: bytes) -> Iterator[bytes]:
    """A block of whole lines in pieces of whole lines: each line takes some numbers while it is read, however short."""
    if line_count(block) <= _MOST_LINES:
        yield block
        return
    at = 0
    while at < len(block):
        stop = at + _MOST_LINES
        end = block.rfind(b"\n", at, stop) + 1 or block.rfind(b"\r", at, stop - 1) + 1
        end = end if end and stop < len(block) else len(block)
        yield block[at:end]
        at = end


def line_count(text: bytes) -> int:
    """Lines in a text that ends with a line end: at "\\n", "\\r\\n" and a lone "\\r"."""
    feeds = int(np.count_nonzero(np.frombuffer(text, np.uint8) == _LF))  # three times as fast as bytes.count
    return feeds + (text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else 0)


def _texts(parts: Iterable[bytes], encoding: str, undecoded: Undecoded) -> Iterator[bytes]:
    first = True
    decoder = decoder_of(encoding)
    as_it_is = codecs.lookup(encoding).name in ("utf-8", "ascii")
    for part in parts:
        text = part if as_it_is else _encoded(decoder, part, encoding, undecoded)
        if first and text:
            text, first = text.removeprefix(_BOM), False
        yield text
    if not as_it_is:
        yield _encoded(decoder, b"", encoding, undecoded, final=True)


def _encoded(
    decoder: codecs.IncrementalDecoder, part: bytes, encoding: str, undecoded: Undecoded, *, final: bool = False
) -> bytes:
    try:
        return undecoded.checked(decoder.decode(part, final)).encode("utf-8", "surrogatepass")
    except (UnicodeError, ValueError) as error:
        reason = f"is not text in the charset {encoding}"
        raise UnreadableFile(undecoded.name, reason, "Choose another encoding.") from error


class _Check:
    """Refuses what is no text, and lines that are too long; shows bytes that are no UTF-8, and NUL."""

    def __init__(self, name: str, sure: bool, undecoded: Undecoded) -> None:
        self._name, self._sure, self._undecoded = name, sure, undecoded
        self._with_nul = 0

    def block(self, block: bytes, lines: int) -> bytes:
        """A block of whole lines after so many others, as UTF-8."""
        _check_lengths(block, lines, self._name)
        shown = block if block.isascii() else self._decoded(block)
        return self._without_nul(shown, lines) if b"\0" in shown else shown

    def _without_nul(self, block: bytes, lines: int) -> bytes:
        """NUL shown, as long as at most every second line of the file so far has one."""
        found = lines_with_nul(block)
        self._with_nul += found or 0
        if found is None or 2 * self._with_nul > lines + line_count(block):
            line = lines + line_count(block[: block.index(b"\0")]) + 1
            hint = "Save the table as CSV (UTF-8) and load that."
            raise UnreadableFile(self._name, f"is not a text table: line {line} has a NUL byte", hint)
        return self._undecoded.without_nul(block)

    def _decoded(self, block: bytes) -> bytes:
        try:
            block.decode()
        except UnicodeDecodeError as error:
            sample = block[max(error.start - _SAMPLE, 0) : error.start + _SAMPLE]
            if not self._sure and not nearly_utf8(sample):
                raise WrongCharset(self._name, sample) from error
            block = self._undecoded.checked(block.decode("utf-8", SHOWN)).encode()
        self._sure = True
        return block


def _check_lengths(block: bytes, lines: int, name: str) -> None:
    """A line beyond the limit covers one of these windows from end to end; only then are lines looked at."""
    for at in range(0, len(block) - _WINDOW, _WINDOW):
        if block.find(b"\n", at, at + _WINDOW) < 0 and block.find(b"\r", at, at + _WINDOW) < 0:
            start = max(block.rfind(b"\n", 0, at), block.rfind(b"\r", 0, at)) + 1
            ends = [end for mark in (b"\n", b"\r") if (end := block.find(mark, at)) >= 0]
            if min(ends, default=len(block)) - start > limits.LINE_BYTES:
                line = lines + line_count(block[:start]) + 1
                limit = limits.in_words(limits.LINE_BYTES)
                raise TooLarge(name, f"the length of line {line}", f"more than {limit}", limit)


SHOWN = "geo.shown"
"""The error handler that does this, by the name that `bytes.decode` takes."""
MARK = "\ufffd\\x"
"""What stands before the number of such a byte."""
NUL = f"{MARK}00"
_NULS = re.compile(rb"\0+")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.02
"""Of the bytes of a text, that are control characters: a binary file has more."""
_LINE_FEED, _CR = 10, 13
_FEW = 10
"""So many characters of UTF-8 speak for it against one byte that is none."""


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"{MARK}{byte:02x}" for byte in error.object[error.start : error.end]), error.end


def _nul(run: re.Match[bytes]) -> bytes:
    return (NUL if len(run[0]) == 1 else f"{NUL}×{len(run[0])}").encode()


codecs.register_error(SHOWN, _shown)


def nearly_utf8(text: bytes) -> bool:
    """Whether characters of UTF-8 beyond ASCII are many in a text, and bytes that are none are few.

    In another encoding few bytes make a character of UTF-8 by chance: next to none in one of single letters, less than
    every fifth in those of East Asia.
    """
    valid = text.decode("utf-8", "ignore")
    beyond = len(valid) - len(valid.encode("ascii", "ignore"))
    amiss = text.decode("utf-8", "replace").count("\ufffd") - valid.count("\ufffd")
    return amiss * _FEW <= beyond


def lines_with_nul(text: bytes) -> int | None:
    """In how many lines of a text NUL stands; None where so much else in it is no text that the file is binary."""
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * (len(text) - text.count(0)):
        return None
    marked = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero((marked == _LINE_FEED) | (marked == _CR))
    return int(np.unique(np.searchsorted(ends, np.flatnonzero(marked == 0))).size)


def is_text_with_nul(head: bytes) -> bool:
    """Whether a file that begins so, NUL in it, is text: at most every second line has one, as where a disk failed."""
    many = lines_with_nul(head)
    return many is not None and 2 * many <= max(len(head.splitlines()), 1)


class Undecoded:
    """Counts the bytes of one file that are no characters, up to a limit: each takes a microsecond."""

    def __init__(self, name: str) -> None:
        self.name, self._left = name, limits.UNDECODED_BYTES

    def without_nul(self, text: bytes) -> bytes:
        """The same UTF-8 with NUL shown. Raises TooLarge."""
        self._count(len(_NULS.findall(text)))
        return _NULS.sub(_nul, text)

    def checked(self, text: str) -> str:
        """The same text. Raises TooLarge."""
        self._count(text.count(MARK))
        return text

    def _count(self, found: int) -> None:
        self._left -= found
        if self._left < 0:
            limit = f"{limits.UNDECODED_BYTES:,}"
            raise TooLarge(self.name, "bytes that are not text in its encoding", f"more than {limit}", limit)
