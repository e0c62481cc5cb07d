"""Countries by name and code, to be sure of "Vladivostok, Russia". Names and codes only; nothing is guessed.

Codes are those of ISO 3166-1 (two letters, then three), short English names as in Unicode CLDR 47.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_TABLE = (
    "ADAND=Andorra; AEARE=United Arab Emirates; AFAFG=Afghanistan; AGATG=Antigua and Barbuda; AIAIA=Anguilla; "
    "ALALB=Albania; AMARM=Armenia; AOAGO=Angola; AQATA=Antarctica; ARARG=Argentina; ASASM=American Samoa; "
    "ATAUT=Austria; AUAUS=Australia; AWABW=Aruba; AXALA=Åland Islands; AZAZE=Azerbaijan; BABIH=Bosnia and "
    "Herzegovina; BBBRB=Barbados; BDBGD=Bangladesh; BEBEL=Belgium; BFBFA=Burkina Faso; BGBGR=Bulgaria; BHBHR=Bahrain; "
    "BIBDI=Burundi; BJBEN=Benin; BLBLM=St. Barthélemy; BMBMU=Bermuda; BNBRN=Brunei; BOBOL=Bolivia; BQBES=Caribbean "
    "Netherlands; BRBRA=Brazil; BSBHS=Bahamas; BTBTN=Bhutan; BVBVT=Bouvet Island; BWBWA=Botswana; BYBLR=Belarus; "
    "BZBLZ=Belize; CACAN=Canada; CCCCK=Cocos Islands; CDCOD=DR Congo; CFCAF=Central African Republic; CGCOG=Congo; "
    "CHCHE=Switzerland; CICIV=Côte d'Ivoire; CKCOK=Cook Islands; CLCHL=Chile; CMCMR=Cameroon; CNCHN=China; "
    "COCOL=Colombia; CRCRI=Costa Rica; CUCUB=Cuba; CVCPV=Cape Verde; CWCUW=Curaçao; CXCXR=Christmas Island; "
    "CYCYP=Cyprus; CZCZE=Czechia; DEDEU=Germany; DJDJI=Djibouti; DKDNK=Denmark; DMDMA=Dominica; DODOM=Dominican "
    "Republic; DZDZA=Algeria; ECECU=Ecuador; EEEST=Estonia; EGEGY=Egypt; EHESH=Western Sahara; ERERI=Eritrea; "
    "ESESP=Spain; ETETH=Ethiopia; FIFIN=Finland; FJFJI=Fiji; FKFLK=Falkland Islands; FMFSM=Micronesia; FOFRO=Faroe "
    "Islands; FRFRA=France; GAGAB=Gabon; GBGBR=United Kingdom; GDGRD=Grenada; GEGEO=Georgia; GFGUF=French Guiana; "
    "GGGGY=Guernsey; GHGHA=Ghana; GIGIB=Gibraltar; GLGRL=Greenland; GMGMB=Gambia; GNGIN=Guinea; GPGLP=Guadeloupe; "
    "GQGNQ=Equatorial Guinea; GRGRC=Greece; GSSGS=South Georgia and South Sandwich Islands; GTGTM=Guatemala; "
    "GUGUM=Guam; GWGNB=Guinea-Bissau; GYGUY=Guyana; HKHKG=Hong Kong; HMHMD=Heard and McDonald Islands; "
    "HNHND=Honduras; HRHRV=Croatia; HTHTI=Haiti; HUHUN=Hungary; IDIDN=Indonesia; IEIRL=Ireland; ILISR=Israel; "
    "IMIMN=Isle of Man; ININD=India; IOIOT=British Indian Ocean Territory; IQIRQ=Iraq; IRIRN=Iran; ISISL=Iceland; "
    "ITITA=Italy; JEJEY=Jersey; JMJAM=Jamaica; JOJOR=Jordan; JPJPN=Japan; KEKEN=Kenya; KGKGZ=Kyrgyzstan; "
    "KHKHM=Cambodia; KIKIR=Kiribati; KMCOM=Comoros; KNKNA=St. Kitts and Nevis; KPPRK=North Korea; KRKOR=South Korea; "
    "KWKWT=Kuwait; KYCYM=Cayman Islands; KZKAZ=Kazakhstan; LALAO=Laos; LBLBN=Lebanon; LCLCA=St. Lucia; "
    "LILIE=Liechtenstein; LKLKA=Sri Lanka; LRLBR=Liberia; LSLSO=Lesotho; LTLTU=Lithuania; LULUX=Luxembourg; "
    "LVLVA=Latvia; LYLBY=Libya; MAMAR=Morocco; MCMCO=Monaco; MDMDA=Moldova; MEMNE=Montenegro; MFMAF=St. Martin; "
    "MGMDG=Madagascar; MHMHL=Marshall Islands; MKMKD=North Macedonia; MLMLI=Mali; MMMMR=Myanmar; MNMNG=Mongolia; "
    "MOMAC=Macao; MPMNP=Northern Mariana Islands; MQMTQ=Martinique; MRMRT=Mauritania; MSMSR=Montserrat; MTMLT=Malta; "
    "MUMUS=Mauritius; MVMDV=Maldives; MWMWI=Malawi; MXMEX=Mexico; MYMYS=Malaysia; MZMOZ=Mozambique; NANAM=Namibia; "
    "NCNCL=New Caledonia; NENER=Niger; NFNFK=Norfolk Island; NGNGA=Nigeria; NINIC=Nicaragua; NLNLD=Netherlands; "
    "NONOR=Norway; NPNPL=Nepal; NRNRU=Nauru; NUNIU=Niue; NZNZL=New Zealand; OMOMN=Oman; PAPAN=Panama; PEPER=Peru; "
    "PFPYF=French Polynesia; PGPNG=Papua New Guinea; PHPHL=Philippines; PKPAK=Pakistan; PLPOL=Poland; PMSPM=St. "
    "Pierre and Miquelon; PNPCN=Pitcairn Islands; PRPRI=Puerto Rico; PSPSE=Palestine; PTPRT=Portugal; PWPLW=Palau; "
    "PYPRY=Paraguay; QAQAT=Qatar; REREU=Réunion; ROROU=Romania; RSSRB=Serbia; RURUS=Russia; RWRWA=Rwanda; SASAU=Saudi "
    "Arabia; SBSLB=Solomon Islands; SCSYC=Seychelles; SDSDN=Sudan; SESWE=Sweden; SGSGP=Singapore; SHSHN=St. Helena; "
    "SISVN=Slovenia; SJSJM=Svalbard and Jan Mayen; SKSVK=Slovakia; SLSLE=Sierra Leone; SMSMR=San Marino; "
    "SNSEN=Senegal; SOSOM=Somalia; SRSUR=Suriname; SSSSD=South Sudan; STSTP=São Tomé and Príncipe; SVSLV=El Salvador; "
    "SXSXM=Sint Maarten; SYSYR=Syria; SZSWZ=Eswatini; TCTCA=Turks and Caicos Islands; TDTCD=Chad; TFATF=French "
    "Southern Territories; TGTGO=Togo; THTHA=Thailand; TJTJK=Tajikistan; TKTKL=Tokelau; TLTLS=Timor-Leste; "
    "TMTKM=Turkmenistan; TNTUN=Tunisia; TOTON=Tonga; TRTUR=Türkiye; TTTTO=Trinidad and Tobago; TVTUV=Tuvalu; "
    "TWTWN=Taiwan; TZTZA=Tanzania; UAUKR=Ukraine; UGUGA=Uganda; UMUMI=US Outlying Islands; USUSA=United States; "
    "UYURY=Uruguay; UZUZB=Uzbekistan; VAVAT=Vatican City; VCVCT=St. Vincent and Grenadines; VEVEN=Venezuela; "
    "VGVGB=British Virgin Islands; VIVIR=US Virgin Islands; VNVNM=Vietnam; VUVUT=Vanuatu; WFWLF=Wallis and Futuna; "
    "WSWSM=Samoa; YEYEM=Yemen; YTMYT=Mayotte; ZAZAF=South Africa; ZMZMB=Zambia; ZWZWE=Zimbabwe; "
)
_OTHER_NAMES = {
    "AE": "UAE;Emirates",
    "BA": "Bosnia",
    "BN": "Brunei Darussalam",
    "CD": "Democratic Republic of the Congo;Congo Kinshasa;DRC",
    "CG": "Republic of the Congo;Congo Brazzaville",
    "CI": "Ivory Coast",
    "CN": "People's Republic of China;PRC;Mainland China;中国",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "FK": "Falkland Islands (Malvinas)",
    "FM": "Federated States of Micronesia",
    "GB": "UK;Great Britain;England;Scotland;Wales;Northern Ireland",
    "HK": "Hong Kong SAR;Hong Kong SAR China",
    "IR": "Islamic Republic of Iran",
    "JP": "日本",
    "KP": "DPRK;DPR Korea;Democratic People's Republic of Korea;Korea North;N Korea;북한;조선;КНДР;Северная Корея",
    "KR": "ROK;Republic of Korea;Korea South;S Korea;Korea;한국;대한민국;Южная Корея",
    "LA": "Lao PDR;Lao People's Democratic Republic",
    "LY": "Libyan Arab Jamahiriya",
    "MD": "Republic of Moldova",
    "MK": "Macedonia",
    "MM": "Burma",
    "MO": "Macau;Macao SAR China",
    "NL": "The Netherlands;Holland",
    "RU": "Russian Federation;Россия;РФ;Российская Федерация;러시아",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey",
    "TW": "Taiwan Province of China;Chinese Taipei",
    "TZ": "United Republic of Tanzania",
    "US": "United States of America;U.S.;U.S.A.",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam",
}
STATES = {
    state: country
    for country, states in (
        ("US", ("AL", "AR", "AZ", "CA", "CO", "GA", "ID", "IL", "IN", "KY", "LA", "MA", "MD", "ME", "MN", "MO", "MS")),
        ("US", ("MT", "NC", "NE", "PA", "SC", "SD", "TN", "VA")),
        ("CA", ("NL", "PE", "SK")),
    )
    for state in states
}
"""Codes of countries that abbreviate a state of the US or a province of Canada too, and which: "Richmond, CA" may be in
either. Delaware is left out: none of its ports has the name of a German one, and "Hamburg, DE" is written often."""


def key(text: str) -> str:
    """Letters only, in lower case, without accents, "the" and full stops; words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark) and mark not in ".'’")
    return re.sub(r"^the ", "", " ".join(re.findall(r"[^\W_]+", letters)))


def country_code(text: str) -> str | None:
    """A country's name, or its code of two or three letters, in any case -> its code of two letters, or None."""
    return _CODES.get(key(text))


def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in filter(None, _TABLE.strip().split(";")):
        codes, _, name = entry.strip().partition("=")
        two, three = codes[:2], codes[2:]
        for spelling in (two, three, name, *_OTHER_NAMES.get(two, "").split(";")):
            found.setdefault(key(spelling), two)
    found.pop("", None)
    return found


_CODES = _codes()
LAST_WORDS = frozenset(spelling.split()[-1] for spelling in _CODES)
"""The last words of all names and codes, to tell at a glance that a text does not end in a country."""


MOST_PARTS = 3
"""A text with more parts is an address or a sentence."""

_MARKS = re.compile(r"\s*[,;:/|()\[\]]\s*|\s+[\u2010-\u2015-]+\s+")
_CODE_FIRST = re.compile(r"([A-Z]{2}[ -]?[A-Z0-9]{3})\s+(.+)")
_CODE_LAST = re.compile(r"(.+?)\s+([A-Z]{2}[ -]?[A-Z0-9]{3})")
_COUNTRY_LAST = re.compile(r"(.+?)\s+([A-Z]{2,3}|[^\W\d_]{4,}(?:\s[^\W\d_]{4,})?)")
"""Without a mark between them, a country's code is taken in capitals only: "La Paz bo" may be anything."""

PlacesOf = Callable[[str], tuple[list[str], bool]]
"""A part of a text -> the codes of the places it names, and whether it does so by a code."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    places: tuple[str, ...]
    is_code: bool
    country: str | None


def of_parts(text: str, places_of: PlacesOf, country_of: Mapping[str, str]) -> list[str]:
    """The codes of all places that the parts of a text agree on; both, where a code and a name do not agree.

    country_of: the country of each place code, two letters or "".
    """
    for parts in _splits(text.strip()):
        read = _read(parts, places_of)
        if read and (found := _agreed(read, country_of)):
            return found
    return []


def _read(parts: Sequence[str], places_of: PlacesOf) -> list[_Part]:
    """The parts, or none where one of them says nothing known."""
    read: list[_Part] = []
    for part in parts:
        places, is_code = places_of(part)
        country = country_code(part)
        if not places and not country:
            return []
        read.append(_Part(part, tuple(places), is_code, country))
    return read


def _splits(text: str) -> list[list[str]]:
    """The ways in which a text may fall into parts."""
    if not text:
        return []
    marked = [part for part in _MARKS.split(text) if part]
    if len(marked) > 1:
        return [marked] if len(marked) <= MOST_PARTS else []
    patterns = [_CODE_FIRST, _CODE_LAST] if text[:2].isupper() or text[-2:].isupper() else []
    if text[-2:].isupper() or key(text.rsplit(None, 1)[-1]) in LAST_WORDS:
        patterns.append(_COUNTRY_LAST)
    return [list(match.groups()) for match in (pattern.fullmatch(text) for pattern in patterns) if match]


def _agreed(parts: Sequence[_Part], country_of: Mapping[str, str]) -> list[str]:
    found: dict[str, None] = {}
    for country in (None, parts[-1], parts[0]):  # all are places; or the last part, or the first, is their country
        named = [part for part in parts if part is not country]
        codes = [code for code in named[0].places if all(code in part.places for part in named)]
        if country is not None:
            codes = [code for code in codes if country_of[code] in _countries(country)]
        found.update(dict.fromkeys(codes))
    if found or not any(part.is_code for part in parts):
        return list(found)
    both = list(dict.fromkeys(code for part in parts for code in part.places))
    return both if len(both) > 1 else []


def _countries(part: _Part) -> tuple[str, ...]:
    """The countries that a part may stand for: one, or also those that have a state of this abbreviation."""
    if part.country is None:
        return ()
    return (part.country, STATES[each]) if (each := part.text.upper()) in STATES else (part.country,)
