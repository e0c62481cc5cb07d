"""Units by one name each: "Containers", "cntr" and "boxes" are "container". Units are never converted.

Left as they stand, since they mean several things: "units" (boxes at a port, vehicles elsewhere), "tons" (metric, short
or long), "ctn" (cartons), "40-foot containers" (a container, and not the forty-foot equivalent in which ports count).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geo.columns import DEFAULT_UNIT

SPELLINGS = {
    "container": (
        *("container", "cntr", "ctnr", "ctr", "cont", "box", "boxes", "shipping container", "sea container"),
        *("контейнер", "контейнера", "контейнеров", "контейнеры", "컨테이너", "集装箱", "コンテナ"),
    ),
    "teu": ("teu", "twenty-foot equivalent unit", "twenty-foot equivalent", "20-foot equivalent unit", "дфэ"),
    "feu": ("feu", "forty-foot equivalent unit", "forty-foot equivalent", "40-foot equivalent unit"),
    "artillery round": (
        "artillery round",
        "artillery shell",
        "shell",
        "round",
        "снаряд",
        "снарядов",
        "снаряды",
        "포탄",
    ),
    "tonne": (
        *("tonne", "t", "mt", "metric ton", "metric tonne", "tonnes metric", "tonne metric"),
        *("тонна", "тонны", "тонн", "т", "톤", "吨", "トン"),
    ),
    "railcar": (
        *("railcar", "rail car", "wagon", "waggon", "railway wagon", "rail wagon", "railway car", "freight car"),
        *("freight wagon", "вагон", "вагона", "вагонов", "вагоны"),
    ),
}
"""Our name of a unit, and how else it is written; singular, in lower case, hyphens as spaces when compared."""
MEASURED_UNITS = frozenset(
    {
        "tonne",
        "ton",
        "kg",
        "kilogram",
        "kilogramme",
        "teu",
        "feu",
        "m3",
        "litre",
        "barrel",
        "km",
        "short ton",
        "long ton",
    }
)
"""Units that come in fractions. Every other unit is counted in whole pieces: half a container is a slip."""


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 1 and name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def _compared(name: str) -> str:
    return re.sub(r"[\s.\u2010-\u2014-]+", " ", name.replace("foot", "ft").replace("feet", "ft")).strip()


_NAMES = {_compared(spelling): unit for unit, spellings in SPELLINGS.items() for spelling in spellings}


@lru_cache(maxsize=4096)
def unit_name(words: str) -> str:
    """A unit as Waybill writes it: lower case, singular, "container" when empty ("Containers" -> "container")."""
    text = unicodedata.normalize("NFKC", words).replace("\u2212", "-").strip().casefold()
    name = re.sub(r"\s+", " ", text)
    if not name:
        return DEFAULT_UNIT
    compared = _compared(re.sub(r"\(e?s\)$|(?<=\b[a-z])\.(?=[a-z]\b)", "", name))
    return _NAMES.get(compared) or _NAMES.get(compared.removesuffix("s")) or _singular(name)


def is_known(words: str) -> bool:
    """Whether these words are a spelling of one of our units."""
    return unit_name(words) in SPELLINGS


def is_unit(words: str) -> bool:
    """Whether these words are the name of a unit that we know, counted or measured."""
    return is_known(words) or unit_name(words) in MEASURED_UNITS


def is_measured(unit: str) -> bool:
    """Whether a unit comes in fractions."""
    name = unit_name(unit)
    return name in MEASURED_UNITS or unit_name(name.split()[0]) in MEASURED_UNITS
