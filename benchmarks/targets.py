"""What is to be reached, and at which size."""

from __future__ import annotations

from benchmarks.figures import Target

MANY = 100_000
MILLION = 1_000_000
TEN_MILLIONS = 10_000_000


def bytes_a_leg(legs: int, *, whole: bool) -> Target | None:
    """The legs' own tables at any size; the whole message where what does not grow with legs no longer counts."""
    return Target(16) if not whole or legs >= MANY else None


def message(legs: int) -> Target | None:
    """A tenth of st.pydeck_chart's."""
    return Target(0.1, what="ratio") if legs == MANY else None


def first_frame(legs: int) -> Target | None:
    """A fifth of st.pydeck_chart's; and a million legs within 2.5 s."""
    return {MANY: Target(0.2, what="ratio"), MILLION: Target(2.5)}.get(legs)


FRAME_BEFORE, PROCESSOR_BEFORE, MESSAGE_BEFORE = 0.085, 0.36, 1.50
"""The map of 100,000 legs without borders, names, seas and the shapes of areas, as measured when it had none: its first
frame to st.pydeck_chart's, the processor time of a frame to bare deck.gl's, and MB of its message."""


def base_map(legs: int) -> Target | None:
    """What the base map may add to each of these: a tenth."""
    return Target(1.1, what="ratio") if legs == MANY else None


def frames(legs: int, *, gpu: bool) -> Target | None:
    """20 a second in software; with a GPU what a screen shows, less a frame in 60 for the counting."""
    return Target(59 if gpu else 20, at_least=True) if legs == MANY else None


def beside_bare(legs: int, *, gpu: bool) -> Target | None:
    """In software three times the bare page's, which draws all 2,000 corridors: so must the scene."""
    return Target(3, at_least=True, what="ratio") if legs >= MANY and not gpu else None


def to_wire(legs: int) -> Target | None:
    """A million legs in a second and a half, where it took 4.9 s before its texts were read once each."""
    return Target(1.5) if legs == MILLION else None


def clean(legs: int) -> Target | None:
    """A million legs read, resolved and checked within three times of a plain read."""
    return Target(3, what="ratio") if legs == MILLION else None


def faulty(legs: int) -> Target | None:
    """The same within five times where one row in ten is at fault."""
    return Target(5, what="ratio") if legs == MILLION else None


def preview() -> Target:
    """A second, whatever the file."""
    return Target(1)


def memory(legs: int) -> Target | None:
    """Ten million rows in 2 GB."""
    return Target(2_000) if legs == TEN_MILLIONS else None


def import_geo() -> Target:
    """A tenth of a second of processor time."""
    return Target(0.1)


def help_of_commands() -> Target:
    """Little more than the bare program: no table library is loaded."""
    return Target(1.5, what="ratio")


def check_of_a_row() -> Target:
    """Seconds of processor time, most of them pandas, which Arrow loads."""
    return Target(0.8)


def small_workbook() -> Target:
    """What a workbook of 100 rows waits for the process in which it is read."""
    return Target(0.3)


def article() -> Target:
    """The founding article's reports in milliseconds, so that a click that leaves one out is answered at once."""
    return Target(0.1)


def many_reports() -> Target:
    """2,000 reports in seconds, and so is a flow in which all contradict one another."""
    return Target(10)


def crowd() -> Target:
    """Seconds of processor time of 200 reports that contradict one another on one flow, or 1,000 that agree."""
    return Target(5)


def nested_crowd() -> Target:
    """The same of 200 reports on areas within one another, each bound the tightest."""
    return Target(10)


def plate() -> Target:
    """A picture of 1920 x 1080 of the article, before the eye leaves the button."""
    return Target(0.5)


def crowded_plate() -> Target:
    """10,000 corridors on one plate."""
    return Target(10)


def slides() -> Target:
    """The article as PPTX."""
    return Target(3)


def film() -> Target:
    """Frames a second of 1920 x 1080 on two processors, with the encoder's time counted."""
    return Target(60, at_least=True)


def film_beside() -> Target:
    """The same on a slower machine: 60 where bare matplotlib, which draws the still parts once, reaches 44."""
    return Target(round(60 / 44, 2), at_least=True, what="ratio")


def memory_back() -> Target:
    """Files that were dropped and never loaded leave the server as it was, but for what allocators hold back."""
    return Target(300)


def anything_seen() -> Target:
    """No white page for longer than a second."""
    return Target(1)


def map_seen() -> Target:
    """The map, drawn, within twice the time of a page of Streamlit's with one line of text on it."""
    return Target(2, what="ratio")


def session() -> Target:
    """A further session that looks at the same 100,000 legs has no copy of them."""
    return Target(15)


def sessions_back() -> Target:
    """Fifty sessions that were opened and closed leave the server within a tenth of where it was."""
    return Target(1.1, what="ratio")
