"""Nothing that is sent to a page hides anything or turns its line: every element of every page is looked through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.web.hands import drop, go, load, press, text

EVIL = "\u202egnp\u2067.exe Raj\u200bin"
SIGNS = "\u202e\u2067\u200b"
PLACES = f"code,name,lat,lon\nXA,{EVIL} A,35.0,129.0\nXB,{EVIL} B,43.0,132.0\n".encode()
LEGS = f"""origin,destination,depart,containers,claimant,outlet,said_on,words,vessel,cargo,url
XA,XB,2023-09-01,300,{EVIL},{EVIL},2023-10-01,{EVIL},{EVIL},{EVIL},https://x.example/{EVIL}
{EVIL},XB,2023-09-01,300,{EVIL},,,,,,
XA,XB,{EVIL},300,{EVIL},,,,,,
XA,XB,2023-09-01,"300,5",{EVIL},,,,,,
""".encode()
TOTALS = f"""id,origin,destination,window,quantity,claimant,outlet,said_on,words,note,url
t1,XA,XB,2023-09-01/2023-10-01,about 2000,{EVIL} 1,{EVIL},2023-10-01,{EVIL},{EVIL},{EVIL}
t2,XA,XB,2023-09-01/2023-10-01,less than 100,{EVIL} 2,{EVIL},2023-10-02,{EVIL},{EVIL},
""".encode()
EVENTS = f"date,title,note,source,url\n2023-09-02,{EVIL},{EVIL},{EVIL},https://x.example/{EVIL}\n".encode()


def sent(node: Any) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401 -- a block or an element of AppTest
    """Type and bytes of all that the page was sent, elements that AppTest does not know included."""
    for child in getattr(node, "children", {}).values():
        yield from sent(child)
    if getattr(node, "proto", None) is not None and not getattr(node, "children", {}):
        yield str(node.type), node.proto.SerializeToString()


def turned(page: AppTest) -> list[tuple[str, str]]:
    """What was sent with a sign that hides or turns something, and some of the bytes around it."""
    return [
        (kind, content[max(at - 80, 0) : at + 20].decode("utf-8", "replace"))
        for kind, content in sent(page._tree)
        for sign in SIGNS
        if (at := content.find(sign.encode())) >= 0
    ]


def test_no_page_is_sent_a_sign_that_turns_or_hides(page: AppTest) -> None:
    page.run()
    go(page, "data")
    drop(page, (f"{EVIL}.csv", LEGS))
    assert turned(page) == []
    load(page, ("places.csv", PLACES), (f"legs {EVIL}.csv", LEGS), ("totals.csv", TOTALS), ("events.csv", EVENTS))
    assert turned(page) == []
    for where in ("map", "evidence", "brief", "method", "data"):
        go(page, where)
        assert (
            "‹U+202E›" in "".join(body.decode("utf-8", "replace") for _, body in sent(page._tree)) or where == "method"
        )
        assert turned(page) == [], where
    press(page, "Details", 1)
    assert turned(page) == []
    assert "Traceback" not in text(page)
