"""What a link is: the one place that decides it, for page and exports.

A link leads where its reader sees that it leads. So its host can be told beside it, in the letters that a browser asks
for; and an address that hides its host, or that two programs read differently, is text and no link.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

import idna

LONGEST = 2_000
"""Letters of an address: what browsers and programs for slides take."""
_SAFE = "-._~:/?#[]@!$&()*+,;=%"
"""What an address holds besides letters and digits (RFC 3986); all else, the apostrophe too, is written as %27 is."""
_UNSAFE = re.compile(r"[\s<>\"\\]")
"""Browsers take a backslash for a slash, and cut an address at the others, or leave them out."""
_HOST = re.compile(r"(?!.*\.\.)[a-z0-9_]([a-z0-9._-]*[a-z0-9_-])?\.?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class WebLink:
    """address: as it is asked for, in ASCII. host: where it leads, as text: punycode where it is not ASCII."""

    address: str
    host: str


def web_link(text: str) -> WebLink | None:
    """The link that a text is; None for all that is none: other schemes, user names, blanks, hidden signs."""
    given = text.strip(" ")
    if len(given) > LONGEST or not given.isprintable() or _UNSAFE.search(given):
        return None
    try:
        parts = urlsplit(given)
        host = _host(parts)
        port = parts.port
    except ValueError:  # urllib's, and idna's
        return None
    if parts.scheme not in ("http", "https") or not given[len(parts.scheme) :].startswith("://") or not host:
        return None
    where = host if port is None else f"{host}:{port}"
    rest = given[len(parts.scheme) + 3 + len(parts.netloc) :]
    address = f"{parts.scheme}://{where}{quote(rest, safe=_SAFE)}"
    return WebLink(address, where) if len(address) <= LONGEST else None


def _host(parts: SplitResult) -> str:
    """As a browser reads it, in ASCII; "" where it is none, or stands behind a user name."""
    name = parts.hostname or ""
    if "@" in parts.netloc or "%" in parts.netloc:
        return ""
    if parts.netloc.startswith("["):
        return f"[{IPv6Address(name)}]"
    plain = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    if not _HOST.fullmatch(plain):
        return ""
    if _NUMBER.fullmatch(plain.rstrip(".").rpartition(".")[2]):
        # Browsers take 2130706433 and 0x7f.1 for addresses of four numbers, which nobody sees in them.
        try:
            return str(IPv4Address(plain))
        except AddressValueError:
            return ""
    return plain


LRM = "\u200e"
_SIGNS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and line ends
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
"""What has no shape of its own: controls, Unicode's default ignorable code points, separators of lines, halves of
characters, and private characters, which look different to everybody."""
_HIDDEN = re.compile(f"[{_SIGNS}]")
_FLAG = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in land) for land in ("eng", "sct", "wls"))
)
"""The flags of England, Scotland and Wales: a black flag with letters that are seen nowhere else. Unicode recommends no
others, and any text can hide in such letters."""
_FLAG_OR_HIDDEN = re.compile(f"{_FLAG}|[{_SIGNS}]")
_MARK = re.compile("‹U\\+([0-9A-F]{4,6})›")
_JOINERS, _DIRECTIONS, _SELECTORS = "\u200c\u200d", "\u061c\u200e\u200f", range(0xFE00, 0xFE10)
_IDEOGRAPHIC_SELECTORS = range(0xE0100, 0xE01F0)
_MONGOLIAN, _MONGOLIAN_SELECTORS = re.compile("[\u1800-\u18af]"), range(0x180B, 0x1810)
_JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff]"
)
"""Scripts whose letters join, or are stacked: Arabic to Myanmar, Khmer, Mongolian, and their neighbours."""
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Hebrew, Arabic, and what else runs from right to left; also Arabic digits, which neighbours follow."""


def legible(text: str) -> str:
    """The same text with every hidden sign shown, closed where it runs to the left. A text that is so already stays."""
    if text.isascii() and text.isprintable():
        return text
    leftward = _LEFTWARD.search(text) is not None
    shown = _FLAG_OR_HIDDEN.sub(
        lambda sign: sign[0] if _is_flag(sign) or _is_spelling(sign, leftward) else _mark(sign[0]), text
    )
    return shown if not leftward or shown.endswith(LRM) else f"{shown}{LRM}"


def one_line(text: str) -> str:
    """A legible line that is read from the left as a whole, where a program would go by its first letter."""
    return f"{LRM}{text}" if _LEFTWARD.search(text) and not text.startswith(LRM) else text


def is_hidden(letter: str) -> bool:
    """Whether a letter has no shape of its own: a font needs none for it."""
    return _HIDDEN.fullmatch(letter) is not None


def restored(shown: str, given: str) -> str:
    """What somebody wrote over `legible(given)`, with the hidden signs of `given` back where their marks were left."""
    known = set(_HIDDEN.findall(given))

    def sign(mark: re.Match[str]) -> str:
        letter = chr(int(mark[1], 16)) if int(mark[1], 16) <= 0x10FFFF else mark[0]
        return letter if letter in known else mark[0]

    return _MARK.sub(sign, shown if LRM in given else shown.replace(LRM, ""))


def _mark(sign: str) -> str:
    return f"‹U+{ord(sign):04X}›"


def _is_flag(sign: re.Match[str]) -> bool:
    return len(sign[0]) > 1


def _is_spelling(sign: re.Match[str], leftward: bool) -> bool:
    """Whether a sign does there what it was made for."""
    before, after = sign.string[max(sign.start() - 1, 0) : sign.start()], sign.string[sign.end() : sign.end() + 1]
    if sign[0] in _DIRECTIONS:
        return leftward
    if not before:
        return False
    if sign[0] in _JOINERS:
        return _joins(before, sign[0], after)
    point, kind = ord(sign[0]), "" if is_hidden(before) else unicodedata.category(before)
    if point in _SELECTORS:
        return kind in ("So", "Sm", "Sk", "Po", "Nd", "Lo")
    if point in _IDEOGRAPHIC_SELECTORS:
        return kind == "Lo"
    return point in _MONGOLIAN_SELECTORS and kind != "" and _MONGOLIAN.match(before) is not None


def _joins(before: str, joiner: str, after: str) -> bool:
    """After a letter of a script that joins, or between two pictures that make a third."""
    kind = unicodedata.category(before)
    if _JOINED.match(before):
        return kind[0] in "LM" and not is_hidden(before)
    pictures = (kind in ("So", "Sk") or ord(before) in _SELECTORS) and after and unicodedata.category(after)[0] == "S"
    return joiner == "\u200d" and bool(pictures)
