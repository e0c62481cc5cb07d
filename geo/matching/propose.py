"""Foreign headers -> our columns, proposed with reason and confidence. Nothing is applied here: a person agrees first.

Names and values are scored together, and each of our columns gets at most one header, so that the sum of all scores is
the highest. The order of a file's columns makes no difference but where their values alone must tell: of two columns of
places the first is then the origin.

A file whose own names fill all that is required needs no agreement: its mapping is `own_map`, whatever else it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.columns import ARRIVAL
from geo.gazetteer.places import Places
from geo.matching import count_units, mapping
from geo.matching import score as scores
from geo.matching.date_parts import WHOLE, called_dates, date_columns, unread_dates
from geo.matching.guesses import Guess, Match, guess, of_parts
from geo.matching.header_match import foreign, matched, of_download, own_columns
from geo.matching.looks import LOOKED_AT, Looks, figures
from geo.matching.mapping import ColumnMap
from geo.matching.mode_in import mode_in
from geo.matching.one_place import of_one_place
from geo.matching.period_ends import Ends, ends_of
from geo.matching.shapes.claims import NAME as CLAIMS
from geo.matching.shapes.claims import claims
from geo.matching.shapes.other_figures import other_figures
from geo.matching.shapes.recognition import ROWS, left_over, shape_of
from geo.matching.shapes.rows import first_rows
from geo.matching.shapes.running_totals import nested_periods, running_totals
from geo.matching.shapes.scale_beside import scale_beside
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.statistics import counted_places
from geo.matching.synonyms import COUNTED, is_count_name, normal
from geo.matching.traits import unit_of_cells
from geo.parsing.units import IN_CELLS
from geo.sheet import Sheet

LACKS = 3.0
"""What a kind loses in the choice of a file's kind for each required column that nothing fills: as much as a name."""
CLAIM_LOG = 2.0
"""What totals gain where claimant, the day it was said and a period are there: so are claims kept, and no voyages."""
_SPEAKERS = frozenset({"claimant", "outlet"})
_COUNTRIES = frozenset({"origin_in_country", "destination_in_country"})
_GOODS_MADE_IN = "country of origin"
_CLAIMS = frozenset({"claimant", "said_on", "start", "end"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file may be, to be agreed to.

    guesses  one for each header, in the file's order; those whose header is in mapping.columns would be applied
    mapping  all of them together, but for possible ones of columns that are not required
    missing  required columns that nothing fills, and "unit" where nothing says what the count is of; never made up
    own      the file's own names fill all that is required, and no other name probably says who asserts it, or in
             which country an end lies: only they are used, and nothing needs agreement
    told     what its rows are was given, or its columns tell; else kind is legs, which is what most files hold
    undated  it lacks the departure, and no column holds dates, may hold some or is called so: only a person can say
    figures  where nothing fills how many there are: the headers that are not used and hold quantities
    shape    what its rows are where they are no legs as they stand: then the mapping is empty, for nothing is forced
             into legs; None where a kind was given
    ends     two columns of dates that are the ends of a period, or may be
    """

    kind: str
    guesses: tuple[Guess, ...]
    mapping: ColumnMap
    missing: tuple[str, ...]
    own: bool
    told: bool = True
    undated: bool = False
    figures: tuple[str, ...] = ()
    shape: Shape | None = None
    ends: Ends | None = None


def propose(sheet: Sheet, kind: str | None = None, places: Places | None = None) -> Proposal:
    r"""A sheet -> Proposal. kind: told from names and values where not given. places: the gazetteer, ours if not given.

    Looks at a sample of each column's distinct values, so the time does not grow with the rows. Raises MappingError for
    a kind that does not exist.

    >>> import geo
    >>> proposal = geo.propose(geo.read_sheet(b"POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300"))
    >>> proposal.kind, dict(proposal.mapping.columns)
    ('legs', {'POL': 'origin', 'POD': 'destination', 'ETD': 'depart', 'Boxes': 'containers'})
    """
    looks = Looks(sheet, places or Places.load())
    if kind is None and sheet.dialect.shape == CLAIMS:
        kind = "totals"
    plain = own_columns(sheet, kind)
    if kind is None and (more := left_over(sheet, plain.kind)):
        legs = own_columns(sheet, "legs")
        return _unforced(_proposal(sheet, legs, matched(sheet, legs, looks), looks, own=False), more)
    counting = kind is None and plain.kind == "events" and any(map(is_count_name, sheet.header))
    if not counting and not mapping.missing(plain) and not mapping.arrives_only(plain) and not mapping.codeless(plain):
        match = matched(sheet, plain, looks)
        return _proposal(sheet, plain, match, looks, own=not _says_more(sheet, plain, match))
    kinds = [kind] if kind else list(mapping.OURS)
    matches = [matched(sheet, own_columns(sheet, each), looks) for each in kinds]
    proposals = [
        _proposal(sheet, own_columns(sheet, each), match, looks, own=False)
        for each, match in zip(kinds, matches, strict=True)
    ]
    shape = _shape(sheet, looks.places, matches[0], proposals) if kind is None else None
    if shape is not None and not (shape.name == CLAIMS and _whole(proposals, "totals")):
        return _unforced(proposals[0], shape)
    worth = [_worth(each, match, claims=shape is not None) for each, match in zip(proposals, matches, strict=True)]
    best = proposals[int(np.argmax(worth))]
    if kind is None:
        best = _chosen(sheet, best, proposals[0], looks, counting=counting)
    if best.shape is not None:
        return best
    undated = "depart" in best.missing and not _has_dates(sheet, looks, best.mapping)
    return replace(
        best, undated=undated, figures=figures(best.mapping.columns, looks) if COUNTED & set(best.missing) else ()
    )


def _worth(proposal: Proposal, match: Match, *, claims: bool) -> float:
    """How well a file goes with a kind. claims: its rows are what reports claim of periods."""
    made = proposal.mapping
    fits = [fit for fit in match.taken.values() if fit.header in made.columns]
    if made.kind == "totals" and claims:
        return np.inf  # Else its shape would have been asked about: it lacks nothing to be totals.
    log = CLAIM_LOG if set(made.columns.values()) >= _CLAIMS else 0.0
    if made.kind == "totals" and {"claimant", "said_on"} <= set(mapping.missing(made)):
        return -np.inf  # A total is what somebody said on some day.
    lacking = len(mapping.missing(made)) + mapping.arrives_only(made) + mapping.codeless(made)
    return log + sum(min(fit.score, 4.0) for fit in fits) - LACKS * lacking


def _chosen(sheet: Sheet, best: Proposal, legs: Proposal, looks: Looks, *, counting: bool) -> Proposal:
    """Of a file whose kind nobody said the proposal, once what its rows tell beside the columns is looked at."""
    counting = counting or not COUNTED.isdisjoint(legs.mapping.columns.values())
    if best.kind == "events" and (counting or "title" in best.missing):
        best = legs  # An event counts nothing: what is left over says that shipments are meant.
    if more := _more(sheet, best) or _other_figures(legs, best, looks):
        return _unforced(legs, more)
    nothing = len(mapping.missing(best.mapping)) == sum(column.required for column in mapping.OURS[best.kind])
    return replace(legs, told=False) if nothing else best


def _whole(proposals: Sequence[Proposal], kind: str) -> bool:
    """Whether a file lacks nothing to be of this kind, its unit aside."""
    return not {*next(each for each in proposals if each.kind == kind).missing} - {"unit"}


def _more(sheet: Sheet, best: Proposal) -> Shape | None:
    """What the rows are, where the best that they could be taken for would leave out what they say."""
    if best.kind == "places":
        return counted_places(sheet)
    if best.kind == "legs":
        more = running_totals(count_units.count_header(best.mapping))
        if more := more or nested_periods(first_rows(sheet, ROWS), best.mapping.columns):
            return more
    return scale_beside(sheet, best.mapping)


def _other_figures(legs: Proposal, best: Proposal, looks: Looks) -> Shape | None:
    """What the rows are, where they have two ends and all that could count is something else, such as a capacity."""
    ends = ({"origin", "origin_lat"}, {"destination", "destination_lat"})
    columns = set(legs.mapping.columns.values())
    if (COUNTED.isdisjoint(best.missing) and best.kind != "events") or any(columns.isdisjoint(end) for end in ends):
        return None
    if "nature" in best.mapping.columns.values():
        return None  # It says of each row whether it is a capacity.
    return other_figures(figures(legs.mapping.columns, looks))


def _shape(sheet: Sheet, places: Places, match: Match, proposals: Sequence[Proposal]) -> Shape | None:
    """What the rows are, where they are no legs as they stand. match: to legs; proposals: the first for them."""
    legs, totals = proposals[0], next(each for each in proposals if each.kind == "totals")
    used = legs.mapping.columns
    named = {fit.column for header, fit in match.taken.items() if fit.strength and header in used}
    ends = all(not {end, f"{end}_lat"}.isdisjoint(named) for end in ("origin", "destination"))
    found = shape_of(sheet, places, used.values(), named=ends)
    if found is None and not sheet.dialect.shape:
        return claims(first_rows(sheet, ROWS), used, totals.mapping.columns, totals.missing)
    return found


def _unforced(legs: Proposal, shape: Shape) -> Proposal:
    """A proposal that takes nothing for anything, since the rows are no legs as they stand."""
    nothing = ColumnMap("legs")
    return replace(legs, mapping=nothing, missing=tuple(mapping.missing(nothing)), told=False, shape=shape)


def _has_dates(sheet: Sheet, looks: Looks, made: ColumnMap) -> bool:
    if called_dates(sheet.header) or unread_dates(sheet, made.columns):
        return True
    return any(looks[header].share(("date",)) >= scores.FITS for header in sheet.header[:LOOKED_AT])


def _says_more(sheet: Sheet, plain: ColumnMap, match: Match) -> bool:
    """Whether a header that is not our own probably says who asserts a row, or in which country an end lies, where
    none of our own does: without it the rows would say something else."""
    fits = [
        match.taken[header]
        for header in foreign(sheet, plain)
        if header in match.taken and normal(header) != _GOODS_MADE_IN
    ]
    missing = (_SPEAKERS | _COUNTRIES) - set(plain.columns.values())
    return any(fit.column in missing and fit.confidence != "possible" for fit in fits)


def _proposal(sheet: Sheet, plain: ColumnMap, match: Match, looks: Looks, *, own: bool) -> Proposal:
    required = {column.name for column in mapping.OURS[plain.kind] if column.required}
    instead = (group for column in mapping.OURS[plain.kind] if column.required for group in column.instead)
    required |= {name for group in instead if group != ARRIVAL for name in group}
    columns, fixed = dict(plain.columns), dict(plain.fixed)
    for header in [] if own else sheet.header:
        fit = match.taken.get(header)
        if fit and (fit.confidence != "possible" or fit.column in required):
            columns[header] = fit.column
            if unit := _unit(sheet, match, header):
                fixed["unit"] = unit
    alike = set() if own else of_one_place(sheet, columns, match.taken, looks.places)
    columns = {header: column for header, column in columns.items() if header not in alike}
    if not own:
        columns = _with_its_unit(columns, _units(sheet, match), fixed)
        match = _of_units(match, columns)
        if plain.kind == "legs" and columns and "mode" not in columns.values() and (mode := mode_in(sheet.header)):
            fixed["mode"] = mode
    ends = None if own or plain.kind != "legs" else ends_of(looks, columns)
    if ends:
        columns = {header: to for header, to in columns.items() if header not in (ends.first, ends.last)}
        columns |= ends.columns
    parts = {} if own or ends else date_columns(sheet, plain.kind, columns, match.taken)
    columns = {header: column for header, column in columns.items() if column != WHOLE.get(plain.kind) or not parts}
    columns |= parts
    in_order = {header: columns[header] for header in sheet.header if header in columns}
    agreed = ColumnMap(plain.kind, in_order, fixed)
    ours = of_download(sheet, plain)
    said = {header: _said(sheet, match, header) for header in columns if "unit" in fixed and header in match.taken}
    said |= dict.fromkeys(alike, " But both ends would be one place in every row.")
    guesses = tuple(
        of_parts(header, parts)
        if header in parts
        else ends.guess(header)
        if ends and header in (ends.first, ends.last)
        else guess(header, plain, match, header in columns, header in ours, said.get(header, ""))
        for header in sheet.header
    )
    return Proposal(plain.kind, guesses, agreed, tuple(count_units.lacking(agreed)), own, ends=ends)


def _units(sheet: Sheet, match: Match) -> list[str]:
    """Headers that are names of the unit, the best first."""
    fits = [fit for fit in {**match.best, **match.taken}.values() if fit.column == "unit"]
    return [fit.header for fit in sorted(fits, key=lambda fit: (-fit.score, sheet.header.index(fit.header)))]


def _with_its_unit(columns: dict[str, str], units: list[str], fixed: dict[str, str]) -> dict[str, str]:
    """The columns with the unit that belongs to the count among them, and no other."""
    count = count_units.counted_in(columns)
    others = {header: column for header, column in columns.items() if column != "unit"}
    beside = count_units.unit_beside(count, units)
    if not beside:
        return others
    fixed.pop("unit", None)
    return {**others, beside: "unit"}


def _of_units(match: Match, columns: Mapping[str, str]) -> Match:
    """The same where the unit that is taken is the one among columns, if any."""
    taken = {header: fit for header, fit in match.taken.items() if fit.column != "unit"}
    known = {**match.best, **match.taken}
    units = {header: known[header] for header, column in columns.items() if column == "unit"}
    return replace(match, taken=taken | units)


def _unit(sheet: Sheet, match: Match, header: str) -> str:
    """The unit of a column of quantities, as its header or else its cells say it."""
    fit = match.taken[header]
    return fit.unit or (unit_of_cells(sheet.columns[header]) if fit.column in COUNTED else "")


def _said(sheet: Sheet, match: Match, header: str) -> str:
    """What the cells add to the reason of a column: the unit that its header does not say."""
    fit = match.taken[header]
    unit = "" if fit.unit else _unit(sheet, match, header)
    if unit == IN_CELLS:
        return " Each cell says its own unit."
    return f" All of them are in {unit}, which would stand for every row." if unit else ""
