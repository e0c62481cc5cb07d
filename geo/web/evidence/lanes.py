"""The reports on one flow as rows of a chart: where their windows lie, surely and vaguely, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import formatting
from geo.arrays import DAY
from geo.reconcile.explain import explanations
from geo.safe_text import legible
from geo.web.evidence.case import Case

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Lane:
    """One report. Times are epoch seconds; None where the window is open, or the day is not known.

    opens    earliest moment at which its window may have begun; sure_from: the latest
    sure_to  earliest moment at which it may have ended; closes: the latest
    said     the middle of the day it was said
    sets     whether it sets a bound at the moment
    off      whether it is switched off
    """

    label: str
    opens: int | None
    sure_from: int | None
    sure_to: int | None
    closes: int | None
    said: int | None
    sets: bool
    off: bool
    tooltip: dict[str, Any]

    def pieces(self, span: tuple[int, int]) -> list[tuple[int, int, bool]]:
        """Its window inside a span: (start, end, whether that piece is vague), none of them empty."""
        first, last = span
        opens, closes = (first if self.opens is None else self.opens), (last if self.closes is None else self.closes)
        sure_from = opens if self.sure_from is None else self.sure_from
        sure_to = closes if self.sure_to is None else self.sure_to
        if sure_from >= sure_to:
            found = [(opens, closes, True)]
        else:
            found = [(opens, sure_from, True), (sure_from, sure_to, False), (sure_to, closes, True)]
        if self.opens is None:
            found = [(start, end, vague or start == opens) for start, end, vague in found]
        inside = [(max(start, first), min(end, last), vague) for start, end, vague in found]
        return [piece for piece in inside if piece[1] > piece[0]]


def lanes_of(case: Case, moment: int) -> list[Lane]:
    """A row for each total of the case, in its order."""
    low, high = explanations.bounds_at(case.flow.curve, moment) if case.now is not None else ((), ())
    setting = {term.report: "minimum" for term in low}
    for term in high:
        setting[term.report] = "minimum and maximum" if setting.get(term.report) == "minimum" else "maximum"
    rows: list[dict[str, Any]] = case.totals.drop(columns="geometry", errors="ignore").to_dict("records")  # type: ignore[assignment]
    return [_lane(row, case, setting) for row in rows]


def _lane(row: Mapping[str, Any], case: Case, setting: Mapping[str, str]) -> Lane:
    identifier = str(row["id"])
    said = case.said[identifier]
    off = identifier in case.off
    # First, since the end of a long label may not fit.
    role = "Switched off: " if off else f"Sets the {setting[identifier]}: " if identifier in setting else ""
    where = f" · {other}" if (other := case.elsewhere(identifier)) else ""
    said_on = _seconds(row["said_on"])
    opens, sure_from = _ends(row, "start")
    sure_to, closes = _ends(row, "end")
    return Lane(
        label=legible(f"{role}{legible(said.claimant)} · {said.claim}{where}"),
        opens=opens,
        sure_from=sure_from,
        sure_to=sure_to,
        closes=closes,
        said=None if said_on is None else said_on + DAY // 2,
        sets=identifier in setting,
        off=off,
        tooltip={
            "Source": legible(said.claimant),
            "Claim": formatting.counted(said.figure, legible(said.scope.unit)) + (f" {said.when}" if said.when else ""),
            "Said on": "not known" if pd.isna(row["said_on"]) else formatting.day(row["said_on"].to_pydatetime()),
            "Period": legible(str(row["window_words"])),
            "Quote": legible(str(row["words"])[:LONGEST_WORDS]),
        },
    )


def _ends(row: Mapping[str, Any], name: str) -> tuple[int | None, int | None]:
    """Earliest and latest of one end; known to the day, it is no vagueness: the whole day belongs to the window."""
    printed = _seconds(row[name])
    earliest, latest = (_seconds(row[f"{name}_{which}"]) for which in ("earliest", "latest"))
    earliest, latest = (printed if each is None else each for each in (earliest, latest))
    if earliest is None or latest is None:
        return None, None
    if latest - earliest <= DAY:
        known = earliest if name == "start" else latest
        return known, known
    return earliest, latest


def _seconds(moment: pd.Timestamp) -> int | None:
    return None if pd.isna(moment) else int(moment.timestamp())
