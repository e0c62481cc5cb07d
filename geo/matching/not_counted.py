"""Headers of figures that are not how many were moved: rates, averages, shares, capacities, forecasts, stocks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_HEADER = 200
"""A header longer than this many characters is a sentence, and known by nobody's name."""
RATE = re.compile(
    r"\bper\b|\b(?:bpd|tpa|mtpa|kbd|mbd)\b|\bp\.? ?[ad]\.?(?!\w)|\b[pj]\.? ?(?:[dwm]|t)\.(?!\w)|"
    r"/ ?(?:d|day|wk|week|mo|month|y|yr|year|h|hr|hour|сут|день|мес|год|日|天|周|月|年|일|월|년|tag|woche|monat|jahr|"
    r"jour|semaine|mois|día|dia|semana|mes|año)\b|"
    r"(?:в|за|на) (?:сутки|день|неделю|месяц|год)|"
    r"\b(?:pro|par|por|al) (?:tag|woche|monat|jahr|jour|semaine|mois|an|día|dia|semana|mes|año|ano)\b|"
    r"(?:毎|每)(?:日|天|周|月|年)|(?:하루|매일|매월|매년|일|월|연)\s?평균",
    re.IGNORECASE,
)
"""Words of how much in a time, and not how much in all."""

_KINDS = """
an average : average averages avg mean median durchschnitt~ mittelwert moyenne moyennes promedio средн~ середн~ ortalama
an average : !среднесуточ !среднемесяч !среднегодов !平均 !평균 !متوسط
a rate     : rate rates ставка !运价 !운임
a share or a change : % percent percentage pct share shares ratio growth change changes yoy mom y/y y-o-y variation
a share or a change : delta utilisation utilization occupancy anteil prozent veränderung wachstum auslastung pourcentage
a share or a change : évolution croissance taux porcentaje variación crecimiento participación доля процент~ изменени~
a share or a change : прирост~ темп~ частка !占比 !比例 !比重 !增长 !增速 !同比 !环比 !割合 !前年比 !増減 !비중
a share or a change : !비율 !증감 !증가율 !نسبة
a capacity : capacity capacities nominal kapazität~ capacité~ capacidad capacità capacidade вместимост~ мощност~
a capacity : пропускн~ ємність потужність kapasite !运力 !運力 !容量 !产能 !能力 !용량 !능력 !سعة
a forecast or a plan : forecast forecasts forecasted planned plan expected projected projection projections predicted
a forecast or a plan : budget budgeted scheduled booked anticipated outlook prognose~ geplant~ erwartet~ gebucht~ prévu~
a forecast or a plan : prévision~ planifié~ attendu~ previst~ pronóstico~ planificad~ esperad~ план плановы~
a forecast or a plan : планируем~ прогноз~ ожидаем~ очікуван~ !计划 !計劃 !計画 !预计 !預計 !预测 !預測 !予測
a forecast or a plan : !予定 !계획 !예상 !예측 !전망 !توقع
a stock    : inventory inventories stockpile stockpiles backlog lagerbestand !库存 !庫存 !在庫 !재고
"""
"""What figures are : the words that say so; ~ stands for any ending, ! for a word that stands inside of others."""


def _pattern(words: list[str]) -> re.Pattern[str]:
    def of(word: str) -> str:
        if word[0] in "!%":
            return re.escape(word.removeprefix("!"))
        ending = r"\w*" if word.endswith("~") else r"(?!\w)"
        return rf"(?<!\w){re.escape(word.removesuffix('~'))}{ending}"

    return re.compile("|".join(map(of, words)))


def _kinds() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {}
    for line in filter(None, _KINDS.splitlines()):
        what, _, these = line.partition(" : ")
        words.setdefault(what.strip(), []).extend(these.split())
    return {what: _pattern(each) for what, each in words.items()}


_PATTERNS = _kinds()


@lru_cache(maxsize=4096)
def not_counted(header: str) -> str:
    """What the figures under a header are in place of a count of what was moved; "" where its words say nothing of it.

    >>> not_counted("TEU capacity"), not_counted("TEU")
    ('a capacity', '')
    """
    if len(header) > LONGEST_HEADER:
        return ""
    plain = unicodedata.normalize("NFKC", header)
    text = f"{plain} {re.sub(r'(?<=[a-z])(?=[A-Z])|_', ' ', plain)}".casefold()
    if RATE.search(text):
        return "a rate, so much in a time"
    return next((what for what, pattern in _PATTERNS.items() if pattern.search(text)), "")
