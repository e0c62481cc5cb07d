"""The reports of a data set as explanations cite them: who, when, what, of which route, in which words, and where."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo import formatting
from geo.explain.parts import CitedReport
from geo.reconcile.explain.citations import Citation
from geo.reconcile.explain.explanations import flow_name

TEXTS = ("outlet", "words", "url")


def cited_totals(
    totals: pd.DataFrame, said: Mapping[str, Citation], names: Mapping[str, str]
) -> dict[str, CitedReport]:
    """Totals by their ids. names: place code -> name as shown."""
    found = {}
    columns = [totals[name].tolist() for name in ("id", "said_on", *TEXTS)]
    for identifier, said_on, outlet, words, url in zip(*columns, strict=True):
        citation = said[str(identifier)]
        texts = (citation.claim, flow_name(citation.scope, names), str(words), str(url))
        found[str(identifier)] = CitedReport(str(identifier), citation.claimant, str(outlet), _day(said_on), *texts)
    return found


def cited_legs(
    legs: pd.DataFrame, report_of_leg: pd.Series, said: Mapping[str, Citation], names: Mapping[str, str]
) -> dict[str, CitedReport]:
    """The reports that legs belong to, by their ids; their words are those of each leg.

    report_of_leg: the id of each leg's report.
    """
    if not len(legs):
        return {}
    report, ids = pd.factorize(report_of_leg.astype(object))
    ends = legs.groupby(["origin", "destination", "mode"], sort=False, observed=True).ngroup().to_numpy()
    routes = pd.Series(ends).groupby(report).nunique().to_numpy()
    _, first = np.unique(report, return_index=True)
    columns = [legs[name].iloc[first].tolist() for name in ("said_on", "outlet", "url")]
    found = {}
    for identifier, count, said_on, outlet, url in zip(ids, routes, *columns, strict=True):
        name, citation = str(identifier), said[str(identifier)]
        where = flow_name(citation.scope, names) if count == 1 else f"{formatting.number(count)} routes"
        found[name] = CitedReport(
            name, citation.claimant, str(outlet), _day(said_on), citation.claim, where, "", str(url)
        )
    return found


def _day(said_on: pd.Timestamp) -> str:
    return "" if pd.isna(said_on) else f"{said_on:%Y-%m-%d}"
