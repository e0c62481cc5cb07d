"""Evidence for voyages: a route or all of them, the running sum of each source, a table, and what does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from geo import formatting
from geo.dataset.dataset import DataSet
from geo.safe_text import legible
from geo.tables.leg_reports import report_of
from geo.voyages import sources as of_sources
from geo.voyages.accounts import (
    MOST_CORRIDORS,
    MOST_SOURCES,
    Account,
    Corridor,
    accounts,
    corridors,
    in_unit,
    on_corridor,
)
from geo.voyages.finding import TITLES, Finding, Found
from geo.voyages.findings import findings
from geo.voyages.words import NO_SOURCE
from geo.web.evidence import sources, voyages_chart
from geo.web.shared import cards, tables
from geo.web.shared import link as links
from geo.web.shared.cache import cache_for
from geo.web.shared.cards import Card
from geo.web.shared.escaping import in_html, in_markdown
from geo.web.shared.link import WIDGETS, Filters
from geo.web.shared.link_values import Texts
from geo.web.shared.session import Shown

ROUTE = f"{WIDGETS}voyage_route"
SIDES = (5, 3)
MOST_TOLD = 8
"""Findings of one kind that are listed on the page; the download has all."""
MOST_NAMED = 4
"""Reports that are named under one of them."""
FITS = "Nothing was found that cannot be, and no source differs from another on one voyage."


def show(
    chosen: Filters,
    base: Shown,
    shown: Shown,
    data: DataSet,
    selected: Texts,
    at: int,
    above: Collection[str] | None,
) -> str | None:
    """The section. -> the id of the route that is chosen, "" for all; None where there are no voyages to tell of.

    selected: the ids of routes that the link names. at: epoch seconds. above: the reports whose cards the page shows
    already, under a flow that has the clock as well; None where there is no flow.
    """
    legs = in_unit(shown.legs, chosen.unit)
    if not len(legs):
        return None
    known = {each.id: each for each in corridors(legs)}
    with st.container(key="voyages"):
        route = _head(known, legs, shown, selected, chosen.unit, data.names, at, beside=above is not None)
        own = on_corridor(legs, known[route]) if route else legs
        found = accounts(own, chosen.unit)
        told = _found(chosen, data, own.index, shown.legs.index)
        numbers = _numbers(base, data, told.findings, own)
        with st.container(key="voyages_body"):
            left, right = st.columns(SIDES, gap="medium")
            with left:
                first = int(shown.scene.start.timestamp())
                voyages_chart.show(found, chosen.unit, at, (first, first + shown.scene.seconds))
                _table(found, chosen.unit)
            with right:
                _misfits(told, numbers, data)
        rest = [card for card in numbers.values() if card.id not in (above or ())]
        sources.show("Reports on voyages", rest, data, "voyage_source")
    return route


def _head(
    known: Mapping[str, Corridor],
    legs: pd.DataFrame,
    shown: Shown,
    selected: Texts,
    unit: str,
    names: Mapping[str, str],
    at: int,
    *,
    beside: bool,
) -> str:
    """The list of routes, and the clock where no other stands on the page."""
    st.html(f'<h3 class="wb-heading">Voyages <span class="wb-count">{len(legs):,}</span></h3>')
    offered = ["", *list(known)[:MOST_CORRIDORS]]
    if st.session_state.get(ROUTE) not in offered:
        st.session_state[ROUTE] = next((each for each in selected if each in offered), "")
    every = f"All routes ({len(known):,})"
    with st.container(key="voyages_head", horizontal=True, gap="medium", vertical_alignment="bottom"):
        route: str = st.selectbox(
            "Route of voyages" if beside else "Route",
            offered,
            key=ROUTE,
            format_func=lambda each: known[each].told(names, unit) if each else every,
        )
        if not beside:
            links.slider(shown.scene, at)
    if len(known) > MOST_CORRIDORS:
        st.caption(f"The {MOST_CORRIDORS} largest of {len(known):,} routes can be chosen; filter to see the others.")
    return route


def _found(chosen: Filters, data: DataSet, own: pd.Index, shown: pd.Index) -> Found:
    """What does not fit among the legs that are shown, as far as it concerns those of the route."""
    cache = cache_for(private=data.private)
    with st.spinner("Comparing voyages", show_time=False):
        whole = cache.get("voyage findings", data.key, lambda: findings(data))
    said = (data.key, chosen.same, chosen.separate)
    asked = cache.get("voyages asked", said, lambda: of_sources.of_questions(data, chosen, data.legs.index, data.names))
    there, here = set(shown), set(own)
    kept = [each for each in (*whole.findings, *asked) if there.issuperset(each.legs) and here.intersection(each.legs)]
    order = list(TITLES)
    return Found(tuple(sorted(kept, key=lambda each: order.index(each.kind))), whole.notes)


def _numbers(base: Shown, data: DataSet, told: Sequence[Finding], own: pd.DataFrame) -> dict[str, Card]:
    """Report -> its card, of those that the findings cite, and then of the others on the route."""
    cited = {report for each in told for report in _reports(each, data)}
    wanted = cited.union(report_of(own).astype(str))
    found = [card for card in cards.cards_of(base.scene, base.totals, base.graded) if card.id in wanted]
    return {card.id: card for card in sorted(found, key=lambda card: (card.id not in cited, card.number))}


def _reports(found: Finding, data: DataSet) -> list[str]:
    return [str(each) for each in report_of(data.legs.loc[list(found.legs)]).unique()]


def _table(found: Sequence[Account], unit: str) -> None:
    """A row for each source."""
    columns = {
        "Source": [each.source or NO_SOURCE for each in found],
        "Voyages": [each.voyages for each in found],
        formatting.units(unit)[:1].upper() + formatting.units(unit)[1:]: [
            formatting.ranged(each.low, each.best, each.high, None, near=True) for each in found
        ],
        "First": [_day(each.first) for each in found],
        "Last": [_day(None if each.last is None else each.last - 1) for each in found],
    }
    if any(each.grades for each in found):
        columns["Grade"] = [", ".join(each.grades) for each in found]
    tables.show(pd.DataFrame(columns), {"Voyages": st.column_config.NumberColumn(format="localized")})
    note = "Sources are not added up: they may speak of the same voyages." if len(found) > 1 else ""
    if len(found) == MOST_SOURCES:
        note = f"The {MOST_SOURCES} sources with the most voyages are shown. {note}"
    if note:
        st.caption(note)


def _day(moment: int | None) -> str:
    return "" if moment is None else formatting.day(datetime.fromtimestamp(moment, UTC))


def _misfits(told: Found, numbers: Mapping[str, Card], data: DataSet) -> None:
    count = f' <span class="wb-count">{len(told.findings)}</span>' if told.findings else ""
    st.html(f'<h3 class="wb-heading">What does not fit{count}</h3>')
    if not told.findings:
        st.html(f'<p class="wb-plain">{FITS}</p>')
    for kind, title in TITLES.items():
        if own := [each for each in told.findings if each.kind == kind]:
            st.html(_kind_html(title, own, numbers, data))
    for note in told.notes:
        st.caption(in_markdown(note))
    if told.findings:
        tables.download_csv(
            "Download what does not fit", lambda: as_table(told.findings, data), "does-not-fit.csv", "misfits"
        )


def _kind_html(title: str, found: Sequence[Finding], numbers: Mapping[str, Card], data: DataSet) -> str:
    rows = [
        f"<li>{in_html(each.sentence)}{_cited_html(_reports(each, data), numbers)}</li>" for each in found[:MOST_TOLD]
    ]
    if len(found) > MOST_TOLD:
        rows.append(f"<li>and {len(found) - MOST_TOLD:,} more.</li>")
    head = f'<h4 class="wb-kind">{title} <span class="wb-count">{len(found)}</span></h4>'
    return f'<section class="wb-part wb-misfits">{head}<ul class="wb-conflicts">{"".join(rows)}</ul></section>'


def _cited_html(reports: Collection[str], numbers: Mapping[str, Card]) -> str:
    """The numbers of the cards below that a finding rests on."""
    cited = [str(numbers[each].number) for each in reports if each in numbers]
    if not cited:
        return ""
    more = f" and {len(cited) - MOST_NAMED:,} more" if len(cited) > MOST_NAMED else ""
    word = "Report" if len(cited) == 1 else "Reports"
    return f' <span class="wb-cited">{word} {", ".join(cited[:MOST_NAMED])}{more}</span>'


def as_table(found: Sequence[Finding], data: DataSet) -> pd.DataFrame:
    """The findings as they are downloaded: what, the reckoning in numbers, and the rows of the files."""
    return pd.DataFrame(
        [
            {
                "Finding": TITLES[each.kind],
                "Reckoning": each.sentence,
                "Distance, km": round(each.reckoning.km, 1) if each.reckoning else None,
                "Longest time, hours": round(each.reckoning.hours, 2) if each.reckoning else None,
                "Speed, knots": round(each.reckoning.knots, 1) if each.reckoning and each.reckoning.hours > 0 else None,
                "Sources": "; ".join(
                    dict.fromkeys(legible(str(who)) for who in data.legs.loc[list(each.legs), "claimant"])
                ),
                "Rows": ", ".join(str(row) for row in data.legs.loc[list(each.legs), "row"]),
            }
            for each in found
        ]
    )
