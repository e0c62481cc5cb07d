"""Headers as others write them: which of our columns they name, how surely, and in which unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.matching.mapping import OURS
from geo.matching.spellings import STANDARD, SYNONYMS, WEAK
from geo.matching.synonyms import is_nameless, known_as, normal
from tests.zoo import HOSTILE_TEXT


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("POL", "origin"),
        ("Port of Loading", "origin"),
        ("PORT_OF_LOADING", "origin"),
        ("portOfLoading", "origin"),
        ("Port-of-Loading (POL)", "origin"),
        ("Loading port", "origin"),
        ("Load Port", "origin"),
        ("UN/LOCODE origin", "origin"),
        ("POL LOCODE", "origin"),
        ("From", "origin"),
        ("from_port", "origin"),
        ("shipper port", "origin"),
        ("Pört of löading", "origin"),
        ("POD", "destination"),
        ("Port of discharge", "destination"),
        ("DISCHARGE PORT", "destination"),
        ("dest", "destination"),
        ("To", "destination"),
        ("target", "destination"),
        ("ETD", "depart"),
        ("ATD (UTC)", "depart"),
        ("Sailing Date", "depart"),
        ("date of departure", "depart"),
        ("Sailed", "depart"),
        ("On-board date", "depart"),
        ("ETA", "arrive"),
        ("arrival_date", "arrive"),
        ("Qty", "containers"),
        ("Cntrs", "containers"),
        ("No. of containers", "containers"),
        ("Number Of Containers", "containers"),
        ("UoM", "unit"),
        ("Transport mode", "mode"),
        ("Vessel Name", "vessel"),
        ("vesselName", "vessel"),
        ("Train no.", "vessel"),
        ("IMO", "imo"),
        ("IMO no.", "imo"),
        ("IMO#", "imo"),
        ("imo_number", "imo"),
        ("MMSI", "mmsi"),
        ("Shipping Line", "carrier"),
        ("Ladehafen", "origin"),
        ("Löschhafen", "destination"),
        ("MENGE", "containers"),
        ("Порт отправления", "origin"),
        ("Дата прибытия", "arrive"),
        ("Контейнеры", "containers"),
        ("출발항", "origin"),
        ("도착일", "arrive"),
        ("仕向地", "destination"),
        ("コンテナ数", "containers"),
        ("开航日期", "depart"),
        ("卸货港", "destination"),
        ("Port de déchargement", "destination"),
        ("Fecha de salida", "depart"),
        ("Operator", "carrier"),
        ("Commodity", "cargo"),
        ("Description of Goods", "cargo"),
        ("HS description", "cargo"),
        ("B/L No.", "shipment"),
        ("Bill of Lading Number", "shipment"),
        ("Booking", "shipment"),
        ("Reported by", "claimant"),
        ("According to", "claimant"),
        ("Publication", "outlet"),
        ("Report date", "said_on"),
        ("Link", "url"),
        ("Remarks", "note"),
        ("source_lat", "origin_lat"),
        ("sourceLng", "origin_lon"),
        ("Target Longitude", "destination_lon"),
        ("to_lat", "destination_lat"),
        ("lat_from", "origin_lat"),
        ("lat0", "origin_lat"),
        ("lng2", "destination_lon"),
        ("pickup_longitude", "origin_lon"),
        ("dropoff_latitude", "destination_lat"),
        ("start_lat", "origin_lat"),
        ("end_long", "destination_lon"),
    ],
)
def test_a_header_of_the_field_names_our_column(header: str, column: str) -> None:
    assert known_as(header, "legs")[0].column == column


@pytest.mark.parametrize(
    ("column", "headers"),
    [
        ("origin", "Отправление | Порт отгрузки | 出发地 | 출발 | porto de embarque | origem | بندر مبدأ"),
        ("destination", "Назначение | Порт прибытия | 目的地 | 목적지 | porto de destino | destinazione | مقصد"),
        ("depart", "Дата отгрузки | 装船日期 | 선적일 | 船積日 | data de partida | تاريخ الشحن"),
        ("arrive", "Дата прихода | 抵港日期 | 하역일 | 荷揚日 | data di arrivo"),
        ("vessel", "Название судна | 船名 | 선박명 | nombre del buque | Schiffsname | gemi adı | اسم السفينة"),
        ("claimant", "Источник | 来源 | 출처 | 情報源 | fuente | Quelle | kaynak | المصدر"),
        ("cargo", "Груз | 货名 | 품목 | 品名 | mercancía | Ladung | البضاعة"),
        ("url", "Ссылка | 链接 | 링크 | リンク | enlace | lien"),
        ("said_on", "Дата публикации | 发布日期 | 보도일 | 掲載日 | date de publication"),
        ("containers", "集装箱数 | コンテナ数 | 컨테이너수 | quantidade | кількість контейнерів"),
    ],
)
def test_headers_of_other_languages_are_known(column: str, headers: str) -> None:
    for header in headers.split(" | "):
        assert known_as(header, "legs")[0].column == column, header


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("TEU", "TEU"),
        ("TEUs", "TEU"),
        ("Volume (TEU)", "TEU"),
        ("qty_teu", "TEU"),
        ("Total TEU", "TEU"),
        ("FEU", "FEU"),
        ("Tonnes", "tonne"),
        ("Weight [t]", "tonne"),
        ("Gross weight (kg)", "kg"),
        ("Rounds", "round"),
        ("Railcars", "railcar"),
        ("No. of wagons", "railcar"),
        ("Containers", "container"),
        ("Boxes", "container"),
        ("Quantity", ""),
        ("Containers (TEU)", "TEU"),
        ("컨테이너(TEU)", "TEU"),
        ("箱量（TEU）", "TEU"),
        ("Weight of containers in tonnes", "tonne"),
        ("TEU (boxes)", ""),
    ],
)
def test_a_header_may_say_the_unit(header: str, unit: str) -> None:
    known = known_as(header, "legs")[0]
    assert (known.column, known.unit) == ("containers", unit)


@pytest.mark.parametrize(
    "header", ["TEU capacity of the ship", "Tonnage certificate", "Box colour", "x", "", "№", "   "]
)
def test_what_only_mentions_a_unit_is_not_how_many(header: str) -> None:
    assert "containers" not in {known.column for known in known_as(header, "legs")}


def test_the_same_name_may_stand_for_several_columns_the_likelier_first() -> None:
    assert [known.column for known in known_as("source", "legs")] == ["claimant", "origin"]
    assert {known.column for known in known_as("lat1", "legs")} == {"origin_lat", "destination_lat"}
    assert [known.column for known in known_as("departure", "legs")] == ["depart", "origin"]


@pytest.mark.parametrize("kind", list(OURS))
def test_every_column_of_ours_is_a_name_of_itself_however_it_is_spelt(kind: str) -> None:
    for column in OURS[kind]:
        for spelling in (column.name, column.name.upper(), column.name.replace("_", " ").title()):
            best = known_as(spelling, kind)[0]
            assert (best.column, best.strength) == (column.name, STANDARD), spelling


@pytest.mark.parametrize("kind", list(OURS))
def test_the_table_speaks_of_our_columns_only_and_every_spelling_is_found(kind: str) -> None:
    ours = {column.name for column in OURS[kind]}
    assert set(SYNONYMS[kind]) <= ours
    for column, names in SYNONYMS[kind].items():
        for spelling in (each for level in names.values() for each in level):
            assert column in {known.column for known in known_as(spelling, kind)}, spelling


def test_case_spaces_punctuation_accents_and_camel_case_make_no_difference() -> None:
    spellings = ("port of loading", " Port  of Loading ", "PORT-OF-LOADING", "port_of_loading", "Pórt of Loading:")
    assert len({normal(each) for each in spellings}) == 1
    assert known_as("PortOfLoading", "legs")[0].column == "origin"
    assert known_as("PoL", "legs")[0].column == "origin"


@pytest.mark.parametrize("kind", list(OURS))
@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_headers_are_nobody_to_be_sure_of(text: str, kind: str) -> None:
    assert all(known.strength <= WEAK for known in known_as(text, kind))


@given(st.text(max_size=300))
def test_any_header_is_answered(header: str) -> None:
    for kind in OURS:
        strengths = [known.strength for known in known_as(header, kind)]
        assert strengths == sorted(strengths, reverse=True)


def test_a_column_without_a_name() -> None:
    assert is_nameless("column 3")
    assert not is_nameless("column of ships")
