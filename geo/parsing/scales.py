"""Thousands and millions that words beside figures say of them: "'000 TEU", "TEU x 1000", "10^3 t", "万吨"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SCALES: dict[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "ten thousand": 10**4,
    "hundred thousand": 10**5,
    "million": 10**6,
    "ten million": 10**7,
    "hundred million": 10**8,
    "billion": 10**9,
}
"""What stands before a unit of which figures are so many: "thousand tonnes", "million USD"."""
BEHIND = {"ten thousand": "wan", "hundred thousand": "lakh", "ten million": "crore", "hundred million": "yi"}
"""What is written behind a figure in place of two words, by which `numbers` knows them."""
SCALE_WORDS: dict[str, str] = {
    word: scale
    for scale, words in {
        "hundred": "hundred hundreds",
        "thousand": "thousand thousands thous thsd tsd tausend тыс тысяч тысячи тис тисяч tys tysięcy k mille milliers "
        "milhares migliaia",
        "hundred thousand": "lakh lakhs",
        "million": "million millions mln mn mio millionen millones milhões milioni млн миллион миллионов milyon mmt",
        "ten million": "crore crores",
        "billion": "billion billions bn bln mrd mld milliarden милрд млрд миллиард milyar",
    }.items()
    for word in words.split()
} | {"000": "thousand", "000s": "thousand"}
"""A word before a unit, or in a header -> the scale that it says."""
SEVERAL = 0
"""In place of a multiplier, where words say more than one."""

_NAMES = {number: scale for scale, number in SCALES.items()}
_EASTERN = {"十": 10, "십": 10, "百": 100, "백": 100, "千": 10**3, "천": 10**3}
_EASTERN |= dict.fromkeys("万萬만", 10**4) | dict.fromkeys("亿億억", 10**8)
EASTERN_UNITS = (
    *(
        "公吨",
        "公噸",
        "公斤",
        "吨",
        "噸",
        "톤",
        "トン",
        "标准箱",
        "標準箱",
        "标箱",
        "標箱",
        "箱",
        "个",
        "個",
        "개",
        "件",
    ),
    *("美元", "元", "円", "원", "달러", "桶", "teu", "feu", "t", "kg", "usd"),
)
"""What may stand right behind a figure of ten thousand, with no space between."""
_RUN = f"[{''.join(_EASTERN)}]+"
_GLUED = re.compile(rf"(?P<scale>{_RUN})(?=(?:{'|'.join(EASTERN_UNITS)})?(?![^\W\d_]))")
_FIGURE = re.compile(
    r"(?<![\w.,'’])(?:[x×*] ?)?(?:10 ?(?:\^|\*\*) ?(?P<power>[1-9])|1e\+?0?(?P<e>[1-9])(?![0-9])|"
    r"(?P<whole>1(?:00?)?(?:[., '’]?000)+)s?(?![0-9])|['’`](?P<noughts>000(?:[., '’]?000)*)s?(?![0-9])|"
    r"(?P<bare>000(?:[., '’]?000)*)s?(?![\w.,]))|(?<![\w])[x×*] ?(?P<times>100?)s?(?![\w.,])|"
    r"(?<![\w.,])(?P<before>100?)(?= (?:thousand|million|тыс|млн|tsd|mio|mln))"
)
_WORDS = "|".join(sorted(filter(str.isalpha, SCALE_WORDS), key=len, reverse=True))
_WORD = re.compile(rf"(?<![^\W\d_])(?:ten(?= (?:thousand|million))|miles(?= de )|{_WORDS})(?![^\W\d_])\.?")
_SIZE_OF = re.compile(r"\b(?:of|per|à|je|pro|par) ?$")
""" "Boxes of 1,000": the size of one of them, and not how many."""
_HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_KILOTONNES = frozenset({"kt", "kilotonne", "kilotonnes", "kiloton", "kilotons", "ktonnes"})


@dataclass(frozen=True, slots=True)
class SaidScale:
    """Where a scale is said in plain words, from begins to ends, and the number that it multiplies by."""

    begins: int
    ends: int
    number: int


def multiplier(text: str) -> int:
    """By how much words multiply the figures that they speak of: 1 if they say nothing, `SEVERAL` if they differ.

    >>> multiplier("TEU x 1000"), multiplier("货运量(万吨)"), multiplier("Tonnes")
    (1000, 10000, 1)
    """
    numbers = {each.number for each in _found(_compared(text))}
    return 1 if not numbers else numbers.pop() if len(numbers) == 1 else SEVERAL


def scales_in(text: str) -> tuple[str, tuple[SaidScale, ...]]:
    """A text as its scales are looked for, and each of them in order."""
    plain = _compared(text)
    return plain, _found(plain)


def scale_name(number: int) -> str:
    """The name of a multiplier, as in `SCALES`; "" for one without a name."""
    return _NAMES.get(number, "")


def without_scale(text: str) -> str:
    """Words without those that say a scale: "TEU x 1000" -> "TEU"."""
    given = _compared(text, fold=False)
    for each in reversed(_found(given.casefold()) if len(given) == len(given.casefold()) else ()):
        given = f"{given[: each.begins]} {given[each.ends :]}"
    return re.sub(r"[(\[{]\W*[)\]}]", " ", given).strip()


def scaled(words: str) -> tuple[str, str]:
    """What a unit says of its figures, or "", and the unit alone: "million USD" -> ("million", "usd").

    >>> scaled("'000 TEU")
    ('thousand', 'teu')
    """
    text = _compared(words).strip("'’`() ")
    if text in _KILOTONNES:
        return "thousand", "tonne"
    scale = scale_name(multiplier(words))
    if not scale:
        return "", words
    bare = re.sub(r"^(?:of|de|d'|in)\s+", "", without_scale(_compared(words)).strip(" '’`()[]/,;:.-_"))
    return scale, bare


@lru_cache(maxsize=4096)
def _compared(text: str, *, fold: bool = True) -> str:
    raised = re.sub(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹]", lambda match: f"^{match[0].translate(_HIGH)}", text)
    plain = unicodedata.normalize("NFKC", raised)
    return plain.casefold() if fold else plain


def _found(text: str) -> tuple[SaidScale, ...]:
    """Each scale that plain words say, in order; those with nothing but a space between them as one."""
    each = [SaidScale(*match.span(), _of_figure(match)) for match in _FIGURE.finditer(text)]
    each += [SaidScale(*match.span(), _of_word(match[0].rstrip("."))) for match in _WORD.finditer(text)]
    each += [SaidScale(*match.span("scale"), _of_run(match["scale"])) for match in _GLUED.finditer(text)]
    joined: list[SaidScale] = []
    for one in sorted(each, key=lambda said: said.begins):
        if _SIZE_OF.search(text[: one.begins]):
            continue
        last = joined[-1] if joined else None
        if last and last.ends <= one.begins and not text[last.ends : one.begins].strip():
            joined[-1] = SaidScale(last.begins, one.ends, last.number * one.number)
        elif last is None or one.begins >= last.ends:
            joined.append(one)
    return tuple(joined)


def _of_figure(match: re.Match[str]) -> int:
    if power := match["power"] or match["e"]:
        return int(10 ** int(power))
    if whole := match["whole"] or match["times"] or match["before"]:
        return int(re.sub(r"[^0-9]", "", whole))
    return int(10 ** sum(map(str.isdigit, match["noughts"] or match["bare"])))


def _of_word(word: str) -> int:
    return {"ten": 10, "miles": 1000}.get(word) or SCALES[SCALE_WORDS[word]]


def _of_run(run: str) -> int:
    number = 1
    for mark in run:
        number *= _EASTERN[mark]
    return number
