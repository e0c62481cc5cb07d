"""Makes the file of the names of countries, from Unicode CLDR by way of Babel and from npm i18n-iso-countries.

    npm pack i18n-iso-countries@7 && mkdir names && tar xf i18n-iso-countries-*.tgz -C names
    pip install babel==2.19.0
    python data/refresh_country_names.py names/package

writes data/country_names.csv, a row for each country of countries.parquet:
    iso2, iso3, numeric, name   as there
    names                       other spellings, parted by ";": short and official ones in `LANGUAGES`, and our own
    keys                        `geo.gazetteer.countries.key` of the name and of all of these

CLDR has the short names; the other package has official ones for many. A spelling that names two countries is left out
and printed; ours are in `OWN`, and come first.
"""

# ruff: noqa: E501, INP001, T201 -- a script beside the data, no package

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from babel import Locale

from geo.gazetteer.countries import key

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "ko", "ru", "uk", "zh", "zh_Hant", "fa", "it", "pt", "tr")
OWN = {
    "AE": "UAE;U.A.E.;Emirates",
    "BA": "Bosnia;Bosnia Herzegovina",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia",
    "BQ": "Bonaire, Sint Eustatius and Saba;Bonaire",
    "BS": "The Bahamas",
    "CC": "Cocos (Keeling) Islands;Cocos Islands;Keeling Islands",
    "CD": "Democratic Republic of the Congo;DR Congo;Congo Kinshasa;Congo (Kinshasa);DRC;D.R.C.;Zaire;"
    "Congo, The Democratic Republic of the",
    "CG": "Republic of the Congo;Congo;Congo Brazzaville;Congo (Brazzaville)",
    "CI": "Ivory Coast;Republic of Côte d'Ivoire",
    "CN": "People's Republic of China;PRC;P.R. China;PR China;P.R.C.;Mainland China;China, mainland;中国;中华人民共和国",
    "CV": "Cabo Verde;Cape Verde",
    "CZ": "Czech Republic;Czechia",
    "EG": "Arab Republic of Egypt",
    "EH": "Western Sahara;Sahrawi Arab Democratic Republic",
    "FK": "Falkland Islands (Malvinas);Islas Malvinas;Malvinas;Falklands",
    "FM": "Federated States of Micronesia;FS Micronesia;FSM",
    "GB": "UK;U.K.;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;"
    "United Kingdom of Great Britain and Northern Ireland;Großbritannien;Англия",
    "GM": "The Gambia;Republic of the Gambia",
    "HK": "Hong Kong SAR;Hong Kong SAR China;China, Hong Kong SAR;Hong Kong, China;Hongkong;香港",
    "HM": "Heard and McDonald Islands",
    "IR": "Islamic Republic of Iran;Persia;Исламская Республика Иран;جمهوری اسلامی ایران",
    "JP": "日本;日本国",
    "KG": "Kyrgyz Republic;Kirghizia",
    "KN": "St. Kitts and Nevis;Saint Kitts and Nevis",
    "KP": "DPRK;D.P.R.K.;DPR Korea;Democratic People's Republic of Korea;Korea North;N Korea;N. Korea;North Korean;"
    "Korea (DPRK);Korea, D.P.R.;조선민주주의인민공화국;북한;북조선;조선;КНДР;Северная Корея;"
    "Корейская Народно-Демократическая Республика;Corée du Nord;Demokratische Volksrepublik Korea;朝鮮民主主義人民共和国;北朝鮮;"
    "朝鲜;北韓;République populaire démocratique de Corée;República Popular Democrática de Corea;"
    "جمهورية كوريا الشعبية الديمقراطية",
    "KR": "ROK;R.O.K.;Republic of Korea;Korea South;S Korea;S. Korea;Korea;Korea (South);Korea (ROK);한국;대한민국;Южная Корея;"
    "Республика Корея;韓国;大韓民国;韩国;Corée du Sud",
    "LA": "Lao PDR;Lao People's Democratic Republic;Laos PDR;Lao P.D.R.",
    "LC": "St. Lucia;Saint Lucia",
    "LY": "Libyan Arab Jamahiriya;State of Libya;Socialist People's Libyan Arab Jamahiriya",
    "MD": "Republic of Moldova;Moldavia",
    "MF": "Saint Martin (French part)",
    "MK": "Macedonia;TFYR Macedonia;TFYR of Macedonia;FYR Macedonia;The former Yugoslav Republic of Macedonia;"
    "Republic of North Macedonia",
    "MM": "Burma;Myanmar;Republic of the Union of Myanmar;Burma (Myanmar)",
    "MO": "Macau;Macao SAR China;China, Macao SAR;Macao SAR;Macau SAR;Macao, China;澳门",
    "NL": "The Netherlands;Holland;Kingdom of the Netherlands",
    "PS": "Palestine;State of Palestine;West Bank and Gaza;Occupied Palestinian Territory;Palestinian Territory, Occupied;"
    "Palestinian Territory",
    "RU": "Russian Federation;Russia;Россия;РФ;Российская Федерация;러시아;ロシア;俄罗斯;俄国;Russland;Russie;Rusia",
    "SH": "St. Helena;Saint Helena",
    "SK": "Slovak Republic",
    "ST": "Sao Tome and Principe;São Tomé and Príncipe",
    "SX": "Sint Maarten (Dutch part);St. Maarten",
    "SY": "Syrian Arab Republic;САР;Сирийская Арабская Республика",
    "SZ": "Swaziland;Eswatini;Kingdom of Eswatini",
    "TL": "East Timor;Timor Leste",
    "TR": "Turkey;Türkiye;Turkiye;Republic of Türkiye;Republic of Turkey",
    "TW": "Taiwan Province of China;Chinese Taipei;Republic of China;Taiwan, China;R.O.C.;Taiwan (Province of China)",
    "TZ": "United Republic of Tanzania",
    "UM": "US Outlying Islands;U.S. Minor Outlying Islands;United States Minor Outlying Islands",
    "US": "United States of America;USA;U.S.;U.S.A.;США;Соединенные Штаты Америки",
    "VA": "Holy See;Vatican;Holy See (Vatican City State)",
    "VC": "St. Vincent and Grenadines;Saint Vincent and the Grenadines;St. Vincent and the Grenadines",
    "VE": "Bolivarian Republic of Venezuela;Venezuela RB;RB Venezuela",
    "VG": "British Virgin Islands;Virgin Islands, British",
    "VI": "US Virgin Islands;U.S. Virgin Islands;United States Virgin Islands;Virgin Islands, U.S.",
    "VN": "Viet Nam;Vietnam;Socialist Republic of Viet Nam",
    "XK": "Kosovo;Republic of Kosovo",
    "YE": "Republic of Yemen;RY",
}
"""Spellings that neither source has: those of the United Nations, the World Bank and Comtrade, and of the trade."""
FOREIGN = {
    ("CD", "congo"),
    ("CD", "kongo"),
    ("CD", "конго"),
    ("MF", "san martin"),
    ("GS", "georgia"),
}
"""Spellings that one source gives to a country and everybody else to another or to none: left out."""


def spellings(code: str, package: Path) -> Iterator[str]:
    """All spellings of a country, ours first."""
    yield from OWN.get(code, "").split(";")
    for language in LANGUAGES:
        if name := Locale.parse(language).territories.get(code):
            yield name
        file = package / "langs" / f"{language}.json"
        if file.exists():
            given = json.loads(file.read_text(encoding="utf-8"))["countries"].get(code, [])
            yield from [given] if isinstance(given, str) else given


def main(package: Path) -> None:
    table = pq.read_table(ROOT / "data" / "countries.parquet", columns=["iso2", "iso3", "numeric", "name"]).to_pylist()
    owner: dict[str, str] = {}
    for row in table:  # names and codes in English before all others, ours before those of the sources
        for spelling in (row["iso2"], row["iso3"], row["name"], *OWN.get(row["iso2"], "").split(";")):
            if spelling and owner.setdefault(key(spelling), row["iso2"]) != row["iso2"]:
                raise ValueError(f"{spelling!r} names {owner[key(spelling)]} and {row['iso2']}")
    for row in table:
        names: dict[str, str] = {}
        for spelling in spellings(row["iso2"], package):
            plain = key(spelling)
            if not plain or ";" in spelling or (row["iso2"], plain) in FOREIGN or plain == key(row["name"]):
                continue
            if owner.setdefault(plain, row["iso2"]) == row["iso2"]:
                names.setdefault(plain, spelling.strip())
            elif plain != key(row["iso2"]):
                print(f"left out: {spelling!r} for {row['iso2']}, a name of {owner[plain]}")
        row["names"], row["keys"] = ";".join(names.values()), ";".join((key(row["name"]), *names))
    with (ROOT / "data" / "country_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["iso2", "iso3", "numeric", "name", "names", "keys"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
