"""Headers and values as lists of shipments in the field have them, each with the mapping that is right for it."""

from __future__ import annotations

from collections.abc import Sequence

FROM, TO = ["Busan", "KPRJN", "ROTTERDAM", "Port of Shanghai"], ["Vladivostok", "RUVVO", "Antwerp", "Rason"]
DAYS, LATER = ["2023-09-07", "8 Sep 2023", "2023-09-09", "2023-10-01"], ["2023-09-17", "18 Sep 2023", "2023-09-19", ""]
FIGURES = ["07.09.23", "13.09.23", "28.09.23", "01.10.23"]
MANY, COUNT = ["300", "approx. 40", "1,200", ">1000"], ["1", "22", "3", "150"]
SHIPS, IMO, MMSI = (
    ["Angara", "Maria", "Lady R", "Ever Given"],
    ["9074729"] * 4,
    ["273345678", "273345679", "", "273345677"],
)
BILLS, LINES = ["A1", "77231", "B-9", ""], ["MSC", "CMA CGM", "FESCO", "FESCO"]
GOODS, WHO = ["toys", "machine parts", "steel", "cotton"], ["South Korean military", "NIS", "US Government", "NIS"]
LAT, LON = ["35.1028", "42.2333", "51.95", "-31.2"], ["129.0403", "130.3", "4.13", "121.5"]
LINKS, NONE = ["https://example.org/1", "https://example.org/2", "", ""], ["", "", "", ""]
CODES, NUMBERS = ["KRPUS", "KPRJN", "NLRTM", "CNSHA"], ["101", "102", "103", "104"]
FIRMS = ["Acme Ltd", "Widget GmbH", "Foo Bar", "Baz"]

FIELD: dict[str, tuple[str, dict[str, tuple[Sequence[str], str]], dict[str, str], tuple[str, ...]]] = {
    "bill of lading list": (
        "legs",
        {
            "B/L No.": (BILLS, "shipment"),
            "Shipper": (FIRMS, ""),
            "Consignee": (FIRMS, ""),
            "Port of Loading": (FROM, "origin"),
            "Port of Discharge": (TO, "destination"),
            "Vessel": (SHIPS, "vessel"),
            "On Board Date": (DAYS, "depart"),
            "Description of Goods": (GOODS, "cargo"),
            "No. of Containers": (COUNT, "containers"),
        },
        {"unit": "container"},
        (),
    ),
    "booking list": (
        "legs",
        {
            "Booking Ref": (BILLS, "shipment"),
            "POL": (FROM, "origin"),
            "POD": (TO, "destination"),
            "ETD": (DAYS, "depart"),
            "ETA": (LATER, "arrive"),
            "TEU": (COUNT, "containers"),
            "Carrier": (LINES, "carrier"),
        },
        {"unit": "TEU"},
        (),
    ),
    "names and codes of ports": (
        "legs",
        {
            "POL Name": (FROM, ""),
            "POL Code": (CODES, "origin"),
            "POD Name": (TO, "destination"),
            "ATD": (DAYS, "depart"),
            "Qty": (COUNT, "containers"),
        },
        {},
        ("unit",),
    ),
    "customs data": (
        "legs",
        {
            "Declaration": (NUMBERS, ""),
            "Port of Lading": (FROM, "origin"),
            "Port of Unlading": (TO, "destination"),
            "Shipment Date": (DAYS, "depart"),
            "HS Description": (GOODS, "cargo"),
            "Quantity": (COUNT, "containers"),
            "UoM": (["boxes", "kg", "teu", "boxes"], "unit"),
            "Gross Weight (kg)": (COUNT, ""),
        },
        {},
        (),
    ),
    "a weight where nothing is counted": (
        "legs",
        {
            "Export Port": (FROM, "origin"),
            "Import Port": (TO, "destination"),
            "Departure date": (DAYS, "depart"),
            "Weight [t]": (["12.5", "100", "8", "3"], "containers"),
        },
        {"unit": "tonne"},
        (),
    ),
    "port calls of ships": (
        "legs",
        {
            "vesselName": (SHIPS, "vessel"),
            "IMO Number": (IMO, "imo"),
            "MMSI": (MMSI, "mmsi"),
            "departurePort": (FROM, "origin"),
            "arrivalPort": (TO, "destination"),
            "departureTime": (["2023-09-07T10:00Z"] * 4, "depart"),
            "arrivalTime": (["2023-09-09T10:00Z"] * 4, "arrive"),
        },
        {},
        ("containers",),
    ),
    "kepler.gl flow map": (
        "legs",
        {
            "source_lat": (LAT, "origin_lat"),
            "source_lng": (LON, "origin_lon"),
            "target_lat": (LAT[::-1], "destination_lat"),
            "target_lng": (LON[::-1], "destination_lon"),
            "source_name": (FROM, "origin"),
            "target_name": (TO, "destination"),
            "count": (COUNT, "containers"),
            "time": (["2023-09-07 10:00:00"] * 4, "depart"),
        },
        {},
        ("unit",),
    ),
    "kepler.gl arcs without time": (
        "legs",
        {
            "origin_lat": (LAT, "origin_lat"),
            "origin_lng": (LON, "origin_lon"),
            "dest_lat": (LAT[::-1], "destination_lat"),
            "dest_lng": (LON[::-1], "destination_lon"),
            "volume": (COUNT, "containers"),
        },
        {},
        ("depart", "unit"),
    ),
    "arcs numbered from nought": (
        "legs",
        {
            "lat0": (LAT, "origin_lat"),
            "lng0": (LON, "origin_lon"),
            "lat1": (LAT[::-1], "destination_lat"),
            "lng1": (LON[::-1], "destination_lon"),
            "start_time": (DAYS, "depart"),
            "n": (COUNT, "containers"),
        },
        {},
        ("unit",),
    ),
    "arcs numbered from one": (
        "legs",
        {
            "lat1": (LAT, "origin_lat"),
            "lon1": (LON, "origin_lon"),
            "lat2": (LAT[::-1], "destination_lat"),
            "lon2": (LON[::-1], "destination_lon"),
            "departed": (DAYS, "depart"),
            "boxes": (COUNT, "containers"),
        },
        {"unit": "container"},
        (),
    ),
    "FlowmapBlue flows": (
        "legs",
        {"origin": (FROM, "origin"), "dest": (TO, "destination"), "count": (COUNT, "containers")},
        {},
        ("depart", "unit"),
    ),
    "FlowmapBlue flows by numbers of places, with time": (
        "legs",
        {
            "origin": (NUMBERS, "origin"),
            "dest": (NUMBERS[::-1], "destination"),
            "count": (COUNT, "containers"),
            "time": (DAYS, "depart"),
        },
        {},
        ("unit",),
    ),
    "FlowmapBlue locations": (
        "places",
        {"id": (NUMBERS, "code"), "name": (FROM, "name"), "lat": (LAT, "lat"), "lon": (LON, "lon")},
        {},
        (),
    ),
    "ports of an index": (
        "places",
        {
            "Main Port Name": (FROM, "name"),
            "UN/LOCODE": (CODES, "code"),
            "Country Code": (["KR", "KP", "NL", "CN"], "country"),
            "Latitude": (LAT, "lat"),
            "Longitude": (LON, "lon"),
            "Alternate Name": (NONE, "aliases"),
        },
        {},
        (),
    ),
    "edges": (
        "legs",
        {
            "source": (FROM, "origin"),
            "target": (TO, "destination"),
            "date": (DAYS, "depart"),
            "value": (COUNT, "containers"),
        },
        {},
        ("unit",),
    ),
    "claims with their source": (
        "legs",
        {
            "from": (FROM, "origin"),
            "to": (TO, "destination"),
            "date": (DAYS, "depart"),
            "quantity": (MANY, "containers"),
            "source": (WHO, "claimant"),
            "publication": (["Kyodo", "Yonhap", "Kyodo", "AP"], "outlet"),
            "link": (LINKS, "url"),
            "remarks": (NONE, "note"),
        },
        {},
        ("unit",),
    ),
    "rail waybills": (
        "legs",
        {
            "Waybill No": (BILLS, "shipment"),
            "Origin Station": (FROM, "origin"),
            "Destination Station": (TO, "destination"),
            "Dispatch date": (FIGURES, "depart"),
            "Train No.": (["1204", "77", "8", "9"], "vessel"),
            "Railcars": (COUNT, "containers"),
            "By": (["rail"] * 4, "mode"),
        },
        {"unit": "railcar"},
        (),
    ),
    "day-first dates and vague counts": (
        "legs",
        {
            "FROM": (FROM, "origin"),
            "TO": (TO, "destination"),
            "DEP": (FIGURES, "depart"),
            "BOXES": (MANY, "containers"),
        },
        {"unit": "container"},
        (),
    ),
    "the actual departure wins over the estimated one": (
        "legs",
        {
            "Load Port": (FROM, "origin"),
            "Discharge Port": (TO, "destination"),
            "ETD": (DAYS, ""),
            "ATD": (DAYS, "depart"),
            "Containers": (COUNT, "containers"),
        },
        {},
        (),
    ),
    "an empty actual departure does not": (
        "legs",
        {
            "Load Port": (FROM, "origin"),
            "Discharge Port": (TO, "destination"),
            "ETD": (DAYS, "depart"),
            "ATD": (NONE, ""),
            "Containers": (COUNT, "containers"),
        },
        {},
        (),
    ),
    "departure and arrival as times": (
        "legs",
        {
            "origin": (FROM, "origin"),
            "destination": (TO, "destination"),
            "departure": (DAYS, "depart"),
            "arrival": (LATER, "arrive"),
            "volume (FEU)": (COUNT, "containers"),
        },
        {"unit": "FEU"},
        (),
    ),
    "departure and arrival as places": (
        "legs",
        {
            "departure": (FROM, "origin"),
            "arrival": (TO, "destination"),
            "sailing date": (DAYS, "depart"),
            "number": (COUNT, "containers"),
        },
        {},
        ("unit",),
    ),
    "rounds": (
        "legs",
        {
            "Place of loading": (FROM, "origin"),
            "Place of delivery": (TO, "destination"),
            "Sailed": (DAYS, "depart"),
            "Rounds": (["about 30,000", "1 million", "12,000", "5000"], "containers"),
        },
        {"unit": "round"},
        (),
    ),
    "positions as text": (
        "legs",
        {
            "start": (["43.1, 131.9"] * 4, "origin"),
            "end": (["42.2, 130.3"] * 4, "destination"),
            "timestamp": (DAYS, "depart"),
            "amount": (COUNT, "containers"),
        },
        {},
        ("unit",),
    ),
    "totals of a report": (
        "totals",
        {
            "According to": (WHO, "claimant"),
            "Date of report": (DAYS, "said_on"),
            "From": (FROM, "origin"),
            "To": (TO, "destination"),
            "Period covered": (["2023-09-07/2023-10-01", "since early August 2023"] * 2, "window"),
            "Number of containers": (MANY, "quantity"),
            "Publisher": (WHO, "outlet"),
        },
        {"unit": "container"},
        (),
    ),
    "a list of events": (
        "events",
        {
            "Event date": (DAYS, "date"),
            "Headline": (GOODS, "title"),
            "Comment": (NONE, "note"),
            "Source URL": (LINKS, "url"),
        },
        {},
        (),
    ),
    "Excel serials": (
        "legs",
        {
            "POL": (FROM, "origin"),
            "POD": (TO, "destination"),
            "Departure Date": (["45176", "45177", "45180", "45200"], "depart"),
            "CNTRS": (COUNT, "containers"),
        },
        {"unit": "container"},
        (),
    ),
    "lat and lon of two named ends, in capitals": (
        "legs",
        {
            "FROM_LATITUDE": (LAT, "origin_lat"),
            "FROM_LONGITUDE": (LON, "origin_lon"),
            "TO_LATITUDE": (LAT, "destination_lat"),
            "TO_LONGITUDE": (LON, "destination_lon"),
            "DATE": (DAYS, "depart"),
            "TOTAL TEU": (COUNT, "containers"),
        },
        {"unit": "TEU"},
        (),
    ),
}
"""Name -> kind, header -> (values, our column or "" where it is not used), fixed texts, what is missing."""
