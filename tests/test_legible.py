"""Nothing is hidden in a text that is shown, nothing turns it around, and the signs that are spelling stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.safe_text import LRM, is_hidden, legible, one_line, restored

TURNING = {chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
UNSEEN = {chr(point) for point in (0x200B, 0xFEFF, 0xAD, *range(0x2060, 0x2065), *range(0xE0000, 0xE0080))}
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from([*TURNING, *UNSEEN, *"\u200c\u200d\u200e\u200f\ufe0f\0אبक🚢"]))
)


@given(TEXTS)
@example("\u202egnp.exe")
@example("שלום \u2067123")
@example("\U0001f6a2\ufe0f\ufe0f")
def test_what_is_shown_hides_and_turns_nothing(text: str) -> None:
    shown = legible(text)
    assert not TURNING & set(shown)
    assert not UNSEEN & set(shown)
    assert legible(shown) == shown


@given(TEXTS)
def test_the_data_can_be_read_off_what_is_shown(text: str) -> None:
    assert restored(legible(text), text) == text


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], max_codepoint=0x58F)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert legible(text.replace("\u034f", "")) == text.replace("\u034f", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Raj\u200bin", "Raj‹U+200B›in"),
        ("\u202egnp.exe", "‹U+202E›gnp.exe"),
        ("a\0b\x1b[2J\x07", "a‹U+0000›b‹U+001B›[2J‹U+0007›"),
        ("soft\xadhyphen", "soft‹U+00AD›hyphen"),
        ("tag\U000e0041", "tag‹U+E0041›"),
        ("\ufeffname", "‹U+FEFF›name"),
        ("half \ud800", "half ‹U+D800›"),
        ("one\u2028two", "one‹U+2028›two"),
        ("line\nend\tand tab", "line\nend\tand tab"),
        ("blank\u00a0and\u3000wide", "blank\u00a0and\u3000wide"),
    ],
)
def test_a_hidden_sign_is_printed_as_its_number(text: str, shown: str) -> None:
    assert legible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم" + LRM,  # Persian
        "क\u094d\u200dष",  # Hindi
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # one family
        "\u2764\ufe0f",
        "1\ufe0f\u20e3",
        "葛\U000e0100城",  # a way to write the name of Katsuragi
        "אב\u200f!" + LRM,
    ],
)
def test_signs_that_are_spelling_stay(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "a\u200cb",
        "a\u200db",
        "\u200dx",
        "x\u200f",
        "x\u200e",
        "a\ufe0f",
        "🚢\ufe0f\ufe0f",
        "می\u200c\u200c",
        "a\u034fb",
    ],
)
def test_the_same_signs_are_shown_where_they_spell_nothing(text: str) -> None:
    assert "‹U+" in legible(text)


def test_two_names_that_look_equal_do_so_no_more() -> None:
    names = ["Rajin", "Raj\u200bin", "Raj\u2060in", "Rajin\ufeff", "Raj\u00adin"]
    assert len({legible(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["נמל חיפה", "سفينة", "שלום 123", "١٢"])
def test_what_runs_to_the_left_is_closed_and_draws_nothing_with_it(name: str) -> None:
    assert legible(name) == f"{name}{LRM}"
    assert one_line(name).startswith(LRM)
    assert one_line(one_line(name)) == one_line(name)


def test_a_line_that_runs_to_the_right_needs_no_mark() -> None:
    assert one_line("Rajin → Vladivostok") == legible("Rajin → Vladivostok") == "Rajin → Vladivostok"


def test_every_format_and_control_character_of_unicode_is_known() -> None:
    """But for tab and line ends, and for those that are seen: they stand around a number, or join hieroglyphs."""
    unknown = [
        chr(point)
        for point in range(0x110000)
        if unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and not is_hidden(chr(point))
    ]
    seen = ("NUMBER", "SIGN", "MARK", "AYAH", "EGYPTIAN")
    assert {each for each in unknown if not any(word in unicodedata.name(each, "") for word in seen)} == set("\t\n\r")


def test_a_mark_left_in_a_text_that_somebody_wrote_is_the_sign_again() -> None:
    given_text = "Ham\u202eburg"
    assert restored("Hamb ‹U+202E›urg", given_text) == "Hamb \u202eurg"
    assert restored("Hamburg", given_text) == "Hamburg"
    assert restored("‹U+200B›", given_text) == "‹U+200B›", "only signs that stood there before"


ENGLAND, OTHER = (
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f" for name in ("gbeng", "abcde")
)


@pytest.mark.parametrize(
    "text", [ENGLAND, f"a {ENGLAND} b", "\U0001f469\U0001f3fd\u200d\U0001f4bb", "\U0001f1fa\U0001f1e6"]
)
def test_a_flag_and_a_joined_picture_stay(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize("text", [ENGLAND[:-1], OTHER, ENGLAND[1:]])
def test_letters_of_no_known_flag_are_shown(text: str) -> None:
    assert "‹U+E00" in legible(text)


def test_a_flag_lets_nothing_turn() -> None:
    assert legible(f"{ENGLAND}\u202egnp") == f"{ENGLAND}‹U+202E›gnp"
