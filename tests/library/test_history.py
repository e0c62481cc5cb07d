"""An import is what was said of it last, and its id is of what it was made of, in whatever order that is written."""

from __future__ import annotations

import json
import secrets

from hypothesis import given
from hypothesis import strategies as st

from geo.library import package, records
from geo.library.store import Store
from tests.examples import examples

IDS = ("0" * 16, "1" * 16)


@examples(30)
@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["withdrawn", "restored"]), st.text(max_size=20))))
def test_what_was_said_last_counts(said: list[tuple[str, records.What, str]]) -> None:
    store = Store.at(f"memory://history-{secrets.token_hex(8)}")
    for identifier, what, why in said:
        records.add_entry(store, what, identifier, "legs.csv", why)
    found, wrong = records.entries(store)
    assert wrong == {}
    assert [(entry.id, entry.what, entry.why) for entry in found] == said
    assert sorted(found, key=lambda entry: entry.when) == found
    assert len({entry.when for entry in found}) == len(found)
    last = {identifier: what for identifier, what, _ in said}
    assert records.withdrawn(found) == {identifier for identifier, what in last.items() if what == "withdrawn"}


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.text(), PLAIN, max_size=5), st.randoms())
def test_the_order_of_keys_makes_no_id(recipe: dict[str, object], chance: object) -> None:
    names = list(recipe)
    chance.shuffle(names)
    assert package.identity({name: recipe[name] for name in names}) == package.identity(recipe)
    assert json.loads(package.canonical(recipe)) == recipe


@given(st.dictionaries(st.text(), PLAIN, max_size=5), st.text(), st.text(min_size=1))
def test_one_more_word_is_another_id(recipe: dict[str, object], name: str, word: str) -> None:
    other = {**recipe, name: [word, recipe.get(name)]}
    assert package.identity(other) != package.identity(recipe)
