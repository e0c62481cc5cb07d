"""The hands of a reader on the Brief page, and what the picture there carries."""

from __future__ import annotations

import base64
import html as entities
import io
import json
import re
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from geo.brief.outputs import BRIEF
from geo.brief.spec.brief import parse_brief
from geo.web.brief import draft, viewfinder
from tests.web.hands import go, html, sound

HEAD = "id,claimant,said_on,origin,destination,window,quantity,part_of,words,note,url,archive_url"


def opened(page: AppTest, **query: str) -> AppTest:
    for key, value in query.items():
        page.query_params[key] = value
    return go(page, "brief")


def plate(page: AppTest) -> dict[str, Any]:
    """What the browser is given of the picture."""
    (found,) = page.get("bidi_component")
    given: dict[str, Any] = json.loads(found.proto.json)
    return given


def png(page: AppTest) -> bytes:
    head, _, data = plate(page)["picture"].partition(",")
    assert head == "data:image/png;base64"
    return base64.b64decode(data)


def facts(page: AppTest) -> dict[str, str]:
    """What the picture that is shown carries."""
    with Image.open(io.BytesIO(png(page))) as picture:
        picture.load()
        return {**picture.info, "size": str(picture.size)}


def alt(page: AppTest) -> str:
    return str(plate(page)["alt"])


def asked(page: AppTest, monkeypatch: pytest.MonkeyPatch, **what: object) -> AppTest:
    """As if the browser told it of the picture that is shown: AppTest has no hands for components."""
    given = {"of": plate(page)["id"], **what}
    keep = draft.draft

    def once() -> dict[str, Any]:
        monkeypatch.setattr(draft, "draft", keep)
        viewfinder.take(given)
        return keep()

    monkeypatch.setattr(draft, "draft", once)
    return sound(page.run())


def seen(page: AppTest) -> tuple[float, ...]:
    """The view of the brief that the picture carries."""
    return parse_brief(facts(page)[f"waybill-{BRIEF}"]).view


def told(page: AppTest) -> str:
    """The checks."""
    found = re.search(r'<ul class="wb-checks">(.*?)</ul>', html(page))
    return entities.unescape(found[1]) if found else ""


def field(page: AppTest, label: str, value: str) -> AppTest:
    next(each for each in page.text_input if each.label == label).set_value(value).run()
    return sound(page)


def choose(page: AppTest, label: str, value: object) -> AppTest:
    next(each for each in [*page.button_group, *page.selectbox] if each.label == label).set_value(value).run()
    return sound(page)


def gets(page: AppTest) -> list[str]:
    """The labels of the buttons that download."""
    return [each.proto.label for each in page.get("download_button")]
