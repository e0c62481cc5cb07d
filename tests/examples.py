"""How many examples a property is tried with, in proportion to the profile's."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""Examples of a property that says nothing of its own, in the profile that `make test` takes."""


def examples(count: int) -> settings:
    """`count` examples in the usual profile, and as many times more as another one has more."""
    return settings(max_examples=max(1, count * settings.default.max_examples // USUAL))
