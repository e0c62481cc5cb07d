"""Rows of one bill of lading that name different containers: parts of it, each a consignment that counts once."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Floats, Mask, Texts
from geo.tables.quantity_columns import Amounts
from geo.tables.validator import Distinct, Sieve, distinct

ISO_6346 = r"^[A-Za-z]{3}[JUZjuz][ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]?$"
"""Owner, category and number of a container, with its check digit or without."""
_SHARE = 0.8
"""So many texts of a column of container numbers are such numbers."""
HOLDS = {"container": 1.0, "teu": 2.25, "feu": 1.13, "tonne": 36.0, "ton": 40.0, "kg": 36_000.0, "lb": 80_000.0}
"""The most that one container is, or holds with its own weight, by unit: one of 45 feet is 2.25 TEU, and ISO 668 allows
36 tonnes. A row of more speaks of the whole bill."""


def count_by_container(sieve: Sieve, amount: Amounts) -> None:
    """Makes a consignment of each container of a bill whose rows name different ones and say how much of each.

    A bill stays one consignment where a row names no container, and where its rows all repeat one figure that is more
    than a container holds: that is the figure of the bill.
    """
    numbers = _numbers(sieve) if "shipment" in sieve else None
    if numbers is None:
        return
    cells = sieve.distinct("shipment")
    bills = np.array(cells.texts(), object)[cells.codes]
    parts = _parts(bills, numbers, amount.best[amount.codes], _fits(amount))
    if not parts.any():
        return
    joined = np.where(parts, bills + " " + numbers, bills)
    encoded = pa.array(joined.tolist(), pa.large_string()).dictionary_encode()
    sieve.make("shipment", Distinct(encoded.dictionary, encoded.indices.to_numpy()), said_in="shipment")


def _numbers(sieve: Sieve) -> Texts | None:
    """The container of each row, "" where none is named; None where no column names any."""
    for header, column in sieve.sheet.columns.items():
        if sieve.mapping.columns.get(header) in ("shipment", "containers"):
            continue
        cells = distinct(column)
        told = cells.values.filter(pc.invert(pc.equal(cells.values, "")))
        hits = pc.sum(pc.match_substring_regex(told, ISO_6346)).as_py() or 0
        if hits and hits >= _SHARE * len(told):
            plain = [re.sub("[ -]", "", text).upper() for text in cells.texts()]
            return np.array(plain, object)[cells.codes]
    return None


def _fits(amount: Amounts) -> Mask:
    """Whether the figure of each row is what one container is or holds."""
    most = [HOLDS.get(str(unit).casefold(), 0.0) for unit in np.asarray(amount.unit.values)]
    fits: Mask = amount.best[amount.codes] <= np.array(most)[amount.unit.codes]
    return fits


def _parts(bills: Texts, numbers: Texts, figures: Floats, fits: Mask) -> Mask:
    """The rows of bills that name several containers, one in each row, with a figure of each."""
    rows = pd.DataFrame({"bill": bills, "number": numbers, "figure": figures, "fits": fits, "named": numbers != ""})
    of_bill = rows.groupby("bill", sort=False)
    several = of_bill["number"].transform("nunique") > 1
    differ = of_bill["figure"].transform("nunique") > 1
    whole = of_bill["named"].transform("all")
    parts: Mask = ((bills != "") & several & whole & (differ | of_bill["fits"].transform("all"))).to_numpy(bool)
    return parts
