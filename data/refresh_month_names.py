"""Makes the file of the names of months, from Unicode CLDR by way of Babel.

    pip install babel==2.19.0
    python data/refresh_month_names.py

writes data/month_names.csv, a row for each month:
    month  1 to 12
    names  its names in `LOCALES`, long and short, as they stand in a date and alone, parted by ";"

A name that stands for two months in two languages is left out and printed; names in figures ("9月") need no table.
"""

# ruff: noqa: INP001, T201 -- a script beside the data, no package

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from babel import Locale

LOCALES = (
    *("en", "ar", "ar_SY", "ar_MA", "ar_DZ", "ar_MR", "de", "de_AT", "es", "fr", "fr_CA", "ja", "ko", "ru", "uk"),
    *("zh", "it", "pt", "tr"),
)
OWN = {
    "сен": 9,
    "sep": 9,
    "setiembre": 9,
    "mrz": 3,
    "фев": 2,
    "ноя": 11,
    "subat": 2,
    "mayis": 5,
    "agustos": 8,
    "eylul": 9,
    "kasim": 11,
    "aralik": 12,
}
"""Short forms that are written beside those of CLDR, and Turkish names in ASCII."""
ENGLISH = frozenset({"out", "set"})
"""Short forms that are English words, and may stand in a cell or a header as such."""


def main() -> None:
    months: dict[str, set[int]] = defaultdict(set)
    for locale in LOCALES:
        for context in Locale.parse(locale).months.values():
            for width in ("wide", "abbreviated"):
                for month, name in context[width].items():
                    months[name.replace("\u00a0", " ").rstrip(".").casefold()].add(month)
    for name, month in OWN.items():
        months[name].add(month)
    with (Path(__file__).parent / "month_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("month", "names"))
        known = {name: of for name, of in months.items() if not name[0].isdigit() and name not in ENGLISH}
        for month in range(1, 13):
            names = sorted(name for name, of in known.items() if of == {month})
            writer.writerow((month, ";".join(names)))
    for name, of in months.items():
        if len(of) > 1:
            print(f"left out: {name!r} is month {sorted(of)}")


if __name__ == "__main__":
    main()
