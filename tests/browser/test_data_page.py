"""The Data page in a browser: three clicks to an animated map, and a drop that is never lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Open
from tests.browser.map_page import READY_MS, MapPage

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
OVERFLOW = """() => ['html', 'body', '[data-testid=stMain]', '[data-testid=stMainBlockContainer]']
  .map(one => document.querySelector(one)).filter(box => box.scrollWidth > box.clientWidth)
  .map(box => [box.tagName, box.scrollWidth, box.clientWidth])"""


WORK = """() => {
  window.work = 0;
  window.both = 0;
  const there = selector => document.querySelector(selector) !== null;
  const button = () => document.querySelector('.st-key-action')?.innerText.includes('Use these columns');
  const offered = () => there('.st-key-columns_1') || button();
  new MutationObserver(() => {
    if (!there('.st-key-cancel_1')) return;
    window.work += 1;
    if (offered()) window.both += 1;
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
"""Counts the changes of the page while the file is read, and those at which columns can still be agreed to."""


def _sample(*names: str) -> dict[str, str]:
    return {name: (SAMPLES / name).read_text("utf-8") for name in names}


def _of_boxes(*names: str) -> dict[str, str]:
    """Samples that say what they count."""
    return {name: text.replace(",count", ",boxes", 1) for name, text in _sample(*names).items()}


def _plays(shown: MapPage, title: str) -> None:
    """The map shows this data set, from its start, in motion once it is played."""
    box = shown.page.get_by_test_id("stSidebar").get_by_role("combobox", name="Data set")
    expect(box).to_have_value(title, timeout=READY_MS)
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
    shown.record()
    shown.press(" ")
    shown.until_recorded("kept.filter(one => one.playing).length >= 3")
    times = [reading.time for reading in shown.recorded() if reading.playing and reading.time]
    assert times == sorted(times)
    assert times[0] < times[-1]


def _two_more_clicks(shown: MapPage) -> None:
    """After the click that opened the Data page: one agrees to the columns and to a day, one loads."""
    agree = shown.page.locator(".st-key-action").get_by_role("button")
    expect(agree).to_have_text(re.compile("^Use these columns and [0-9]"), timeout=READY_MS)
    shown.press_button(agree.inner_text())
    shown.press_button("Load and show on the map")


def test_a_kepler_flow_map_is_three_clicks_from_an_animated_map(open_map: Open) -> None:
    shown = open_map(still=False)
    shown.to("Data")
    shown.drop(_of_boxes("kepler-flow-map.csv"))
    _two_more_clicks(shown)
    _plays(shown, "kepler-flow-map.csv")


def test_flowmapblue_flows_and_locations_are_three_clicks_from_an_animated_map(open_map: Open) -> None:
    shown = open_map(still=False)
    shown.to("Data")
    shown.drop(_of_boxes("flowmapblue-flows.csv", "flowmapblue-locations.csv"))
    _two_more_clicks(shown)
    _plays(shown, "flowmapblue-flows.csv")


def test_files_dropped_one_right_after_the_other_in_the_first_second_are_not_lost(open_map: Open) -> None:
    shown = open_map()
    shown.page.get_by_test_id("stSidebar").get_by_role("link", name="Data", exact=True).click()
    # Not a moment is waited for: the zone is taken as soon as it is there, while the page still runs.
    zone = shown.page.get_by_test_id("stFileUploader").locator("input[type=file]")
    zone.wait_for(state="attached", timeout=READY_MS)
    head = "origin,destination,depart,containers\n"
    shown.drop({"one.csv": f"{head}RUVVO,KRPUS,2023-09-01,3\n"})
    shown.drop({"two.csv": f"{head}KRPUS,RUVVO,2023-09-02,4\n"})
    expect(shown.page.locator(".st-key-file_1")).to_contain_text("one.csv", timeout=READY_MS)
    expect(shown.page.locator(".st-key-file_2")).to_contain_text("two.csv", timeout=READY_MS)
    expect(shown.page.locator(".st-key-action")).to_contain_text("2 rows in 2 files ready", timeout=READY_MS)


def test_what_is_done_in_the_preview_stays_in_the_browser(open_map: Open) -> None:
    # A message of it on its way while the page changes to the map would end the map's first run, and leave it empty.
    shown = open_map(on="Data")
    shown.drop({"one.csv": "origin,destination,depart,containers\nRUVVO,KRPUS,2023-09-01,3\n"})
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
    shown.until_idle()
    sent = len(shown.sent)
    before = shown.press("Home").time
    assert shown.press("ArrowRight").time != before
    assert len(shown.sent) == sent


def test_what_was_agreed_to_is_gone_before_the_work_on_the_file_begins(open_map: Open) -> None:
    shown = open_map(on="Data")
    rows = (f"Busan,Vladivostok,2023-{1 + row % 12:02}-{1 + row % 28:02},{row}" for row in range(400_000))
    shown.drop({"long.csv": "POL,POD,ETD,Boxes\n" + "\n".join(rows)})
    expect(shown.page.locator(".st-key-columns_1")).to_be_visible(timeout=READY_MS)
    shown.page.evaluate(WORK)
    shown.press_button("Use these columns")
    expect(shown.page.locator(".st-key-action")).to_contain_text("400,000 rows in 1 file ready", timeout=READY_MS)
    assert shown.page.evaluate("window.work") > 0
    assert shown.page.evaluate("window.both") == 0


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_nothing_is_wider_than_the_window(open_map: Open, size: tuple[int, int]) -> None:
    shown = open_map(on="Data", size=size)
    shown.drop(_sample("liner-extract.csv"))
    expect(shown.page.locator(".st-key-file_1")).to_contain_text("header in line 2", timeout=READY_MS)
    shown.press_button("Use these columns")
    expect(shown.page.locator(".st-key-file_1")).to_contain_text("12 read, 10 kept", timeout=READY_MS)
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
    assert shown.page.evaluate(OVERFLOW) == []


def test_an_example_with_three_mistakes_is_asked_about_mended_by_a_press_and_played(open_map: Open) -> None:
    shown = open_map(on="Data", still=False)
    shown.press_button("Three mistakes")
    shown.press_button("Use these columns")
    table = shown.page.locator(".st-key-question_places_1")
    expect(table).to_contain_text("Vladivostock is not in the gazetteer; 1 row is held back.", timeout=READY_MS)
    table.get_by_role("button", name=re.compile(r"^Vladivostok, RU \(RUVVO\)")).click()
    expect(shown.page.get_by_text("7 read, 5 kept, 2 rejected", exact=True)).to_be_visible(timeout=READY_MS)
    expect(table).to_have_count(0)
    shown.press_button("Load and show on the map")
    _plays(shown, "voyages-with-three-mistakes.csv")


FRAMES = 10_000


class LateEnd:
    """Between a page and its server: keeps back what the server says from the end of a whole run on, when told to."""

    def __init__(self, page: Page) -> None:
        self.holds = False
        self.kept: list[bytes] = []
        self._page = page
        page.route_web_socket(re.compile("_stcore/stream"), self._join)

    def _join(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._tell)

    def _tell(self, message: str | bytes) -> None:
        content = message if isinstance(message, bytes) else message.encode()
        told = ForwardMsg.FromString(content)
        whole = told.WhichOneof("type") == "script_finished" and told.script_finished == told.FINISHED_SUCCESSFULLY
        if self.holds and (self.kept or whole):
            self.kept.append(content)
        else:
            self._socket.send(content)

    def until_held(self) -> None:
        for _ in range(FRAMES):
            if self.kept:
                return
            self._page.evaluate("() => new Promise(requestAnimationFrame)")
        pytest.fail("the run of the page did not end")

    def release(self) -> None:
        self.holds = False
        for message in self.kept:
            self._socket.send(message)


def test_an_answer_given_before_the_browser_knows_that_the_page_is_whole_is_taken(open_map: Open) -> None:
    # It then still sends what the lists of the columns held, which are gone: none of that is a new choice.
    shown = open_map(own=True)
    late = LateEnd(shown.page)
    shown.page.reload()
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
    shown.until_settled()  # a link that is clicked while the page still arrives may be taken away under the click
    shown.to("Data")
    shown.press_button("Three mistakes")
    button = shown.page.get_by_role("button", name="Use these columns", exact=True)
    expect(button).to_be_enabled(timeout=READY_MS)
    shown.until_idle()
    late.holds = True
    button.click()
    late.until_held()
    shown.page.get_by_role("button", name=re.compile(r"^Vladivostok, RU \(RUVVO\)")).click()
    late.release()
    expect(shown.page.get_by_text("7 read, 5 kept, 2 rejected", exact=True)).to_be_visible(timeout=READY_MS)


def test_pasted_positions_are_taken_once_every_line_is_right(open_map: Open) -> None:
    shown = open_map(on="Data", colours="dark")
    shown.page.set_viewport_size({"width": 390, "height": 844})
    shown.drop({"a.csv": "origin,destination,depart,containers\nGrey Quay,Far Pier,2023-09-07,3\n"})
    table = shown.page.locator(".st-key-question_places_1")
    table.get_by_text("Paste positions").click(timeout=READY_MS)
    area = table.get_by_role("textbox", name=re.compile("^A name, its latitude"))
    area.fill("Grey Quay, 42.9, 132.3\nFar Peer, 42.8, 132.2")
    table.get_by_role("button", name="Take these positions").click()
    expect(table).to_contain_text("Line 2: “Far Peer” is not among the names", timeout=READY_MS)
    area.fill("Grey Quay\t42.9\t132.3\nFar Pier\t42.8\t132.2")
    table.get_by_role("button", name="Take these positions").click()
    expect(shown.page.get_by_text("1 read, 1 kept")).to_be_visible(timeout=READY_MS)
    assert not shown.page.evaluate(OVERFLOW)


def test_a_position_is_pointed_at_and_corrected(open_map: Open) -> None:
    shown = open_map(on="Data")
    rows = "Grey Quay,Far Pier,2023-09-07,3\nGrey Quay,Busan,2023-09-07,3\n"
    shown.drop({"a.csv": f"origin,destination,depart,containers\n{rows}"})
    table = shown.page.locator(".st-key-question_places_1")
    table.get_by_text("Point on a map").click(timeout=READY_MS)
    picture, land = table.get_by_test_id("position-map"), table.get_by_role("group", name="Map to point at.")
    expect(picture).to_have_attribute("data-state", "still", timeout=READY_MS)
    before = picture.get_attribute("data-id") or ""
    land.scroll_into_view_if_needed()
    box = land.bounding_box()
    assert box
    land.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.3})
    field = table.get_by_role("textbox", name="Position of Grey Quay")
    expect(field).to_have_value(re.compile(r"^\d+(\.\d)?, \d+(\.\d)?$"), timeout=READY_MS)
    expect(picture).not_to_have_attribute("data-id", before, timeout=READY_MS)
    rough = field.input_value()
    # With the keys alone: closer, and what stands under the cross in the middle.
    shown.until_idle()
    before = picture.get_attribute("data-id") or ""
    land.press("+")
    expect(picture).not_to_have_attribute("data-id", before, timeout=READY_MS)
    shown.until_idle()
    land.press("Enter")
    expect(field).not_to_have_value(rough, timeout=READY_MS)
    shown.until_idle()
    table.get_by_role("button", name="Take this position").click()
    expect(shown.page.get_by_text(re.compile("“Grey Quay” is .*°.*: 2 rows rechecked"))).to_be_visible(timeout=READY_MS)
    expect(table.get_by_role("textbox", name="Position of Far Pier")).to_have_value("", timeout=READY_MS)
    assert not shown.page.evaluate(OVERFLOW)
