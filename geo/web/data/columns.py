"""Which column of a file is which of ours: proposed with reasons, changed by hand, and used only once agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import streamlit as st

from geo import formatting
from geo.errors import GeoError
from geo.matching import count_units
from geo.matching.mapping import OURS, ColumnMap, arrives_only, check, missing
from geo.parsing.units import unit_name
from geo.web.data.upload import Held, kind_of, known
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from geo.matching.guesses import Guess
    from geo.sheet import Sheet

SAMPLES = 3
LOOKED_AT = 50
"""Distinct values that are looked at for the samples."""
LONGEST_SAMPLE = 28
MOST_SHOWN = 40
"""Columns shown one below the other; those of a wider file that nothing points to stay unused."""
KIND_NAMES = {
    "legs": "Single voyages, trains or flights (legs)",
    "totals": "Totals over a period",
    "places": "Places",
    "events": "Events",
}
UNTOLD = "The columns do not show what the rows are. Choose above, then say which column is which."
NOT_USED = "not used"
BY_HAND = ("unit",)
"""Columns that are not required, and yet often the same for all rows of a file."""
ARRIVALS = (
    "No column gives a departure: each leg counts when it arrives. If a column holds departures, choose it above."
)
AN_EXAMPLE = {"depart": "2023-09-01", "said_on": "2023-09-01", "window": "2023-09-01/2023-10-01", "unit": "container"}


def show(held: Held) -> ColumnMap | None:
    """The table to agree to. -> the map as it stands on the page; None where nothing is to be agreed to."""
    proposal, sheet = held.proposal, held.glance
    if proposal is None or sheet is None or held.mapping is not None:
        return None
    st.html('<h3 class="wb-heading">Columns</h3>')
    start = held.remembered or proposal.mapping
    if held.remembered is not None:
        st.html(f'<p class="wb-empty">{in_html(_remembered(held.remembered))}</p>')
    _kind(held)
    if not proposal.told:
        if proposal.shape is None:
            st.html(f'<p class="wb-empty">{UNTOLD}</p>')
        return ColumnMap(proposal.kind)
    columns = dict(_rows(held, sheet, start))
    return _whole(held, start, columns)


def _remembered(earlier: ColumnMap) -> str:
    """What is filled in from before, the answers to questions included."""
    answers = [f"{name} read {form}" for name, form in earlier.dates.items() if form]
    if earlier.places:
        answers.append(formatting.counted(formatting.number(len(earlier.places)), "name") + " matched by hand")
    answers += [f"{name} {text} for every row" for name, text in earlier.fixed.items()]
    rest = f", with {', '.join(answers)}" if answers else ""
    return f"You have matched these columns before; the same choices are filled in{rest}."


def agreed_line(held: Held) -> None:
    """One line once it is agreed, with the way back."""
    mapping, sheet = held.mapping, held.glance
    if mapping is None or sheet is None:
        return
    unused = [name for name in sheet.header if name not in mapping.columns]
    said = f"{len(mapping.columns)} of {len(sheet.header)} columns used"
    if unused:
        said += f". Not used: {', '.join(unused[:6])}{' …' if len(unused) > 6 else ''}"
    if mapping.fixed:
        said += ". As you confirmed, for every row: " + ", ".join(
            f"{name} {text}" for name, text in mapping.fixed.items()
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="wb-file">{in_html(said)}</p>')
        st.button("Change the columns", key=held.key("columns_again"), type="tertiary", on_click=held.ask_again)


def choose_kind(held: Held, kind: str) -> None:
    """Its rows are of this kind. Said again it changes nothing: a browser may repeat what a list that is gone held."""
    said_already = held.proposal is None or (held.proposal.told and kind == kind_of(held))
    if not said_already:
        held.offer(kind)


def _kind(held: Held) -> None:
    def changed() -> None:
        choose_kind(held, st.session_state[key])

    key = held.key(f"kind_{held.turn}")
    kinds = list(OURS)
    st.selectbox(
        "What the rows are",
        kinds,
        kinds.index(known(held.proposal).kind) if known(held.proposal).told else None,
        key=key,
        on_change=changed,
        format_func=lambda kind: KIND_NAMES[kind],
        placeholder="Choose",
        width=380,
    )


def _rows(held: Held, sheet: Sheet, start: ColumnMap) -> Iterator[tuple[str, str]]:
    """One line for each header: name and samples, our column, and why. -> header, column chosen."""
    pointed = [guess for guess in known(held.proposal).guesses if guess.column or guess.header in start.columns]
    others = [guess for guess in known(held.proposal).guesses if guess not in pointed]
    with st.container(key=held.key("columns")):
        for number, guess in enumerate(pointed[:MOST_SHOWN]):
            yield guess.header, _row(held, sheet, start, guess, number)
        if others:
            with st.expander(f"Columns that are not used ({len(others)})", expanded=bool(known(held.proposal).missing)):
                for number, guess in enumerate(others[:MOST_SHOWN], len(pointed)):
                    yield guess.header, _row(held, sheet, start, guess, number)
                if len(others) > MOST_SHOWN:
                    st.caption(f"The first {MOST_SHOWN} of {len(others):,} are shown.")


def _row(held: Held, sheet: Sheet, start: ColumnMap, guess: Guess, number: int) -> str:
    kind = known(held.proposal).kind
    given = start.columns.get(guess.header, "")
    options = ["", *(column.name for column in OURS[kind])]
    left, middle, right = st.columns([3, 3, 5], vertical_alignment="center", gap="small")
    with left:
        samples = " · ".join(_samples(sheet.columns[guess.header]))
        st.html(
            f'<p class="wb-header">{in_html(guess.header)}</p><p class="wb-samples">{in_html(samples or "empty")}</p>'
        )
    with middle:
        column: str = st.selectbox(
            in_markdown(f"Meaning of “{guess.header}”"),
            options,
            options.index(given) if given in options else 0,
            key=held.key(f"column_{held.turn}_{number}"),
            label_visibility="collapsed",
            format_func=lambda name: name.replace("_", " ") or NOT_USED,
        )
    with right:
        st.html(f'<p class="wb-reason">{_because(held, guess, given, column)}</p>')
    return column


def _because(held: Held, guess: Guess, given: str, column: str) -> str:
    if column != given:
        return "As you chose"
    if held.remembered is not None and given:
        return "As you matched it before"
    sure = f'<span class="wb-sure">{in_html(guess.confidence.capitalize())}.</span> ' if guess.column else ""
    return f"{sure}{in_html(guess.reason)}"


def _samples(texts: pa.DictionaryArray) -> list[str]:
    """A few different values as they stand in the file."""
    distinct = texts.dictionary[:LOOKED_AT].to_pylist()
    found = [" ".join(text.split()) for text in distinct if text.strip()]
    return [text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…" for text in found[:SAMPLES]]


def _whole(held: Held, start: ColumnMap, columns: dict[str, str]) -> ColumnMap:
    """The map of what was chosen, with one value for all rows where no column gives it."""
    kind = known(held.proposal).kind
    used = {header: column for header, column in columns.items() if column}
    taken = set(used.values())
    same = kind == start.kind
    dates = {name: form for name, form in start.dates.items() if name in taken} if same else {}
    plain = ColumnMap(kind, used, {}, dates, dict(start.places) if same else {})
    lacking = missing(plain)
    if arrives_only(plain):
        st.html(f'<p class="wb-empty">{ARRIVALS}</p>')
    names = {column.name for column in OURS[kind]}
    if count_units.count_header(plain) != count_units.count_header(start):
        # Its unit was that of another column.
        start = replace(start, fixed={name: text for name, text in start.fixed.items() if name != "unit"})
    unsaid = count_units.is_unsaid(count_units.complete(plain)) and not start.fixed.get("unit")
    if "containers" in lacking and (figures := [each for each in known(held.proposal).figures if each not in used]):
        said = f"{count_units.figures_sentence(figures)} If one says how many, choose it above."
        st.html(f'<p class="wb-empty">{in_html(said)}</p>')
    voyages = dict(count_units.ONE_VOYAGE) if "containers" in lacking and _voyages(held) else {}
    lacking = [name for name in lacking if name not in voyages]
    by_hand = [name for name in BY_HAND if name in names and name not in taken and not unsaid and name not in voyages]
    fixed = voyages | _fixed(held, start, [*lacking, *by_hand], lacking)
    if unsaid and (unit := _unit(held, count_units.count_header(plain))):
        fixed["unit"] = unit
    return count_units.complete(ColumnMap(kind, used, fixed, dates, plain.places))


def _voyages(held: Held) -> bool:
    return st.checkbox(
        "Each row is one voyage: nothing says how much it carried",
        key=held.key(f"voyages_{held.turn}"),
        help="Rows are counted as voyages, and the map says so.",
    )


OTHER_UNIT = "Other"


def _unit(held: Held, header: str) -> str:
    """The one question that no proposal answers: what a column counts. "" until it is answered."""
    offered = (*count_units.suggested(header), OTHER_UNIT)
    key = f"unit_{held.turn}_{header}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=held.key("unit")):
        chosen = st.selectbox(
            in_markdown(f"What does “{header}” count?"),
            offered,
            None,
            key=held.key(key),
            placeholder="Choose",
            format_func=_plural,
            help="Nothing in the file says it, and containers are never assumed. Units are never converted.",
            width=380,
        )
        if chosen == OTHER_UNIT:
            return st.text_input("Unit", key=held.key(f"{key}_other"), max_chars=40, width=240).strip()
    return chosen or ""


def _plural(unit: str) -> str:
    return unit if unit == OTHER_UNIT else formatting.units(unit_name(unit))


def _fixed(held: Held, start: ColumnMap, asked: list[str], lacking: list[str]) -> dict[str, str]:
    if lacking:
        said = f"No column gives {', '.join(lacking)}. Choose one above, or give one value here."
        if known(held.proposal).undated and "depart" in lacking:
            said += " No column of this file holds dates: a day given here is your statement, not the file’s."
        st.html(f'<p class="wb-empty">{in_html(said)}</p>')
    meaning = {column.name: column.meaning for column in OURS[known(held.proposal).kind]}
    given: dict[str, str] = {}
    with st.container(horizontal=True, gap="small", key=held.key("fixed")):
        for name in asked:
            text = st.text_input(
                f"{name.replace('_', ' ').capitalize()}, for every row",
                start.fixed.get(name, ""),
                key=held.key(f"fixed_{held.turn}_{name}"),
                placeholder=AN_EXAMPLE.get(name, ""),
                help=in_markdown(meaning[name]),
                width=240,
            )
            if text.strip():
                given[name] = text.strip()
    return given


def complaint(held: Held, mapping: ColumnMap) -> str:
    """Why a map cannot be used yet, in a sentence; "" where it can."""
    try:
        check(mapping, known(held.glance).header)
    except GeoError as error:
        return f"{held.name}: {error}"
    if not known(held.proposal).told:
        shape = known(held.proposal).shape
        button = f"press “{shape.offer}”, or " if shape is not None and shape.offered else ""
        return f"{held.name}: {button}choose what the rows are."
    if "unit" in (lacking := count_units.lacking(mapping)) and set(lacking) <= {"unit", "depart"}:
        return f"{held.name}: say what “{count_units.count_header(mapping)}” counts."
    if with_day(held, mapping, day := today()):
        stated = f"{formatting.day(day)}, today, would be the date of every row: your statement, not the file’s"
        return f"{held.name} holds no dates. {stated}. Or give another day above."
    if lacking:
        return f"{held.name}: {', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} still missing."
    return ""


def with_day(held: Held, mapping: ColumnMap, day: datetime) -> ColumnMap | None:
    """The map with a day for every row, where nothing but that is lacking, and no column of the file holds dates."""
    if not known(held.proposal).undated or count_units.lacking(mapping) != ["depart"]:
        return None
    return replace(mapping, fixed={**mapping.fixed, "depart": f"{day:%Y-%m-%d}"})


def today() -> datetime:
    """The day that is offered to whoever loads a file without dates, UTC."""
    return datetime.now(UTC)
