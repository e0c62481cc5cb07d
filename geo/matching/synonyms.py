"""What others call our columns: header -> our column, how usual the name is for it, and the unit it says.

Names are in English and of the field's standards: bills of lading, port calls, manifests, flow maps; those of a leg's
ends, days and counts are in other languages too. A header is compared without case, accents, punctuation, underscores,
camel case, brackets, and "no." or "number" at its end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.columns import CURRENCIES
from geo.gazetteer.places import fold
from geo.matching.mapping import OURS
from geo.matching.not_counted import LONGEST_HEADER, RATE, not_counted
from geo.matching.spellings import STANDARD, SYNONYMS, USUAL, WEAK
from geo.parsing.scales import EASTERN_UNITS, SCALE_WORDS, multiplier, scale_name, without_scale
from geo.parsing.units import is_measured

ORDER = 0.0002
"""Names of a column are preferred in the order in which they stand here, by so much less each."""


@dataclass(frozen=True, slots=True)
class Known:
    """That a header is a name of a column. unit: the unit that the header says, or ""."""

    column: str
    strength: float
    unit: str = ""


PARTNERS = {"source": "target", "from": "to", "start": "end", "o": "d", "departure": "arrival", "src": "dst"}
"""First word of a header and its counterpart: where a file has both, they are the two ends of a leg."""

UNIT_WORDS: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "container": "container containers cntr cntrs ctr ctrs box boxes",
        "TEU": "teu teus",
        "FEU": "feu feus ffe",
        "tonne": "tonne tonnes t mt metric tonnage",
        "ton": "ton tons",
        "kg": "kg kgs kgm kilo kilos kilogram kilograms kilogramme kilogrammes",
        "lb": "lb lbs",
        "DWT": "dwt deadweight",
        "round": "round rounds shell shells",
        "railcar": "railcar railcars wagon wagons",
        "truck": "truckloads trucks",
        "train": "trains",
        "barrel": "barrel barrels bbl bbls",
        "vehicle": "vehicles",
        "person": "people persons passengers pax",
        "refugee": "refugees",
        "voyage": "voyages sailings",
        "ship": "ships vessels",
        "flight": "flights",
        "USD": "usd dollars",
        **{code.upper(): code for code in CURRENCIES if code not in ("usd", "try")},
    }.items()
    for word in words.split()
} | {
    fold(word): unit
    for unit, words in {
        "container": (
            "контейнеры контейнеров контейнерів 컨테이너 集装箱 コンテナ الحاويات contenedor contenedores conteneur "
            "conteneurs konteyner contêiner contêineres コンテナ数 コンテナ数量 コンテナ個数 コンテナ本数 集装箱数 "
            "集装箱数量 컨테이너수"
        ),
        "TEU": "дфэ evp evps 标箱 标准箱 標箱 標準箱",
        "thousand tonne": "kt kilotonnes kilotons",
        "tonne": "тонн тонны тонна т тн 톤 吨 噸 公吨 公噸 トン طن tonnen tonnes toneladas tonneaux",
        "kg": "кг 公斤",
        "railcar": "вагоны вагонов",
    }.items()
    for word in words.split()
}
"""A word in a header -> the unit that it says is counted."""
_MILLIONS = frozenset({"m", "mm"})
"""Behind a currency: "USD m". "mil" is a million to some and a thousand to others, and tells nothing."""
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "₩": "KRW"}
"""A sign in a header that folding takes away."""
_COUNTING = {
    *("total", "number", "no", "of", "nr", "num", "n", "count", "qty", "quantity", "volume", "amount", "weight", "in"),
    *("gross", "net", "laden", "full", "loaded", "cargo", "value", "fob", "cif", "customs", "trade", "wgt", "import"),
    *("how", "many", "of", "1", "du", "de", "d", "nombre", "numero", "anzahl", "sayisi", "gesamt", "throughput"),
    *("export", "metric", *SCALE_WORDS, "количество", "число", "вес", "нетто", "брутто", "عدد"),
}
"""Words that say no more than that something is counted or weighed."""
_AT_THE_END = ("no", "number", "num", "nr", "nbr")
_BRACKETS = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_EASTERN_UNIT = re.compile(rf"(?:{'|'.join(EASTERN_UNITS)})$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


COUNTED = frozenset({"containers", "quantity"})
"""Our columns that hold how many: their headers may say of what."""
FIGURES = COUNTED | {"containers_low", "containers_best", "containers_high", "low", "best", "high"}
"""Those and the ends of their range."""


_WEIGHTS = ("kg", "tonne", "ton", "lb", "DWT")
_LIGHT = (USUAL + WEAK) / 2
"""A weight stands for how many only where nothing else does: most lists weigh what they have counted."""
_WORTH = _LIGHT - 100 * ORDER
"""And what it was worth only where nothing says how many or how heavy."""


def normal(header: str) -> str:
    """A header as it is compared: "Port_of-Loading " and "PORT OF LOADING" are one. "" where nothing is left."""
    return _fold(header) if len(header) <= LONGEST_HEADER else ""


_fold = lru_cache(maxsize=8192)(fold)


def known_as(header: str, kind: str) -> list[Known]:
    """The columns of a kind that a header is a name of: each once, with how usual the name is, best first."""
    table = _table(kind)
    best: dict[str, Known] = {}
    for number, key in enumerate(_readings(header)):
        for column, strength in table.get(key, {}).items():
            found = Known(column, strength - number * ORDER / 10)
            if column not in best or found.strength > best[column].strength:
                best[column] = found
    if end := _end_of_range(header, kind):
        best = {end: Known(end, STANDARD, unit_in(header))}
    elif not_counted(header):
        best = {column: known for column, known in best.items() if column not in FIGURES}
    elif (unit := unit_in(header)) and (counted := next(iter(COUNTED.intersection(_columns(kind))), "")):
        of = unit.rpartition(" ")[2]
        strength = _LIGHT if of in _WEIGHTS else _WORTH if of.casefold() in CURRENCIES else STANDARD - 100 * ORDER
        if counted in best:
            best[counted] = Known(counted, max(best[counted].strength, strength), unit)
        elif _only_counts(header):
            best[counted] = Known(counted, strength, unit)
    return sorted(best.values(), key=lambda each: (-each.strength, each.column))


_ENDS = {
    "low": "min minimum least lower low lowest мин минимум mínimo minimo mindest mindestens 最小 最少 최소",
    "high": "max maximum most upper high highest макс максимум máximo maximo höchst höchstens 最大 最多 최대",
}
_BOUNDS = {fold(word): end for end, words in _ENDS.items() for word in words.split()} | {"est": "", "estimate": ""}
"""A word of the name of a count -> the end of a range that it names, if any."""


def _end_of_range(header: str, kind: str) -> str:
    """Our column of the least or the most, where a header names one of a count: "Containers (min)", "TEU high"."""
    words = words_of(header)
    ends = {_BOUNDS[word] for word in words if word in _BOUNDS} - {""}
    bare = " ".join(word for word in words if word not in _BOUNDS)
    if len(ends) != 1 or not bare or not _is_count(bare, kind):
        return ""
    column = {"legs": f"containers_{(end := ends.pop())}", "totals": end}.get(kind, "")
    return column if column in _columns(kind) else ""


def _is_count(bare: str, kind: str) -> bool:
    """Whether words are a usual name of a count, or say a unit and nothing else."""
    known = _table(kind).get(bare, {})
    counted = any(column in COUNTED and strength > USUAL - 0.5 for column, strength in known.items())
    return counted or bool(unit_in(bare) and _only_counts(bare))


def is_count_name(header: str) -> bool:
    """Whether a header is a usual name of how many there are."""
    return any(known.column in COUNTED and known.strength > USUAL - 0.5 for known in known_as(header, "legs"))


def is_nameless(header: str) -> bool:
    """Whether a header is the one that a column without a name gets: "column 3"."""
    return re.fullmatch(r"column [0-9]+", header.strip().casefold()) is not None


def _columns(kind: str) -> list[str]:
    return [column.name for column in OURS[kind]]


@cache
def _table(kind: str) -> dict[str, dict[str, float]]:
    """Normal spelling -> our column -> strength."""
    table: dict[str, dict[str, float]] = {}
    for column in OURS[kind]:
        names = SYNONYMS[kind].get(column.name, {})
        table.setdefault(normal(column.name), {})[column.name] = STANDARD
        for strength in sorted(names, reverse=True):
            for place, spelling in enumerate(names[strength]):
                table.setdefault(normal(spelling), {}).setdefault(column.name, strength - place * ORDER)
    return table


def _readings(header: str) -> tuple[str, ...]:
    """The normal spellings of a header, the fullest first."""
    return _all_readings(header) if len(header) <= LONGEST_HEADER else ()


@lru_cache(maxsize=4096)
def _all_readings(header: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", header)
    bare = _BRACKETS.sub(" ", text)
    inside = [match[1] for match in _BRACKETS.finditer(text)]
    keys = [normal(each) for spelling in (text, bare, *inside) for each in (spelling, _CAMEL.sub(" ", spelling))]
    for key in list(keys):
        words = key.split()
        while len(words) > 1 and words[-1] in _AT_THE_END:
            words.pop()
        keys.append(" ".join(words))
    return tuple(key for key in dict.fromkeys(keys) if key)


def words_of(header: str) -> list[str]:
    """The words of a header as they are compared, camel case apart."""
    return normal(_CAMEL.sub(" ", unicodedata.normalize("NFKC", header))).split()


@lru_cache(maxsize=4096)
def unit_in(header: str) -> str:
    """The one unit that the words of a header say, with their scale ("million USD"), or "".

    A rate ("barrels per day") tells nothing, nor does "Mt": a million tonnes to some, and metric tons to others; nor
    two scales, or one that has no name.
    """
    cut = header[:LONGEST_HEADER]
    if RATE.search(cut) or "Mt" in re.findall(r"\w+", cut):
        return ""
    units = _units_in(header)
    if len(units) > 1 and len(measured := _units_in(_inside(cut))) == 1 and _is_of_things(units - measured):
        units = measured
    unit = units.pop() if len(units) == 1 else ""
    scale = scale_in(header)
    unread = not scale and multiplier(cut) != 1
    return f"{scale} {unit}".strip() if unit and not unread and "mil" not in words_of(header) else ""


def _units_in(text: str) -> set[str]:
    """All units that words say."""
    spellings = [normal(text).split(), words_of(text)]
    words = next((words for words in spellings if any(map(_unit_of, words))), [])
    units = {unit for word in words if (unit := _unit_of(word))}
    units |= {unit for sign, unit in _SIGNS.items() if sign in text[:LONGEST_HEADER]}
    return {"tonne"} if units == {"tonne", "ton"} and "metric" in words else units


def _unit_of(word: str) -> str:
    """The unit that a word is, also with a figure of ten thousand before it: "万吨"."""
    if (unit := UNIT_WORDS.get(word, "")) or word.isascii():
        return unit
    match = _EASTERN_UNIT.search(without_scale(word)) if multiplier(word) != 1 else None
    return UNIT_WORDS.get(fold(match[0]), "") if match else ""


def _inside(header: str) -> str:
    """What stands in brackets, behind a comma or behind "in": where a measure is told of what a header names."""
    behind = re.search(r"(?:,|\b(?:in|en|em|в)\b)(.*)", header, re.IGNORECASE)
    return " ".join([*(match[1] for match in _BRACKETS.finditer(header)), behind[1] if behind else ""])


def _is_of_things(units: set[str]) -> bool:
    """Whether none of some units measures: "Containers (TEU)" are TEU, "Tonnes (kg)" are nobody knows what."""
    return not any(map(is_measured, units))


def scale_in(header: str) -> str:
    """What a header says of the figures below it: "Value (millions)" -> "million"; "" where it says nothing."""
    words = words_of(header)
    number = multiplier(header[:LONGEST_HEADER])
    if not _MILLIONS.isdisjoint(words) and any(UNIT_WORDS.get(word, "").casefold() in CURRENCIES for word in words):
        return "million" if number in (1, 10**6) else ""
    scales = {unit.rpartition(" ")[0] for word in words if " " in (unit := UNIT_WORDS.get(word, ""))}
    return "" if scales else scale_name(number)


def _only_counts(header: str) -> bool:
    """Whether the words of a header say a unit, that it is counted, and nothing else."""
    bare = without_scale(header[:LONGEST_HEADER])
    spellings = (normal(bare).split(), words_of(bare))
    return any(set(words) <= _COUNTING | UNIT_WORDS.keys() for words in spellings if words)
