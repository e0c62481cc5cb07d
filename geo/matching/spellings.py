"""The spellings of our columns elsewhere, in English and of the field's standards; those in other languages are in
foreign_spellings.py. A table, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from geo.matching.foreign_spellings import COUNTS, ENDS, LEGS, SAYING

STANDARD, USUAL, WEAK = 3.0, 2.0, 1.0
"""How well a name fits a column: a term of the field; a usual name; a name that others give to other things as well."""
Names = Mapping[float, tuple[str, ...]]
"""Strength -> the spellings of that strength, the preferred one first."""

_MARKS = {"=": STANDARD, "+": USUAL, "?": WEAK}
_PLACE_FORMS = (
    *("un/locode {0}", "locode {0}", "{0} un/locode", "{0} locode", "{0} code", "{0}", "{0} name", "{0} port"),
    *("{0} location", "{0} terminal", "{0} place", "{0} city", "{0} station", "{0} airport"),
    *("{0} location name", "{0} port name"),
)
"""An end of a leg and what may stand with it. Codes are preferred: a name may be that of two places."""
_LAT, _LON = ("lat", "latitude"), ("lon", "lng", "long", "longitude")


def _read(text: str) -> dict[str, Names]:
    """Lines such as "depart + dep | left": our column, = standard, + usual, ? weak, and the spellings."""
    table: dict[str, dict[float, tuple[str, ...]]] = {}
    for line in filter(None, text.splitlines()):
        column, mark, names = line.split(maxsplit=2)
        spellings = tuple(name.strip() for name in names.split("|"))
        forms = _PLACE_FORMS if column in ("origin", "destination") and mark != "?" else ("{0}",)
        entry = table.setdefault(column, {})
        known = entry.get(_MARKS[mark], ())
        entry[_MARKS[mark]] = (*known, *(form.format(name) for name in spellings for form in forms))
    return dict(table)


def _degrees(ends: str, axes: tuple[str, ...], first: str) -> Names:
    """Latitude or longitude of an end: "source_lat", "lat_source" …; "lat0" is the first end, "lat2" the second.

    "lat1" may be either: with lat0 beside it the second, with lat2 beside it the first.
    """
    sure = [form for end in ends.split() for axis in axes for form in (f"{end} {axis}", f"{axis} {end}", end + axis)]
    numbered = [form for axis in axes for form in (axis + first, f"{axis} {first}")]
    either = [form for axis in axes for form in (f"{axis}1", f"{axis} 1")]
    return {STANDARD: (*sure, *numbered), WEAK: tuple(either)}


_ENDS = """
origin      = origin | pol | port of loading | load port | loading port | port of departure | port of origin
origin      + from | departure | place of receipt | start | orig | place of loading | port of lading
origin      + port of export | place of departure | current port | previous port | last port | shipper port
origin      + export port
origin      = foreign port of lading | foreign port of loading | load location | loading location | exit port
origin      = port of exit | departure airport | origin airport | est departure airport | departure aerodrome
origin      + exporter | supplier | residence | home | res | start location | origin anchorage | adep
origin      + trip start anchorage id | start anchorage id | trip start anchorage | start anchorage
origin      ? source | source name | source port | source code | source id | src | o | loaded at | sailed from
destination = destination | pod | port of discharge | discharge port | unloading port | port of arrival | dest
destination = port of unloading | port of unlading
destination + port of destination | final destination
destination + to | arrival | place of delivery | target | end | dst | place of discharge
destination + port of import | place of arrival | next port | receiver port | consignee city | import port
destination = discharge location | unloading location | entry port | port of entry | arrival airport
destination = destination airport | est arrival airport | arrival aerodrome
destination + importer | recipient | workplace | end location | destination anchorage | ades
destination + trip end anchorage id | end anchorage id | trip end anchorage | end anchorage
destination ? target id | d | discharged at | arrived at | bound for
"""
_COUNTRIES = """
origin_in_country      + origin country | country of origin | origin country code | country from | from country
origin_in_country      + loading country | load country | country of loading | export country | country of export
origin_in_country      + departure country | country of departure | exporting country | shipper country | source country
origin_in_country      + pol country | orig country | start country | o country | origin nation
destination_in_country + destination country | country of destination | destination country code | country to
destination_in_country + to country | pod country | discharge country | country of discharge | import country
destination_in_country + country of import | arrival country | country of arrival | importing country
destination_in_country + consignee country | target country | dest country | dst country | end country | d country
destination_in_country + destination nation | unloading country | country of asylum | asylum country
origin_in_country      + origin country name | country of origin name
destination_in_country + destination country name | country of destination name
origin      = origin country | country of origin | loading country | export country | exporting country | from country
destination = country of asylum
destination = destination country | country of destination | import country | importing country | to country
"""
"""Where an end has a column of places too, these are its country; else they are the end."""
_COUNTS = """
{0} = containers | number of containers | container count | total containers | containers total | cntrs | ctrs
{0} = container qty | container quantity | number of boxes
{0} + count | qty | quantity | volume | boxes | number of units | amount | total | packages | units | trips | flow
{0} + magnitude | cars | pieces | manifest quantity | reported quantity | importer reported quantity
{0} + exporter reported quantity | all flows | number delivered | quantity delivered | units delivered
{0} ? number ordered | quantity ordered
{0} ? value | freight | weight | net weight | gross weight | net wgt | gross wgt | fob value | cif value
{0} ? trade value | number | size | n | num | total quantity | total weight
"""
_SAYING = """
unit     = unit | uom | unit of measure | quantity unit | qty unit | unit code
unit     = weight unit | unit of quantity | manifest unit | value unit | qty unit abbr | alt qty unit abbr | unit abbr
unit     = quantity uom | weight uom | unit name | unit type | единица измерения | ед изм | 단위 | 単位 | 单位
unit     = unité | unidad
unit     + units | measure | package type | container type | currency | currency code | einheit
mode     = mode | transport mode | mode of transport | mot | transport mode code
mode     + by | means of transport | transport
mode     ? type
cargo    = cargo | commodity | description of goods | goods description | hs description | cargo description
cargo    = commodity description | product | goods
cargo    + cargo type | product description | commodity name | contents | freight | material
cargo    ? description | item | items | hs code | type
claimant = claimant | according to | reported by | attributed to
claimant + source | information source | asserted by | said by | who | informant | authority
claimant + claimed by | claim by | stated by | quoting | quoted source
claimant ? reporter | agency | official
outlet   = outlet | published by | publication | publisher
outlet   + media | newspaper | news outlet | media outlet | news agency | quoted in | cited in | reported in
outlet   ? press | website
said_on  = report date | date of report | reported on | published | publication date | published on | date published
said_on  + date of claim | claim date | claimed on | date of statement | statement date | date said
said_on  + announced | announced on | announcement date | as of | as of date
said_on  + date reported | reported | publish date | posted | posted on | article date | reporting date | published at
said_on  ? created | updated | last updated
words    + quote | quotation | original text | as printed | verbatim
words    ? text
reliability = source reliability | reliability of source | reliability of the source
credibility = information credibility | credibility of information | credibility of the information
grade    = admiralty grade | admiralty code | admiralty rating
grade    + source grade | rating
grade    ? confidence
url      = url | source url | link | web link | href | article url
url      + source link | reference url | uri | web
url      ? reference
note     = note | notes | remark | remarks | comment | comments
note     + annotation | additional information | memo
note     ? info | details
"""
_LEGS = """
depart   = atd | actual time of departure | actual departure | etd | estimated time of departure
depart   = estimated departure | departure date | date of departure | departure time | departure datetime | departed
depart   = sailing date | sailed | sailed on | date sailed | depart date | std | scheduled departure | departure
depart   + dep | on board date | shipped on board date | onboard date | shipment date | ship date | date of shipment
depart   + dep date | loading date | load date | date of loading | start date | departure timestamp | dispatch date
depart   + pickup datetime | start time | pickup time | left | left on | export date | date out | transport date
depart   + leaving date | movement date | sailing | laycan | laydays | loading window
depart   + from date | date from | period start
depart   + first seen | trip start | time of departure | departure date time
depart   ? date | time | timestamp | datetime | day | b/l date | bill of lading date | bl date | event date | period
depart   ? month | year | when | start
depart   + date de chargement
arrive   = ata | actual time of arrival | actual arrival | eta | estimated time of arrival | estimated arrival
arrive   = arrival date | date of arrival | arrival time | arrival datetime | arrived | arrived on | date arrived
arrive   = arrive date | sta | scheduled arrival | arrival
arrive   + arr | arr date | discharge date | date of discharge | unloading date | end date | end time | delivery date
arrive   + arrival timestamp | dropoff datetime | dropoff time | import date | date in | delivered | delivered on
arrive   = estimated arrival date | actual arrival date | expected arrival | estimated date of arrival
arrive   + to date | date to | period end
arrive   + last seen | trip end | time of arrival | arrival date time
arrive   ? end | finish | due date
shipment = shipment id | bill of lading | b/l | bl | master bill of lading | house bill of lading | mbl | hbl
shipment = consignment | consignment id | waybill | master b/l | house b/l
shipment + booking | booking reference | booking ref | shipment reference | awb | bol | shipment ref | manifest
shipment + consignment note
shipment ? reference | ref | id | identifier
vessel   = vessel name | ship | ship name | shipname | name of vessel | name of ship | ocean vessel | mother vessel
vessel   = train | train id
vessel   + vessel voyage | vessel/voyage | vsl | voyage vessel | carrying vessel | vehicle | barge | boat | flight
vessel   = nave
vessel   ? voyage | name | truck
imo      = imo ship | lr imo | vessel imo | ship imo | imo id | imo code | lrimo | lrimo ship
mmsi     = vessel mmsi | ship mmsi | mmsi id | mmsi code
carrier  = shipping line | ocean carrier | carrier name | carrier code | scac | shipping company | carrier scac
carrier  + line | operator | vessel operator | ship operator | liner | shipping line name | railway company
carrier  ? company | transporter
containers_low  + min containers | minimum containers | containers min | low estimate
containers_low  ? min | minimum | low
containers_high + max containers | maximum containers | containers max | high estimate
containers_high ? max | maximum | high
"""
_TOTALS = """
id          = report id | claim id
id          + identifier | reference | ref
window      = time window | period | period covered | reporting period
window      + time frame | timeframe | dates | date range
window      + covers | covering | coverage | shipped between | moved between
window      ? date | time | between | when | span
start       = period start | start of period | window start | from date | date from | period from | period begin
start       + start date | start | begin | begin date | since | first day | starting
end         = period end | end of period | window end | to date | date to | period to | until date
end         + end date | end | until | last day | ending
low         + low estimate | minimum | lower bound | at least | min
best        + best estimate | central estimate | point estimate
high        + high estimate | maximum | upper bound | at most | max
nature      + nature of figure | estimate type | basis
nature      ? type
part_of     = part of | included in | contained in
part_of     ? parent
running     = is running | is cumulative
archive_url = archived url | archive link
archive_url + archive | archived copy
archive_sha256 = sha-256 of archived copy | archive sha-256 | archive hash
archive_sha256 + sha256 | sha-256
accessed    = accessed on | date accessed | access date
accessed    + retrieved | retrieved on | retrieval date | last accessed
origin_stated      = origin as stated | stated origin | origin as printed
destination_stated = destination as stated | dest as stated | stated destination | destination as printed
precision   = place precision | location precision
precision   + geo precision
"""
_PLACES = """
code    = locode | un/locode | unlocode | port code | place code | location code
code    + id | location id | key | node | portid | s2id | anchorage id | ident | iata code | icao code
code    ? identifier | port id
name    = port name | place name | location name | main port name
name    + port | place | location | station | city | terminal | portname | airport name | station name
name    ? label | title
aliases = alias | alternative names | other names
aliases + alternate names | alternate name | also known as | synonyms
kind    = place type | location type
kind    + type | category | class
country = country code | iso country | iso 3166
country + iso2 | cc | nation | country name | iso3
lon     = longitude | lng | long | decimal longitude | lon deg
lon     = longitude deg
lon     + geo lon | geo lng | port lon | position lon | longitude dd
lon     ? x
lat     = latitude | decimal latitude | lat deg
lat     = latitude deg
lat     + geo lat | port lat | position lat | latitude dd
lat     ? y
within  + part of | parent | area
source  = data source
source  + provider | source of position
licence = license
licence + rights | terms
"""
_EVENTS = """
date   = event date | date of event
date   + day | when | time | timestamp | datetime | start date
date   ? year | month
title  = event | headline | event title | event name | what happened
title  + name | summary | what | subject
title  ? description | text
note   = notes | remark | remarks | comment | comments
note   + description | details | text
source = reported by | according to
source + claimant | outlet | publication
url    = source url | link | web link | href | article url
"""
_ORIGIN = "origin source src from start pol departure pickup load loading orig o"
_DESTINATION = "destination dest target dst to end pod arrival dropoff discharge d"
SYNONYMS: Mapping[str, Mapping[str, Names]] = {
    "legs": _read(_ENDS + ENDS + _COUNTRIES + (_COUNTS + COUNTS).format("containers") + _SAYING + SAYING + _LEGS + LEGS)
    | {
        "origin_lat": _degrees(_ORIGIN, _LAT, "0"),
        "origin_lon": _degrees(_ORIGIN, _LON, "0"),
        "destination_lat": _degrees(_DESTINATION, _LAT, "2"),
        "destination_lon": _degrees(_DESTINATION, _LON, "2"),
    },
    "totals": _read(_ENDS + ENDS + _COUNTRIES + (_COUNTS + COUNTS).format("quantity") + _SAYING + SAYING + _TOTALS),
    "places": _read(_PLACES),
    "events": _read(_EVENTS),
}
"""Kind of file -> our column -> its spellings elsewhere. Our own names count as standard ones."""
