"""While modules are loaded nothing is searched for cycles, and afterwards it is again, whatever happened."""

from __future__ import annotations

import gc

import pytest

from geo.cli.console import loading


def test_the_search_for_cycles_rests_while_modules_are_loaded() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.unfreeze()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(KeyError), loading():
        raise KeyError
    assert gc.isenabled()
    gc.unfreeze()
