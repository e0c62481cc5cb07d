"""Units by one name each: "Containers", "cntr" and "boxes" are "container". Units are never converted.

Left as they stand, since they mean several things: "units" (boxes at a port, vehicles elsewhere), "tons" (metric, short
or long), "ctn" (cartons), "40-foot containers" (a container, and not the forty-foot equivalent in which ports count).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geo.columns import CURRENCIES, DEFAULT_UNIT

SPELLINGS: dict[str, tuple[str, ...]] = {code: (code,) for code in CURRENCIES} | {
    "container": (
        *("container", "cntr", "ctnr", "ctr", "cont", "box", "boxes", "shipping container", "sea container"),
        *("контейнер", "контейнера", "контейнеров", "контейнеры", "컨테이너", "集装箱", "コンテナ", "حاوية", "حاويات"),
    ),
    "teu": (
        *("teu", "twenty-foot equivalent unit", "twenty-foot equivalent", "20-foot equivalent unit", "дфэ"),
        *("标箱", "标准箱", "標箱", "標準箱"),
    ),
    "feu": ("feu", "ffe", "forty-foot equivalent unit", "forty-foot equivalent", "40-foot equivalent unit"),
    "artillery round": (
        *("artillery round", "artillery shell", "shell", "round"),
        *("снаряд", "снарядов", "снаряды", "포탄"),
    ),
    "tonne": (
        *("tonne", "t", "mt", "metric ton", "metric tonne", "tonnes metric", "tonne metric", "tne"),
        *("тонна", "тонны", "тонн", "т", "тн", "톤", "吨", "公吨", "噸", "公噸", "トン", "طن"),
    ),
    "kg": (
        *("kg", "kgm", "kilo", "kilogram", "kilogramme", "килограмм", "килограмма", "килограммов", "кг"),
        *("킬로그램", "公斤", "千克", "キログラム"),
    ),
    "lb": ("lb", "lbs"),
    "dwt": ("dwt", "deadweight", "deadweight tonne", "deadweight ton", "dead weight tonne"),
    "m3": ("m3", "cbm", "cubic metre", "cubic meter", "куб м"),
    "litre": ("litre", "liter"),
    "barrel": ("barrel", "bbl", "баррель", "барреля", "баррелей"),
    "railcar": (
        *("railcar", "rail car", "wagon", "waggon", "railway wagon", "rail wagon", "railway car", "freight car"),
        *("freight wagon", "вагон", "вагона", "вагонов", "вагоны"),
    ),
    "vehicle": ("vehicle", "motor vehicle", "автомобиль", "автомобиля", "автомобилей"),
    "person": ("person", "people", "passenger", "pax", "individual", "человек", "чел"),
    "voyage": ("voyage", "sailing", "рейс", "рейса", "рейсов"),
    "ship": ("ship", "vessel", "судно", "судов"),
    "flight": ("flight",),
    "package": ("package", "pkg", "pkge"),
    "usd": ("usd", "$", "us$", "us dollar", "us $", "доллар сша", "долл сша"),
    "eur": ("eur", "€", "euro", "евро"),
    "gbp": ("gbp", "£", "pound sterling", "british pound"),
    "rub": ("rub", "rur", "₽", "ruble", "rouble", "russian ruble", "рубль", "рублей", "руб"),
    "cny": ("cny", "rmb", "yuan", "renminbi", "元", "人民币"),
    "krw": ("krw", "₩", "won", "south korean won"),
    "jpy": ("jpy", "yen", "円"),
}
"""Our name of a unit, and how else it is written; singular, in lower case, hyphens as spaces when compared."""
MEASURED_UNITS = frozenset(
    {"tonne", "ton", "kg", "teu", "feu", "lb", "dwt", "m3", "litre", "barrel", "km", "short ton", "long ton"}
) | set(CURRENCIES)
"""Units that come in fractions. Every other unit is counted in whole pieces: half a container is a slip."""
IN_CELLS = "as in each cell"
"""In place of a unit: each row counts what the words beside its figure say."""


_SIGN = rf"us ?\$|[$€£₽₩]|(?:{'|'.join(sorted(CURRENCIES))}|rur|rmb)(?![^\W\d_])"
_MONEY_BEFORE = re.compile(rf"(?<![\w$])({_SIGN}) ?(?=[0-9])")
_MONEY_BEHIND = re.compile(r"(?<=[0-9a-z]) ?(us ?\$|[$€£₽₩])(?![\w$])")


def money_behind(text: str) -> str:
    """Plain words of one currency with its name behind: "$2.5 million" -> "2.5 million usd". Else as they stand."""
    signs = _MONEY_BEFORE.findall(text) + _MONEY_BEHIND.findall(text)
    if len({unit_name(sign) for sign in signs}) != 1:
        return text
    figures = _MONEY_BEHIND.sub("", _MONEY_BEFORE.sub("", text))
    tail = re.search(r" (?:or|and) (?:more|less|fewer|up)$|\+$", figures)
    end = tail.start() if tail else len(figures)
    return f"{figures[:end]} {unit_name(signs[0])}{figures[end:]}"


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
