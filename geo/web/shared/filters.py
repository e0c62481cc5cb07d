"""The sidebar's filters: which reports are shown. They change the scene, and leave the view and the clock alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from geo.columns import ABOUT_PERCENT, DEFAULT_UNIT, MOST_ABOUT
from geo.data_folder import FOUNDING
from geo.dataset.dataset import DataSet
from geo.dataset.selection import FACETS, READINGS, Unknown, resolved, values
from geo.formatting import counted, number, unit_name, units
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.safe_text import legible
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import WIDGETS, Filters
from geo.web.shared.link_values import Texts

GRADES: Mapping[str, Mapping[str, str]] = {"reliability": RELIABILITY, "credibility": CREDIBILITY}
LABELS = {"origin": "From", "destination": "To", "mode": "Mode", "cargo": "Cargo", "claimant": "Source"}
HELP = {"claimant": "Who says so, as column claimant of a file has it"}
LABELS |= {name: name.capitalize() for name in GRADES}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: for each facet value -> label, in the order shown; and the units, the drawn one first."""

    facets: Mapping[str, Mapping[str, str]]
    units: Texts


def choices_of(data: DataSet) -> Choices:
    """Everything that occurs in the reports."""
    names = data.names
    facets = {}
    for facet in FACETS:
        labels = {value: _label(facet, value, names) for value in values(data, facet)}
        facets[facet] = dict(sorted(labels.items(), key=lambda item: (item[0] == "", item[1].casefold(), item[0])))
    return Choices(facets, data.units or (DEFAULT_UNIT,))


def _label(facet: str, value: str, names: Mapping[str, str]) -> str:
    if facet in ("origin", "destination"):
        return names.get(value, value)
    if facet in GRADES:
        return f"{value} · {GRADES[facet].get(value, '')}" if value else "Not graded"
    if not value:
        return "Not stated"
    return value.capitalize() if facet == "mode" else value


def known_data(filters: Filters, data: Mapping[str, str]) -> tuple[Filters, list[str]]:
    """`filters` with a data set that is here, `data` being id -> label, and a note where theirs is not."""
    if filters.data in data:
        return filters, []
    note = f"The link’s data set is not here or was withdrawn. Shown instead: {data[FOUNDING]}."
    return replace(filters, data=FOUNDING), [note]


def possible(filters: Filters, data: DataSet, choices: Choices) -> tuple[Filters, list[str]]:
    """`filters` with only what can be chosen, and a note for each value that no report has."""
    kept, unknown = resolved(data, filters)
    notes = [_note(each) for each in unknown]
    unit = filters.unit
    if unit not in choices.units:
        if unit != DEFAULT_UNIT:
            notes.append(f"No report counts in {units(unit)}, so {units(choices.units[0])} are drawn.")
        unit = choices.units[0]
    return replace(kept, unit=unit), notes


def _note(unknown: Unknown) -> str:
    if unknown.field in ("same", "separate"):
        return f"The movement “{unknown.given}” is not told twice here, so nothing is answered."
    if unknown.field in READINGS:
        return f"Report “{unknown.given}” is not among the totals, so nothing of it is read in another way."
    if unknown.field.startswith("without_"):
        what = "Source" if unknown.field == "without_claimant" else "Report"
        return f"{what} “{unknown.given}” is not among the reports, so nothing of it is switched off."
    return f"{LABELS[unknown.field]} “{unknown.given}” is not in any report, so it filters nothing."


def choose_data(filters: Filters, data: Mapping[str, str]) -> str:
    """The data set widget: `data` is id -> label."""
    return _one("Data set", "data", filters.data, data, lambda value: data[value])


def choose(filters: Filters, choices: Choices) -> Filters:
    """The widgets. They take their first value from `filters`, and from then on keep what the reader chose."""
    # Where nothing is graded, grades leave nothing to choose.
    offered = [facet for facet in FACETS if facet not in GRADES or len(choices.facets[facet]) > 1]
    picked = {facet: _several(facet, getattr(filters, facet), choices.facets[facet]) for facet in offered}
    help_text = "Units are never converted. Reports in other units are listed as cards but not drawn."
    unit = _one("Unit", "unit", filters.unit, choices.units, _unit, help_text)
    claimants, reports = off(filters)
    switched = {"without_claimant": claimants, "without_report": reports}
    told = {**switched, **answers(filters), **readings(filters), **picked}
    return Filters(data=filters.data, unit=unit, about=st.session_state.setdefault(REACH, filters.about), **told)


def _unit(unit: str) -> str:
    name = unit_name(unit)
    return name[:1].upper() + name[1:]


def _several(facet: str, first: Texts, options: Mapping[str, str]) -> Texts:
    key = f"filter_{facet}"
    if key in st.session_state:
        # A file that was taken away takes its values with it.
        st.session_state[key] = [value for value in st.session_state[key] if value in options]
    else:
        st.session_state[key] = list(first)
    chosen: list[str] = st.multiselect(
        LABELS[facet],
        list(options),
        key=key,
        format_func=lambda value: legible(options.get(value, value)),
        placeholder="Any",
        help=HELP.get(facet),
    )
    return tuple(chosen)


def _one(
    label: str,
    name: str,
    first: str,
    options: Mapping[str, str] | Texts,
    says: Callable[[str], str],
    help_text: str | None = None,
) -> str:
    key = f"filter_{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = first if first in options else next(iter(options))
    chosen: str = st.selectbox(
        label, list(options), key=key, format_func=lambda value: legible(says(value)), help=help_text
    )
    return chosen


def show_notes(notes: list[str]) -> None:
    """What was ignored: a passing word at first, and a box that stays where it moves nothing."""
    if not notes:
        return
    told = "  \n".join(in_markdown(note) for note in notes)
    if not st.session_state.get("notes_told"):
        st.session_state["notes_told"] = True
        st.toast(told, duration="long")
    st.info(told)


CLAIMANTS, REPORTS = f"{WIDGETS}off_claimants", f"{WIDGETS}off_reports"
_MARK = f"{WIDGETS}switch_"


def off(first: Filters) -> tuple[Texts, Texts]:
    """Claimants and report ids that are switched off. They are those of `first` until the reader uses a switch."""
    claimants: Texts = st.session_state.setdefault(CLAIMANTS, first.without_claimant)
    reports: Texts = st.session_state.setdefault(REPORTS, first.without_report)
    return claimants, reports


def keep_switches(data: DataSet) -> None:
    """Another data set is shown: what is switched off stays off where it is in it, and is forgotten elsewhere."""
    for key, field in ((CLAIMANTS, "without_claimant"), (REPORTS, "without_report")):
        here = set(values(data, field))
        st.session_state[key] = tuple(each for each in st.session_state.get(key, ()) if each in here)


def off_now() -> tuple[Texts, Texts]:
    """Claimants and reports that are off, after `off` was asked once."""
    return st.session_state.get(CLAIMANTS, ()), st.session_state.get(REPORTS, ())


def show(label: str, where: str, value: str, *, disabled: bool = False, bold: bool = False) -> None:
    """One switch. label: markdown; where: `CLAIMANTS` or `REPORTS`; value: which of them."""
    digest = hashlib.blake2b(f"{where}\x1f{value}".encode(), digest_size=8).hexdigest()
    key = _MARK + digest
    st.session_state[key] = value not in st.session_state.get(where, ())
    widget = st.toggle if bold else st.checkbox
    widget(label, key=key, disabled=disabled, on_change=_flip, args=(key, where, value))


def _flip(key: str, where: str, value: str) -> None:
    if key not in st.session_state:  # The page was opened anew meanwhile: see `link.open_with`.
        return
    others = tuple(each for each in st.session_state.get(where, ()) if each != value)
    st.session_state[where] = others if st.session_state[key] else (*others, value)


SAME, SEPARATE = f"{WIDGETS}told_same", f"{WIDGETS}told_separate"


def answers(first: Filters) -> dict[str, Texts]:
    """Of which movements the tellings are the same, and of which separate: those of `first` until the reader says."""
    same: Texts = st.session_state.setdefault(SAME, first.same)
    separate: Texts = st.session_state.setdefault(SEPARATE, first.separate)
    return {"same": same, "separate": separate}


def readings(first: Filters) -> dict[str, Texts]:
    """How totals are read: as `first` has it until the reader says otherwise."""
    return {name: st.session_state.setdefault(WIDGETS + name, getattr(first, name)) for name in READINGS}


def read_otherwise(identifier: str, name: str, *, taken: bool) -> None:
    """The reader takes a reading of one total, or takes it back. name: of `READINGS`."""
    others = tuple(each for each in st.session_state.get(WIDGETS + name, ()) if each != identifier)
    st.session_state[WIDGETS + name] = (*others, identifier) if taken else others


REACH = f"{WIDGETS}about"


def ask_reach(chosen: Filters) -> None:
    """How far "about" reaches, as the reader has it."""
    key = f"{WIDGETS}reach"
    st.session_state[key] = chosen.about
    st.number_input("“About” means plus or minus, in per cent", 0, MOST_ABOUT, key=key, on_change=_reach, width=300)


def _reach() -> None:
    if (given := st.session_state.get(f"{WIDGETS}reach")) is not None:
        st.session_state[REACH] = given


def show_readings_note(chosen: Filters) -> None:
    """How many reports the reader takes otherwise than their table does, and the way back; nothing where none is."""
    count = len({each for name in READINGS for each in getattr(chosen, name)})
    told = [f"{counted(number(count), 'report')} read in another way than in the table that they come from."]
    told = told if count else []
    if chosen.about != ABOUT_PERCENT:
        told.append(f"“About” is read as ±{chosen.about} %, not ±{ABOUT_PERCENT} %.")
    if told:
        _note_with_way_back("read_otherwise", " ".join(told), "Read as loaded", _read_as_loaded)


def _read_as_loaded() -> None:
    for name in READINGS:
        st.session_state[WIDGETS + name] = ()
    st.session_state[REACH] = ABOUT_PERCENT


def answer(identifier: str, where: str) -> None:
    """The reader's answer to one question. where: `SAME` or `SEPARATE`; said again it is taken back."""
    again = identifier in st.session_state.get(where, ())
    for key in (SAME, SEPARATE):
        others = tuple(each for each in st.session_state.get(key, ()) if each != identifier)
        st.session_state[key] = (*others, identifier) if key == where and not again else others


def all_on() -> None:
    """Switches everything on."""
    st.session_state[CLAIMANTS] = st.session_state[REPORTS] = ()


def show_clear(chosen: Filters) -> None:
    """A button that lets go of all filters and switches, where any is on. Data set, unit and readings are none."""
    if any(getattr(chosen, name) for name in (*FACETS, "without_claimant", "without_report")):
        st.button("Clear filters", key="clear_filters", icon=":material/filter_alt_off:", on_click=_clear)


def _clear() -> None:
    for facet in FACETS:
        st.session_state[f"filter_{facet}"] = []
    all_on()


def show_note(count: int) -> None:
    """How many reports are switched off, and one click that switches them on; nothing where none is."""
    if not count:
        return
    told = f"{counted(number(count), 'report')} switched off and left out of everything here."
    _note_with_way_back("switched_off", told, "Switch all on", all_on)


def _note_with_way_back(key: str, told: str, label: str, back: Callable[[], None]) -> None:
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="wb-off" role="status">{told}</p>')
        st.button(label, key=label.lower().replace(" ", "_"), type="tertiary", on_click=back)
