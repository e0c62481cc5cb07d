"""The values of one table of a brief: read by its keys, or refused with the key, what is allowed, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from geo.brief.spec.keys import Key, Value
from geo.errors import BriefError

SHOWN = 80
"""Characters of a given value that a message shows."""


def flat(plain: Mapping[str, object], keys: Sequence[Key]) -> dict[str, object]:
    """A table with the tables in it as names with a dot, as the keys have them."""
    tables = {key.name.split(".")[0] for key in keys if "." in key.name}
    known = {key.name for key in keys}
    found: dict[str, object] = {}
    for name, value in plain.items():
        if isinstance(value, dict) and (name in tables or name not in known):
            found |= {f"{name}.{inner}": each for inner, each in value.items()} or (
                {} if name in tables else {name: {}}
            )
        else:
            found[name] = value
    return found


def values_of(
    given: Mapping[str, object], keys: Sequence[Key], where: str, tables: Sequence[str] = ()
) -> dict[str, Any]:
    """Every key's value, and under "said" the names of those that were given. tables: that may stand beside them.

    Raises BriefError for keys that are none, and for values that are not allowed.
    """
    of_name = {key.name: key for key in keys}
    for name in given:
        if name not in of_name:
            raise _unknown(name, [*of_name, *tables], where)
    values: dict[str, Any] = {key.name: key.ordinary for key in keys} | {"said": tuple(given)}
    for name, value in given.items():
        values[name] = value_of(of_name[name], value, where)
    return values


def value_of(key: Key, given: object, where: str) -> Value:
    """One value as its key has it. Raises BriefError."""
    try:
        return key.read(given)
    except BriefError as error:
        raise BriefError(f"{where}, {key.name} = {shown(given)}", error.rule, error.hint) from None
    except ValueError as error:
        raise BriefError(
            f"{where}, {key.name} = {shown(given)}", f"it is {error}", f"{key.allowed[:1].upper()}{key.allowed[1:]}."
        ) from None


def _unknown(name: str, known: Sequence[str], where: str) -> BriefError:
    said = shown(name).strip("'\"")
    last = {each.split(".")[-1]: each for each in known}
    near = difflib.get_close_matches(name[:SHOWN], known, 1, 0.5) or [
        last[each] for each in difflib.get_close_matches(name[:SHOWN].rsplit(".", maxsplit=1)[-1], list(last), 1, 0.6)
    ]
    hint = f"The nearest is {near[0]}." if near else f"Keys are {', '.join(known)}."
    return BriefError(f"{where}, {said}", "the key does not exist", hint)


def shown(given: object) -> str:
    """What was given, short and printable."""
    try:
        said = repr(given)
    except ValueError:  # an integer of more digits than Python will write
        said = "a number too large to read"
    said = "".join(mark if mark.isprintable() else "\ufffd" for mark in said[: SHOWN + 1])
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1]}…"
