"""The hands of a reader on both pages, through Streamlit's AppTest."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from geo.library import Library

APP = str(Path(__file__).parents[2] / "app.py")
IMG = "<img src=x onerror=alert(1)>"
OWN = b"origin,destination,depart,containers,claimant\nRUVVO,CNSHA,2023-09-01,300,Port watch\n"
KEPLER = b"""source_lat,source_lng,target_lat,target_lng,boxes,time
43.115,131.882,35.1,129.04,120,2023-09-01
35.1,129.04,31.22,121.49,300,2023-09-05
"""
AGREE, LOAD = "Use these columns", "Load and show on the map"


def go(page: AppTest, where: str) -> AppTest:
    """To the page with this path, as its link in the sidebar leads."""
    page._page_hash = calc_hash(
        "" if where == "map" else where
    )  # AppTest names pages by their file, and ours have none
    page.run()
    page._page_hash = ""
    return sound(page)


def sound(page: AppTest) -> AppTest:
    """The same page, after a look for tracebacks."""
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    """All HTML of ours on the page."""
    return "\n".join(element.proto.body for element in page.get("html"))


def text(page: AppTest) -> str:
    """All plain captions and notes, without the escapes of markdown."""
    boxes = [*page.caption, *page.info, *page.error, *page.warning]
    return "\n".join(box.value for box in boxes).replace("\\", "")


def cards(page: AppTest) -> int:
    """Reports in the column of cards."""
    return html(page).count('<li class="wb-card"')


def drop(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Files dropped together onto the Data page: name and content."""
    page.file_uploader(key="drop_0").set_value([(name, content, "text/csv") for name, content in files])
    page.run()
    return sound(page)


def press(page: AppTest, label: str, which: int = 0) -> AppTest:
    """A click on a button by its label."""
    [button for button in page.button if button.label == label][which].click()
    page.run()
    return sound(page)


def labels(page: AppTest) -> list[str]:
    """The labels of all buttons."""
    return [button.label for button in page.button]


def load(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Files in our own columns, from wherever the page is, onto the map."""
    go(page, "data")
    drop(page, *files)
    return press(page, "Load and show on the map")


def imports(library: Path) -> list[tuple[str, int, int]]:
    """Name, rows kept and rows set aside of every import."""
    return [(each.name, each.kept, each.set_aside) for each in Library.open(library).imports()]


def key(page: AppTest, part: str, kind: str) -> str:
    """The key of the one widget of a kind whose key has this part."""
    return next(str(each.key) for each in page.get(kind) if part in str(each.key))
