"""Long work shows its progress, ends where a reader stops it, and goes on where he wants it again."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geo.web.shared import long_work


def page() -> None:
    import streamlit as st

    from geo.web.shared.long_work import watched

    def run(progress: object) -> int:
        progress(0.25, "weighing")  # type: ignore[operator]
        if not st.session_state.get("quick"):
            st.stop()  # as a click does, at a word of progress
        return 7

    st.write(f"It is {watched('Reconciling', 'one', run)}.")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "QUIET", -1.0)
    monkeypatch.setattr(long_work, "EVERY", -1.0)


def test_it_can_be_stopped_and_taken_up_again() -> None:
    app = AppTest.from_function(page).run()
    assert [each.label for each in app.button] == ["Cancel"]
    app.button[0].click().run()
    assert [each.label for each in app.button] == ["Go on"]
    assert "Reconciling was stopped." in app.main.children[0].children[0].proto.body  # type: ignore[union-attr]
    app.session_state["quick"] = True
    app.button[0].click().run()
    assert not app.button
    assert app.markdown[0].value == "It is 7."


def test_what_ends_leaves_no_bar() -> None:
    app = AppTest.from_function(page)
    app.session_state["quick"] = True
    app.run()
    assert not app.button
    assert app.markdown[0].value == "It is 7."
