"""A place of the map: reached by keys or a click, its routes in and out, and those alone drawn."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_a_place_is_opened_by_keys_and_its_routes_drawn_alone(open_map: Open) -> None:
    shown = open_map("?data=wider")
    shown.until_settled()
    places, panel = shown.player.get_by_role("listbox"), shown.player.locator(".wb-place-panel")
    places.focus()
    expect(places.locator("[aria-selected=true]")).to_have_count(1)
    while places.locator("[aria-selected=true]").text_content() != "Russia":
        shown.page.keyboard.press("ArrowRight")
    expect(shown.player.locator(".wb-tooltip")).to_contain_text("Russia")
    shown.page.keyboard.press("Enter")
    expect(panel).to_have_attribute("aria-label", "Place: Russia")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("As reported for the largest route; the others are part of it.")
    expect(panel.locator(".wb-route")).to_have_count(3)
    shown.until_link(place="RU", side=None)

    panel.get_by_role("button", name="In", exact=True).click()
    expect(shown.player.locator(".wb-figures")).to_contain_text("2 of 8 routes shown: into Russia")
    shown.until_link(place="RU", side="in")
    again = open_map("?" + shown.page.url.split("?", 1)[1])
    expect(again.player.locator(".wb-figures")).to_contain_text("2 of 8 routes shown: into Russia")

    shown.page.keyboard.press("Escape")
    expect(shown.player.locator(".wb-figures")).not_to_contain_text("into Russia")
    shown.until_link(place="RU", side=None)
    shown.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(places).to_be_focused()
    shown.until_link(place=None)


def test_a_click_on_a_place_opens_it(open_map: Open) -> None:
    shown = open_map()
    shown.until_settled()
    shown.player.get_by_role("listbox").focus()
    ring = shown.player.locator(".wb-place-ring").bounding_box()
    assert ring is not None
    name = shown.player.get_by_role("listbox").locator("[aria-selected=true]").text_content()
    shown.player.focus()
    shown.page.mouse.click(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    panel = shown.player.locator(".wb-place-panel")
    expect(panel).to_have_attribute("aria-label", f"Place: {name}")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()


LOG = "\n".join(
    ["origin,destination,depart,arrive,containers,mode,claimant,said_on"]
    + [
        f"{row},maritime,Port log,2024-01-10"
        for row in (
            "Odesa,Istanbul,2023-01-10,2023-01-14,300",
            "Odesa,Alexandria,2023-02-10,2023-02-18,200-240",
            "Istanbul,Odesa,2023-02-20,2023-02-24,100",
            "Istanbul,Alexandria,2023-03-02,2023-03-06,50",
            "Istanbul,Constanta,2023-03-03,2023-03-06,20",
        )
    ]
)


def test_a_place_tells_its_balance_its_months_and_what_lies_between_its_partners(open_map: Open) -> None:
    shown = open_map()
    shown.load(log=LOG)
    again = open_map("?data=everything&place=UAODS")
    again.until_settled()
    panel = again.player.locator(".wb-place-panel")
    expect(panel.get_by_role("region", name="Balance")).to_contain_text("400–440 containers more out than in")
    months = panel.get_by_role("region", name="Out", exact=True).get_by_role("listitem")
    expect(months.first).to_have_text("Jan 2023: 300 containers")
    expect(months.nth(1)).to_have_text("Feb 2023: 200–240 containers")

    panel.get_by_role("button", name="Between", exact=True).click()
    expect(again.player.locator(".wb-figures")).to_contain_text("1 of 6 routes shown: between partners of Odesa")
    expect(panel.locator(".wb-route-name:visible")).to_have_text(["Istanbul → Alexandria"])
    again.until_link(place="UAODS", side="between")
    again.press_button("Undo")
    again.until_link(place="UAODS", side=None)
    expect(again.player.locator(".wb-figures")).to_contain_text("6 routes")


PORTS = "\n".join(
    ["origin,destination,depart,arrive,containers,mode,claimant,said_on"]
    + [
        f"{row},maritime,Port log,2024-01-10"
        for row in (
            "Odesa,Alexandria,2023-01-10,2023-01-18,300",
            "Chornomorsk,Alexandria,2023-01-12,2023-01-20,200",
            "Pivdennyi,Rotterdam,2023-01-20,2023-02-03,100",
        )
    ]
)


def test_places_side_by_side_gather_under_one_mark_that_parts_on_a_click(open_map: Open) -> None:
    shown = open_map()
    shown.load(ports=PORTS)
    places, tooltip = shown.player.get_by_role("listbox"), shown.player.locator(".wb-tooltip")
    meaning = shown.player.get_by_text("Number: so many places")
    expect(meaning).to_be_visible()

    def on_odesa() -> tuple[float, float]:
        places.focus()
        while places.locator("[aria-selected=true]").text_content() != "Odesa":
            shown.page.keyboard.press("ArrowRight")
        ring = shown.player.locator(".wb-place-ring").bounding_box()
        assert ring is not None
        return ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2

    shown.page.mouse.move(*on_odesa())
    expect(tooltip).to_contain_text("3 places")
    expect(tooltip).to_contain_text("Odesa, Chornomorsk and Pivdennyi")
    expect(tooltip).to_contain_text("600 containers, the sum of listed voyages")

    shown.until_settled()
    for _ in range(8):  # three ports that lie 30 km apart part within a few steps of the zoom
        before = shown.link()["view"][0]
        shown.page.mouse.click(*on_odesa())
        # Two clicks in a row would be a double click.
        shown.page.wait_for_function(
            """before => { const now = new URLSearchParams(location.search);
              return now.get('view') !== before || now.has('place'); }""",
            arg=before,
        )
        if "place" in shown.link():
            break
    expect(shown.player.locator(".wb-place-panel")).to_have_attribute("aria-label", "Place: Odesa")
    expect(meaning).to_be_hidden()
