"""Which mark a file puts before the decimals of its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GROUP = "[ \u00a0\u202f\u2009'’]"
_COMMA = re.compile(
    rf"[+-]?(\d{{1,3}}(\.\d{{3}})+,\d+|\d{{1,3}}({_GROUP}\d{{3}})+,\d+|\d+,(\d{{1,2}}|\d{{4,}})|0,\d+)( ?%)?"
)
_POINT = re.compile(
    rf"[+-]?(\d{{1,3}}(,\d{{3}})+\.\d+|\d{{1,3}}({_GROUP}\d{{3}})+\.\d+|\d+\.(\d{{1,2}}|\d{{4,}})|0\.\d+)( ?%)?"
)
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}")
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")


def decimal_of(cells: Iterable[str]) -> tuple[str, str]:
    """(".", "," or "", the reason) from the cells of a file; "1,234" and "1.234" alone tell nothing."""
    comma, point = "", ""
    commas = points = 0
    for cell in cells:
        plain = cell.strip()
        if not plain or len(plain) > 40 or plain[-1] not in "0123456789%":
            continue
        if _COMMA.fullmatch(plain) or _POINT_GROUPS.fullmatch(plain):
            commas, comma = commas + 1, comma or plain
        elif _POINT.fullmatch(plain) or _COMMA_GROUPS.fullmatch(plain):
            points, point = points + 1, point or plain
    if commas > 2 * points:
        return ",", f"{comma!r} can only be read with a decimal comma."
    if points > 2 * commas:
        return ".", f"{point!r} can only be read with a decimal point."
    if commas or points:
        return "", f"{comma!r} speaks for a comma and {point!r} for a point."
    return "", "No number in its first rows tells."
