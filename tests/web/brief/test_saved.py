"""The Brief page: briefs are saved beside the library, and opened again."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF, Output, formats, render
from geo.brief.pictures import prepared
from geo.brief.spec.brief import parse_brief, read_brief
from geo.data_folder import FOUNDING
from geo.library import Library
from tests.web.brief.hands import HEAD, alt, choose, facts, field, gets, opened, png, told
from tests.web.hands import go, html, labels, load, press, text


def test_a_brief_is_saved_beside_the_library_never_over_another_and_reopened(brief: AppTest, library: Path) -> None:
    field(brief, "Title", "The first")
    field(brief, "Save as", "../../etc/Plan: A")
    press(brief, "Save")
    (first,) = (library / "briefs").iterdir()
    assert re.fullmatch(r"etc-plan-a-[0-9a-f]{8}\.toml", first.name)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (first, first.parent, library)] == [0o600, 0o700, 0o700]
    content = first.read_bytes()
    assert read_brief(first).words.title == "The first"
    field(brief, "Title", "The second")
    choose(brief, "Look", "grey")
    press(brief, "Save")
    assert len(list((library / "briefs").iterdir())) == 2
    assert first.read_bytes() == content
    choose(brief, "Saved briefs", first.name)
    press(brief, "Open")
    assert alt(brief).startswith("The first.")
    assert parse_brief(facts(brief)[f"waybill-{BRIEF}"]) == read_brief(first)


def test_a_file_among_the_briefs_that_is_none_is_told(brief: AppTest, library: Path) -> None:
    press(brief, "Save")
    (library / "briefs" / "bad.toml").write_text("title = <script>")
    brief.run()
    choose(brief, "Saved briefs", "bad.toml")
    press(brief, "Open")
    assert "not valid TOML" in text(brief)
    assert png(brief)


def test_what_no_brief_can_say_is_drawn_and_said(page: AppTest, library: Path) -> None:
    Library.open(library).grade(FOUNDING, "us-1000-containers", "B", "2")
    opened(page, data=FOUNDING, reliability="ungraded")
    assert "A brief does not filter by grade" in html(page)
    assert alt(page).startswith("Rason → Vladivostok: about 2,000 containers")
    assert f"waybill-{BRIEF}" not in facts(page)
    assert "Save" not in labels(page)
    assert gets(page)[0] == "Download the slide (PPTX)"


def test_what_was_loaded_is_in_a_brief_by_its_id_and_made_again_from_the_library(page: AppTest) -> None:
    rows = "r1,Somebody,2023-10-14,KPRJN,RUVVO,7 September 2023 to 1 October 2023,900,,,,,"
    load(page, ("mine.csv", f"{HEAD}\n{rows}\n".encode()))
    go(page, "brief")
    asked = parse_brief(facts(page)[f"waybill-{BRIEF}"])
    assert [part.what for part in asked.data] == ["import"] or len(asked.data) == 2
    made = prepared(asked)
    assert render(Output(Path("x.png"), formats()["png"], made.pictures, made.pictures[0].brief)) == png(page)


def test_a_brief_whose_data_changed_since_is_opened_and_says_so(brief: AppTest, library: Path) -> None:
    press(brief, "Save")
    (path,) = (library / "briefs").iterdir()
    was = read_brief(path).data[0].sha256
    path.write_text(path.read_text().replace(was, "0" * 64))
    assert "not as they were" not in told(brief)
    press(brief, "Open")
    assert f"not as they were when {path.name} was saved" in told(brief)
