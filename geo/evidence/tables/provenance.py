"""How closely a total says its places, and what proves that it was said: the archived copy and the day it was seen."""

from __future__ import annotations

import re

import numpy as np
import pyarrow.compute as pc

from geo.evidence.columns import PRECISIONS
from geo.evidence.tables.frame import Coded, texts
from geo.evidence.tables.sieve import Sieve
from geo.evidence.tables.times import dates

PRECISION = (
    f"a precision is one of {', '.join(PRECISIONS[1:])}",
    "Or leave it empty. The row is kept without it.",
)
SHA256 = (
    "a SHA-256 has 64 hexadecimal digits",
    "Compute it from the archived copy again. The row is kept as it is.",
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE | re.ASCII)


def provenance(sieve: Sieve) -> dict[str, Coded]:
    """The columns precision, archive_sha256 and accessed. None of them costs a row: what is wrong is warned of."""
    sieve.check("archive_sha256", lambda text: bool(_SHA256.fullmatch(text)), SHA256)
    accessed = dates(sieve, "accessed", required=False, exact=sieve.of_ours, severity="warning")
    return {
        "precision": _precisions(sieve),
        "archive_sha256": texts(sieve.distinct("archive_sha256")),
        "accessed": accessed.starts,
    }


def _precisions(sieve: Sieve) -> Coded:
    cells = sieve.distinct("precision")
    lower = pc.utf8_lower(cells.values)
    wrong = [at for at, text in enumerate(lower.to_pylist()) if text not in PRECISIONS]
    sieve.judge("precision", cells.codes, dict.fromkeys(wrong, PRECISION), "warning")
    known = np.ones(len(lower), bool)
    known[wrong] = False
    return Coded(pc.if_else(known, lower, ""), cells.codes)
