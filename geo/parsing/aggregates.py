"""Words that stand in the place of a place and name a sum over many, or none: "World", "EU27", "All countries"."""

from __future__ import annotations

import re

from geo.parsing.plain_text import plain

_WORDS = """
world | whole world | the world | all countries | all partners | all reporters | all ports | all origins | all areas
all destinations | all regions | all other countries | all others | all other | rest of world | rest of the world
rest of europe | rest of asia | everywhere | global | worldwide | europe | asia | africa | america
americas | the americas | north america | south america | latin america | central america | oceania | antarctica
latin america and the caribbean | latin america & caribbean | sub-saharan africa | sub saharan africa | asia pacific
northern africa | western africa | eastern africa | southern asia | eastern asia | western asia | south-eastern asia
southeast asia | south-east asia | east asia | western europe | eastern europe | northern europe | southern europe
europe and central asia | east asia and pacific | european union | the european union | eurozone | euro area | euro zone
commonwealth of independent states | asean | oecd | opec | opec+ | brics | nato | mercosur | nafta | usmca | efta
eaeu | apec | developing countries | developed countries | least developed countries | high income | low income
middle income | upper middle income | lower middle income | other | others | other countries | other country
other areas | other ports | other partners | other europe | other africa | other asia | other america | other oceania
stateless
various | various countries | various ports | multiple | several countries | mixed origin | not specified | unspecified
not stated | areas not elsewhere specified | countries not specified | country unknown | special categories | free zones
bunkers | ship stores | confidential | мир | весь мир | все страны | прочие | прочие страны | другие страны | welt
alle länder | übrige länder | sonstige | monde | monde entier | tous les pays | autres pays | autres | mundo
todos los países | otros países | otros | 世界 | 全球 | 全世界 | 其他 | 其他国家 | その他 | 세계 | 전세계 | 기타
العالم | جميع البلدان | أخرى
"""
_KNOWN = frozenset(plain(each) for each in re.split(r"[|\n]", _WORDS) if each.strip())
_UNION = re.compile(r"(?:(?:extra|intra)[- ]?)?(?:eu|ea|g)(?:[- ]?[0-9]{1,2})?(?:[_ ]20[0-9]{2})?|eu_[a-z0-9]+")
_BARE = frozenset(("ea", "g"))
_ELSEWHERE = re.compile(r"(?:.+,|other .+|areas?) ?n\.?e\.?s\.?(?: ?\(.*\))?|.+ not elsewhere (?:specified|classified)")
LONGEST = 80
AGGREGATE = (
    "an aggregate is not a place",
    "It stands for several places, or for none that is named: its row is left out, so that nothing counts twice.",
)
"""Rule and hint."""


def is_aggregate(text: str) -> bool:
    """Whether a cell of places names the world, a union or group of countries, a continent, or "others"."""
    if len(text) > LONGEST:
        return False
    words = plain(text).strip(" .*:()")
    return (
        words in _KNOWN
        or (words not in _BARE and _UNION.fullmatch(words) is not None)
        or _ELSEWHERE.fullmatch(words) is not None
    )
