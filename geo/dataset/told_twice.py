"""What is asked of movements that several legs tell of: are they the same, or separate? And what the reader answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from geo import formatting
from geo.arrays import ONE_DAY, Ints
from geo.columns import DEFAULT_UNIT
from geo.dataset.assumptions import reaches
from geo.dataset.dataset import DataSet
from geo.safe_text import legible
from geo.tables.counted_legs import ALL, NOTHING_SAID, OPEN, SAME, SEPARATE, Decisions, amounts, counted, counts
from geo.tables.duplicates import ids_of

Group = Literal["movement", "voyage"]
GROUPS: tuple[Group, ...] = ("movement", "voyage")
Range = tuple[float, float, float]
MOST_ASKED = 100
"""So many questions are listed at most."""
_ANSWERS = {OPEN: "", SAME: "same", SEPARATE: "separate"}


class Answers(Protocol):
    """What a reader answered, as a `Selection` has it."""

    @property
    def same(self) -> tuple[str, ...]: ...
    @property
    def separate(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Question:
    """Legs that may tell of one movement, or of one voyage.

    id      by which it is answered
    group   "movement": alike in ends, dates and figure; "voyage": one ship or route, and dates or figures that may be
            one, told differently
    legs    the labels of the legs, those that say most first
    again   all of them are the same word for word, of the same claimant, and count once as long as nobody says more
    one     low, best and high if they are the same
    both    low, best and high if they are separate
    answer  "same", "separate", or "" while nobody has said
    """

    id: str
    group: Group
    legs: tuple[int, ...]
    again: bool
    one: Range
    both: Range
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Rows of one part that another part tells too, of the same claimants.

    part, other  numbers of the parts, as `DataSet.leg_parts` has them
    shared       how many of the `rows` of part are in other
    contains     whether every row of other is in part
    revised      how many other rows of part differ from one of other in their figure alone
    """

    part: int
    other: int
    shared: int
    rows: int
    contains: bool
    revised: int = 0


def decisions(data: DataSet, same: Collection[str], separate: Collection[str]) -> Decisions:
    """What a reader's answers, by the ids of questions, say of the movements and voyages of a data set."""
    if not len(data.tellings) or not (same or separate):
        return NOTHING_SAID
    every = SEPARATE if ALL in separate else SAME if ALL in same else OPEN
    named = {*same, *separate} - {ALL}
    found: dict[str, dict[int, int]] = {group: {} for group in GROUPS}
    for group in GROUPS if named else ():
        of_number = _ids(data, group)
        for number, name in of_number[of_number.isin(named)].items():
            found[group][int(str(number))] = SEPARATE if name in separate else SAME
    return Decisions(found["movement"], found["voyage"], every)


def ids(data: DataSet) -> list[str]:
    """The ids of all questions."""
    return [str(name) for group in GROUPS for name in _ids(data, group)]


def _ids(data: DataSet, group: str) -> pd.Series:
    return ids_of(data.legs, _asked(data.tellings, group), group)


def _asked(told: pd.DataFrame, group: str) -> pd.DataFrame:
    """The tellings of the movements, or of the voyages, that there is anything to ask of."""
    return told[told["voyage"] >= 0] if group == "voyage" else told[told["movement"].duplicated(keep=False)]


def count(data: DataSet) -> int:
    """How many questions there are."""
    return sum(len(_sizes(data, group)) for group in GROUPS)


def count_open(data: DataSet, selection: Answers) -> int:
    """How many of them nobody has answered and leave a range."""
    said = decisions(data, selection.same, selection.separate)
    return sum(len(_open(data, group, said)) for group in GROUPS)


def questions(
    data: DataSet, same: Collection[str] = (), separate: Collection[str] = (), most: int = MOST_ASKED
) -> list[Question]:
    """The questions of a data set with what was answered, the largest figures first; no more than `most`."""
    said = decisions(data, same, separate)
    return _largest(data, {group: _sizes(data, group) for group in GROUPS}, said, most)


def unanswered(data: DataSet, selection: Answers, most: int = 3) -> tuple[str, ...]:
    """A sentence for each of the largest questions that are open; and one for the others.

    Identical rows are left out: they count once, and were told when the file was read.
    """
    said = decisions(data, selection.same, selection.separate)
    sizes = {group: _open(data, group, said) for group in GROUPS}
    asked = _largest(data, sizes, said, most)
    told = [f"{sentence(each, data, data.names)} {outcome(each)} Id: {each.id}." for each in asked]
    left = sum(map(len, sizes.values())) - len(asked)
    if left:
        more = formatting.counted(formatting.number(left), "more movement")
        told.append(f"{more} {'is' if left == 1 else 'are'} told by several reports.")
    return tuple(told)


def _sizes(data: DataSet, group: str) -> pd.Series:
    """Number of a movement or voyage that is asked about -> the sum of all its tellings."""
    told = _asked(data.tellings, group)
    best: pd.Series = data.legs.loc[told.index, "containers_best"]
    sizes: pd.Series = best.groupby(told[group]).sum()
    return sizes


def _open(data: DataSet, group: str, said: Decisions) -> pd.Series:
    """Those that nobody has answered, and that are not one row told again by its own source."""
    sizes = _sizes(data, group)
    leaves = said.of(pd.Series(sizes.index), group) == OPEN
    if group == "movement":
        told = _asked(data.tellings, group)
        leaves &= (told["wording"].groupby(told[group]).nunique().reindex(sizes.index) > 1).to_numpy(bool)
    left: pd.Series = sizes[leaves]
    return left


def _largest(data: DataSet, sizes: Mapping[Group, pd.Series], said: Decisions, most: int) -> list[Question]:
    found: list[tuple[float, int, Group]] = [
        (-float(size), int(str(number)), group)
        for group, of_group in sizes.items()
        for number, size in of_group.nlargest(most).items()
    ]
    return [_question(data, group, number, said) for _, number, group in sorted(found)[:most]]


def _question(data: DataSet, group: Group, number: int, said: Decisions) -> Question:
    told = data.tellings[data.tellings[group] == number].sort_values("rank")
    legs = data.legs.loc[told.index]
    (state,) = said.of(pd.Series([number]), group)
    return Question(
        id=ids_of(legs, told, group).iloc[0],
        group=group,
        legs=tuple(told.index.tolist()),
        again=group == "movement" and told["wording"].nunique() == 1,
        one=_sum(legs, told, Decisions(every=SAME)),
        both=_sum(legs, told, Decisions(every=SEPARATE)),
        answer=_ANSWERS[int(state)],
    )


def _sum(legs: pd.DataFrame, told: pd.DataFrame, said: Decisions) -> Range:
    table = counted(legs, told, said)
    low, best, high = (float(each[counts(table)].sum()) for each in amounts(table))
    return low, best, high


def overlaps(data: DataSet) -> list[Overlap]:
    """The parts that tell what other parts tell, of the same claimants; each pair both ways."""
    told = data.tellings
    if not len(told) or len(data.leg_parts) < 2:
        return []
    shared, revised = (_rows_shared(data, group) for group in GROUPS)
    sizes = np.bincount(data.leg_part, minlength=len(data.leg_parts)).tolist()
    return [
        Overlap(
            part,
            other,
            int(shared[part, other]),
            sizes[part],
            int(shared[other, part]) == sizes[other],
            int(revised[part, other]),
        )
        for part, other in np.argwhere(shared).tolist()
    ]


def _rows_shared(data: DataSet, group: Group) -> Ints:
    """How many rows of each part tell the same movements, or else the same voyages, as another of the same claimant."""
    told = data.tellings if group == "movement" else data.tellings[data.tellings["voyage"] >= 0]
    at = data.legs.index.get_indexer(told.index)
    rows = pd.DataFrame(
        {
            "number": told[group].to_numpy(),
            "movement": told["movement"].to_numpy(),
            "claimant": data.legs["claimant"].to_numpy(object)[at],
            "part": data.leg_part[at],
        },
        index=at,
    )
    shared = np.zeros((len(data.leg_parts),) * 2, np.int64)
    pairs = rows.reset_index(names="row").merge(rows, on=["number", "claimant"], suffixes=("", "_of_other"))
    pairs = pairs[pairs["part"] != pairs["part_of_other"]]
    if group == "voyage":
        # Of a row that the other part repeats, no figure was changed.
        repeated = (pairs["movement"] == pairs["movement_of_other"]).groupby([pairs["row"], pairs["part_of_other"]])
        pairs = pairs[~repeated.transform("any").to_numpy(bool)]
    pairs = pairs.drop_duplicates(["row", "part_of_other"])
    np.add.at(shared, (pairs["part"].to_numpy(), pairs["part_of_other"].to_numpy()), 1)
    return shared


def sentence(question: Question, data: DataSet, names: Mapping[str, str]) -> str:
    """Who tells what: "Desk A and Desk B both report 400 containers, Najin → Vladivostok, 1 Sept 2024." Plain text."""
    legs = data.legs.loc[list(question.legs)]
    first = legs.iloc[0]
    unit = str(first["unit"]) or DEFAULT_UNIT
    where = " → ".join(legible(names.get(str(first[end]), str(first[end]))) for end in ("origin", "destination"))
    route = f"{where}, {_day(first)}"
    if question.group == "voyage":
        return _of_voyage(question, data, where, unit)
    amount = _amount(legs.iloc[:1], unit)
    if question.again:
        return f"{_by(legs)[0]}: {len(legs)} identical rows, {amount}, {route}."
    return f"{_listed(_by(legs), len(legs))} each report {amount}, {route}."


def outcome(question: Question, unit: str = "") -> str:
    """What the answer changes: "Counted once: 400–800. Same: 400; separate: 800."."""
    one, both = (formatting.ranged(*figures, None) for figures in (question.one, question.both))
    open_ = one if question.again else formatting.ranged(question.one[0], question.one[1], question.both[2], None)
    now = {"": open_, "same": one, "separate": both}[question.answer]
    return f"Counts as {formatting.counted(now, unit) if unit else now}. Same: {one}; separate: {both}."


def _of_voyage(question: Question, data: DataSet, where: str, unit: str) -> str:
    """What each source says of it, with the days where they differ; and what the reader is asked."""
    legs = data.legs.loc[list(question.legs)]
    days = list(dict.fromkeys(_day(leg) for _, leg in legs.iterrows()))
    figures = "; ".join(_voices(question, data, unit, dated=len(days) > 1))
    ship = _ship(legs)
    if len(days) > 1:
        return f"{figures}: this may be one {f'voyage of {ship}' if ship else 'movement'}, {where}."
    if ship:
        return f"{figures}: the same departure of {ship}, {where}, {days[0]}."
    may = "one movement" if legs["claimant"].nunique() > 1 else "one movement whose figure was revised"
    return f"{figures}: this may be {may}, {where}, {days[0]}."


def _ship(legs: pd.DataFrame) -> str:
    """The ship of some legs, by its name or else its number; "" where none of them says which."""
    for name, label in (("vessel", ""), ("imo", "IMO "), ("mmsi", "MMSI ")):
        for text in legs[name]:
            if text:
                return f"{label}{legible(str(text))}"
    return ""


def _voices(question: Question, data: DataSet, unit: str, *, dated: bool) -> Iterator[str]:
    told = data.tellings.loc[list(question.legs)]
    for _, rows in told.groupby("voice", sort=True):
        legs = data.legs.loc[rows.index]
        when = f", {', '.join(dict.fromkeys(_day(leg) for _, leg in legs.iterrows()))}" if dated else ""
        yield f"{_by(legs)[0]}, {_amount(legs[~rows['movement'].duplicated().to_numpy()], unit)}{when}"


def _amount(legs: pd.DataFrame, unit: str) -> str:
    """What legs say together, in words: "more than 400 containers"."""
    low, best, high = (float(legs[f"containers_{end}"].sum()) for end in ("low", "best", "high"))
    return formatting.counted(formatting.quantity(low, best, high, about=bool(reaches(legs).all())), unit)


def _by(legs: pd.DataFrame) -> list[str]:
    """The tellers, each once: claimant, outlet where it has one, and the day it was said."""
    told = []
    for claimant, outlet, said_on in zip(legs["claimant"], legs["outlet"], legs["said_on"], strict=True):
        parts = [claimant or "Source not stated", outlet, "" if pd.isna(said_on) else formatting.day(said_on)]
        told.append(", ".join(legible(str(each)) for each in parts if each))
    return list(dict.fromkeys(told))


def _listed(names: list[str], rows: int) -> str:
    if len(names) == 1:
        return f"{rows} rows ({names[0]})"
    return f"{'; '.join(names[:-1])} and {names[-1]}"


def _day(leg: pd.Series) -> str:
    first, last = leg["depart"], leg["depart_latest"]
    if pd.isna(first):
        return "departure not stated"
    return formatting.period(first, first + ONE_DAY if pd.isna(last) or last - first <= ONE_DAY else last)
