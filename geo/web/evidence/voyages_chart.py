"""The running sums of voyages, a line for each source, on the axis of days of the chart above."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from geo.formatting import counted, number, units
from geo.safe_text import legible
from geo.scene.style import PALETTES, Colour, Theme
from geo.voyages.accounts import Account
from geo.voyages.words import NO_SOURCE
from geo.web.evidence.chart import DAYS, ChartInk, css, ink_of, instant, moment_rule

HEIGHT = 300
SPARE = 1.12
"""The chart's top as a multiple of its highest figure: the day stands above the lines."""
MOST_LINES = 6
"""Sources that have a line; more cannot be told apart. The table has all."""
LONGEST_NAME = 40
_MORE: dict[Theme, Colour] = {"light": (74, 63, 143), "dark": (240, 228, 66)}
"""A sixth colour beside those of the modes, at 3:1 against the ground of either theme."""
_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [12, 4])
KEY = (
    "Line: sum of the voyages that a source lists; where one is reported with a range, its best figure. Dates are UTC."
)


def show(found: Sequence[Account], unit: str, moment: int, span: tuple[int, int]) -> None:
    """The chart; nothing where no voyage is dated. moment, span: epoch seconds."""
    drawn = [each for each in found if each.time.size][:MOST_LINES]
    if not drawn:
        return
    span = (
        min([span[0], *(int(each.time[0]) for each in drawn)]),
        max([span[1], *(int(each.time[-1]) for each in drawn)]),
    )
    st.altair_chart(
        running_chart(drawn, unit, moment, span, ink_of(0), colours()), width="stretch", key="evidence_running"
    )
    more = len(found) - len(drawn)
    left = f" The {MOST_LINES} largest sources have lines; the table has {more:,} more." if more > 0 else ""
    st.caption(KEY + left)


def colours() -> list[str]:
    """Of the lines, in the theme that is shown."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    modes = PALETTES[theme].mode
    return [css(each) for each in (*(modes[mode] for mode in (1, 4, 3, 2, 0)), _MORE[theme])]


def running_chart(
    found: Sequence[Account], unit: str, moment: int, span: tuple[int, int], ink: ChartInk, lines: Sequence[str]
) -> alt.LayerChart | alt.FacetChart:
    """A line for each source. lines: their colours."""
    names = _names(found)
    points = pd.DataFrame([row for name, each in zip(names, found, strict=True) for row in _points(name, each, span)])
    top = max([1.0, *(float(each.running[-1]) for each in found)]) * SPARE
    scale = alt.Scale(domain=names, range=list(lines[: len(names)]))
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=260, symbolStrokeWidth=2.4, symbolSize=300)
    sums = (
        alt.Chart(points)
        .mark_line(strokeWidth=2.2, clip=True)
        .encode(
            x=DAYS,
            y=alt.Y(
                "sum:Q",
                title=None,
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(tickCount=5, format=",.0f"),
            ),
            color=alt.Color("source:N", scale=scale, legend=legend),
            strokeDash=alt.StrokeDash(
                "source:N", scale=alt.Scale(domain=names, range=list(_DASHES[: len(names)])), legend=legend
            ),
            order="turn:Q",
            tooltip=[alt.Tooltip("source:N", title="Source"), alt.Tooltip("sum:Q", title=units(unit), format=",.0f")],
        )
    )
    return alt.layer(sums, *moment_rule(moment, span, ink, named=True)).properties(
        height=HEIGHT, description=described(found, unit)
    )


def _names(found: Sequence[Account]) -> list[str]:
    """What each is called in the legend; two that look the same get their place."""
    short = [legible((each.source or NO_SOURCE)[:LONGEST_NAME]) for each in found]
    return [name if short.count(name) == 1 else f"{name} ({at + 1})" for at, name in enumerate(short)]


def _points(name: str, account: Account, span: tuple[int, int]) -> list[dict[str, object]]:
    """From nothing at the first day, through its bends, to its sum on the last."""
    times = [span[0], *account.time.tolist(), span[1]]
    sums = [0.0, *account.running.tolist(), float(account.running[-1])]
    return [
        {"source": name, "time": instant(time), "sum": value, "turn": turn}
        for turn, (time, value) in enumerate(zip(times, sums, strict=True))
    ]


def described(found: Sequence[Account], unit: str) -> str:
    """The chart in one sentence, for those who cannot see it."""
    told = (
        f"{legible(each.source) or NO_SOURCE}, {counted(number(each.best), unit)} "
        f"in {counted(number(each.voyages), 'voyage')}"
        for each in found
    )
    return f"Running sums by source: {'; '.join(told)}."
