"""A place is found by code, name or alias; what is ambiguous or unknown is said, never decided."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import PlaceError
from geo.gazetteer import places
from geo.gazetteer.places import Places
from geo.tables.by_kind import read_places
from tests import zoo

GAZETTEER = Places.load()


@pytest.mark.parametrize(
    "spelling",
    [
        "KPRJN",
        "kprjn",
        "KP RJN",
        "KP-RJN",
        "Najin",
        "najin",
        "RAJIN",
        "rajin port",
        "Port of Rajin",
        "the port of Rason",
        "Raseon",
        "Rashin",
        "KPNJN",
        "  Najin  ",
        "Na'jin",
        "나진",
        "RÁJIN",
        "Rajin (Port)",
    ],
)
def test_every_spelling_of_rason_is_one_place(spelling: str) -> None:
    assert GAZETTEER.find(spelling).place == "KPRJN"


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Dunai", "dunay"),
        ("Dunay", "dunay"),
        ("Vostochnyy", "RUVYP"),
        ("Владивосток", "RUVVO"),
        ("north korea", "KP"),
        ("Russian Far East", "russian-far-east"),
        ("Near Vladivostok", "near-vladivostok"),
        ("Busan", "KRPUS"),
        ("Medan", "IDMES"),
    ],
)
def test_spellings_of_other_places(spelling: str, code: str) -> None:
    assert GAZETTEER.find(spelling).place == code


def test_an_ambiguous_name_returns_its_candidates_and_no_place() -> None:
    found = GAZETTEER.find("Kingston")
    assert found.place is None
    assert {"JMKIN", "CAKIN"} <= set(found.candidates)
    assert "JMKIN" in found.message
    assert GAZETTEER.find("Kingston", country="jm").place == "JMKIN"


def test_saint_petersburg_is_not_silently_the_one_in_florida() -> None:
    assert GAZETTEER.find("St Petersburg").place is None
    assert GAZETTEER.find("St. Petersburg", country="RU").place == "RULED"


def test_an_unknown_name_says_so_with_the_nearest_spellings() -> None:
    found = GAZETTEER.find("Najinn")
    assert (found.place, found.candidates) == (None, ())
    assert found.nearest[0] == "Najin"
    assert "'Najinn' is not in the gazetteer" in found.message
    assert "KPRJN" in GAZETTEER.find("KPRJM").nearest


@pytest.mark.parametrize("text", [*zoo.HOSTILE_TEXT.values(), "", "   ", "!!!", "port of", "\ud800"])
def test_text_that_names_nothing_finds_nothing(text: str) -> None:
    if text != zoo.HOSTILE_TEXT["zero_width"]:
        assert GAZETTEER.find(text).place is None


@given(st.text(max_size=200))
@example("UJ")  # one city alone, which has it as another name: it is asked about, not taken
def test_find_never_raises_and_takes_the_only_candidate_or_says_why_not(text: str) -> None:
    found = GAZETTEER.find(text)
    assert found.candidates == (found.place,) if found.place is not None else found.message


def test_find_many_looks_each_text_up_once_and_agrees_with_find() -> None:
    texts = ["Najin", "Najin", "Kingston", "nowhere at all", "RUVVO"]
    found = GAZETTEER.find_many(pd.Series(texts))
    assert list(found) == ["Najin", "Kingston", "nowhere at all", "RUVVO"]
    assert all(found[text] == GAZETTEER.find(text) for text in texts)


def test_our_own_position_wins_over_the_package() -> None:
    rason = GAZETTEER.get("KPRJN")
    assert (rason.geometry.x, rason.geometry.y) == (130.3, 42.233333)
    assert GAZETTEER.get("RUVVO")["source"].startswith("NGA")


def test_the_gazetteer_is_world_wide_points_in_epsg_4326() -> None:
    frame = GAZETTEER.frame
    assert frame.crs == "EPSG:4326"
    assert (frame.geometry.geom_type == "Point").all()
    assert len(frame) > 3900
    assert frame.index.is_unique
    assert (frame[["source", "licence"]] != "").all(axis=None)


def test_the_frame_is_a_copy() -> None:
    frame = GAZETTEER.frame
    frame.loc["KPRJN", "name"] = "changed"
    assert GAZETTEER.get("KPRJN")["name"] == "Rason"


def test_areas_have_a_radius_and_points_have_none() -> None:
    frame = GAZETTEER.frame
    assert frame.loc[frame["kind"] == "area", "radius_km"].gt(0).all()
    assert frame.loc[frame["kind"] == "port", "radius_km"].isna().all()


def test_a_code_that_is_not_there_raises() -> None:
    with pytest.raises(PlaceError):
        GAZETTEER.get("XXXXX")
    with pytest.raises(PlaceError):
        GAZETTEER.positions(["KPRJN", "XXXXX"])


def test_uploaded_places_win_and_are_found() -> None:
    frame, problems = read_places(
        b"code,name,aliases,lon,lat\nmy-pier,My Pier,Pier 1;Pier One,10,20\nRUVVO,Here,,1,2\n"
    )
    assert not problems
    more = GAZETTEER.plus(frame)
    assert more.find("pier one").place == "my-pier"
    assert more.get("RUVVO").geometry.x == 1
    assert GAZETTEER.find("pier one").place is None


PARTS = {
    "Vladivostok, Russia": "RUVVO",
    "VLADIVOSTOK, RUSSIAN FEDERATION": "RUVVO",
    "Vladivostok (RU)": "RUVVO",
    "Vladivostok (rus)": "RUVVO",
    "Vladivostok RU": "RUVVO",
    "Vladivostok Russia": "RUVVO",
    "Port of Vladivostok, Russia": "RUVVO",
    "Russia, Vladivostok": "RUVVO",
    "RU VVO": "RUVVO",
    "RUVVO - Vladivostok": "RUVVO",
    "RUVVO – Vladivostok": "RUVVO",
    "Vladivostok [RUVVO]": "RUVVO",
    "RUVVO Vladivostok": "RUVVO",
    "Vladivostok RU VVO": "RUVVO",
    "RUVVO, Vladivostok, Russia": "RUVVO",
    "RUVVO, RU": "RUVVO",
    "Busan, South Korea": "KRPUS",
    "Busan / KR": "KRPUS",
    "Rajin (DPRK)": "KPRJN",
    "Kingston, Jamaica": "JMKIN",
    "Singapore, Singapore": "SGSIN",
    "Hamburg, DE": "DEHAM",
}


@pytest.mark.parametrize(("text", "code"), PARTS.items(), ids=PARTS)
def test_a_country_or_a_code_beside_the_name_makes_sure_of_it(text: str, code: str) -> None:
    assert GAZETTEER.find(text).place == code
    assert GAZETTEER.knows(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Vladivostok, Ukraine",
            "RUVVO, KR",
            "Vladivostok, Primorsky, Russia",
            "Vladivostock, Russia",
            "Vladivostok ru",
        ),
        *(
            "Najin to Vladivostok",
            "Nowhere, Russia",
            "Vladivostok, Russia, Asia, Earth",
            "Vladivostok - KRXXX",
            "RUVVO, Busan, Nowhere",
        ),
    ],
)
def test_parts_that_do_not_agree_or_say_nothing_known_find_nothing(text: str) -> None:
    found = GAZETTEER.find(text)
    assert found.place is None
    assert found.candidates == () or "is known, but not in" in found.message


def test_a_code_and_a_name_that_do_not_agree_are_both_offered() -> None:
    for text in ("RUVVO - Busan", "Busan (RUVVO)", "RUVVO Busan"):
        found = GAZETTEER.find(text)
        assert found.place is None
        assert set(found.candidates) == {"RUVVO", "KRPUS"}


def test_a_country_code_that_is_also_a_state_may_be_either() -> None:
    assert GAZETTEER.find("Vancouver, CA").place == "CAVAN"  # the other one is in Washington
    found = GAZETTEER.find("Richmond, CA")
    assert {GAZETTEER.get(code)["country"] for code in (*found.candidates, *found.others)} == {"CA", "US"}
    assert GAZETTEER.find("Richmond, California").others == ()


def test_each_candidate_is_told_with_country_code_and_position() -> None:
    message = GAZETTEER.find("Kingston").message
    assert "Kingston, JM (JMKIN, 17.99° N, 76.83° W)" in message
    assert "Kingston, AU (AUKIN, 42.97° S, 147.32° E)" in message


def test_an_empty_place_has_its_own_words() -> None:
    for text in ("", "  "):
        assert GAZETTEER.find(text).message.startswith("No place is given.")


def test_answers_win_over_what_a_spelling_means() -> None:
    texts = [" Foo ", "Kingston", "Vladivostok", "Pier 7", "Najin"]
    answers = {
        "Foo": "RUVVO",
        "Kingston ": "JMKIN",
        "Vladivostok": "KRPUS",
        "Pier 7": "42.88, 132.33",
        "najin": "KRPUS",
    }
    found = GAZETTEER.find_many(texts, answers=answers)
    assert [found[text].place for text in texts] == ["RUVVO", "JMKIN", "KRPUS", "42.88000N132.33000E", "KPRJN"]
    assert all(found[text].message.endswith("as answered.") for text in texts[:4])


@pytest.mark.parametrize("answer", ["XXXXX", "nonsense", "131.9, 43.1", "91, 200", "Kingston"])
def test_an_answer_that_is_no_place_decides_nothing(answer: str) -> None:
    found = GAZETTEER.find_many(["Foo"], answers={"Foo": answer})["Foo"]
    assert found.place is None
    assert found.message


@given(
    st.lists(
        st.sampled_from(["Vladivostok", "RUVVO", "KR", "Russia", "Busan", "Kingston", "x", ",", "(", ")", " - ", "CA"]),
        max_size=6,
    )
)
def test_any_parts_find_one_place_several_or_none(parts: list[str]) -> None:
    found = GAZETTEER.find(" ".join(parts))
    asked = "is known, but not in" in found.message
    assert (found.place is not None) == (len(found.candidates) == 1 and not asked)


def test_many_unknown_names_get_suggestions_up_to_the_limit() -> None:
    texts = [f"Vladivostokk{number}" for number in range(places.SUGGESTED + 20)]
    found = GAZETTEER.find_many(texts)
    assert sum(bool(each.nearest) for each in found.values()) == places.SUGGESTED
