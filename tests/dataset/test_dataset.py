"""The same parts are the same data set, whoever asks for it and in whatever order they came."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo.brief.pictures import prepared
from geo.brief.spec.brief import Brief, Choice, DataRef
from geo.brief.spec.data import gather
from geo.cli import app
from geo.cli.flows import volumes_json
from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import Part, of_bundled, of_import, of_reading
from geo.dataset.selection import Selection, select
from geo.library import Library
from geo.reconcile.reconcile import reconcile
from geo.tables.read import read
from geo.web.shared import session
from geo.web.shared.link import Filters

HEAD = "id,origin,destination,start,end,quantity,unit,said_on,claimant,part_of\n"
ALPHA = "r1,KPRJN,RUVVO,2023-09-01,2023-10-01,2000,container,2023-10-02,Alpha,\n"
BETA = "r1,KPRJN,RUVVO,2023-09-01,2023-10-01,1200,container,2023-10-02,Beta,\n"
PART = "r2,KPRJN,RUVVO,2023-09-01,2023-09-15,300,container,2023-10-02,Alpha,r1\n"


@cache
def part(rows: str, name: str = "x.csv") -> Part:
    return of_reading(read((HEAD + rows).encode(), "totals"), name)


def said(totals: pd.DataFrame) -> dict[str, tuple[str, float, str]]:
    """Report -> claimant, best figure, what it is part of."""
    rows = zip(totals["id"], totals["claimant"], totals["best"], totals["part_of"], strict=True)
    return {report: (claimant, float(best), whole) for report, claimant, best, whole in rows}


def alike(sets: Iterable[DataSet]) -> DataSet:
    """All of them are one and the same; that one."""
    first, *others = sets
    for other in others:
        assert said(other.totals) == said(first.totals)
        assert other.legs["id"].astype(str).tolist() == first.legs["id"].astype(str).tolist()
        assert other.units == first.units
        assert other.span == first.span
    return first


def test_two_reports_that_share_an_id_are_told_apart_by_what_they_say() -> None:
    made = alike(data_set(list(order)) for order in permutations([part(ALPHA), part(BETA)]))
    ids = said(made.totals)
    assert sorted(claimant for claimant, _, _ in ids.values()) == ["Alpha", "Beta"]
    assert all(report.startswith("r1 (") for report in ids)
    assert made.shared_ids == {"r1"}


def test_the_same_report_in_two_files_is_one() -> None:
    made = data_set([part(ALPHA), part(ALPHA + PART)])
    assert set(said(made.totals)) == {"r1", "r2"}
    assert {where for where, _ in made.where("r1")} == {part(ALPHA).id, part(ALPHA + PART).id}
    volumes = reconcile(made.totals, made.legs, made.places)
    assert max(float(flow.naive_sum) for flow in volumes.flows) == 2_300


def test_a_part_stays_part_of_the_total_of_its_own_file() -> None:
    made = said(data_set([part(ALPHA + PART), part(BETA + PART)]).totals)
    whole_of = {report: whole for report, (_, _, whole) in made.items() if whole}
    assert len(whole_of) == 2
    assert {made[whole][0] for whole in whole_of.values()} == {"Alpha", "Beta"}


def test_a_report_without_an_id_has_one_of_what_it_says_wherever_it_stands() -> None:
    bare = ALPHA.removeprefix("r1")
    (alone,) = said(data_set([part(bare)]).totals)
    below = said(data_set([part(BETA.removeprefix("r1") + bare)]).totals)
    assert below[alone][0] == "Alpha"
    assert set(said(data_set([part(bare), part(BETA.removeprefix("r1") + bare)]).totals)) == set(below)


@given(st.permutations([ALPHA, BETA, PART, ALPHA.replace("r1", "r3"), BETA.replace("1200", "900")]), st.integers(1, 4))
def test_neither_order_nor_where_the_files_are_cut_changes_a_report(rows: list[str], cut: int) -> None:
    kept = [row for row in rows if not row.startswith("r2")]
    whole = [part(row) for row in kept]
    made = data_set(whole)
    again = data_set([*whole[cut:], *whole[:cut], whole[0]])
    assert said(made.totals) == said(again.totals)
    assert made.key == again.key


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Library, list[Path]]:
    """A library with two imports that use one id for different reports, and one more report alike in both."""
    monkeypatch.setenv("WAYBILL_LIBRARY", str(tmp_path / "library"))
    shared = ALPHA.replace("r1", "r9").replace("2000", "2100")
    files = []
    library = Library.open(tmp_path / "library")
    for name, rows in (("one.csv", ALPHA + shared), ("two.csv", BETA + shared)):
        file = tmp_path / name
        file.write_text(HEAD + rows, "utf-8")
        library.keep(read(file, "totals"), file.read_bytes(), name)
        files.append(file)
    return library, files


def test_page_command_line_brief_and_python_show_the_same(kept: tuple[Library, list[Path]]) -> None:
    library, files = kept
    imports = [of_import(library, made) for made in library.imports()]
    python = data_set([*of_bundled("founding"), *(of_reading(read(file, "totals"), file.name) for file in files)])
    brief = Brief(data=(DataRef("set", "founding"), *(DataRef("import", part.id) for part in imports)))
    page = session.data_of(imports[::-1], "")
    made = alike([python, page, gather(brief).data])

    volumes = volumes_json(reconcile(made.totals, made.legs, made.places), made.names)
    run = CliRunner().invoke(app, ["volumes", *map(str, reversed(files)), "--data", "founding", "--json"])
    told = json.loads(run.stdout)
    assert {name: told[name] for name in volumes} == json.loads(json.dumps(volumes))
    assert page.shared_ids == {"r1"}


def test_what_is_switched_off_on_the_page_is_off_in_its_brief(kept: tuple[Library, list[Path]]) -> None:
    library, _ = kept
    imports = [of_import(library, made) for made in library.imports()]
    page = session.data_of(imports, "")
    (beta,) = page.totals["id"][page.totals["claimant"] == "Beta"]
    shown = session.shown(Filters(without_report=(beta,)), page)
    refs = (DataRef("set", "founding"), *(DataRef("import", part.id) for part in imports[::-1]))
    scene = prepared(Brief(data=refs, filters=Choice(without_report=(beta,)))).scene
    assert sorted(scene.reports.id) == sorted(shown.scene.reports.id)
    assert "Beta" not in set(scene.reports.claimant)
    assert shown.off == 1


def test_one_selection_gives_every_reader_the_same_rows(kept: tuple[Library, list[Path]]) -> None:
    library, files = kept
    of_files = data_set([of_reading(read(file, "totals"), file.name) for file in files])
    of_imports = data_set([of_import(library, made) for made in library.imports()])
    for selection in (Selection(claimant=("Alpha",)), Selection(without_claimant=("Alpha",)), Selection(mode=("",))):
        one, other = (said(select(each, selection).totals) for each in (of_files, of_imports))
        assert one == other


def test_what_a_filter_leaves_keeps_the_ids_of_its_reports() -> None:
    rows = "".join(f"KPRJN,RUVVO,2023-09-{1 + n % 28:02d},{n + 1},,https://x.org/{n}\n" for n in range(1_200))
    legs = read(f"origin,destination,depart,containers,mode,url\n{rows}".encode(), "legs")
    made = data_set([of_reading(legs, "legs.csv")])
    part_of_it = made.legs.iloc[:10]
    less = select(
        DataSet(**{**{name: getattr(made, name) for name in made.__slots__}, "legs": part_of_it}), Selection()
    )
    assert set(less.legs["id"]) <= set(made.legs["id"])
