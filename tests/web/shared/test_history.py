"""Steps back and forth among what the page showed, whatever was done in between."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.player import Picked, View
from geo.web.shared import history
from geo.web.shared.link import Filters, Link
from tests.examples import examples

VIEW = View(131.5, 42.5, 6.0)


def page() -> None:
    from datetime import UTC, datetime
    from types import SimpleNamespace

    import streamlit as st

    from geo.web.shared import history
    from geo.web.shared.link import opening_link

    box = history.place()
    shown = st.session_state.pop("asked", None) or opening_link()[0]
    st.session_state["shown"] = shown
    history.show(box, shown, SimpleNamespace(start=datetime(2023, 8, 1, tzinfo=UTC), seconds=86_400.0))  # type: ignore[arg-type]


def ask(app: AppTest, link: Link) -> AppTest:
    app.session_state["asked"] = link
    return app.run()


def of(origin: str) -> Link:
    return Link(Filters(origin=(origin,)), Picked(view=VIEW))


def press(app: AppTest, label: str) -> bool:
    (button,) = [each for each in app.button if each.label == label]
    if button.disabled:
        return False
    button.click().run()
    return True


@examples(15)
@given(st.lists(st.sampled_from(["Undo", "Redo", "a", "b", "c"]), max_size=12))
def test_steps_are_those_of_a_list_with_a_finger_on_it(acts: list[str]) -> None:
    app = AppTest.from_function(page).run()
    ask(app, of("start"))
    # The bare page that the session began with is a state of its own: it looks elsewhere and filters nothing.
    states, at = [Link(), of("start")], 1
    for act in acts:
        if act in ("Undo", "Redo"):
            to = at + (1 if act == "Redo" else -1)
            assert press(app, act) == (0 <= to < len(states))
            at = to if 0 <= to < len(states) else at
        elif of(act) != states[at]:
            ask(app, of(act))
            states, at = [*states[: at + 1], of(act)], at + 1
        assert app.session_state["shown"] == states[at]
        assert not app.exception


def test_the_first_word_of_a_map_that_nobody_moved_is_no_step() -> None:
    app = AppTest.from_function(page).run()
    told = Link(picked=Picked(view=VIEW, moment="2023-08-02T00:00:00Z", mode="cumulative", window=86_400.0))
    ask(app, told)
    assert not press(app, "Undo")
    ask(app, replace(told, picked=replace(told.picked, moment="2023-08-01T06:00:00Z")))
    assert press(app, "Undo")
    assert app.session_state["shown"] == told


def test_a_clock_that_was_moved_before_the_map_told_anything_is_a_step() -> None:
    app = AppTest.from_function(page).run()
    ask(app, Link(picked=Picked(view=VIEW, moment="2023-08-01T06:00:00Z", mode="cumulative")))
    assert press(app, "Undo")
    assert app.session_state["shown"] == Link()


def test_the_oldest_go_first() -> None:
    app = AppTest.from_function(page).run()
    for number in range(history.MOST + 2):
        ask(app, of(f"{number}"))
    assert len(app.session_state["history_states"]) == history.MOST
    assert app.session_state["history_states"][0] == of("2")
