"""Evidence on the page: marked words, opposites, citations, an actor's lanes; filters by who says so; time as range and comparison."""

import pytest
from view_samples import AA, ALLIANCE, ARMY, TNLA, make_claim, make_page

from kg.model import Certainty, Document, Kind, Polarity, Quantity, Reference


def test_the_words_of_a_claim_are_marked(opened):
    opened.tab.mouse.click(*opened.place_of("l0"))
    found = opened.tab.locator("#panel blockquote").first.locator("mark")
    assert [(m.inner_text(), m.get_attribute("class")) for m in found.all()] == [
        ("TNLA", "subject"), ("attacked", "what"), ("Tatmadaw", "object"), ("Lashio", "place")]


def test_affirmed_and_denied_stand_opposite_each_other(reader, documents):
    claims = [make_claim("allied_with", subject=TNLA, object=AA, quote="They are allies."),
              make_claim("allied_with", subject=AA, object=TNLA, polarity=Polarity.NEGATIVE, certainty=Certainty.DISPUTED, start=50,
                         quote="They deny it."),
              make_claim("attack", subject=TNLA, object=AA, start=90, quote="One shot at the other.")]
    tab = reader.open(make_page(claims, documents))
    tab.mouse.click(*reader.place_of("l0"))
    sides = [[side.locator("h4").inner_text(), *side.locator("blockquote").all_inner_texts()] for side in tab.locator(".side").all()]
    assert sides == [["AFFIRMED", "They are allies."], ["DENIED", "They deny it."],
                     ["TOGETHER", "They are allies."], ["AGAINST", "One shot at the other."]]
    denial = tab.locator(".side .denial .doubt").all_inner_texts()
    assert denial == ["◇ disputed", "✕ denied"]  # a shape and a word


@pytest.mark.parametrize(("second", "shown"), [("2024-01-02", True), ("2020-01-02", False)])
def test_counts_that_differ_are_set_opposite_where_they_can_be_of_one_time(reader, documents, second, shown):
    claims = [make_claim("attack", subject=TNLA, object=ARMY, date=day, quantity=Quantity(count, count, str(count)), start=count,
                         quote=f"{count} attacked.") for day, count in (("2024-01-01", 40), (second, 70))]
    tab = reader.open(make_page(claims, documents))
    tab.mouse.click(*reader.place_of("l0"))
    assert tab.locator(".side blockquote").all_inner_texts() == (["40 attacked.", "70 attacked."] if shown else [])


def test_a_citation_is_copied_whole(reader, claims, documents):
    reader.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = reader.open(make_page(claims, documents))
    tab.mouse.click(*reader.place_of("l0"))
    tab.locator("#panel button", has_text="copy citation").first.click()
    tab.wait_for_timeout(100)
    assert tab.evaluate("navigator.clipboard.readText()") == (
        "The Daily, “A week in Shan State”, 2023-11-17, https://example.org/shan: “The TNLA attacked the Tatmadaw at Lashio.”")
    tab.locator("#panel button", has_text="copy claim id").first.click()
    tab.wait_for_timeout(100)
    assert tab.evaluate("navigator.clipboard.readText()") == claims[0].id


def test_an_actors_loyalties_are_lanes(opened):
    opened.tab.mouse.click(*opened.place_of_actor("TNLA"))
    lanes = opened.tab.locator(".lane")
    assert lanes.locator("button").all_inner_texts() == ["member of · Three Brotherhood Alliance 1", "ceasefire · Tatmadaw 1"]
    # since 2019 and told on 2023-11-17: a bar for what is sure, dashes before it ends nowhere
    assert [lanes.nth(0).locator(name).count() for name in ("rect", "line[stroke-dasharray]")] == [1, 1]
    assert "since 2019" in lanes.nth(0).text_content()
    lanes.nth(1).locator("button").click()
    assert opened.tab.locator("#panel blockquote").all_inner_texts() == ["The two sides agreed a truce."]


def test_neighbours_say_how_they_stand(opened):
    opened.tab.mouse.click(*opened.place_of_actor("TNLA"))
    opened.tab.locator("#panel summary", has_text="Neighbours").click()
    opened.tab.locator(".neighbours").wait_for()
    assert set(opened.tab.locator(".neighbours li").all_inner_texts()) == {
        "Tatmadaw together and against", "Three Brotherhood Alliance together"}


@pytest.mark.parametrize("typed", ["Taang Natonal", "arakn army", "Łashio", "three-brotherhood"])
def test_search_forgives_slips_accents_and_hyphens(opened, typed):
    opened.tab.fill("#find", typed)
    assert opened.tab.locator("#found [role=option]").count() == 1


def test_filters_by_claimant_publisher_and_alliance(reader, documents):
    speaker = Reference("un", Kind.INTERNATIONAL_ORGANIZATION, "UN")
    other = Document("other.txt", "", title="Other", publisher="The Weekly")
    claims = [make_claim("attack", subject=TNLA, object=ARMY, attributed_to=speaker),
              make_claim("attack", subject=AA, object=ARMY, document="other.txt"),
              make_claim("member_of", subject=AA, object=ALLIANCE, start=50)]
    tab = reader.open(make_page(claims, {**documents, "other.txt": other}))

    def switch(section, name):
        details = tab.locator(f"details[data-section={section}]")
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        details.locator(f"input[data-name='{name}']").click()

    switch("claimant", "UN")
    assert {line[:2] for line in reader.lines()} == {("aa", "attack"), ("aa", "member_of")}
    switch("publisher", "The Weekly")
    assert {line[:2] for line in reader.lines()} == {("aa", "member_of")}
    assert "no.claimant=UN&no.publisher=The+Weekly" in reader.address()
    while tab.locator("#undo").is_enabled():  # once where the two clicks came within a moment, else twice
        tab.click("#undo")
        tab.wait_for_timeout(100)
    assert len(reader.lines()) == 3
    reader.open(make_page(claims, documents))
    switch("alliance", "3ba")
    assert reader.lines() == {("tnla", "attack", "tatmadaw", False)}


def test_a_range_shows_what_held_on_some_day_of_it(opened):
    opened.tab.click("#range")
    opened.set_day("First day", "2023-11-01")
    opened.set_day("Last day", "2023-11-05")
    assert opened.lines() == {
        ("tnla", "attack", "tatmadaw", False),  # 2 November lies in it
        ("tnla", "member_of", "3ba", False)}
    assert opened.tab.inner_text("#day").startswith("1 November 2023 to 5 November 2023")
    assert "on=2023-11-01&to=2023-11-05" in opened.address()
    opened.tab.focus("#time input[type=range] >> nth=1")
    opened.tab.keyboard.press("ArrowRight")
    opened.tab.wait_for_timeout(100)
    assert opened.tab.input_value("#time input[aria-label='Last day'][type=date]") == "2023-11-06"


def test_two_days_compared_in_picture_and_table(opened):
    opened.tab.click("#compare")
    opened.set_day("First day", "2023-11-02")
    opened.set_day("Last day", "2025-10-28")
    changes = opened.tab.evaluate("[...kg.drawn.entries()].map(([id, { change }]) => [kg.lines.get(id).type, change]).sort()")
    # the alliance of the AA has no date: told on 17 November 2023, a maybe from then on
    assert changes == [["attack", "then"], ["ceasefire", "now"], ["member_of", "both"], ["member_of", "now"]]
    looks = opened.tab.evaluate("""Object.fromEntries([...kg.drawn].map(([id, shown]) => [kg.lines.get(id).type + shown.change,
        kg.picture.looksOf(id, shown)]).map(([name, look]) => [name, [look.dashes, look.label || ""]]))""")
    assert looks == {"attackthen": [[2, 6], "−"], "ceasefirenow": [False, "+"], "member_ofboth": [False, ""], "member_ofnow": [False, "+?"]}
    assert opened.tab.inner_text("#time-note") == "1 only then, 2 only now, 1 both"
    opened.tab.click("#show-table")
    opened.tab.click("[data-table=ties]")
    assert sorted(row.split("\t")[-1].strip() for row in opened.tab.locator("tbody tr").all_inner_texts()) == [
        "on both days", "only on 2023-11-02", "only on 2025-10-28", "only on 2025-10-28, perhaps"]


def test_play_moves_the_day_and_pauses(opened):
    opened.tab.click("#play")
    opened.tab.wait_for_timeout(900)
    opened.tab.click("#play")
    day = opened.tab.input_value("#time input[aria-label=Day][type=date]")
    assert "2019-01-01" < day < "2020-06-01"  # from the first day on
    opened.tab.wait_for_timeout(500)
    assert opened.tab.input_value("#time input[aria-label=Day][type=date]") == day
