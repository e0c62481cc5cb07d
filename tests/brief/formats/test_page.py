"""One file that asks nothing of anybody: its policy, its texts, its data, and the same bytes again."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geo.brief.formats import page as page_module
from geo.brief.formats.page import Opening, facts_of, page, save_page
from geo.brief.formats.page_data import text_of
from geo.brief.plate.plate import Words
from geo.errors import BriefError
from geo.safe_text import legible
from geo.scene.scene import Scene
from geo.scene.view import Bounds

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--{scene}\u202e\u2028&amp;"
WORDS = Words("What Seoul says", "And Washington", "TLP:AMBER", "First.\nSecond.")
ADDRESS = re.compile(r"https?://[^\s\"'<>]*", re.IGNORECASE)


class Read(HTMLParser):
    """What a browser would make of the page: tags with attributes, and the text of each element by its id or tag."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = str(dict(attrs).get("id") or tag)

    def handle_endtag(self, tag: str) -> None:
        self._open = f"after {tag}"

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def scene(self) -> dict[str, dict[str, dict[str, object]]]:
        found: dict[str, dict[str, dict[str, object]]] = json.loads(self.texts["waybill-scene"])
        return found


@pytest.fixture(scope="module")
def content(article: Scene) -> bytes:
    return page(article, WORDS, "ab" * 32, "1.2.3", carry={"brief": "title = 'x'"})


def test_equal_arguments_are_equal_bytes(article: Scene, content: bytes, tmp_path: Path) -> None:
    asked = {"data_hash": "ab" * 32, "version": "1.2.3", "carry": {"brief": "title = 'x'"}}
    page_module._script.cache_clear()
    save_page(article, tmp_path / "page.html", WORDS, **asked)
    opened = io.BytesIO()
    save_page(article, opened, WORDS, **asked)
    assert (tmp_path / "page.html").read_bytes() == opened.getvalue() == content


def test_the_file_stays_small_enough_for_a_letter(content: bytes) -> None:
    assert len(content) < 2_600_000


def test_the_policy_allows_the_one_script_and_no_connection(content: bytes) -> None:
    read = Read(content)
    policy = next(
        str(meta["content"]) for meta in read.named("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    digest = base64.b64encode(hashlib.sha256(read.texts["script"].encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    # It holds for what comes after it.
    first = [meta.get("http-equiv") or meta.get("charset") for meta in read.named("meta")][:2]
    assert first == ["utf-8", "Content-Security-Policy"]
    assert {"http-equiv": "x-dns-prefetch-control", "content": "off"} in read.named("meta")


def test_the_only_addresses_are_links_of_sources(article: Scene, content: bytes) -> None:
    read = Read(content)
    wanted = {str(url) for url in article.reports.url if url}
    links = [link for link in read.named("a") if not str(link["href"]).startswith("#source-")]
    assert {link["href"] for link in links} == wanted
    assert all(link["rel"] == "noopener noreferrer" for link in links)
    # The player's script holds names that look like addresses; the policy is what keeps it from asking for any.
    known = {"script", "licences", "waybill-scene"}
    elsewhere = [text for name, text in read.texts.items() if name not in known]
    assert [found for text in elsewhere for found in ADDRESS.findall(text)] == []
    told = set(ADDRESS.findall(json.loads(json.dumps(read.scene["texts"]["scene"])).replace("\\", "")))
    assert told <= {str(url) for column in (article.reports.url, article.events.url) for url in column}
    sources = [
        value for _, attributes in read.tags for name, value in attributes.items() if name in ("src", "srcset", "data")
    ]
    assert sources == []
    assert read.named("link") == read.named("iframe") == read.named("img") == []


def test_the_script_is_the_player_as_a_function(content: bytes) -> None:
    script = Read(content).texts["script"]
    assert script.startswith("const player = (fetch, address) => {")
    assert "import.meta" not in script
    assert not re.search(r"\bexport\s*\{", script)
    assert Read(content).tags.count(("script", {"type": "module"})) == 1


@pytest.mark.parametrize(
    "damage", ["export{x as default};", "", "fetch(import.meta.url);fetch(import.meta.url);export{x as default};"]
)
def test_a_bundle_that_is_not_ours_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str) -> None:
    (tmp_path / "index.js").write_text(damage)
    (tmp_path / "land-50m.bin").write_bytes(b"")
    monkeypatch.setattr(page_module, "BUNDLE", tmp_path)
    page_module._script.cache_clear()
    with pytest.raises(BriefError, match="make player"):
        page_module._script()
    page_module._script.cache_clear()
    text_of.cache_clear()


def test_no_tag_in_the_bundle_ends_the_script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "index.js").write_text('new URL(import.meta.url);a="</script><!--<SCRIPT";export{x as default};')
    (tmp_path / "land-50m.bin").write_bytes(b"")
    monkeypatch.setattr(page_module, "BUNDLE", tmp_path)
    page_module._script.cache_clear()
    script = page_module._script()
    page_module._script.cache_clear()
    assert r'a="\x3c/script>\x3c!--\x3cSCRIPT"' in script


def test_hostile_texts_are_text(renamed: Callable[..., Scene]) -> None:
    scene = renamed((EVIL, EVIL), 3, EVIL, "javascript:alert(1)")
    scene = replace(scene, title=EVIL, unit=EVIL)
    words = Words(EVIL, EVIL, EVIL, EVIL)
    read = Read(page(scene, words, EVIL, EVIL, carry={"brief": EVIL}))
    kinds = sorted(str(script.get("type")) for script in read.named("script"))
    assert kinds == ["application/json", "application/json", "module", "text/plain"]
    assert read.named("img") == read.named("a") == []
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert json.loads(read.scene["texts"]["scene"])["title"] == legible(EVIL)  # type: ignore[arg-type]
    assert facts_of(page(scene, carry={"brief": EVIL}))["brief"] == EVIL
    assert "\u202e" not in "".join(text for name, text in read.texts.items() if not name.startswith("waybill-"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        'https://x.org/"onclick=a',
        "//x.org",
        "data:text/html,x",
        "https://x.org@evil.example",
        "https://x.org/\u202egnp",
        "https://x.org\\@evil.example",
    ],
)
def test_only_web_addresses_are_links(renamed: Callable[..., Scene], url: str) -> None:
    content = page(renamed(("A", "B"), 1, url=url))
    assert Read(content).named("a") == []
    assert f"<bdi>{escape(legible(url))}</bdi>" in content.decode(), "it stands there as text"


def test_a_link_is_told_by_the_host_that_it_leads_to(renamed: Callable[..., Scene]) -> None:
    text = page(renamed(("A", "B"), 1, url="https://рaypal.example/x?a=1&b=2")).decode()
    host = "xn--aypal-uye.example"
    assert f'<a href="https://{host}/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">{host}</a>' in text


def test_sources_are_numbered_with_claimant_date_and_link(article: Scene, content: bytes) -> None:
    read = Read(content)
    assert [item["id"] for item in read.named("li")] == [f"source-{row + 1}" for row in range(article.reports.id.size)]
    text = content.decode()
    for column in (article.reports.said_on, article.reports.summary):
        assert all(str(value) in text for value in column)
    assert (
        '<p class="who" dir="auto">South Korean military</p><p class="when"><bdi>Kyodo</bdi>, <bdi>2 Nov 2023</bdi></p>'
        in text
    )
    assert text.count("Not on the map") == int((~article.reports.drawn).sum())


def test_words_stand_where_they_belong(content: bytes) -> None:
    text = content.decode()
    assert text.count('<p class="handling">TLP:AMBER</p>') == 2
    assert '<h1>What Seoul says</h1><p class="subtitle">And Washington</p>' in text
    assert '<p class="note">First.\nSecond.</p>' in text
    assert "<title>What Seoul says</title>" in text
    assert "Waybill 1.2.3 · data abababababab<" in text


def test_without_words_the_data_speak(article: Scene) -> None:
    text = page(article).decode()
    assert "<title>Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported</title>" in text
    assert '<h1 class="unseen">' in text
    assert 'class="handling"' not in text
    assert 'class="note"' not in text


def test_the_facts_are_read_again(content: bytes) -> None:
    facts = facts_of(content)
    assert facts["data"] == "ab" * 32
    assert facts["brief"] == "title = 'x'"
    assert facts["software"] == "Waybill 1.2.3"
    asked = json.loads(facts["page"])
    assert asked["words"]["handling"] == "TLP:AMBER"
    assert asked["moment"] is None
    assert facts_of(b"<html></html>") == {}
    assert facts_of('<script type="application/json" id="waybill-facts">{</script>') == {}


def test_the_licences_of_what_is_inside_travel_along(content: bytes) -> None:
    assert "deck.gl" in Read(content).texts["licences"]


def test_the_opening_is_told_to_the_player(article: Scene) -> None:
    opening = Opening(moment=62 * 86_400.0, window=7 * 86_400.0, view=Bounds(128, 40, 134, 45))
    shown = json.loads(str(Read(page(article, opening=opening)).scene["texts"]["initial"]))
    assert shown["moment"] == "2023-10-02T00:00:00.000000Z"
    assert (shown["mode"], shown["window"]) == ("window", 604_800.0)
    assert shown["view"]["longitude"] == 131
    assert json.loads(str(Read(page(article)).scene["texts"]["initial"])) == {}


@pytest.mark.parametrize(
    "opening", [Opening(moment=-1), Opening(moment=1e12), Opening(window=0), Opening(view=Bounds(0, 9, 1, 8))]
)
def test_an_opening_that_cannot_be_is_refused(article: Scene, opening: Opening) -> None:
    with pytest.raises(BriefError):
        page(article, opening=opening)


def test_a_place_that_cannot_be_written_is_named(article: Scene, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be written"):
        save_page(article, tmp_path / "no" / "page.html")
