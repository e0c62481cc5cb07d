"""What was decided by hand about positions of ports in searoute. See port_positions.py."""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

from collections.abc import Mapping

REVIEWED: Mapping[str, tuple[str, str]] = {
    "JPKSM": ("Kamisu", "lay in Chiba; the port of Kashima lies in Kamisu"),
    "COADZ": ("airport ADZ", "lay in Venezuela; the island of San Andrés has this airport"),
    "CNQIN": ("", "lay in Shenzhen; places of this name are elsewhere, and none is a seaport"),
    "CNLXI": ("", "lay in Hubei; the Lanxi of this code is not known to us"),
}
"""Code -> the city or airport where it lies, "" to leave it out, and why."""
RECODED: Mapping[str, tuple[str, str]] = {
    "USEFK": ("USNPT", "a seaport in Rhode Island under the code of Newport, Vermont"),
    "USRIC": ("USRCH", "a seaport in California under the code of Richmond, Virginia"),
    "USPTM": ("USPSM", "a seaport in New Hampshire under the code of Portsmouth, Virginia"),
    "USSTP": ("USSNP", "the harbour of Saint Paul Island, Alaska, under the code of Saint Paul, Minnesota"),
}
"""Code -> the code of UN/LOCODE of the place where the row lies, which is a seaport, as that of the first is not."""
_SMALL = "a seaport of less than 15,000 people: the cities of its name are others"
_OF_THEIR_STATE = (
    *("USAST", "USASX", "USCDV", "USCGE", "USCLY", "USFDT", "USFPO", "USGGE", "USMZL", "USPAS", "USPWA", "USPYM"),
    *("USRKD", "USSMK", "USSTB", "USSTG", "USVN3", "USWQF", "USYAR"),
    *("USAUP", "USFY2", "USKQI", "USLO2", "USLT9", "USPT2", "USQRG", "USVOW", "USXVB"),
)
KEPT: Mapping[str, str] = {
    "BRITQ": "the port of São Luís; the city of Itaqui lies inland",
    "BRSFS": "São Francisco do Sul in Santa Catarina",
    "BRTUB": "the ore port of Vitória; the city of Tubarão lies in Santa Catarina",
    "CADIG": "in Nova Scotia, as its code says; all cities of ours there are far away",
    "CASKE": _SMALL,
    "CLSVE": "the port of Talcahuano; the city lies inland",
    "CNFAG": "a district of Guangzhou",
    "CNFAN": "Fangchenggang in Guangxi; the city lies in Henan",
    "CNHHA": "the seaport of Hebei; the town lies in Zhejiang at GeoNames",
    "CNHME": "the port of Taizhou in Zhejiang; the city lies in Jiangsu",
    "CNHUA": "a district of Guangzhou",
    "CNLSN": "a port of Rizhao in Shandong",
    "CNTAP": "the port of Humen on the Pearl River",
    "CNTAS": "Jingtang, the port of Tangshan, 86 km from the city",
    "CNYPG": "the port of Hainan; the city is a district of Shanghai",
    "ARSLO": "the grain port on the Paraná",
    "ESROS": "Roses in Catalonia",
    "IDTMH": "the coal terminal in East Kalimantan",
    "JPMAT": _SMALL,
    "JPTOM": _SMALL,
    "KRMAS": "a port of Changwon; GeoNames has the city elsewhere",
    "LRUCN": "the port lies at its town; the airport of that name lies elsewhere",
    "MAVIL": "in Western Sahara, under the code of Morocco",
    "MXLZC": "the port in Michoacán; the city of that name lies in Quintana Roo",
    "MXTUX": "Túxpam in Veracruz; the cities of that name lie inland",
    "PESJU": "the port of Marcona; the city lies in the north",
    "PHQUE": "a port of Palawan",
    "PHSMA": "a port of Zamboanga del Norte",
    "USHSH": "a harbour in Alaska; the town of its code is in New Hampshire",
    "USMNM": "in Michigan, as its code says; all cities of ours there are far away",
    "yawata-chiba-jp": "the port of Ichihara in Chiba",
} | dict.fromkeys(_OF_THEIR_STATE, "in the state of its code; the cities of its name are in others")
"""Code -> why a position stays that a rule would change."""
