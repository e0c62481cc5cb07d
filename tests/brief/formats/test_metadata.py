"""What a stranger's file says about itself is read in one pass, within bounds, and as a slow, plain reading has it."""

from __future__ import annotations

import io
import json
import re
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.brief import reproduce
from geo.brief.formats import page, slides_package
from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch
from geo.brief.reproduce import carried
from geo.errors import BriefError

PNG = b"\x89PNG\r\n\x1a\n"
JSON = b'{"brief": "'
FACTS = b'<script type="application/json" id="waybill-facts">'
PIECES = ("<waybill:a>", "</waybill:a>", "<waybill:b-1>", "</waybill:b-1>", "<waybill:", "</waybill:a", "<", ">", "x",
          "&lt;", "&amp;amp;", "\n", "é", "<waybill:1>")  # fmt: skip
MANY = 400_000
"""Openings without an end in a made file: read in pairs they would take days."""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def slow(text: str) -> dict[str, str]:
    """Elements of ours, by a look at every place: name, then text without "<", then the same name's end."""
    found, at = {}, 0
    while at < len(text):
        opening = re.match(r"<waybill:([A-Za-z][A-Za-z0-9-]*)>", text[at:])
        if opening:
            begin = at + opening.end()
            end = begin
            while end < len(text) and text[end] != "<":
                end += 1
            closing = f"</waybill:{opening[1]}>"
            if text[end : end + len(closing)] == closing:
                found[opening[1]] = unescape(text[begin:end])
                at = end + len(closing)
                continue
        at += 1
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_elements_are_those_of_a_plain_reading(text: str) -> None:
    assert reproduce.of_xml(text.encode()) == slow(text)


@given(
    st.lists(st.sampled_from(['<script id="x">', FACTS.decode(), "</script>", '{"a": "1"}', '{"a": ["é"]}', "<", " "]))
)
def test_a_pages_facts_are_those_of_a_plain_reading(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = re.search(re.escape(FACTS.decode()) + "(.*?)</script>", text, re.DOTALL)
    try:
        plain = json.loads(found[1]) if found else {}
    except ValueError:
        plain = {}
    assert page.facts_of(text.encode()) == {name: str(value) for name, value in plain.items()}


@given(
    st.dictionaries(
        st.sampled_from(["brief", "data", "x"]), st.text(st.characters(exclude_characters="\0")), max_size=3
    ),
    st.lists(
        st.sampled_from([chunk(b"tEXt", b"waybill-data\0no"), chunk(b"IDAT", b"\0\1"), chunk(b"iTXt", b"waybill-q")])
    ),
    st.randoms(),
)
def test_text_chunks_are_found_among_others(facts: dict[str, str], others: list[bytes], chance: object) -> None:
    ours = [chunk(b"iTXt", f"waybill-{name}\0\0\0\0\0{text}".encode()) for name, text in facts.items()]
    packed = chunk(b"iTXt", b"waybill-brief\0\1\0\0\0" + zlib.compress(b"no"))
    chunks = [*ours, *others, packed]
    chance.shuffle(chunks)  # type: ignore[attr-defined]
    whole = PNG + b"".join(chunks) + chunk(b"IEND", b"") + b"what follows is no part of it"
    assert reproduce.of_png(whole) == facts


@given(st.dictionaries(st.just("brief"), st.text(max_size=900), min_size=1), st.lists(st.integers(1, 255), max_size=3))
def test_the_comment_of_a_gif_is_joined_from_its_blocks(facts: dict[str, str], sizes: list[int]) -> None:
    said = json.dumps(facts).ljust(255).encode()
    blocks, at = [said[:255]], 255
    while at < len(said):
        size = sizes[len(blocks) % len(sizes)] if sizes else 255
        blocks.append(said[at : at + size])
        at += size
    comment = b"".join(bytes([len(each)]) + each for each in blocks)
    assert reproduce.of_gif(b"GIF89a\x21\xfe\x03old\0\x21\xfe" + comment + b"\0;") == facts


def segment(data: bytes) -> bytes:
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def presentation(part: bytes, name: str = "customXml/item1.xml", kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as file:
        file.writestr(name, part)
    return out.getvalue()


NOTHING = {
    "openings.svg": b"<svg>" + b"<waybill:a>" * MANY,
    "openings of many names.svg": b"<svg>" + b"".join(b"<waybill:a%d>" % each for each in range(MANY)),
    "half openings.svg": b"<svg>" + b"<waybill:aaaaaaaa" * MANY,
    "one long name.svg": b"<svg><waybill:" + b"a" * (8 << 20),
    "one long text.svg": b"<svg><waybill:a>" + b"a" * (8 << 20),
    "openings.pdf": b"%PDF-1.7\n" + b"<< /Type /Metadata >>\nstream\n<waybill:a>" * MANY,
    "segments.jpg": b"\xff\xd8" + segment(b"Exif\0\0aaaaaa") * MANY,
    "packets.webp": b"RIFF\0\0\0\0WEBP" + b"XMP \0\0\0\0" * MANY,
}
"""Files in which there is nothing, and that a reader of pairs or of growing texts would never end with."""


@pytest.mark.parametrize("name", NOTHING)
def test_openings_without_an_end_are_passed_by(name: str) -> None:
    _, facts = carried(NOTHING[name], name)
    assert facts == {}


BIG = b"x" * (MOST_CARRIED + 1)
TOO_MUCH = {
    "one.svg": b"<svg><waybill:a>" + BIG + b"</waybill:a>",
    "many.svg": b"<svg>" + b"<waybill:a></waybill:a>" * MANY,
    "one.png": PNG + chunk(b"iTXt", b"waybill-a\0\0\0\0\0" + BIG) + chunk(b"IEND", b""),
    "many.png": PNG + chunk(b"iTXt", b"waybill-a\0\0\0\0\0") * (MANY // 10) + chunk(b"IEND", b""),
    "one.html": b"<!doctype html>" + FACTS + BIG + b"</script>",
    "openings.html": b"<!doctype html>" + FACTS * MANY,
    "blocks.gif": b"GIF89a\x21\xfe\xff" + JSON + b"a" * 244 + (b"\xff" + b"a" * 255) * (MANY // 10) + b"\0",
    "small blocks.gif": b"GIF89a\x21\xfe\xff" + JSON + b"a" * 244 + b"\1a" * MANY + b"\0",
    "one.pptx": presentation(b'<fact name="a">' + BIG + b"</fact>"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_file_that_says_too_much_about_itself_is_refused_in_words(name: str) -> None:
    with pytest.raises(BriefError, match=r"it says more about itself than 1 MB\. Waybill makes no such file"):
        carried(TOO_MUCH[name], name)


@pytest.mark.parametrize("most", [{"a": "x" * (MOST_CARRIED - 65)}, {f"a{each}": "x" * 900 for each in range(1000)}])
def test_what_is_within_the_limit_is_read_whole(most: dict[str, str]) -> None:
    elements = "".join(f"<waybill:{name}>{text}</waybill:{name}>" for name, text in most.items())
    chunks = [chunk(b"iTXt", f"waybill-{name}\0\0\0\0\0{text}".encode()) for name, text in most.items()]
    assert reproduce.of_xml(elements.encode()) == most
    assert reproduce.of_png(PNG + b"".join(chunks) + chunk(b"IEND", b"")) == most
    text = json.dumps(most)
    assert page.facts_of(FACTS + text[:MOST_CARRIED].encode() + b"</script>") == (
        most if len(text) <= MOST_CARRIED else {}
    )


def bomb(unpacked: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(unpacked >> 20)), packer.flush()])


def peak(work: Callable[[], object]) -> int:
    """Bytes that some work holds at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["png pixels", "png text", "pdf", "pptx", "small pptx"])
def test_what_is_packed_in_a_file_is_never_unpacked_beyond_the_limit(kind: str) -> None:
    size = 128 << 20
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    packed = b"" if "pptx" in kind else bomb(size)
    stream = b"<< /Type /Metadata /Subtype /XML /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    made = {
        "png pixels": lambda: PNG + head + chunk(b"IDAT", packed) + chunk(b"IEND", b""),
        "png text": lambda: PNG + head + chunk(b"zTXt", b"waybill-brief\0\0" + packed) + chunk(b"IEND", b""),
        "pdf": lambda: b"%PDF-1.7\n3 0 obj\n" + stream + packed + b"\nendstream\nendobj\n",
        "pptx": lambda: presentation(bytes(size)),
        "small pptx": lambda: presentation(bytes(32 << 20)),
    }[kind]()

    def read() -> None:
        try:
            assert carried(made, "x")[1] == {}
        except BriefError:
            assert "pptx" in kind

    assert peak(read) < 4 * MOST_CARRIED + 2 * len(made)


def directory_of(many: int) -> bytes:
    """A presentation whose directory alone is large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for each in range(many):
            file.writestr(f"{each:08}", b"")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        lambda: presentation(b"x", "other.xml"),
        lambda: presentation(b"x", kind=zipfile.ZIP_LZMA),
        lambda: directory_of(25_000),
        lambda: b"PK\3\4",
    ],
    ids=["no part", "packed otherwise", "directory", "cut"],
)
def test_slides_of_others_are_refused(content: Callable[[], bytes]) -> None:
    with pytest.raises(BriefError, match="does not say what it was made from"):
        slides_package.carried(io.BytesIO(content()))


@pytest.mark.parametrize("said", [b"[" * 100_000, b'{"brief": "a", "b": ' + b"[" * 100_000, b"9" * 100_000])
def test_json_beyond_measure_is_damage(said: bytes) -> None:
    with pytest.raises(BriefError, match="damaged"):
        carried(b"\0\0\0\x20ftyp" + JSON + b'a", "b": ' + said, "x.mp4")
    assert page.facts_of(FACTS + said + b"</script>") == {}


@pytest.mark.parametrize("cut", [9, 20, 34])
def test_a_picture_that_is_cut_or_changed_is_damaged(cut: int) -> None:
    whole = PNG + chunk(b"IHDR", bytes(13)) + chunk(b"iTXt", b"waybill-a\0\0\0\0\0b") + chunk(b"IEND", b"")
    assert reproduce.of_png(whole) == {"a": "b"}
    for damaged in (whole[:cut], whole[:cut] + bytes([whole[cut] ^ 1]) + whole[cut + 1 :]):
        with pytest.raises(ValueError, match=r"not as it was written|ends early"):
            reproduce.of_png(damaged)


def test_a_chunk_that_claims_more_than_there_is_ends_the_reading() -> None:
    with pytest.raises(ValueError, match="not as it was written"):
        reproduce.of_png(PNG + b"\xff\xff\xff\xffiTXtwaybill-a\0\0\0\0\0b")


def test_so_many_slides_that_their_words_have_no_room_lose_the_last_of_them_and_no_brief() -> None:
    facts = {"brief": "b" * 5_000, **{f"plate-{each}": "&<>" * 4_000 for each in range(2, 200)}, "data": "d"}
    part = slides_package._listed(facts)
    assert len(part) <= MOST_CARRIED
    told = slides_package.carried(io.BytesIO(presentation(part)))
    kept = [name for name in facts if name in told]
    assert kept == [*[name for name in facts if name != "data"][: len(kept) - 1], "data"]
    assert 20 < len(kept) < 100
    assert all(told[name] == facts[name] for name in kept)


def test_a_limit_counts_what_a_text_costs_beside_its_letters() -> None:
    def read(facts: Sequence[tuple[bytes, bytes]]) -> int:
        return sum(1 for _ in reproduce.limited(facts))

    assert read([(b"a", b"b")] * 100) == 100
    with pytest.raises(CarriesTooMuch):
        read([(b"", b"")] * (MOST_CARRIED // 64 + 1))
