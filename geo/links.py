"""What a link is: the one place that decides it, for page and exports.

A link leads where its reader sees that it leads. So its host can be told beside it, in the letters that a browser asks
for; and an address that hides its host, or that two programs read differently, is text and no link.
"""

from __future__ import annotations

import re
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
class Link:
    """address: as it is asked for, in ASCII. host: where it leads, as text: punycode where it is not ASCII."""

    address: str
    host: str


def web_link(text: str) -> Link | None:
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
    return Link(address, where) if len(address) <= LONGEST else None


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
