"""The words of dates in the gazetteer's ten languages -> those of English, which `dates` and `windows` read.

Names of months are those of Unicode CLDR, in Italian, Portuguese and Turkish too (data/month_names.csv). All else is a
table: what a language says about a date ("Anfang", "с … по", "上旬"), and the names of the parts of a year ("3.
Quartal" is "3. quarter").
"""

from __future__ import annotations

import calendar
import csv
import re
import unicodedata
from functools import cache, lru_cache

from geo import data_folder

MONTHS = tuple(name.casefold() for name in calendar.month_name if name)
_WORDS = """
about   = etwa | ungefähr | um den | environ | vers | hacia | alrededor de | alrededor del | aproximadamente | около
about   = примерно | ориентировочно | близько | приблизно | орієнтовно | حوالي | حوالى | نحو | 約 | 约 | 大约 | 약
early   = anfang | début | au début de | début de | principios de | a principios de | comienzos de | a comienzos de
early   = inicios de | начало | в начале | початок | на початку | أوائل | مطلع | بداية
mid     = mitte | mi | milieu de | mediados de | a mediados de | середина | в середине | середині | в середині | منتصف
late    = ende | fin | fin de | à la fin de | finales de | a finales de | fines de | конец | в конце | кінець | в кінці
late    = наприкінці | أواخر | نهاية
since   = seit | seit dem | depuis | depuis le | desde | desde el | منذ | з
from    = vom | с | со | від | من
until   = bis | bis zum | bis zu | jusqu'à | jusqu'au | jusqu'en | hasta | hasta el | по | до | حتى | إلى | الى
to      = au | à | al
before  = vor | vor dem | avant | avant le | antes de | antes del | перед | قبل
in      = im | le | el | en | в | во | у | في
quarter = quartal | trimestre | trim | квартал | квартале | кварталі | кв | الربع
half    = halbjahr | semestre | полугодие | полугодии | півріччя | півріччі | النصف
week    = woche | kw | semaine | sem | semana | неделя | неделе | нед | тиждень | тижні | الأسبوع | wk | cw
spring  = frühling | frühjahr | printemps | primavera | весна | весной | весною | навесні | الربيع | ربيع
summer  = sommer | été | verano | лето | летом | літо | влітку | الصيف | صيف
autumn  = herbst | automne | otoño | осень | осенью | осінь | восени | الخريف | خريف | fall
winter  = hiver | invierno | зима | зимой | зимою | взимку | الشتاء | شتاء
first   = erstes | erste | ersten | premier | première | primer | primera | первый | первая | первое | перший | перша
first   = перше | الأول
second  = zweites | zweite | zweiten | deuxième | second | segundo | segunda | второй | вторая | второе | другий
second  = друга | друге | الثاني
third   = drittes | drittes | troisième | tercer | tercero | третий | третій | الثالث
fourth  = viertes | viertes | quatrième | cuarto | четвертый | четвёртый | четвертий | الرابع
"""
_DROPPED = "de | del | du | des | der | den | года | году | год | г | року | році | рік | р | año | année | سنة | عام"
"""Words that add nothing to a date."""
_ENDINGS = re.compile(r"(?<=[0-9])(?:-?(?:го|е|й|ое|ый|ая|я|ше|ге|тє|er|ère|ème|re)(?![^\W\d_])|[ºª°])")
"""What stands behind a figure that counts: "1-го", "1er", "1º"."""
_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*")
_ENGLISH = frozenset(
    (*MONTHS, *(name[:3] for name in MONTHS), "sept", "t", "z", "w", "q", "h", "utc", "gmt", "of", "to")
)
"""Words that stay as they are."""

_CJK = re.compile(r"[約约大약年月日号季周週期春夏秋冬년월일분기주봄여름가을겨울]")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "주체": 1911, "主体": 1911}
"""The year before the first one of Japan's eras, of the Republic of China's calendar, and of North Korea's."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(元|[0-9]{{1,3}})\s?(?:\(([0-9]{{4}})\)\s?)?(?=[年년])")
_ON = r"\s?(?:至|到|-|~|から|부터)\s?"
_DAY = r"\s?[日号號일]"
_EAST: tuple[tuple[str, str], ...] = (
    (r"^(?:大约|大約|約|约|약)\s?", "about "),
    (r"^(.+?)\s?(?:頃|ごろ|左右|前後|前后|경|쯤)$", r"about \1"),
    (r"\([月火水木金土日一二三四五六월화수목금토일]\)", ""),
    (r"([0-9]{4})\s?年度", r"fy\1"),
    (r"第?([1-4])(?:季度|四半期)|([1-4])\s?분기", r" \1\2 quarter "),
    (r"上半年|上半期|상반기", " first half "),
    (r"下半年|下半期|하반기", " second half "),
    (r"第?([0-9]{1,2})\s?(?:周|週|주차|주)", r" week \1 "),
    (r"春季?|봄", " spring "),
    (r"夏季?|여름", " summer "),
    (r"秋季?|가을", " autumn "),
    (r"冬季?|겨울", " winter "),
    (
        rf"([0-9]{{4}}\s?[年년]\s?)?([0-9]{{1,2}}\s?[月월]\s?)([0-9]{{1,2}})(?:{_DAY})?{_ON}([0-9]{{1,2}}){_DAY}",
        r"\1\2\3日 to \1\2\4日",
    ),
    (rf"(?<=[日号號일年년月월0-9초말]){_ON.replace('-|', '')}(?=[0-9])", " to "),
    (r"(?:まで|까지)$", ""),
    (r"(?:以来|以來|以降|부터|から)$", " ongoing"),
)
"""What is written in China, Japan and Korea -> English, one after the other, once their figures are plain."""
_PARTS = {"early": "上旬 初 초순 초", "mid": "中旬 중순", "late": "下旬 末 하순 말"}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}
_EAST_DATE = re.compile(
    r"(?:([0-9]{4})\s?[年년]\s?)?(?<![0-9])([0-9]{1,2})\s?[月월]\s?"
    rf"(?:({'|'.join(sorted(_PART_OF, key=len, reverse=True))})|([0-9]{{1,2}}){_DAY})?"
)
_YEAR_BEFORE = re.compile(
    r"([0-9]{4})\s?[年년]?\s?(.*(?:quarter|half|week [0-9]+|spring|summer|autumn|winter))",
)
_COUNTED = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_COUNTED_PART = re.compile(f"({'|'.join(reversed(_COUNTED))})(?=月|季度|四半期)")


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word without accents and points: "août" and "aout" are one, and so are "أغسطس" and "اغسطس"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", bare).replace("’", "'").rstrip(".")


@cache
def month_names() -> dict[str, int]:
    """Key of a name -> month, 1 to 12."""
    with data_folder.path("month_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(row["month"]), row["names"].split(";")) for row in csv.DictReader(file)]
    return {key(name): month for month, names in rows for name in names}


@cache
def _table() -> dict[str, str]:
    """Key of a phrase -> English, "" for words that are dropped."""
    table = dict.fromkeys((key(each.strip()) for each in _DROPPED.split("|")), "")
    for line in filter(None, _WORDS.splitlines()):
        english, _, phrases = line.partition("=")
        table |= {key(phrase.strip()): english.strip() for phrase in phrases.split("|")}
    return table | {name: MONTHS[month - 1] for name, month in month_names().items()}


LONGEST_PHRASE = 3
"""No phrase of the table has more words."""


def english(text: str) -> str:
    """Plain text (see `plain_text.plain`) with its words of dates in English; all else as it stands."""
    if _CJK.search(text):
        text = _from_east(text)
    text = _ENDINGS.sub("", text)
    words = [*_WORD.finditer(text)]
    if all(word[0] in _ENGLISH for word in words):
        return text
    if not any(key(word[0]) in _table() for word in words) and "d'" not in text:
        return text
    said: list[str] = []
    at = number = 0
    while number < len(words):
        taken, phrase = _longest(text, words, number)
        word = words[number]
        end = words[number + taken - 1].end()
        said += [text[at : word.start()], phrase]
        at = end + (text[end : end + 1] == "." and phrase != text[word.start() : end])
        number += taken
    joined = "".join([*said, text[at:]])
    return re.sub(r"\s+", " ", joined).strip(" ")


def _longest(text: str, words: list[re.Match[str]], number: int) -> tuple[int, str]:
    """How many words from this one on are a phrase of the table, the most first, and their English."""
    start = words[number].start()
    for count in range(min(LONGEST_PHRASE, len(words) - number), 0, -1):
        given = text[start : words[number + count - 1].end()]
        if (found := _table().get(key(given))) is not None:
            return count, found
        if (elided := key(given).removeprefix("d'")) != key(given) and elided in _table():
            return count, _table()[elided]
    return 1, words[number][0]


def _from_east(text: str) -> str:
    """Chinese, Japanese and Korean dates."""
    text = _ERA.sub(_common_year, text)
    text = _COUNTED_PART.sub(lambda match: str(_COUNTED.index(match[1]) + 1), text)
    for pattern, into in _EAST:
        text = re.sub(pattern, into, text)
    text = re.sub(r"\s+", " ", _EAST_DATE.sub(_east_date, text)).strip()
    if match := _YEAR_BEFORE.fullmatch(text):
        return f"{match[2]} {match[1]}"
    return re.sub(r"([0-9]{4})\s?[年년](?!도)", r"\1", text)


def _common_year(match: re.Match[str]) -> str:
    """ "令和5", "주체112(2023)" -> "2023". Where the year in brackets is another one, nothing is decided."""
    era, number, told = match.groups()
    year = str(_ERAS[era] + (1 if number == "元" else int(number)))
    return year if told in (None, year) else match[0]


def _east_date(match: re.Match[str]) -> str:
    year, month, part, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    words = [_PART_OF[part] if part else "", day or "", MONTHS[int(month) - 1], year or ""]
    return f"{' '.join(filter(None, words))} "
