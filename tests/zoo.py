"""The hard cases, in one place: each is a name that fits nothing else, and a value that has broken something."""

from __future__ import annotations

HOSTILE_TEXT = {
    "html": "<img src=x onerror=alert(1)>",
    "script": "</script><script>alert(1)</script>",
    "formula": '=HYPERLINK("http://x","y")',
    "formula_plus": "+1+1",
    "formula_at": "@SUM(1)",
    "formula_full_width": "＝1+1",
    "escape_sequence": "\x1b[31mred\x1b[0m",
    "right_to_left": "\u202egnp.exe",
    "zero_width": "Raj\u200bin",
    "markup": "[bold red]x[/]",
    "path": "../../etc/passwd",
    "sql": "'; DROP TABLE legs; --",
    "format": "{0.__class__} %s %n",
    "emoji": "🚢",
    "long": "x" * 100_000,
    "lone_apostrophe": "'",
    "quoted_apostrophe": "'=1",
    "newline": "two\nlines",
    "quote": 'say "so"',
}
"""Text that a CSV may bring, none of which may have an effect anywhere."""

NO_QUANTITY = [
    "", " ", "dozens", "hundreds", "several hundred", "a few", "many", "some", "-5", "\u22125", "0.5", "1,5", "1.000",
    "1e999", "1e3", "nan", "NaN", "inf", "-inf", "9" * 400, "9" * 15, "300¹", "½", "=1+1", "1/2", "250-200",
    "12,34,567", "(300)", "300 tonnes", "200 to 2 million", "over", "about", "more than about 5",
    "containers", "<b>300</b>", "3 x 40", "12.5 Mt", "N/A",
]  # fmt: skip
"""Words that give no count of containers."""

NO_DATE = [
    "", "2023-02-30", "2023-13", "2023-21", "0223-09-07", "9999", "09/07/2023", "7.9.2023", "2023-XX-01", "202X-01",
    "2023-09-07T24:00", "2023-09-07T10:61", "yesterday", "last week", "winter 2023", "August", "nan", "NaT",
    "1693958400", "31 June 2023", "Feb 30, 2023", "2023-09-07/2023-10-01", "x" * 500, "2023-2X", "00:00",
]  # fmt: skip
"""Words that are no date when nothing says in which year."""

NO_WINDOW = [
    "", "/", "2023-10-01/2023-09-07", "../", "by", "before yesterday", "2023-08/", "[..2023-08]/2023-11",
    "[2023-08]/2023-11", "2023-09-07T10:00", "a/b/c", "since yesterday", "2023-09-07/2023-10-01/2023-11-01", "to",
]  # fmt: skip
"""Words that are no window, even when the day they were said is known."""

COORDINATES = {
    "antimeridian": ((179.5, 52.0), (-179.5, 52.0)),
    "pole": ((0.0, 89.9), (180.0, 89.9)),
    "antipodes": ((0.0, 0.0), (179.9, 0.0)),
    "metres_apart": ((131.8883, 43.1089), (131.8884, 43.1089)),
}
"""Pairs of positions (lon, lat) between which a line is hard to draw."""
