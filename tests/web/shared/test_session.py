"""Data sets become tables with ids of their own, and are reconciled once for each choice of filters."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from geo.web.shared import session
from geo.web.shared.link import Filters
from geo.web.shared.session import _own_ids


def ids(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["id", "part_of"])


def test_a_part_stays_inside_the_whole_of_its_own_file() -> None:
    frames, sources = _own_ids([("one", ids(("a", ""), ("b", "a"))), ("two", ids(("a", ""), ("b", "a"), ("c", "b")))])
    assert frames[0][1].to_dict("list") == {"id": ["a", "b"], "part_of": ["", "a"]}
    assert frames[1][1].to_dict("list") == {"id": ["a (2)", "b (2)", "c"], "part_of": ["", "a (2)", "b (2)"]}
    assert sources["b (2)"] == ("two", "b")


def test_two_rows_of_one_file_under_one_id_are_two_reports() -> None:
    frames, _ = _own_ids([("one", ids(("a", ""), ("a", ""), ("b", "a")))])
    assert frames[0][1]["id"].tolist() == ["a", "a (2)", "b"]


def test_the_wider_set_is_there_by_itself_and_not_in_everything() -> None:
    assert session.data_sets([])[session.WIDER] == "Wider set, 2022–2025"
    assert session.together([], "").key == session.FOUNDING
    assert len(session.together([], session.WIDER).totals) > len(session.founding().totals)


def test_reports_are_reconciled_once_whatever_unit_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    reconcile = session.reconcile
    monkeypatch.setattr(session, "reconcile", lambda *given: made.append(1) or reconcile(*given))
    tables, filters = session.founding(), Filters(cargo=("ammunition (estimated)",))
    for unit in ("container", "shipment", "container"):
        session.shown("once", replace(filters, unit=unit), tables)
    assert len(made) == 1
    session.shown("once", replace(filters, without_claimant=("South Korean military",)), tables)
    assert len(made) == 2
