"""The routes that have a figure: the flows of which totals speak, and what only itemised legs travelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from geo.arrays import Ints
from geo.dataset.assumptions import reaches
from geo.dataset.dataset import DataSet
from geo.dataset.selection import MODE_NAMES, Selected, Selection, select
from geo.errors import FlowError, Progress
from geo.explain.cited_reports import cited_legs, cited_totals
from geo.explain.parts import CitedReport
from geo.gazetteer.scopes import Nesting, Scope
from geo.parsing import unit_name
from geo.reconcile.explain import explanations
from geo.reconcile.explain.explanations import Citation, flow_name
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Flow, Volumes
from geo.scene.movements import Moves, leg_moves
from geo.tables.leg_reports import report_of
from geo.tables.mode_words import MODE_WORDS

MOST_NAMED = 12
"""Routes that a message lists."""


@dataclass(frozen=True, eq=False)
class Grounds:
    """All that figures rest on: a data set, which of its reports are shown and how they are read, and what they give.

    selected: what `select` leaves of data. volumes: what `reconcile` makes of that.
    """

    data: DataSet
    selection: Selection
    selected: Selected
    volumes: Volumes
    _moves: dict[str, Moves] = field(default_factory=dict, init=False, repr=False)

    @staticmethod
    def of(data: DataSet, selection: Selection | None = None, progress: Progress | None = None) -> Grounds:
        """A data set reconciled, all of it where nothing is selected. progress: as `reconcile` takes it."""
        wanted = selection or Selection()
        selected = select(data, wanted)
        return Grounds(data, wanted, selected, reconcile(selected.totals, selected.legs, data.places, progress))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Place code -> name as shown."""
        return self.data.names

    @cached_property
    def said(self) -> Mapping[str, Citation]:
        """How a sentence names each report."""
        selected = self.selected
        return explanations.said(selected.totals) | explanations.said_of_legs(selected.legs)

    @cached_property
    def nesting(self) -> Nesting:
        """What lies within what."""
        return Nesting(self.data.places)

    @cached_property
    def report_of_leg(self) -> pd.Series:
        """The id of the report that each of the selected legs belongs to."""
        return report_of(self.selected.legs)

    @cached_property
    def cited(self) -> dict[str, CitedReport]:
        """Every report by its id, as an explanation cites it."""
        return cited_totals(self.selected.totals, self.said, self.names) | cited_legs(
            self.selected.legs, self.report_of_leg, self.said, self.names
        )

    @cached_property
    def reaching(self) -> frozenset[str]:
        """Ids of the reports with a range that is what is made of "about"."""
        own = ((self.data.totals, self.data.totals["id"]), (self.data.legs, report_of(self.data.legs)))
        return frozenset(str(name) for table, ids in own if len(table) for name in ids[reaches(table)].unique())

    def moves(self, unit: str) -> Moves:
        """The selected legs in a unit, as the map draws them."""
        if unit not in self._moves:
            self._moves[unit] = leg_moves(self.selected.legs, unit)
        return self._moves[unit]

    @cached_property
    def travelled(self) -> dict[Scope, Ints]:
        """The routes of the itemised legs, as the map draws them, each with its positions in `moves` of its unit."""
        found: dict[Scope, Ints] = {}
        for unit in self.data.units:
            moves = self.moves(unit)
            ends = pd.DataFrame({"origin": moves.origin, "destination": moves.destination, "mode": moves.mode})
            group = ends.groupby(list(ends), sort=True).ngroup().to_numpy()
            order = np.argsort(group, kind="stable")
            _, first = np.unique(group[order], return_index=True)
            for rows in np.split(order, first[1:]) if order.size else ():
                origin, to = (str(moves.codes[column[rows[0]]]) for column in (moves.origin, moves.destination))
                found[Scope(unit, origin, to, int(moves.mode[rows[0]]))] = rows
        return found

    @cached_property
    def routes(self) -> dict[Scope, Flow | None]:
        """Every route with a figure, by units as the data set has them; with its flow where totals speak of it."""
        own: dict[Scope, Flow | None] = dict.fromkeys(self.travelled)
        own |= {flow.scope: flow for flow in self.volumes.flows}
        turn = {unit: number for number, unit in enumerate(self.data.units)}
        return {scope: own[scope] for scope in sorted(own, key=lambda each: (turn[each.unit], each))}

    def route(self, given: str, mode: str = "", unit: str = "") -> Scope:
        """The route that is meant by "A>B", codes or names of places; A>B>1 also says the mode by its number.

        Without a unit it is the first in which there is such a route; without a mode the one by any, or the only one.
        Raises FlowError, which names those that there are.
        """
        origin, destination, number = self._ends(given)
        between = [each for each in self.routes if (each.origin, each.destination) == (origin, destination)]
        if not between:
            raise FlowError(given, "no report here speaks of this route", self._named(list(self.routes)))
        if unit and not (between := [each for each in between if each.unit == unit_name(unit)]):
            raise FlowError(given, f"no report of it counts in {unit!r}", self._named(list(self.routes)))
        own = [each for each in between if each.unit == between[0].unit]
        if said := mode.strip().casefold() or number:
            by_mode = [each for each in own if each.mode == MODE_WORDS.get(said, -1)]
        else:
            by_mode = own if len(own) == 1 else [each for each in own if not each.mode]
        if not by_mode:
            rule = "no report of it has this mode" if said else "it is several routes, by different modes"
            raise FlowError(given, rule, self._named(own), "Say which with --mode (mode=… in Python).")
        return by_mode[0]

    def _ends(self, given: str) -> tuple[str, str, str]:
        parts = [part.strip() for part in given.replace("→", ">").split(">")]
        if len(parts) not in (2, 3) or not all(parts[:2]):
            raise FlowError(given, "it is no route", self._named(list(self.routes)), "Write it as FROM>TO.")
        used = {code for each in self.routes for code in (each.origin, each.destination)}
        origin, destination = (self._place(part, used) for part in parts[:2])
        return origin, destination, parts[2] if len(parts) > 2 else ""

    def _place(self, text: str, used: set[str]) -> str:
        """The code of a place: one that is in use by its code or its name as shown, or any that the gazetteer knows."""
        wanted = text.casefold()
        for code in sorted(used):
            if wanted in (code.casefold(), self.names.get(code, "").casefold()):
                return code
        return self.data.places.find(text).place or text

    def _named(self, scopes: list[Scope]) -> list[str]:
        """Routes as they can be given, each with its name."""
        told = []
        for each in scopes[:MOST_NAMED]:
            mode = f" --mode {MODE_NAMES[each.mode]}" if MODE_NAMES.get(each.mode) else ""
            told.append(f"{each.origin}>{each.destination}{mode} ({flow_name(each, self.names)}, {each.unit})")
        more = [f"and {len(scopes) - MOST_NAMED:,} more"] if len(scopes) > MOST_NAMED else []
        return [*told, *more]
