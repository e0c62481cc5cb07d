"""The bytes of a text -> its charset, and why it was taken to be that one.

UTF-8 and UTF-16 tell themselves. Of the others, any bytes merely decode in several; taken is the one whose letters are
those of its language. Where two are as likely, nobody is served by a guess: the file is read as UTF-8, and the rows
with other bytes wait until somebody says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from geo.errors import UnreadableFile
from geo.files.detect import charset_scores
from geo.files.text.bad_bytes import is_text_with_nul, nearly_utf8

_SCORES: dict[str, tuple[str, Callable[[str], list[float]]]] = {
    "cp1252": ("Western European", charset_scores.latin),
    "cp1251": ("Cyrillic", charset_scores.cyrillic),
    "cp932": ("Japanese", charset_scores.japanese),
    "cp949": ("Korean", charset_scores.korean),
    "gb18030": ("Chinese", charset_scores.chinese),
}
_NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "gb18030": "GB18030",
}
_BOMS = {codecs.BOM_UTF8: "utf-8", b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be"}
_BOMS |= {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
ASCII = "All characters at its beginning are ASCII, which is UTF-8 too."
VALID = "The bytes at its beginning are valid UTF-8."
_SAVE = "Save the table as CSV (UTF-8) and load that."
_ASIDE = "Rows with other bytes are rejected"
_LEAST, _MARGIN = 0.5, 0.12
_SAMPLE = 64 * 1024
_FOREIGN = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")


def mixed(reason: str) -> bool:
    """Whether the reason for an encoding says that not all bytes are in it."""
    return _ASIDE in reason


def encoding_of(head: bytes, name: str) -> tuple[str, str]:
    """(Python's name of the charset, the reason) for a text that begins with these bytes. Raises UnreadableFile."""
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return encoding, f"The file begins with the byte order mark of {encoding.upper()}."
    if b"\0" in head:
        if encoding := _utf16(head):
            return encoding, "Every other byte is zero, as in UTF-16 without a byte order mark."
        if not is_text_with_nul(head):
            raise UnreadableFile(name, "is not a text table", _SAVE)
        head = head.replace(b"\0", b"")
    if head.isascii():
        return "utf-8", ASCII
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return other(head, name)
    return "utf-8", VALID


def _utf16(head: bytes) -> str:
    """Zeros stand at odd places in little-endian text of mostly ASCII marks, at even ones in big-endian; "" for others.

    Text of ASCII marks in which a zero is rare is none: in UTF-16 it would be every other byte.
    """
    if head.isascii() and head.count(0) * 4 < len(head) and not _CONTROL.search(head.replace(b"\0", b"")):
        return ""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(odd, even) * 20 <= max(odd, even) and max(odd, even) * 20 >= len(head):
        try:
            text = codecs.getincrementaldecoder(encoding)("strict").decode(head)
        except UnicodeDecodeError:
            return ""
        if (
            text.count("\0") * 100 <= len(text)
            and sum(mark.isprintable() or mark in "\r\n\t" for mark in text) >= len(text) * 0.95
        ):
            return encoding
    return ""


def other(head: bytes, name: str) -> tuple[str, str]:
    """The same for bytes that are not all UTF-8."""
    if nearly_utf8(head):
        return "utf-8", f"Nearly all of its letters beyond ASCII are UTF-8. {_ASIDE}."
    return _legacy(head, name)


def _legacy(head: bytes, name: str) -> tuple[str, str]:
    sample = b"".join(_FOREIGN.findall(head.replace(b"\0", b"")))[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise UnreadableFile(name, "is not a text table", _SAVE)
    scores = {encoding: _score(sample, encoding) for encoding in _SCORES}
    ranked = sorted(scores, key=lambda encoding: -scores[encoding])
    best, second = ranked[:2]
    margin = scores[best] - max(scores[second], 0.0)
    if scores[best] >= _LEAST and (margin >= _MARGIN or _second_opinion(sample) == best):
        language = _SCORES[best][0]
        return best, f"It is not UTF-8; read as {_NAMES[best]} its letters make {language} words."
    likely = [_NAMES[each] for each in ranked if scores[each] > 0.2]
    which = f"; it may be {' or '.join(likely)}" if likely else ""
    return "utf-8", f"It is not all UTF-8, and its character set is unclear{which}. {_ASIDE}: choose its encoding."


def _score(sample: bytes, encoding: str) -> float:
    """From 1 for text with only letters that one expects, to -1; -1 for what does not decode."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError:
        return -1.0
    scores = _SCORES[encoding][1](text)
    return sum(scores) / len(scores) if scores else -1.0


def _second_opinion(sample: bytes) -> str:
    """What charset-normalizer takes it for, out of the same charsets."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(_SCORES)).best()
    return found.encoding if found else ""
