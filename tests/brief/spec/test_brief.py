"""A brief reads what it writes, refuses what it cannot keep, and makes the same plates of the same data."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.brief.outputs import format_of, planned, portable, written_brief
from geo.brief.pictures import plates_of, prepared, said
from geo.brief.plate.plate import Words
from geo.brief.spec import keys as brief_keys
from geo.brief.spec.brief import MOST_BYTES, Brief, Choice, DataRef, parse_brief, read_brief
from geo.brief.spec.data import DataChanged, gather
from geo.errors import BriefError
from geo.library_folder import VARIABLE
from tests.examples import examples

TOTALS = (
    "id,claimant,said_on,origin,destination,window,quantity,nature\n"
    'about,Alpha,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"about 2,000",estimate\n'
    'least,Beta,2023-10-13,KPRJN,RUVVO,2023-09-07/2023-10-01,"more than 1,000",estimate\n'
)
BAD = "bad,Beta,2023-10-13,KPRJN,RUVVO,2023-09-07/2023-10-01,many,estimate\n"
FILE = DataRef("file", "totals.csv")


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "library"))


@pytest.fixture
def own(tmp_path: Path) -> Brief:
    """A brief of one file of two totals."""
    (tmp_path / "totals.csv").write_text(TOTALS, "utf-8")
    return Brief(data=(FILE,), folder=tmp_path)


def refused(text: str) -> str:
    with pytest.raises(BriefError) as caught:
        parse_brief(text, "brief.toml")
    return str(caught.value)


def flat(longest: int) -> st.SearchStrategy[str]:
    def read(given: str) -> str:
        try:
            return brief_keys.text(given, longest)
        except ValueError:
            return ""

    return st.text(max_size=longest).map(read)


NAMES = st.lists(flat(40), max_size=3, unique=True).map(tuple)
SHAS = st.just("") | st.binary(max_size=4).map(lambda content: hashlib.sha256(content).hexdigest())
MOMENTS = st.integers(-2_208_988_800, 4_102_444_800).map(lambda each: datetime.fromtimestamp(each, UTC))
SAID = (MOMENTS | MOMENTS.map(datetime.date)).map(brief_keys.moment)
PARTS = (
    st.builds(DataRef, st.just("set"), st.sampled_from(brief_keys.SETS), sha256=SHAS)
    | st.builds(DataRef, st.just("import"), st.from_regex(r"[0-9a-f]{16}", fullmatch=True), sha256=SHAS)
    | st.builds(DataRef, st.just("file"), flat(40).filter(bool), st.sampled_from(("", *brief_keys.KINDS)), SHAS)
)
SIDES = st.tuples(st.floats(-180, 180), st.floats(-90, 89), st.floats(0.1, 179), st.floats(0.5, 1))
BRIEFS = st.builds(
    Brief,
    data=st.lists(PARTS, min_size=1, max_size=3).map(tuple),
    unit=flat(20).filter(bool),
    filters=st.builds(
        Choice,
        NAMES,
        NAMES,
        st.lists(st.sampled_from(["maritime", "rail", "unstated"]), unique=True).map(tuple),
        *[NAMES] * 4,
    ),
    moments=st.lists(SAID, max_size=4).map(brief_keys.moments),
    since=st.just("") | SAID,
    until=st.just("") | SAID,
    frame=st.sampled_from(["16:9", "a4", "1200x800", "180x120mm@300"]),
    look=st.sampled_from(["light", "dark", "grey"]),
    view=st.just(()) | SIDES.map(lambda s: (s[0], s[1], s[0] + s[2], s[1] + s[3])),
    together=st.booleans(),
    film_seconds=st.floats(0.5, 120),
    words=st.builds(Words, *[flat(60)] * 4),
    version=flat(20),
    gazetteer=SHAS,
)


@given(BRIEFS)
def test_a_brief_that_is_written_reads_as_itself(brief: Brief) -> None:
    assert parse_brief(brief.toml()) == brief
    assert parse_brief(brief.toml()).sha256 == brief.sha256


@given(st.text(max_size=200))
def test_whatever_a_text_is_it_is_a_brief_or_an_error_in_words(text: str) -> None:
    with suppress(BriefError):
        assert isinstance(parse_brief(text), Brief)


def test_an_empty_brief_is_the_founding_article() -> None:
    assert parse_brief("") == Brief()
    (plate,) = plates_of(Brief())
    assert plate.moments == (plate.scene.seconds,)
    assert plate.scene.corridors.id.tolist() == ["KPRJN>RUVVO>1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[words]\ntitel = 'x'", "brief.toml, words.titel: the key does not exist. The nearest is words.title."),
        ("title = 'x'", "The nearest is words.title."),
        ("[wordz]\ntitle = 'x'", "The nearest is words.title."),
        ("units = 'TEU'", "The nearest is unit."),
        ("[[data]]\nfiel = 'x'", "data 1, fiel: the key does not exist. The nearest is file."),
        ("[[data]]", "it names one of set, file and import"),
        ("[[data]]\nset = 'founding'\nfile = 'a.csv'", "it names one of set, file and import"),
        ("[[data]]\nset = 'other'", "it is one of founding, wider"),
        ("[[data]]\nfile = 'a.csv'\nsha256 = 'abc'", "64 hexadecimal digits"),
        ("data = 'founding'", "it is a table for each"),
        ("[time]\nmoments = ['2023-13-01']", "a day such as 2023-09-01"),
        ("[time]\nmoments = ['2023-09-01']\nevery = '7d'", "a brief has one of them"),
        ("[time]\nevery = '7 moons'", "a length of time such as 12h, 7d or 2w"),
        ("[time]\nmode = 'trailing'", "a trailing window has a length"),
        ("[time]\nmode = 'cumulative'\nwindow = '7d'", "what is cumulative has none"),
        ("[picture]\nlook = 'pink'", "it is one of light, dark, grey"),
        ("[picture]\nframe = '16:10'", "frame = '16:10': there is no frame of that name. Give one of 16:9"),
        (
            "[picture]\nframe = '99999x99999'",
            ": a side lies between 320 and 10,000 pixels, and this is 99,999 x 99,999.",
        ),
        (
            "[picture]\nframe = '3000x400'",
            "'3000x400': a side is at most 4 times the other. Make the frame less narrow.",
        ),
        ("[time]\nmoments = [" + "2023-09-01," * 401 + "]", "it is a list of at most 400 moments"),
        ("[picture]\nview = [0, 10, 20, 5]", "south lies below its north"),
        ("[filters]\nmode = ['teleport']", "it is one or more of unstated, maritime, rail, road, air"),
        ("[words]\ntitle = 5", "a text in quotes"),
        ("x = ", "not valid TOML"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(text: str, told: str) -> None:
    assert told in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "[words]\ntitle = " + "9" * 5_000,
        "unit = 0x" + "f" * 5_000,
        f"[picture]\nview = [1e400, {'9' * 400}, inf, nan]",
        "[film]\nseconds = nan",
        "[time]\nevery = '999999w'",
        "[time]\nmoments = [9999-12-31T23:59:59-23:59]",
        '[words]\ntitle = "\\u0000 \\u001b[31m"',
        '[words]\ntitle = "\\uFFFE"',
        '[[data]]\nfile = "a\\u0000.csv"',
        "x = " + "[" * 4_000,
        "[filters]\nclaimant = [" + "'a'," * 1_000 + "]",
        "[words]\nnote = '" + "long " * 1_000 + "'",
        "[[data]]\nset = 'founding'\n" * 500,
        '"\\u202ekey" = 1',
    ],
)
def test_hostile_files_get_a_sentence(text: str) -> None:
    assert refused(text).isprintable()


def test_a_file_beyond_measure_or_none_at_all_is_refused(tmp_path: Path) -> None:
    for name, content in (("big.toml", b"#" * (MOST_BYTES + 1)), ("latin.toml", b"# \xff")):
        (tmp_path / name).write_bytes(content)
    for name in ("big.toml", "latin.toml", "none.toml", "."):
        with pytest.raises(BriefError):
            read_brief(tmp_path / name)


def test_a_day_is_its_end_and_a_moment_is_itself() -> None:
    assert brief_keys.instant("2023-09-01") == datetime(2023, 9, 2, tzinfo=UTC)
    assert brief_keys.moments(["2023-09-01T12:00+09:00", "2023-08-31"]) == ("2023-08-31", "2023-09-01T03:00Z")
    days = prepared(replace(Brief(), moments=("2023-09-01", "2023-10-01"))).pictures
    assert [each.name for each in days] == ["2023-09-01", "2023-10-01"]
    start = days[0].plate.scene.start
    assert [each.plate.moments[0] for each in days] == [
        (datetime(2023, month, 2, tzinfo=UTC) - start).total_seconds() for month in (9, 10)
    ]


@examples(25)
@given(st.integers(1, 400), st.sampled_from("hd"))
def test_every_so_often_ends_with_the_end(count: int, unit: str) -> None:
    step = f"{count}{unit}"
    brief = replace(Brief(), every=step)
    if brief_keys.seconds(step) < 6 * 3_600:
        with pytest.raises(BriefError, match="limit"):
            prepared(brief)
        return
    pictures = prepared(brief).pictures
    moments = [each.plate.moments[0] for each in pictures]
    assert moments[-1] == pictures[0].plate.scene.seconds
    gaps = {after - before for before, after in zip([0, *moments], moments[:-1], strict=False)}
    assert gaps <= {brief_keys.seconds(step)}
    assert len({each.name for each in pictures}) == len(pictures)


def test_a_span_holds_its_first_and_last_day() -> None:
    brief = replace(Brief(), every="1d", since="2023-09-01", until="2023-09-03")
    assert [each.name for each in prepared(brief).pictures] == ["2023-09-01", "2023-09-02", "2023-09-03"]


def test_moments_outside_the_data_and_grids_that_do_not_fill_are_refused() -> None:
    for brief, told in (
        (replace(Brief(), moments=("2019-01-01",)), "the data run from 2023-08-01 to 2023-11-02"),
        (replace(Brief(), moments=("2023-09-01",), together=True), "one picture takes 2, 4 or 6"),
        (replace(Brief(), every="1h"), "and the limit is 400"),
        (replace(Brief(), since="2023-11-02", until="2023-10-01", every="1d"), "before time.to"),
    ):
        with pytest.raises(BriefError, match=told):
            prepared(brief)


@pytest.mark.parametrize("count", [2, 4])
def test_several_together_are_one_plate(count: int) -> None:
    days = ("2023-08-15", "2023-09-01", "2023-10-01", "2023-11-01")
    (plate,) = plates_of(replace(Brief(), moments=days[:count], together=True))
    assert len(plate.moments) == count


def test_filters_leave_out_and_name_what_nobody_says(own: Brief) -> None:
    def shown(**filters: tuple[str, ...]) -> list[str]:
        return plates_of(replace(own, filters=Choice(**filters)))[0].scene.reports.id.tolist()

    assert shown() == ["about", "least"]
    assert (
        shown(claimant=("alpha",)) == ["about"] == shown(without_claimant=("Beta",)) == shown(without_report=("least",))
    )
    assert shown(origin=("rason",), destination=("RUVVO",)) == ["about", "least"]
    with pytest.raises(BriefError, match=r"'Alpho': it is not in any report\. The nearest is Alpha"):
        shown(claimant=("Alpho",))
    with pytest.raises(BriefError, match="Known: container"):
        plates_of(replace(own, unit="zebra"))


def test_filters_leave_the_clock_alone(own: Brief) -> None:
    whole, less = (plates_of(replace(own, filters=each))[0].scene for each in (Choice(), Choice(claimant=("Beta",))))
    assert (less.start, less.seconds) == (whole.start, whole.seconds)


def test_a_changed_file_is_refused_in_words_and_taken_when_agreed_to(own: Brief) -> None:
    brief = prepared(own).brief
    assert brief.data[0].sha256 == hashlib.sha256(TOTALS.encode()).hexdigest()
    assert prepared(brief).changes == ()
    file = own.folder / "totals.csv"
    file.write_text(TOTALS.replace("about 2,000", "about 3,000"), "utf-8")
    with pytest.raises(DataChanged, match=r"file totals\.csv changed: SHA-256 [0-9a-f]{16}… then, [0-9a-f]{16}… now"):
        prepared(brief)
    taken = prepared(brief, changed=True)
    assert len(taken.changes) == 1
    assert taken.pictures[0].plate.data_hash != prepared(own.__class__()).pictures[0].plate.data_hash
    file.unlink()
    with pytest.raises(DataChanged, match=r"file totals\.csv: it is not in"):
        prepared(brief, changed=True)


def test_rows_set_aside_are_told(own: Brief) -> None:
    (own.folder / "totals.csv").write_text(TOTALS + BAD, "utf-8")
    (told,) = prepared(own).told
    assert (told.file, told.rows, told.set_aside, told.problems[0].row) == ("totals.csv", 3, 1, 4)


def test_the_order_of_data_changes_nothing(own: Brief) -> None:
    (own.folder / "more.csv").write_text(TOTALS.replace("Alpha", "Gamma"), "utf-8")
    parts = (FILE, DataRef("file", "more.csv"), DataRef("set", "founding"))
    one, other = (prepared(replace(own, data=each)) for each in (parts, (*parts[::-1], FILE)))
    assert one.brief == other.brief
    assert one.pictures[0].plate.describe() == other.pictures[0].plate.describe()
    assert len(set(one.scene.reports.id.tolist())) == one.scene.reports.id.size


def test_a_report_that_two_files_give_word_for_word_is_one(own: Brief) -> None:
    (own.folder / "more.csv").write_text(TOTALS.replace("2,000", "2,100"), "utf-8")
    assert prepared(own).scene.reports.id.tolist() == ["about", "least"]
    both = prepared(replace(own, data=(FILE, DataRef("file", "more.csv")))).scene.reports.id.tolist()
    assert "least" in both
    assert sorted(report[:7] for report in both) == ["about (", "about (", "least"]
    assert set(both) == set(prepared(replace(own, data=(DataRef("file", "more.csv"), FILE))).scene.reports.id.tolist())


def test_two_files_that_mean_two_places_by_one_code_keep_both(own: Brief) -> None:
    for name, lon in (("a.csv", 131.9), ("b.csv", 140.0)):
        (own.folder / name).write_text(f"code,name,lon,lat\nquay,Quay,{lon},43.1\n", "utf-8")
    found = gather(replace(own, data=(FILE, DataRef("file", "a.csv"), DataRef("file", "b.csv"))))
    assert {"quay (43.10, 131.90)", "quay (43.10, 140.00)"} <= set(found.data.places.frame["code"])


def test_what_is_said_beside_a_brief_stands_in_its_place() -> None:
    start = replace(Brief(), every="7d", words=Words(title="One", note="Two"))
    found = said(start, {"time.moments": "2023-09-01, 2023-10-01", "time.window": "30d", "words.title": "Other"})
    assert (found.moments, found.every, found.clock, found.seconds) == (
        ("2023-09-01", "2023-10-01"), "", "trailing", 30 * 86_400
    )  # fmt: skip
    assert found.words == Words(title="Other", note="Two")
    assert said(found, {"time.window": "", "time.every": "1d"}).clock == "cumulative"


def test_names_of_files_for_several_moments(tmp_path: Path) -> None:
    made = prepared(replace(Brief(), moments=("2023-09-01", "2023-10-01T06:00Z")))
    names = [each.path.name for each in planned(made, [tmp_path / "OUT.png", tmp_path / "OUT.pptx"])]
    assert names == ["OUT-2023-09-01.png", "OUT-2023-10-01T0600Z.png", "OUT.pptx"]
    with pytest.raises(BriefError, match="two of them are the same file"):
        planned(made, [tmp_path / "OUT.png", tmp_path / "OUT.png"])
    with pytest.raises(BriefError, match="Extensions are png"):
        format_of(Path("OUT.bmp"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sub/a.csv", "sub/a.csv"),
        ("/home/alice/a.csv", "a.csv"),
        ("../alice/a.csv", "a.csv"),
        ("C:\\alice\\a.csv", "a.csv"),
        ("..\\alice\\a.csv", "a.csv"),
    ],
)
def test_a_picture_does_not_tell_where_its_owner_keeps_files(given: str, kept: str) -> None:
    assert portable(Brief(data=(DataRef("file", given),))).data[0].name == kept


def test_a_written_brief_finds_its_files_from_its_own_folder(own: Brief) -> None:
    folder = own.folder / "deep" / "er"
    folder.mkdir(parents=True)
    ((path, content),) = written_brief(prepared(own).brief, folder / "brief.toml").items()
    path.write_bytes(content)
    again = read_brief(path)
    assert again.data[0].name == "../../totals.csv"
    assert prepared(again).changes == ()


def test_data_without_a_report_say_so_and_why(tmp_path: Path) -> None:
    head, bad = TOTALS.split("\n", 1)[0] + "\n", BAD
    for name, content in (("empty.csv", head), ("bad.csv", head + bad)):
        (tmp_path / name).write_text(content)
    for files, told in (
        (("empty.csv",), r"empty.csv: there is nothing to draw: no row in it reports a shipment\. Give a file"),
        (
            ("bad.csv",),
            r"nothing to draw: the one row was set aside\. The first: line 2, quantity: these words give no number",
        ),
    ):
        with pytest.raises(BriefError, match=told):
            prepared(Brief(data=tuple(DataRef("file", name, "totals") for name in files), folder=tmp_path))
