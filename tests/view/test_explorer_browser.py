"""The page in a real browser without a network: what a reader does, and what a hostile document tries."""

from datetime import date

import pytest
from view_samples import AA, ARMY, LASHIO, TNLA, make_claim, make_page

from kg.model import Certainty, Document, Kind, Modality, Polarity, Reference, ties
from kg.network.project import project

ATTACK, TRUCE = "l0", "l1"


def test_the_canvas_is_not_blank(opened):
    colours = opened.tab.evaluate("""() => {
        const canvas = document.querySelector("#canvas canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) if (data[i + 3]) seen.add([data[i] >> 4, data[i + 1] >> 4, data[i + 2] >> 4].join());
        return seen.size;
    }""")
    assert colours > 10


def test_heading_tells_counts_and_years(opened):
    # 2019 is the first year of a claim, 2025 the last one said to be surely reached
    assert opened.tab.inner_text("#counts") == (
        "9 claims from 1 document, dated 2019 to 2025 · 5 actors with ties, 6 actors, places and people in all")


def test_a_click_on_a_line_opens_its_sentences(opened):
    opened.tab.mouse.click(*opened.place_of(ATTACK))
    panel = opened.tab.locator("#panel")
    assert panel.locator("blockquote").all_inner_texts() == [
        "The TNLA attacked the Tatmadaw at Lashio.", "TNLA fighters struck the Tatmadaw again."]
    assert panel.locator("h2").inner_text() == "Ta’ang National Liberation Army attack Tatmadaw"
    assert panel.locator(".facts").first.inner_text() == "● stated 2023-10-27 · in its own voice"
    assert panel.locator(".headline").all_inner_texts() == ["at Lashio"]
    link = panel.locator(".cite a").first
    assert (link.get_attribute("href"), link.get_attribute("rel"), link.inner_text()) == (
        "https://example.org/shan", "noopener noreferrer", "A week in Shan State")


def test_parallel_lines_are_told_apart_by_the_mouse(opened):
    opened.tab.mouse.click(*opened.place_of(TRUCE))
    assert opened.tab.locator("#panel blockquote").all_inner_texts() == ["The two sides agreed a truce."]


def test_a_click_on_an_actor_lists_its_claims_by_type(opened):
    opened.tab.mouse.click(*opened.place_of_actor("TNLA"))
    panel = opened.tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "Ta’ang National Liberation Army"
    assert panel.locator(".names").inner_text() == "Also TNLA, Ta’ang forces"
    # in the codebook's order; the place taken and the spokesman are there though no line shows them
    assert panel.locator(".claims > summary").all_inner_texts() == ["member of 1", "holds role 1", "attack 2", "capture 1", "ceasefire 1"]


def test_a_desertion_is_in_the_panel_of_the_side_that_lost_people(opened):
    opened.tab.fill("#find", "junta")
    opened.tab.keyboard.press("Enter")
    assert "More than 40 soldiers fled." in opened.tab.locator("#panel blockquote").all_inner_texts()


def test_escape_closes_and_empty_ground_too(opened):
    opened.tab.mouse.click(*opened.place_of(ATTACK))
    opened.tab.keyboard.press("Escape")
    assert opened.tab.locator("#panel").is_hidden()


@pytest.mark.parametrize("typed", ["TNLA", "tnla", "ta'ang nat", "TAANG", "liberation"])
def test_search_finds_by_any_name_and_opens_by_keyboard(opened, typed):
    opened.tab.keyboard.press("/")
    opened.tab.keyboard.type(typed)
    assert opened.tab.locator("#found [role=option]").first.inner_text().startswith("Ta’ang National Liberation Army")
    opened.tab.keyboard.press("Enter")
    assert opened.tab.locator("#panel h2").inner_text() == "Ta’ang National Liberation Army"
    opened.tab.wait_for_timeout(500)
    x, y = opened.place_of_actor("TNLA")
    main = opened.tab.locator("main").bounding_box()
    panel = opened.tab.locator("#panel").bounding_box()
    assert x == pytest.approx((main["x"] + panel["x"]) / 2, abs=5)  # the middle of what the panel leaves free
    assert y == pytest.approx(main["y"] + main["height"] / 2, abs=5)


def test_search_says_when_there_is_nothing(opened):
    opened.tab.fill("#find", "Wagner")
    assert opened.tab.locator("#found").inner_text() == "No name like this in the claims"


def test_filters_hide_and_show(opened):
    before = opened.lines()
    opened.tab.uncheck("#legend input[data-name=attack]")
    assert {line for line in before if line[1] != "attack"} == opened.lines()
    opened.tab.uncheck("#legend input[data-name=alliance]")
    assert {line[1] for line in opened.lines()} == {"ceasefire"}
    opened.tab.check("#legend input[data-name=attack]")
    opened.tab.check("#legend input[data-name=alliance]")
    assert opened.lines() == before


def test_roles_and_persons_are_hidden_at_first(opened):
    assert "holds_role" not in {line[1] for line in opened.lines()}
    opened.tab.check("#legend input[data-name=holds_role]")
    opened.tab.check("#legend input[data-name=person]")
    assert ("spokesman", "holds_role", "tnla", False) in opened.lines()


def test_nothing_left_says_so_and_offers_a_way_back(opened):
    opened.tab.uncheck("#legend input[data-name=armed_group]")
    assert opened.tab.inner_text("#empty-text") == "Nothing to show with these filters."
    opened.tab.click("#show-all")
    assert len(opened.lines()) == 5


@pytest.mark.parametrize("day", [
    "2018-12-31", "2019-06-01", "2023-10-27", "2023-10-28", "2023-11-17", "2024-01-25", "2024-02-15", "2025-12-01"])
def test_a_day_shows_what_the_network_of_that_day_has(opened, claims, day):
    opened.tab.fill("#time input[type=date]", day)
    opened.tab.dispatch_event("#time input[type=date]", "change")
    graph = project([tie for tie in ties(claims) if tie.type != "holds_role"], on=date.fromisoformat(day))
    expected = {}
    for source, target, edge in graph.edges(data=True):
        line = source, edge["type"], target
        expected[line] = expected.get(line, True) and edge["answer"] == "maybe"
    assert opened.lines() == {(*line, dashed) for line, dashed in expected.items()}
    shown = date.fromisoformat(day)
    assert opened.tab.inner_text("#day").startswith(f"{shown.day} {shown:%B %Y}")


def test_the_slider_and_its_steps(opened):
    opened.tab.click("#one-day")
    assert opened.tab.input_value("#time input[type=date]") == "2025-10-28"
    opened.tab.click("button[aria-label='A month back']")
    opened.tab.click("button[aria-label='A day on']")
    assert opened.tab.input_value("#time input[type=date]") == "2025-09-29"
    opened.tab.focus("#time input[type=range]")
    opened.tab.keyboard.press("ArrowLeft")
    opened.tab.wait_for_timeout(100)
    assert opened.tab.input_value("#time input[type=date]") == "2025-09-28"
    opened.tab.click("#all-time")
    assert opened.tab.inner_text("#day").startswith("All time")


def test_heading_and_slider_keep_to_the_dates_as_they_are_written(reader, documents):
    # "2024~" can mean a day of 2023 or 2025, but nothing is dated so; the documents are of 2023-11-17
    reader.open(make_page([make_claim("attack", subject=TNLA, object=ARMY, date=edtf, start=number)
                           for number, edtf in enumerate(["2021~", "2022/..", "2024~"])], documents))
    assert ", dated 2021 to 2024 " in reader.tab.inner_text("#counts")
    assert reader.tab.locator("#time .ends span").all_inner_texts() == ["2021-01-01", "2024-01-01"]


@pytest.mark.parametrize(("fields", "dashed"), [
    ({}, False),
    ({"certainty": Certainty.UNVERIFIED}, True),
    ({"certainty": Certainty.DISPUTED}, True),
])
def test_doubt_is_dashed(reader, documents, fields, dashed):
    reader.open(make_page([make_claim("attack", subject=TNLA, object=ARMY, **fields)], documents))
    assert reader.lines() == {("tnla", "attack", "tatmadaw", dashed)}
    assert bool(reader.tab.evaluate("kgNetwork.body.edges.l0.options.dashes")) is dashed


def test_plans_wait_and_denials_are_never_lines(reader, documents):
    claims = [make_claim("attack", subject=TNLA, object=ARMY, modality=Modality.PLANNED, quote="They plan to."),
              make_claim("allied_with", subject=TNLA, object=AA, polarity=Polarity.NEGATIVE, start=50, quote="They are not allied.")]
    reader.open(make_page(claims, documents))
    assert reader.lines() == set()
    reader.tab.check("#legend input[data-name=planned]")
    assert reader.lines() == {("tnla", "attack", "tatmadaw", True)}
    reader.tab.click("#show-table")
    assert [row.split("\t")[6].strip() for row in reader.tab.locator("tbody tr").all_inner_texts()] == ["planned", "denied"]


def test_the_table_has_the_claims_shown_and_sorts_by_keyboard(opened):
    tab = opened.tab
    tab.click("#show-table")
    dates = tab.locator("tbody td.date").all_inner_texts()
    assert dates == ["2019/..", "2023-10-27", "2023-11-02", "2023-11-13", "2024-08-03", "2025-10-28/..", "", ""]
    tab.focus("thead th:first-child button")
    tab.keyboard.press("Enter")
    assert tab.locator("tbody td.date").all_inner_texts() == [*reversed(dates[:6]), "", ""]  # the unknown stays last
    assert tab.locator("thead th").first.get_attribute("aria-sort") == "descending"
    tab.uncheck("#legend input[data-name=attack]")
    assert len(tab.locator("tbody tr").all()) == 5
    tab.focus("tbody tr:first-child button")
    tab.keyboard.press("Enter")
    assert tab.locator("#panel blockquote").all_inner_texts() == ["The two sides agreed a truce."]


def test_the_address_brings_back_day_view_and_actor(reader, claims, documents):
    tab = reader.open(make_page(claims, documents), "#on=2023-10-27&view=table&actor=aa")
    assert tab.inner_text("#panel h2") == "Arakan Army"
    assert tab.locator("#table").is_visible()
    assert tab.input_value("#time input[type=date]") == "2023-10-27"
    tab.keyboard.press("Escape")
    tab.click("#show-picture")
    tab.wait_for_timeout(300)  # the address follows a moment later
    assert tab.evaluate("location.hash") == "#on=2023-10-27"


@pytest.mark.parametrize("address", ["#on=yesterday&actor=nobody&claim=none", "#on=2023-02-30", "#%%%", "#view=<script>"])
def test_an_address_that_makes_no_sense_is_passed_over(reader, claims, documents, address):
    reader.open(make_page(claims, documents), address)
    assert len(reader.lines()) == 5


HOSTILE = ["<script>window.hit = 1</script>", "</script><script>window.hit = 1</script>", "<img src=x onerror='window.hit = 1'>",
           "</title><svg onload='window.hit = 1'>", "href <b onmouseover='window.hit = 1'>bold</b>", "{{ 7 * 7 }}", "\u202egnol",
           "x" * 100_000, "<!-- <script>", "جيش تحرير"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text(reader, documents, text):
    actor = Reference(text, Kind.ARMED_GROUP, text, (text + " too",))
    place = Reference("place", Kind.PLACE, text)
    claims = [make_claim("attack", subject=actor, object=ARMY, place=place, quote=text, role=text, attributed_to=actor, document=text)]
    tab = reader.open(make_page(claims, documents, title=text))
    assert tab.title() == " ".join(text.split())
    tab.mouse.click(*reader.place_of("l0"))
    for more in reversed(tab.locator("#panel .plain", has_text="more (").all()):
        more.click()
    assert tab.locator("#panel blockquote").text_content() == text
    assert tab.locator("#panel .cite").text_content() == text
    tab.fill("#find", text[:50])
    tab.keyboard.press("Enter")
    for more in reversed(tab.locator("#panel h2 .plain").all()):
        more.click()
    assert tab.locator("#panel h2 bdi").text_content() == text
    tab.click("#show-table")
    assert tab.locator("tbody td").nth(2).text_content() == (text if len(text) < 400 else text[:400] + "…")
    assert tab.evaluate("window.hit") is None
    assert tab.evaluate("document.querySelectorAll('script:not([type]), svg[onload], b').length") == 2
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280


def test_an_injected_script_would_not_run(opened):
    """The second wall: even markup that got into the page by mistake is stopped by its content security policy."""
    opened.tab.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hit = 2'>");
    }""")
    opened.tab.wait_for_timeout(200)
    assert opened.tab.evaluate("window.hit") is None
    assert all("Content Security Policy" in error for error in opened.errors)
    assert len(opened.errors) >= 2
    opened.errors.clear()


def test_dangerous_addresses_are_not_links(reader):
    documents = {"report.txt": Document("report.txt", "", title="T", url="javascript:window.hit=1")}
    tab = reader.open(make_page([make_claim("attack", subject=TNLA, object=ARMY)], documents))
    tab.mouse.click(*reader.place_of("l0"))
    assert tab.locator("#panel a").count() == 0
    assert tab.locator("#panel .cite").text_content() == "T"


@pytest.mark.parametrize(("claims", "message"), [
    ([], "There are no claims to show."),
    ([make_claim("capture", subject=TNLA, object=LASHIO)], "None of the claims ties one actor to another. The table lists them."),
])
def test_without_ties_the_page_says_so(reader, documents, claims, message):
    tab = reader.open(make_page(claims, documents))
    assert tab.inner_text("#empty-text") == message
    assert tab.inner_text("#time") == "No claim has a date: the picture is of all time."


@pytest.mark.parametrize("width", [850, 2560])
def test_usable_at_any_width(reader, claims, documents, width):
    reader.tab.set_viewport_size({"width": width, "height": 700})
    tab = reader.open(make_page(claims, documents))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width < 960:
        tab.click("#filters")
        assert tab.locator("#legend").is_visible()
        tab.keyboard.press("Escape")
        assert tab.locator("#legend").is_hidden()
    tab.evaluate("""(id) => kgNetwork.moveTo({ position: kgNetwork.body.edges[id].edgeType.getPoint(0.5),
        offset: { x: document.getElementById("canvas").clientWidth / 2 - 100, y: 0 } })""", ATTACK)  # the line near the right rim
    tab.mouse.click(*reader.place_of(ATTACK))
    tab.wait_for_timeout(500)  # the panel slides in and the picture makes room
    panel = tab.locator("#panel").bounding_box()
    assert panel["x"] + panel["width"] <= width
    assert reader.place_of(ATTACK)[0] < panel["x"]  # the line is not under its own evidence


def test_every_control_has_a_name(opened):
    opened.tab.mouse.click(*opened.place_of(ATTACK))
    unnamed = opened.tab.evaluate("""() => [...document.querySelectorAll("button, input, [role=img], [role=region]")].filter((e) =>
        !(e.getAttribute("aria-label") || e.textContent.trim() || (e.labels && e.labels.length))).map((e) => e.outerHTML)""")
    assert unnamed == []
