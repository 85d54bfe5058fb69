"""Parts of the picture: neighbourhoods, hidden actors, folded alliances, paths, pins, undo. Always as a reader does it."""

import pytest
from view_samples import AA, ALLIANCE, ARMY, TNLA, make_claim, make_page

from kg.model import Certainty, Document, Kind, Period, Reference
from kg.view.explorer import Server, explorer_page

ALL = {"tnla", "tatmadaw", "3ba", "aa"}  # the spokesman is hidden with his kind


def tool(reader, name):
    reader.tab.locator("#panel .tools button", has_text=name).click()


def test_a_neighbourhood_grows_shrinks_and_ends(opened):
    assert opened.actors() == ALL
    opened.find("Three Brotherhood")
    tool(opened, "Only its neighbours")
    assert opened.actors() == {"3ba", "tnla", "aa"}
    tool(opened, "Expand")
    assert opened.actors() == ALL  # the army is two steps away
    assert "around=2:3ba" in opened.address()
    tool(opened, "Collapse")
    assert opened.actors() == {"3ba", "tnla", "aa"}
    assert opened.tab.locator("#chips li").first.inner_text().startswith("Around Three Brotherhood Alliance, 1 step")
    opened.tab.click("#chips .all button")
    assert opened.actors() == ALL


def test_hidden_actors_leave_with_their_lines_and_come_back(opened):
    opened.tab.mouse.click(*opened.place_of_actor("Tatmadaw"))
    tool(opened, "Hide")
    assert opened.actors() == {"3ba", "tnla", "aa"}
    assert {line[1] for line in opened.lines()} == {"member_of"}
    opened.tab.click("#show-table")
    # the table hides it too: two members and the town taken, which no line shows
    assert opened.tab.locator("tbody td .verb").all_inner_texts() == ["member of", "capture", "member of"]
    opened.tab.click("#show-picture")
    opened.tab.click("button[aria-label='Show the hidden actors']")
    assert opened.actors() == ALL


def test_an_alliance_folds_over_its_members_and_opens_again(opened):
    opened.find("Three Brotherhood")
    tool(opened, "Fold members")
    assert opened.actors() == {"3ba", "tatmadaw"}
    # four lines of two members against and with the army: the attacks of both are one line now
    assert opened.lines() == {("3ba", "attack", "tatmadaw", False), ("tatmadaw", "ceasefire", "3ba", False)}
    attack = opened.tab.evaluate("[...kg.drawn.entries()].find(([id]) => kg.lines.get(id).type === 'attack')[1].claims.length")
    assert attack == 3
    opened.tab.mouse.dblclick(*opened.place_of_actor("Three Brotherhood Alliance"))
    assert opened.actors() == ALL


def test_members_fold_only_while_they_are_members(opened):
    opened.set_day("Day", "2018-12-31")  # before the TNLA joined; nobody else is dated before
    opened.set_day("Day", "2019-06-01")
    opened.find("Three Brotherhood")
    tool(opened, "Fold members")
    assert opened.actors() == {"3ba"}
    assert opened.tab.evaluate("kg.inside.get(kg.data.actors.findIndex((a) => a.id === '3ba')).length") == 1


def test_undo_and_redo_follow_the_browser_history(opened):
    opened.find("Three Brotherhood")
    tool(opened, "Only its neighbours")
    opened.address()
    tool(opened, "Hide")
    hidden = opened.address()
    assert "hide=3ba" in hidden
    opened.tab.click("#undo")
    opened.tab.wait_for_timeout(100)
    assert opened.actors() == {"3ba", "tnla", "aa"}
    opened.tab.keyboard.press("Control+Shift+z")
    opened.tab.wait_for_timeout(100)
    assert opened.address() == hidden
    opened.tab.go_back()
    assert opened.tab.locator("#redo").is_enabled()


def test_what_was_dragged_stays_there(reader, claims, documents):
    tab = reader.open(make_page(claims, documents))
    x, y = reader.place_of_actor("Tatmadaw")
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + 60, y - 40, steps=4)
    tab.mouse.up()
    where = tab.evaluate("kg.places.of(kg.data.actors.findIndex((a) => a.id === 'tatmadaw'))")
    reader.set_day("Day", "2023-11-01")
    address = reader.address()
    assert f"pin={where[0]}:{where[1]}:tatmadaw" in address
    tab.reload()
    tab.wait_for_selector("body[data-ready=yes]")
    number = tab.evaluate("String(kg.data.actors.findIndex((a) => a.id === 'tatmadaw'))")
    assert tab.evaluate("(id) => kgNetwork.getPosition(id)", number) == {"x": where[0], "y": where[1]}
    tab.click("button[aria-label='Put all back in place']")
    assert tab.evaluate("(id) => kgNetwork.getPosition(id)", number) != {"x": where[0], "y": where[1]}


@pytest.fixture
def chain():
    """Two ways of two steps from A to D: over B, of which one link is unverified, and over C, well attested by more documents."""
    a, b, c, d = (Reference(x, Kind.ARMED_GROUP, f"{x} Army") for x in "ABCD")
    links = [(a, b, Certainty.STATED), (b, d, Certainty.UNVERIFIED), (a, c, Certainty.STATED), (c, d, Certainty.STATED)]
    claims = [make_claim("allied_with", subject=x, object=y, certainty=certainty, date="2023/..", start=100 * n)
              for n, (x, y, certainty) in enumerate(links)]
    return [*claims, make_claim("allied_with", subject=a, object=c, document="other.txt", date="2023/..")]


def test_a_path_is_the_best_attested_and_names_its_weakest_evidence(reader, chain, documents):
    tab = reader.open(make_page(chain, documents))
    reader.find("A Army")
    tool(reader, "Path to")
    tab.keyboard.type("D Army")
    tab.keyboard.press("Enter")
    steps = tab.locator(".steps-list li")
    assert [" ".join(text.split()[:8]) for text in steps.all_inner_texts()] == [
        "A Army → allied with + C Army", "C Army → allied with + D Army"]
    assert tab.locator(".weakest").inner_text().startswith("C Army")  # one document; the other step has two
    assert "path=A&path=D" in reader.address()
    reader.set_day("Day", "2022-01-01")
    assert "No way leads" in tab.inner_text("#panel .notice")
    tab.click("button[aria-label='Leave the path']")
    assert tab.locator("#panel").is_hidden()


def test_everything_stands_in_the_address(reader, claims, documents):
    address = ("#on=2023-10-27&to=2024-02-01&view=table&table=ties&sort=-Claims&actor=tnla&around=2:tnla&hide=aa&fold=3ba"
               "&path=tnla&path=tatmadaw&pin=5:-7:tnla&no.type=meet&no.certainty=disputed&with.kind=person")
    tab = reader.open(make_page(claims, documents), address)
    tab.keyboard.press("Escape")  # closes the panel: the rest stays
    assert set(reader.address().split("&")) == set(address[1:].split("&")) - {"actor=tnla"}


@pytest.fixture
def crowd():
    """200 members of one alliance, 30 of them tied to an army as well."""
    groups = [Reference(f"g{n}", Kind.ARMED_GROUP, f"Group {n}") for n in range(200)]
    claims = [make_claim("member_of", subject=group, object=ALLIANCE, start=100 * n, date="2023/..") for n, group in enumerate(groups)]
    return claims + [make_claim("attack", subject=group, object=ARMY, start=100_000 + 100 * n) for n, group in enumerate(groups[:30])]


def test_of_a_crowd_the_best_connected_are_drawn_and_search_shows_the_neighbourhood(reader, crowd):
    tab = reader.open(make_page(crowd, {"report.txt": Document("report.txt", "", published=Period.parse("2023-11-17"))}))
    assert len(reader.actors()) == 60
    assert {f"g{n}" for n in range(30)} | {"3ba", "tatmadaw"} <= reader.actors()
    assert tab.inner_text("#chips .crowd") == "The 60 best connected of 202 actors: search for one to see its neighbours"
    reader.find("Group 199")
    assert reader.actors() == {"g199", "3ba"}
    tab.locator("#panel button", has_text="Expand").click()
    assert len(reader.actors()) == 151  # with the 200 of the alliance it is a crowd again: the 150 best connected, and what was asked for


def test_a_part_of_a_large_network_is_drawn_close_together_and_stays_there(reader, crowd, documents):
    tab = reader.open(make_page(crowd, documents), "#around=1:g5&on=2023-06-01")
    assert reader.actors() == {"g5", "3ba"}
    places = """Object.fromEntries([...kg.shownActors].map((actor) => [kg.data.actors[actor].id, kg.places.of(actor)]))"""
    before = tab.evaluate(places)
    (ax, ay), (bx, by) = before.values()
    assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 < 400  # in the whole, 202 actors take some thousand pixels
    reader.set_day("Day", "2023-12-01")  # the army comes in, told of on 17 November
    assert reader.actors() == {"g5", "3ba", "tatmadaw"}
    assert {actor: place for actor, place in tab.evaluate(places).items() if actor in before} == before


def test_an_actor_alone_in_its_neighbourhood_is_still_drawn(reader, documents):
    claims = [make_claim("attack", subject=TNLA, object=ARMY, date="2023-10-27"),
              make_claim("attack", subject=AA, object=ARMY, date="2025-01-01", start=9)]
    reader.open(make_page(claims, documents), "#around=1:aa&on=2023-10-27")
    assert reader.actors() == {"aa"}


def test_with_a_server_the_page_asks_it_for_what_it_does_not_know(chromium, claims, documents):
    asked = []

    def answer(route):
        if route.request.headers["accept"] == "application/json":
            found = [{"id": "wagner", "name": "Wagner", "label": "Wagner Group", "kind": "armed group", "claims": 1000, "more": True}]
            route.fulfill(json=found if "Wagner" in route.request.url else [])
            return
        asked.append(route.request.url)
        page = explorer_page(claims, documents, positions={}, title="Who stands with whom", server=Server("/explore", ("aa",)))
        route.fulfill(body=page, content_type="text/html")

    context = chromium.new_context()
    context.route("**/*", answer)
    tab = context.new_page()
    tab.goto("http://kg.test/explore")
    tab.wait_for_selector("body[data-ready=yes]")
    tab.fill("#find", "Nobody & Co")
    assert tab.inner_text("#found").split("\n") == ["No name like this in the claims of this page", "Find “Nobody & Co” in the whole graph"]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/explore?find=*")
    tab.wait_for_selector("body[data-ready=yes]")
    tab.fill("#find", "Wagner")
    tab.wait_for_selector("#found small")
    first = tab.locator("#found [role=option]").first.inner_text()
    assert first == "Wagner Group\nWagner · armed group · over 1,000 claims in the whole graph"
    tab.fill("#find", "TNLA")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel .server") == "All its ties · Add its ties to these from the server"
    tab.click("text=Add its ties to these")
    tab.wait_for_url("**/explore?actor=*")
    tab.wait_for_selector("body[data-ready=yes]")
    context.close()
    assert [url.partition("#")[0] for url in asked] == [
        "http://kg.test/explore", "http://kg.test/explore?find=Nobody+%26+Co", "http://kg.test/explore?actor=aa&actor=tnla&steps=1"]
