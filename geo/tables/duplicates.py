"""Legs that may tell of one movement: two tellings of it are one movement until somebody says that they are two.

Two legs are tellings of one **movement** where they have the same ends, departure, arrival, unit and best figure, and
nothing that both state tells them apart: ship, shipment, mode, cargo, carrier. Vague dates have to be the same period.
Within one report (a claimant, an outlet and a day, in one file) two rows are two movements, unless they are the same
in every column of the file; so the n-th equal row of one report and the n-th of another tell of one movement. A sum of
legs is no movement, and tells none.

Movements are one **voyage** where the same ship departs at the same time between the same ends, and no source tells
all of them: then each source's sum is a telling of the voyage. Where one source tells all, they are the parts of it.
Sources need not agree on the day or the figure to tell of one voyage: `geo.tables.one_voyage` finds those too.

What the legs then count for is the business of `geo.tables.counted_legs`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import Ints, Mask
from geo.tables import checks, one_voyage, voyages_told
from geo.tables.coded_legs import CodedLegs, of_columns, of_table
from geo.tables.frame import Columns
from geo.tables.ship_names import ship_name

DEPARTURE = ("origin", "destination", "unit", "depart", "depart_latest")
EXACT = (*DEPARTURE, "arrive_earliest", "arrive", "containers_best")
QUICK = ("origin", "destination", "depart", "arrive", "containers_best")
"""Those of them that hardly any two rows have alike."""
STATED = ("shipment", "mode", "cargo", "carrier")
"""What tells movements apart where it is stated, beside the ship."""
SHIP = ("imo", "mmsi", "vessel")
REPORT = ("claimant", "outlet", "said_on")
WORDING = (
    *("containers_low", "containers_high", "containers_words", *SHIP, *STATED, *REPORT),
    *("words", "url", "note"),
)
"""What two tellings of one movement may differ in; where they do not, they are the same word for word."""
LEAST = ("containers_low", "containers_high", "claimant", "outlet", "said_on", "words", "url", "note")
"""In this order tellings are ranked, so that neither the order of rows nor that of files decides anything."""


NUMBERS = ("movement", "turn", "voyage", "voice", "wording", "rank")


@dataclass(frozen=True, slots=True, eq=False)
class Tellings:
    """m legs of which there may be another telling, as columns of numbers (int64, m), in the order of the table.

    rows      their positions in the table
    movement  legs with one number are tellings of one movement
    turn      how many equal rows of its report are told before it
    voyage    movements with one number are one voyage that its sources tell differently; -1 for none
    voice     the source: a claimant in one file
    wording   tellings with one number are the same, word for word, of the same claimant
    rank      of the tellings of a movement the one with the least says most
    """

    rows: Ints
    movement: Ints
    turn: Ints
    voyage: Ints
    voice: Ints
    wording: Ints
    rank: Ints

    def frame(self, index: pd.Index) -> pd.DataFrame:
        """The same by the labels of the table, whose index is given."""
        return pd.DataFrame({name: getattr(self, name) for name in NUMBERS}, index=index[self.rows], dtype=np.int64)


def tellings(legs: pd.DataFrame, part: Ints, repeats: Mask) -> pd.DataFrame:
    """The legs (columns of `LEG_TABLE`) of which there may be another telling, by their labels, as `Tellings` has them.

    part: from which file each is, numbered in an order of the files' own. repeats: whether a leg says the same in every
    column of its file as an earlier row.
    """
    return _tellings(of_table(legs), part, repeats).frame(legs.index)


def none() -> pd.DataFrame:
    """What `tellings` gives where no leg may be another telling."""
    return pd.DataFrame({name: np.zeros(0, np.int64) for name in NUMBERS})


def retold_rows(columns: Columns, repeats: Mask) -> Ints:
    """The rows of one file that may tell what an earlier row tells, and are not the same in every column of the file.

    Rows set aside are left out. repeats (bool, n): the rows that are the same in every column.
    """
    kept = np.flatnonzero(~columns.bad)
    cells, part = of_columns(columns, kept), np.zeros(kept.size, np.int64)
    if _one_report(cells, part):
        return np.zeros(0, np.int64)
    found = _tellings(cells, part, repeats[kept])
    movement = np.where(found.voyage < 0, found.movement, found.voyage + found.movement.max(initial=0) + 1)
    later = pd.Series(movement).duplicated().to_numpy(bool) & ~repeats[kept][found.rows]
    return kept[found.rows[later]]


def ids_of(legs: pd.DataFrame, told: pd.DataFrame, group: str) -> pd.Series:
    """The ids of groups of tellings, by their numbers: from what they say, never from where they stand.

    told: what `tellings` gives; group: "movement" or "voyage".
    """
    names = (*EXACT, *STATED, *SHIP) if group == "movement" else (*DEPARTURE, *SHIP)
    there = legs.loc[told.index, list(names)]
    said = pd.DataFrame({name: there[name].astype("str").fillna("").astype(object) for name in names})
    # What one telling leaves out another states.
    whole = said.groupby(told[group], sort=True).max()
    turn = told["turn"].groupby(told[group], sort=True).max() if group == "movement" else group
    keys = ["\x1f".join(row) for row in whole.assign(turn=turn).astype(str).itertuples(index=False, name=None)]
    if group == "voyage":
        keys = [f"{key}\x1f{more}" if more else key for key, more in zip(keys, _told_of(legs, told), strict=True)]
    ids = [f"move-{hashlib.blake2b(key.encode(), digest_size=6).hexdigest()}" for key in keys]
    return pd.Series(ids, whole.index, dtype=object)


def _told_of(legs: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """What tells a voyage from others of its ship and route: its departures, if several; without a ship its figures."""
    there = legs.loc[told.index, ["depart", "depart_latest", *SHIP, "containers_best"]]
    sailed = there["depart"].astype("str").fillna("") + "/" + there["depart_latest"].astype("str").fillna("")
    ship = (there[list(SHIP)] != "").any(axis=1).groupby(told["voyage"]).transform("any")
    # One departure of a ship is known by that alone, whatever figures are told later.
    several = sailed.groupby(told["voyage"]).transform("nunique") > 1
    said = sailed.where(several | ~ship, "") + ("=" + there["containers_best"].astype("str")).where(~ship, "")
    return said.groupby(told["voyage"], sort=True).agg(lambda texts: "|".join(sorted(set(texts))))


def _tellings(cells: CodedLegs, part: Ints, repeats: Mask) -> Tellings:
    rows = _exact(cells) if repeats.any() or not _one_report(cells, part) else np.zeros(0, np.int64)
    rows, alike = rows[~cells.only(rows).are_sums()], one_voyage.NONE
    if _constant(part) and _constant(cells.code("claimant")):
        ship = ships(cells.only(rows))
    else:
        every = ships(cells)
        alike = one_voyage.pairs(cells, part, every)
        found = np.zeros(part.size, bool)
        found[rows] = found[_sailings(cells, every)] = found[alike.rows()] = True
        rows = np.flatnonzero(found)
        ship, alike = every[rows], alike.of(rows)
    cells, part, repeats = cells.only(rows), part[rows], repeats[rows]
    unnamed = cells.blank("claimant")
    speaker = _number(cells.code("claimant"), np.where(unnamed, part, -1))
    voice = _number(cells.code("claimant"), part, sort=True)
    movement = _number(*cells.codes(EXACT))
    ship = _filled(ship, ship == 0, movement, voice)
    movement = _apart(movement, ship)
    for name in STATED:
        movement = _apart(movement, _filled(cells.code(name), cells.blank(name), movement, voice))
    rank = _ranks(cells, part)
    turn = _turns(_number(movement, part, *cells.codes(REPORT)), rank, repeats)
    movement = _number(movement, turn)
    voyage = _voyages(*_sailed(cells, part, ship, (movement, voice, rank), alike), movement, voice)
    told = np.flatnonzero(_shared(movement) | (voyage >= 0))
    wording = _number(speaker, *cells.codes(WORDING))
    return Tellings(rows[told], *(each[told] for each in (movement, turn, voyage, voice, wording, rank)))


def _sailed(
    cells: CodedLegs, part: Ints, ship: Ints, numbers: tuple[Ints, Ints, Ints], alike: one_voyage.Pairs
) -> tuple[Ints, Mask]:
    """The sailing that each row may tell of, and whether it is one: its ship's, or what another source tells otherwise.

    numbers: movement, voice and rank.
    """
    movement, voice, rank = numbers
    sailing = _number(*cells.codes(DEPARTURE), ship)
    node = np.where(ship > 0, sailing, movement + int(sailing.max(initial=0)) + 1)
    if not alike.one.size:
        return node, ship > 0
    speaker = one_voyage.speakers(cells, part)
    legs = voyages_told.Numbers(node, movement, part, cells.code("claimant"), speaker, voice, rank)
    node, with_others = voyages_told.merged(legs, alike)
    return node, (ship > 0) | with_others


def _one_report(cells: CodedLegs, part: Ints) -> bool:
    """Whether all is told by one report, which tells nothing twice but what it repeats in every column."""
    return _constant(part) and all(_constant(cells.code(name)) for name in REPORT)


def _exact(cells: CodedLegs) -> Ints:
    """The rows that have ends, dates and figure as another row, and hardly any other."""
    rows = checks.perhaps_alike(cells.codes(QUICK))
    return rows[checks.perhaps_alike(cells.only(rows).codes(EXACT))] if rows.size else rows


def _sailings(cells: CodedLegs, ship: Ints) -> Ints:
    """The rows that have ship and departure as another row, and hardly any other."""
    sails = np.flatnonzero(ship)
    at_sea = cells if sails.size == ship.size else cells.only(sails)
    return sails[checks.perhaps_alike([*at_sea.codes(DEPARTURE), ship[sails]])] if sails.size else sails


def _constant(codes: Ints) -> bool:
    return not codes.size or bool((codes == codes[0]).all())


MOST_COMBINED = 2**62


def _number(*codes: Ints, sort: bool = False) -> Ints:
    """Which of the different combinations each row has, numbered as they come, or in their order."""
    combined, width = np.zeros(codes[0].size, np.int64), 1
    for column in codes:
        least, wide = int(column.min(initial=0)), int(column.max(initial=0)) - int(column.min(initial=0)) + 1
        if wide == 1:
            continue
        if width * wide > MOST_COMBINED:
            combined = pd.factorize(combined, sort=sort)[0].astype(np.int64)
            width = int(combined.max(initial=0)) + 1
        combined = combined * wide + (column - least)
        width *= wide
    return pd.factorize(combined, sort=sort)[0].astype(np.int64)


def _apart(movement: Ints, codes: Ints) -> Ints:
    return movement if _constant(codes) else _number(movement, codes)


def _shared(number: Ints) -> Mask:
    """Whether another row has the same number; numbers from 0."""
    shared: Mask = np.bincount(number)[number] > 1 if number.size else np.zeros(0, bool)
    return shared


def _filled(codes: Ints, blank: Mask, movement: Ints, voice: Ints) -> Ints:
    """What a telling leaves out is the least that another source states; unless its own source states some elsewhere.

    A source that names the ships of two movements and not that of a third tells of three.
    """
    if blank.all() or not blank.any():
        return codes
    nothing = int(codes.max()) + 1
    least = pd.Series(np.where(blank, nothing, codes)).groupby(movement).transform("min").to_numpy()
    states = pd.Series(~blank).groupby(_number(movement, voice)).transform("any").to_numpy(bool)
    return np.where(blank & ~states & (least < nothing), least, codes)


def _turns(group: Ints, rank: Ints, repeats: Mask) -> Ints:
    """How many rows of its group are ranked before each; 0 for those that repeat a row in every column."""
    if not _shared(group).any():
        return np.zeros(group.size, np.int64)
    order = np.lexsort((rank, repeats, group))
    first = np.concatenate(([True], np.diff(group[order]) != 0)) if group.size else np.zeros(0, bool)
    place = np.arange(group.size) - np.maximum.accumulate(np.where(first, np.arange(group.size), 0))
    turns = np.zeros(group.size, np.int64)
    turns[order] = place
    return np.where(repeats, 0, turns)


def _ranks(cells: CodedLegs, part: Ints) -> Ints:
    """A place for each row, of those that state most first."""
    stated = sum((~cells.blank(name)).astype(np.int64) for name in (*STATED, *SHIP)) if part.size else part
    keys = [-np.asarray(stated), *cells.codes(LEAST), part]
    ranks = np.zeros(part.size, np.int64)
    ranks[np.lexsort(tuple(reversed(keys)))] = np.arange(part.size)
    return ranks


def _voyages(sailing: Ints, sails: Mask, movement: Ints, voice: Ints) -> Ints:
    """The number of a voyage for each row whose source does not tell all its movements, nor does any other; else -1."""
    if not sails.any():
        return np.full(sails.size, -1)
    told = pd.DataFrame({"voyage": sailing, "movement": movement, "voice": voice})[sails].drop_duplicates()
    whole = told.groupby("voyage")["movement"].nunique()
    most = told.groupby(["voyage", "voice"])["movement"].size().groupby(level="voyage").max()
    doubted = whole.index[(most < whole).to_numpy(bool)] if len(whole) else whole.index
    return np.where(sails & np.isin(sailing, doubted.to_numpy()), sailing, -1)


def ships(cells: CodedLegs) -> Ints:
    """A number for the ship of each row, in the order of their ids; 0 where none is named.

    A ship is its IMO number, whatever name it has; an MMSI or a name that goes with one IMO number alone stands for it.
    Names are compared as `ship_name` has them.
    """
    columns = cells.codes(SHIP)
    if all(cells.blank(name).all() for name in SHIP):
        return np.zeros(columns[0].size, np.int64)
    combination = _number(*columns)
    first = np.flatnonzero(~pd.Series(combination).duplicated().to_numpy(bool))
    texts = {name: cells.texts(name, codes[first]) for name, codes in zip(SHIP, columns, strict=True)}
    names = pd.DataFrame(texts, dtype=object)
    names["vessel"] = [ship_name(name) for name in names["vessel"]]
    ship = names["imo"]
    for name, itself in (("mmsi", False), ("vessel", False), ("mmsi", True), ("vessel", False), ("vessel", True)):
        alone = {} if itself else _alone(names[name], ship)
        stands_for = [alone.get(each, each if itself else "") for each in names[name]]
        ship = ship.where(ship != "", pd.Series(stands_for, dtype=object))
    codes, different = pd.factorize(ship, sort=True)
    number = codes + (len(different) > 0 and different[0] != "")
    return number.astype(np.int64)[combination] if first.size else np.zeros(0, np.int64)


def _alone(names: pd.Series, ships: pd.Series) -> Mapping[str, str]:
    """The names that go with one ship alone, and that ship."""
    pairs = pd.DataFrame({"name": names, "ship": ships}).drop_duplicates()
    pairs = pairs[(pairs["name"] != "") & (pairs["ship"] != "")]
    pairs = pairs[~pairs["name"].duplicated(keep=False)]
    return dict(zip(pairs["name"], pairs["ship"], strict=True))
