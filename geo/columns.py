"""The only schema: what each table holds, by column.

`Column.required` speaks of the CSV that a user writes; `TABLES` speaks of what `geo.tables.read` returns.
All times are UTC. A date without a time is a whole day: its first instant is inside, its end is not.
"""

from __future__ import annotations

from dataclasses import dataclass

UTC_TIME = "datetime64[us, UTC]"
MODES = {"": 0, "maritime": 1, "rail": 2, "road": 3, "air": 4}
"""Transport modes of UN/ECE Recommendation 19; 0 is "not stated or mixed"."""

DEFAULT_UNIT = "container"
ABOUT_PERCENT = 10
""""About N" is N give or take ten per cent: low 0.9 N, best N, high 1.1 N."""
MOST_ABOUT = 50
"""The furthest that a reader may have it reach."""
CURRENCIES = (
    *("usd", "eur", "gbp", "rub", "cny", "krw", "jpy", "aed", "aud", "cad", "chf", "hkd", "inr", "irr", "kpw", "kzt"),
    *("sgd", "try", "uah"),
)
"""Units that are currencies, by their ISO 4217 codes. A bare $ is the United States dollar: those of others are written
A$, C$, HK$ …"""
SHAPES = ("", "port-calls", "trade", "matrix", "wide", "routes", "sizes", "unlocode", "claims")
"""How rows may be arranged that are no legs as they stand: `geo.matching.shapes` makes legs, places or totals of
them."""
PRECISIONS = ("", "exact", "area", "country", "not stated")
"""How closely a total says where: the coarser of its two ends. "" where nobody has said."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a CSV in our own names. instead: columns of which each group together stands in for it."""

    name: str
    required: bool
    meaning: str
    instead: tuple[tuple[str, ...], ...] = ()


def _columns(*rows: tuple[str, bool, str] | tuple[str, bool, str, tuple[tuple[str, ...], ...]]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


def _parts(whole: str) -> tuple[tuple[str, ...], ...]:
    return tuple((f"{whole}_year", f"{whole}_{part}") for part in ("month", "quarter", "week"))


ARRIVAL = ("arrive",)
"""Stands in for a departure that nobody gave: such a leg counts when it arrives."""
_SPAN = ("containers_low", "containers_high")
"""A range says how many there are: where nobody gives a best figure, that is its middle."""


PLACES = _columns(
    ("code", True, "UN/LOCODE where one exists, else a readable id; where empty, made of the position", (("name",),)),
    ("name", True, "name as shown"),
    ("aliases", False, "other spellings, separated by ;"),
    ("kind", False, "port, station, depot, airport, settlement or area"),
    ("country", False, "ISO 3166-1 alpha-2"),
    ("lon", True, "degrees east, -180 to 180"),
    ("lat", True, "degrees north, -90 to 90"),
    ("radius_km", False, "stated radius of an area; empty for a point"),
    ("within", False, "code of the area that contains it"),
    ("source", False, "where the position is from"),
    ("licence", False, "licence of that source"),
)
LEGS = _columns(
    ("origin", True, 'place: code, name or alias, or "latitude, longitude"', (("origin_lat", "origin_lon"),)),
    (
        "destination",
        True,
        'place: code, name or alias, or "latitude, longitude"',
        (("destination_lat", "destination_lon"),),
    ),
    (
        "depart",
        True,
        "date or time of departure (ETD/ATD), ISO 8601 or vague",
        (*_parts("depart"), ("depart_from", "depart_to"), ARRIVAL),
    ),
    ("arrive", False, "date or time of arrival (ETA/ATA)"),
    ("containers", True, 'count: 300, "about 300", ">1000", "200-250"', (_SPAN,)),
    ("unit", False, "what is counted; where empty, what the words of the count say, else container"),
    ("mode", False, "maritime, rail, road or air, or its Rec 19 number"),
    ("shipment", False, "consignment id; its containers are counted once, on its first leg"),
    ("vessel", False, "name of the ship or train"),
    ("imo", False, "IMO ship number, 7 digits"),
    ("mmsi", False, "MMSI of the ship's radio, 9 digits"),
    ("carrier", False, "who carried it: the line or the operator"),
    ("cargo", False, "what was carried"),
    ("claimant", False, "who asserts it"),
    ("outlet", False, "who printed it"),
    ("said_on", False, "day it was said"),
    ("words", False, "the words as printed"),
    ("reliability", False, "Admiralty grade of the source, A to F; empty where nobody has graded"),
    ("credibility", False, "Admiralty grade of what it says, 1 to 6; empty where nobody has graded"),
    ("grade", False, 'both in one, such as "B2"'),
    ("url", False, "link to the report"),
    ("note", False, "anything else"),
    ("origin_lat", False, "latitude of the origin, degrees; origin is then its name"),
    ("origin_lon", False, "longitude of the origin"),
    ("destination_lat", False, "latitude of the destination, degrees; destination is then its name"),
    ("destination_lon", False, "longitude of the destination"),
    ("origin_in_country", False, "country of the origin, name or code, where the place alone may be several"),
    ("destination_in_country", False, "country of the destination"),
    ("containers_low", False, "least; containers then holds the words"),
    ("containers_best", False, "best figure"),
    ("containers_high", False, "most; empty where open"),
    ("depart_year", False, "year of departure, where its date stands in columns of its own"),
    ("depart_month", False, "month of departure, 1 to 12 or a name"),
    ("depart_day", False, "day of departure, 1 to 31"),
    ("depart_quarter", False, "quarter of that year, 1 to 4, in place of a month"),
    ("depart_week", False, "week of that year, as ISO 8601 counts, in place of a month"),
    ("depart_from", False, "first day of the period in which the leg departs, where its ends stand in two columns"),
    ("depart_to", False, "last day of that period; it is in it"),
    ("depart_latest", False, "exclusive end of the period in which the leg departs"),
    ("arrive_earliest", False, "first instant of the period in which it arrives"),
    ("sum_of", False, "how many legs begin in its period of departure, where the row is a sum and no leg itself"),
)
TOTALS = _columns(
    ("id", False, "name of the report; made from the row when empty"),
    ("claimant", True, "who asserts it"),
    ("outlet", False, "who printed it"),
    ("said_on", True, "day it was said"),
    ("origin", True, "place or area: code, name or alias"),
    ("destination", True, "place or area: code, name or alias"),
    ("origin_stated", False, "the origin in the words as printed; empty where they are the same"),
    ("destination_stated", False, "the destination in the words as printed; empty where they are the same"),
    ("precision", False, "how closely the places are said: exact, area, country or not stated"),
    (
        "window",
        True,
        'time the total covers: "2023-09-07/2023-10-01", "since early August"',
        (("start", "end"), *_parts("window")),
    ),
    ("quantity", True, 'how many: "about 2,000", ">1000"', (("low", "high"),)),
    ("unit", False, "what is counted; where empty, what the words of the count say, else container"),
    ("mode", False, "maritime, rail, road or air, or its Rec 19 number"),
    ("cargo", False, "what was carried"),
    ("nature", False, "estimate, observed or capacity"),
    ("part_of", False, "id of the total that already contains this one; it is never added to it"),
    ("running", False, "yes: all so far, since its earliest start; no: its window alone; empty: as its words say"),
    ("words", False, "the words as printed"),
    ("reliability", False, "Admiralty grade of the source, A to F; empty where nobody has graded"),
    ("credibility", False, "Admiralty grade of what it says, 1 to 6; empty where nobody has graded"),
    ("grade", False, 'both in one, such as "B2"'),
    ("url", False, "link to the report"),
    ("archive_url", False, "link to an archived copy"),
    ("archive_sha256", False, "SHA-256 of the archived copy, 64 hexadecimal digits"),
    ("accessed", False, "day on which the link was last opened"),
    ("note", False, "anything else"),
    ("origin_in_country", False, "country of the origin, name or code, where the place alone may be several"),
    ("destination_in_country", False, "country of the destination"),
    ("window_year", False, "year that the total covers, where its month stands in a column of its own"),
    ("window_month", False, "month that it covers, 1 to 12 or a name"),
    ("window_day", False, "day that it covers, 1 to 31"),
    ("window_quarter", False, "quarter of that year, 1 to 4, in place of a month"),
    ("window_week", False, "week of that year, as ISO 8601 counts, in place of a month"),
    ("start", False, "first day or moment of the window; window then holds the words"),
    ("end", False, "last day of the window, or the moment at which it is over"),
    ("start_earliest", False, "earliest moment at which it may have begun"),
    ("start_latest", False, "latest moment at which it may have begun"),
    ("end_earliest", False, "earliest moment at which it may have ended"),
    ("end_latest", False, "latest moment at which it may have ended"),
    ("low", False, "least; quantity then holds the words"),
    ("best", False, "best figure"),
    ("high", False, "most; empty where open"),
)
EVENTS = _columns(
    ("date", True, "day of the event"),
    ("title", True, "what happened, in a few words"),
    ("note", False, "anything else"),
    ("source", False, "who says so"),
    ("url", False, "link to it"),
)

LEG_TABLE = {
    "row": "int64",
    "origin": "str",
    "destination": "str",
    "depart": UTC_TIME,
    "depart_latest": UTC_TIME,
    "arrive_earliest": UTC_TIME,
    "arrive": UTC_TIME,
    "containers_low": "float64",
    "containers_best": "float64",
    "containers_high": "float64",
    "containers_words": "str",
    "unit": "str",
    "mode": "int8",
    "shipment": "str",
    "vessel": "str",
    "imo": "str",
    "mmsi": "str",
    "carrier": "str",
    "cargo": "str",
    "claimant": "str",
    "outlet": "str",
    "said_on": UTC_TIME,
    "words": "str",
    "reliability": "str",
    "credibility": "str",
    "url": "str",
    "note": "str",
    "sum_of": "float64",
    "length_km": "float64",
    "length_nm": "float64",
}
"""Legs as read, plus `geometry` (LineString, EPSG:4326, the geodesic from origin to destination).

origin, destination are place codes. [depart, depart_latest) is the period the departure lies in (a whole
day for a plain date); [arrive_earliest, arrive) likewise, both NaT when no arrival is given. containers_high
is +inf when open. Absent text is "". length_* is the geodesic length on WGS 84. reliability is "A" to "F",
credibility "1" to "6" (see `geo.parsing.admiralty`), "" where nobody has graded. sum_of is NaN but where the row is a
sum of legs: then it is how many of them begin in its period, over which the sum spreads, and it is no voyage.
"""

TOTAL_TABLE = {
    "row": "int64",
    "id": "str",
    "claimant": "str",
    "outlet": "str",
    "said_on": UTC_TIME,
    "origin": "str",
    "destination": "str",
    "origin_stated": "str",
    "destination_stated": "str",
    "precision": "str",
    "start_earliest": UTC_TIME,
    "start": UTC_TIME,
    "start_latest": UTC_TIME,
    "end_earliest": UTC_TIME,
    "end": UTC_TIME,
    "end_latest": UTC_TIME,
    "window_words": "str",
    "low": "float64",
    "best": "float64",
    "high": "float64",
    "quantity_words": "str",
    "unit": "str",
    "mode": "int8",
    "cargo": "str",
    "nature": "str",
    "part_of": "str",
    "running": "str",
    "words": "str",
    "reliability": "str",
    "credibility": "str",
    "url": "str",
    "archive_url": "str",
    "archive_sha256": "str",
    "accessed": UTC_TIME,
    "note": "str",
}
"""Totals as read, plus `geometry` (LineString, EPSG:4326).

start and end are the window as printed; *_earliest and *_latest say how far its vague ends may lie.
Half-open [start, end): a window that ends on 2 Nov ends at 3 Nov 00:00 UTC. precision is one of `PRECISIONS`. running
is "yes", "no", or "" for what the window shows: an open or vague start is that of a running total.
"""

PLACE_TABLE = {
    "code": "str",
    "name": "str",
    "aliases": "str",
    "kind": "str",
    "country": "str",
    "radius_km": "float64",
    "within": "str",
    "source": "str",
    "licence": "str",
}
"""Places as read, plus `geometry` (Point, EPSG:4326). radius_km is NaN for a point."""

EVENT_TABLE = {"date": UTC_TIME, "title": "str", "note": "str", "source": "str", "url": "str"}
TABLES = {"legs": LEG_TABLE, "totals": TOTAL_TABLE, "places": PLACE_TABLE, "events": EVENT_TABLE}
"""Kind of file -> the columns of its table, but for the geometry."""
