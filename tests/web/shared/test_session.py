"""Data sets are chosen by id, made once, and reconciled once for each choice of filters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.data_folder import FOUNDING
from geo.web.shared import session
from geo.web.shared.link import Filters


def test_the_wider_set_is_there_by_itself_and_not_in_everything() -> None:
    assert session.titles([])["wider"] == "Wider set, 2022–2025"
    founding, wider = session.data_of([], FOUNDING), session.data_of([], "wider")
    assert session.data_of([], "").totals["id"].tolist() == founding.totals["id"].tolist()
    assert len(wider.totals) > len(founding.totals)
    assert session.data_of([], FOUNDING) is founding


def test_reports_are_reconciled_once_whatever_unit_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    reconcile = session.reconcile
    monkeypatch.setattr(session, "reconcile", lambda *given: made.append(1) or reconcile(*given))
    data, filters = replace(session.data_of([], FOUNDING), key="once"), Filters(cargo=("ammunition (estimated)",))
    for unit in ("container", "shipment", "container"):
        session.shown(replace(filters, unit=unit), data)
    assert len(made) == 1
    session.shown(replace(filters, without_claimant=("South Korean military",)), data)
    assert len(made) == 2
