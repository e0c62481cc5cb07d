"""A link leads where it says; whatever hides that, or can be read in two ways, is text."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.safe_text import LONGEST, web_link


@pytest.mark.parametrize(
    ("text", "address", "host"),
    [
        ("https://www.example.org/a?b=c&d=@e#f", "https://www.example.org/a?b=c&d=@e#f", "www.example.org"),
        (" HTTP://Example.org ", "http://example.org", "example.org"),
        ("https://example.org:8443/x", "https://example.org:8443/x", "example.org:8443"),
        ("http://127.0.0.1:8501/", "http://127.0.0.1:8501/", "127.0.0.1:8501"),
        ("http://[::1]/", "http://[::1]/", "[::1]"),
        ("https://example.org/it's", "https://example.org/it%27s", "example.org"),
        ("https://example.org/神戸", "https://example.org/%E7%A5%9E%E6%88%B8", "example.org"),
        ("https://müller.example/", "https://xn--mller-kva.example/", "xn--mller-kva.example"),
        ("https://раураl.example/", "https://xn--l-7sba6dbr.example/", "xn--l-7sba6dbr.example"),
        ("https://ｇood.example/", "https://good.example/", "good.example"),
    ],
)
def test_a_link_has_its_address_and_its_host_in_ascii(text: str, address: str, host: str) -> None:
    link = web_link(text)
    assert link is not None
    assert (link.address, link.host) == (address, host)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https:example.org",
        "https:///example.org",
        "https://",
        "https://google.com@evil.example",
        "https://user:word@evil.example/",
        "https://evil.example\\@good.example/",
        "https://good.example/a b",
        "https://good .example/",
        "https://good.example/\nx",
        "https://good.example/\tx",
        "java\nscript:alert(1)",
        "https://good.example/\u202egnp.exe",
        "https://go\u200bod.example/",
        "https://good.example/\x00",
        'https://good.example/"onclick=alert(1)',
        "https://good.example/<script>",
        "https://evil%2eexample/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://1.2.3/",
        "https://good..example/",
        "https://good.example:99999/",
        "https://good.example:x/",
        "https://[::1/",
        "https://\u2100.example/",
        "https://good.example/" + "x" * LONGEST,
    ],
)
def test_what_hides_where_it_leads_is_no_link(text: str) -> None:
    assert web_link(text) is None


@given(
    st.one_of(
        st.text(), st.from_regex(r"https?://[ -~]*", fullmatch=True), st.text().map(lambda text: f"https://{text}")
    )
)
@example("https://a@b")
@example("https://a\\b@c")
def test_the_host_that_is_told_is_the_host_that_is_asked(text: str) -> None:
    link = web_link(text)
    if link is None:
        return
    assert link.address.isascii()
    assert link.address.isprintable()
    assert not set(link.address) & set(" <>\"'`\\^{|}")
    parts = urlsplit(link.address)
    assert parts.netloc == link.host
    assert "@" not in parts.netloc
    assert link.address.startswith(("https://", "http://"))
    assert web_link(link.address) == link
