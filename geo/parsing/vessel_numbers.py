"""Numbers that identify a vessel: the IMO ship number and the MMSI of its radio station."""

from __future__ import annotations

import re

IMO_WEIGHTS = (7, 6, 5, 4, 3, 2)
"""The six figures of a ship number times these, summed, end in its seventh (IMO Resolution A.1117(30))."""
MARITIME_DIGITS = (201, 775)
"""The first three figures of a ship station's identity name the country; they lie from 201 to 775 (ITU-R M.585)."""


def is_imo(text: str) -> bool:
    """A ship number whose check digit fits: "9074729", "IMO 9074729". Seven noughts are a placeholder."""
    match = re.fullmatch(r"(?:IMO[\s:-]*)?([0-9]{7})", text.strip(), re.IGNORECASE | re.ASCII)
    if match is None or match[1] == "0000000":
        return False
    digits = [int(digit) for digit in match[1]]
    return sum(digit * weight for digit, weight in zip(digits, IMO_WEIGHTS, strict=False)) % 10 == digits[6]


def is_mmsi(text: str) -> bool:
    """The identity of a ship's radio station: nine digits, of which the first three are in `MARITIME_DIGITS`."""
    match = re.fullmatch(r"(?:MMSI[\s:-]*)?([0-9]{3})[0-9]{6}", text.strip(), re.IGNORECASE | re.ASCII)
    return match is not None and MARITIME_DIGITS[0] <= int(match[1]) <= MARITIME_DIGITS[1]
