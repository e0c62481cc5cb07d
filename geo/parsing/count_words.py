"""The words of figures in the gazetteer's ten languages -> those of English, which `quantity` reads.

"более 1000" is "more than 1000", "2,000개 이상" "at least 2,000", "2,5 Mio" "2,5 million".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

_BEFORE = """
about      = etwa | rund | ungefähr | zirka | circa
about      = ca. | ca | environ | à peu près | autour de | près de quelque
about      = quelque | unos | unas | alrededor de
about      = aproximadamente | en torno a | más o menos | около | примерно
about      = приблизительно | порядка | ориентировочно | близько | приблизно
about      = орієнтовно | біля | حوالي | حوالى | نحو
about      = ما يقارب | ما يقرب من | زهاء | قرابة | تقريبا | 約 | およそ | 约 | 大约 | 大約 | 大概 | 약 | 대략
more than  = mehr als | über | plus de | plus d' | más de
more than  = mas de | более чем | более | больше чем | больше | свыше
more than  = більше ніж | більш ніж | більше | понад | أكثر من
more than  = اكثر من | ما يزيد عن | ما يزيد على | يزيد عن | 超过 | 超過
more than  = 逾 | 多于
at least   = mindestens | wenigstens | nicht weniger als | au moins
at least   = au minimum | pas moins de | al menos | por lo menos
at least   = como mínimo | не менее чем | не менее | не меньше
at least   = по меньшей мере | как минимум | минимум | не менше ніж
at least   = не менше | щонайменше | принаймні | على الأقل | ما لا يقل عن
at least   = لا يقل عن | 少なくとも | 至少 | 不少于 | 最少
at least   = 최소 | 적어도
up to      = bis zu | höchstens | maximal | nicht mehr als
up to      = jusqu'à | au plus | au maximum | pas plus de | hasta
up to      = como máximo | a lo sumo | no más de | до
up to      = не более чем | не более | не больше | максимум | не більше ніж
up to      = не більше | щонайбільше | ما يصل إلى | حتى | بحد أقصى
up to      = لا يزيد عن | 最大 | 最多 | 至多 | 不超过 | 最高 | 최대
fewer than = weniger als | unter | moins de | moins d' | menos de
fewer than = менее чем | менее | меньше чем | меньше | менше ніж
fewer than = менш ніж | менше | أقل من | اقل من | 少于 | 不到 | 不足
nearly     = fast | beinahe | knapp | presque | près de | casi | cerca de | почти | майже | ما يقرب | 近 | 거의
between    = zwischen | entre | между | між | بين
from       = von | de | от | від | من
"""
_BEHIND = """
about      = circa | ca. | environ | approximativement | примерно | приблизно
about      = تقريبا | ほど | 程度 | くらい | ぐらい | 前後 | 左右
about      = 上下 | 가량 | 정도 | 쯤 | 내외
more than  = を超える | 超 | 余り | 多 | 余 | 초과
at least   = 여
at least   = oder mehr | ou plus | o más | или более | или больше | або більше | على الأقل | 以上 | 이상
up to      = oder weniger | ou moins | o menos | или менее | або менше | على الأكثر | 以下 | 以内 | 이하 | 이내
fewer than = 未満 | 未满 | 미만
"""
_SCALES = """
thousand = k | tsd. | tsd | tausend | mille | тыс.
thousand = тыс | тысяч | тысячи | тысяча | тис. | тис | тисяч | тисячі
thousand = тисяча | ألف | آلاف | الف | 千 | 천
million  = m | mn | mio. | mio | mln. | mln | millionen
million  = millions | millones | millón | млн. | млн | миллион | миллиона
million  = миллионов | мільйон | мільйона | мільйонів | مليون | ملايين | 百万 | 百萬 | 백만
billion  = bn | bln | mrd. | mrd | milliarden | milliards
billion  = mil millones | млрд. | млрд | миллиард | миллиарда | миллиардов
billion  = мільярд | мільярда | мільярдів | مليار
wan      = 万 | 萬 | 만
yi       = 億 | 亿 | 억
thousand t = kt | kilotonnes | kilotons | ktonnes
million t  = mmt
"""
_AND = "und|et|y|и|і|та|و|und|と"
_TO = "bis|à|a|hasta|до|по|إلى|الى|から|到|至|에서"
_EASTERN = re.compile(r"[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_COUNTERS = re.compile(r"(?<=[0-9千천万萬만億亿억])\s?(여|多|余)?\s?(?:개|個|个|箇)(?=\s|$|[以未左前이미초])")


def _phrases(table: str) -> dict[str, str]:
    """Phrase -> English."""
    found: dict[str, str] = {}
    for line in filter(None, table.splitlines()):
        english, _, phrases = line.partition("=")
        found |= {phrase.strip(): english.strip() for phrase in phrases.split("|")}
    return found


def _either(phrases: dict[str, str]) -> str:
    """A pattern of any of the phrases, the longest first; a word of letters ends where its letters do."""
    each = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) + ("" if _is_glued(phrase) else r"(?![^\W\d_])") for phrase in each)


def _is_glued(phrase: str) -> bool:
    """Whether a phrase needs no space behind it."""
    return not phrase[-1].isalpha() or bool(_EASTERN.search(phrase) and not re.search("[\u0600-\u06ff]", phrase))


_BEFORE_OF, _BEHIND_OF, _SCALE_OF = _phrases(_BEFORE), _phrases(_BEHIND), _phrases(_SCALES)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"({_either(_BEFORE_OF)})\s*(?=.*[0-9])"),
        re.compile(rf"(.*[0-9].*?)\s?({'|'.join(map(re.escape, sorted(_BEHIND_OF, key=len, reverse=True)))})"),
        re.compile(rf"(?<=[0-9])\s?({_either(_SCALE_OF)})"),
    )


_PARTS = re.compile(
    r"(?:[0-9]+[억億亿만万萬천千백百]){2,}[0-9]*|[0-9]+[천千][0-9]{3}(?![0-9])|[0-9]+[만万萬][0-9]{4}(?![0-9])"
)
_OF_PART = re.compile(r"([0-9]+)([억億亿만万萬천千백百]?)")
_WORTH = dict.fromkeys("억億亿", 10**8) | dict.fromkeys("만万萬", 10**4) | dict.fromkeys("천千", 10**3)
_WORTH |= dict.fromkeys("백百", 10**2) | {"": 1}


def _in_parts(match: re.Match[str]) -> str:
    """ "1천2백" -> "1200"; as it stands where a part is not smaller than the one before it."""
    parts = [(int(number), _WORTH[mark]) for number, mark in _OF_PART.findall(match[0])]
    falling = all(after * worth < before for (_, before), (after, worth) in pairwise(parts))
    return str(sum(number * worth for number, worth in parts)) if falling else match[0]


def english(text: str) -> str:
    """Plain text (see `plain_text.plain`) of a figure with its words in English; all else as it stands."""
    before, behind, scale = _patterns()
    given = text
    text = _PARTS.sub(_in_parts, text)
    text = _COUNTERS.sub(lambda match: match[1] or "", text)
    text = scale.sub(lambda match: f" {_SCALE_OF[match[1]]} ", text)
    said = []
    while match := before.match(text):
        said.append(_BEFORE_OF[match[1]])
        text = text[match.end() :]
    while match := behind.fullmatch(text):
        said.append(_BEHIND_OF[match[2]])
        text = match[1].strip()
    if said == ["from"] and re.match("(?:от|від) ", given) and not re.search(rf"[0-9a-z] ?(?:{_TO}) ?[0-9]", text):
        said = ["at least"]
    text = re.sub(rf"(?<=[0-9a-z]) ?(?:{_TO}) ?(?=[0-9])", " to ", text)
    if "between" in said:
        text = re.sub(rf"(?<=[0-9a-z]) (?:{_AND}) (?=[0-9])", " and ", text)
    return re.sub(r"\s+", " ", " ".join([*said, text])).strip()
