"""The page on a phone, used with a finger: 390 pixels wide, no mouse, no keyboard but the one on the screen."""

import pytest
from page_reader import Reader
from view_samples import make_page

LEAST = 24  # CSS pixels of a target: WCAG 2.2, success criterion 2.5.8


@pytest.fixture
def phone(chromium, tmp_path, claims, documents):
    context = chromium.new_context(offline=True, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True, locale="en-GB")
    reader = Reader(context, tmp_path)
    reader.open(make_page(claims, documents))
    yield reader
    context.close()
    assert reader.errors == []


def drag(phone, *paths):
    """Fingers that move along straight paths at the same time, each from (x, y) to (x, y)."""
    send = phone.tab.context.new_cdp_session(phone.tab).send
    for step in range(9):
        points = [{"x": a[0] + (b[0] - a[0]) * step / 8, "y": a[1] + (b[1] - a[1]) * step / 8} for a, b in paths]
        send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points})
        phone.tab.wait_for_timeout(16)
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.tab.wait_for_timeout(100)


def test_taps_open_the_evidence_of_actors_and_of_lines(phone):
    tab = phone.tab
    tab.touchscreen.tap(*phone.place_of_actor("TNLA"))
    assert tab.inner_text("#panel h2") == "Ta’ang National Liberation Army"
    sheet, main = tab.locator("#panel").bounding_box(), tab.locator("main").bounding_box()
    assert sheet["width"] == pytest.approx(main["width"], abs=0.01) == pytest.approx(390, abs=0.01)
    assert sheet["height"] < main["height"] * 0.6  # the picture stays above it
    tab.tap("#panel .close")
    tab.tap("#zoom-all")
    tab.touchscreen.tap(*phone.place_of("l0"))
    assert tab.inner_text("#panel h2") == "Ta’ang National Liberation Army attack Tatmadaw"
    tab.locator("#panel h2 .actor").last.tap()
    assert tab.inner_text("#panel h2") == "Tatmadaw"


def test_one_finger_moves_the_picture_and_two_widen_it(phone):
    where, scale = phone.tab.evaluate("[kgNetwork.getViewPosition(), kgNetwork.getScale()]")
    drag(phone, ((40, 520), (130, 470)))
    moved = phone.tab.evaluate("kgNetwork.getViewPosition()")
    assert moved["x"] < where["x"]
    assert moved["y"] > where["y"]
    drag(phone, ((170, 400), (90, 400)), ((220, 400), (300, 400)))
    assert phone.tab.evaluate("kgNetwork.getScale()") > scale * 1.5
    assert phone.tab.evaluate("visualViewport.scale") == 1  # the page itself keeps its size


def test_search_filters_time_and_table_need_nothing_but_taps(phone):
    tab = phone.tab
    tab.tap("#find")
    tab.keyboard.type("arakan")
    tab.locator("#found [role=option]").first.tap()
    assert tab.inner_text("#panel h2") == "Arakan Army"
    tab.tap("#panel .close")
    tab.tap("#filters")
    tab.locator("#legend label:has(input[data-name=attack])").tap()
    tab.tap(".done")
    assert "attack" not in {line[1] for line in phone.lines()}
    tab.tap("#one-day")
    before = tab.input_value("#time input[type=date]")
    tab.tap("button[aria-label='A month back']")
    assert tab.input_value("#time input[type=date]") < before
    tab.tap("#show-table")
    tab.locator("#table tbody button").first.tap()
    assert tab.locator("#panel blockquote").count() == 1


def test_nothing_is_wider_than_the_phone_and_no_target_too_small_for_a_finger(phone):
    phone.tab.touchscreen.tap(*phone.place_of_actor("TNLA"))
    assert phone.tab.evaluate("document.documentElement.scrollWidth") == 390
    small = phone.tab.evaluate("""(least) => [...document.querySelectorAll("button, input, summary")].filter((e) => e.checkVisibility())
        .map((e) => [e.id || e.getAttribute("aria-label") || e.textContent, (e.closest("label") || e).getBoundingClientRect()])
        .filter(([, { width, height }]) => width && (width < least || height < least))
        .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)""", LEAST)
    assert small == []
