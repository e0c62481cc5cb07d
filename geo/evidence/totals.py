"""Overlapping totals and itemised legs -> the tightest volumes consistent with them, and the contradictions."""

from __future__ import annotations

import pandas as pd

from geo.evidence.places import Places
from geo.evidence.reconciling.volumes import Volumes


def reconcile(totals: pd.DataFrame, legs: pd.DataFrame, places: Places | None = None) -> Volumes:
    """totals and legs as `geo.evidence.columns` has them, in any order; places say what lies within what."""
    raise NotImplementedError
