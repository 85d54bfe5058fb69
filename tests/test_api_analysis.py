"""What a graph in Python tells of who stands with whom: the answers of the analysis, their tables, and how they show themselves."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from build_fixtures import toy_recipe, write_documents
from hand_made_stores import ARMY, FRONT, told, write_store
from hostile_html import HARMLESS, HOSTILE, Reader

import kg
from kg.api.listing import Listing
from kg.api.weighing import Paths
from kg.build import build
from kg.model import Claim, Evidence, Kind, Modality, Quantity, Reference, Span

GUARDS = Reference("guards", Kind.ARMED_GROUP, "Hill Guards")
LEAGUE = Reference("league", Kind.ALLIANCE, "Hill League")
TOWN = Reference("riverton", Kind.PLACE, "Riverton")

DESERTED = told("desert", 0, "At least 750 soldiers deserted.", from_=ARMY, quantity=Quantity(750, None, "At least 750"),
                on="2023-10-27/2023-11-17")
FEWER = told("desert", 0, "Nearly 450 soldiers deserted.", document="b.txt", from_=ARMY, quantity=Quantity(None, 450, "Nearly 450"),
             on="2023-10-27/2023-11-30")
TOOK = told("capture", 40, "The front took Riverton.", subject=FRONT, object=TOWN, from_=ARMY, on="2023-11-12")
MEMBER = told("member_of", 80, "The front is in the league.", subject=FRONT, object=LEAGUE, on="2023")
WENT = told("defect", 120, "The guards left the army for the front.", subject=GUARDS, from_=ARMY, to=FRONT, on="2023-06-15",
            reported="2023-06-25")
FOUGHT = told("attack", 160, "The guards attacked the league.", subject=GUARDS, object=LEAGUE, on="2023-06-20", reported="2023-06-25")
MAY_GO = told("defect", 200, "The league may join the army.", subject=LEAGUE, to=ARMY, modality=Modality.POSSIBLE)
CLAIMS = [DESERTED, FEWER, TOOK, MEMBER, WENT, FOUGHT, MAY_GO]


def stored(folder: Path, claims: list[Claim]) -> kg.KnowledgeGraph:
    return kg.open_graph(write_store(folder, claims) / "kg-out")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    return stored(tmp_path_factory.mktemp("analysis"), CLAIMS)


# On 2023-07-01 four pairs have a sign: front + league, guards + front, guards - army, guards - league (the town falls later).
# The one triangle, front, league and guards, has signs + + -: not balanced, so one tie of four stands against any two camps.
DAY = "2023-07-01"


def test_balance_is_measured_with_the_claims_that_disturb_it(graph: kg.KnowledgeGraph) -> None:
    balance = graph.balance(on=DAY)
    assert repr(balance) == "<balance on 2023-07-01: 1 of 4 ties stand against two camps>"
    assert {row["measure"]: row["value"] for row in balance.table()} == {
        "ties with a sign": 4, "triangle balance T": 0.0, "frustration L": 1, "F = 1 - 2L/m": 0.5,  # F = 1 - 2 * 1 / 4
        "walk balance K": round(kg.walk_balance(balance.signed) or 0, 3)}
    [row] = balance.against()
    assert row["claim"] in {MEMBER.id, WENT.id, FOUGHT.id}  # any side of the triangle; each is told once
    assert sum(int(str(row["actors"])) for row in balance.camps()) == 4
    html = Reader(balance._repr_html_())
    assert "The ties against them" in html.text


def test_an_empty_network_is_undefined_and_not_zero(graph: kg.KnowledgeGraph) -> None:
    balance = graph.balance(on="1990-01-01")
    assert [(row["measure"], row["value"]) for row in balance.table()] == [
        ("ties with a sign", 0), ("triangle balance T", None), ("walk balance K", None), ("frustration L", None), ("F = 1 - 2L/m", None)]
    assert "undefined: no ties" in Reader(balance._repr_html_()).text


def test_the_structure_of_a_day_is_told_by_name(graph: kg.KnowledgeGraph) -> None:
    structure = graph.survey(on=DAY)
    assert repr(structure) == "<network on 2023-07-01: 4 actors, 2 pairs together, 2 against, 0 mixed>"
    assert [(row["actors"], row["enmities inside"], row["who"]) for row in structure.camps()] == [
        (3, "Hill Guards – Hill League", "Free Front, Hill Guards, Hill League")]
    assert [(row["alliance"], row["perhaps"]) for row in structure.alliances()] == [("Hill League", "Free Front")]
    assert [row["actor"] for row in structure.brokers()] == ["Free Front"]  # between its two friends
    assert [(row["actor"], row["stands"], row["other"]) for row in structure.table()] == [
        ("Free Front", "together", "Hill Guards"), ("Free Front", "together", "Hill League"), ("Hill Guards", "against", "Hill League"),
        ("Hill Guards", "against", "National Army")]


def test_what_hostility_ended_is_told_with_the_claims_of_both(tmp_path: Path) -> None:
    allied = told("allied_with", 0, "The guards and the army are allies.", subject=GUARDS, object=ARMY, reported="2015-03-01")
    fought = [told("attack", 0, "They fought.", document=name, on=f"2021-0{number}-05", subject=GUARDS, object=ARMY,
                   reported=f"2021-0{number}-06") for number, name in enumerate(("b.txt", "c.txt"), 1)]
    graph = stored(tmp_path, [allied, *fought])
    [row] = graph.survey(on="2021-02-01").ended()
    ended_by = ", ".join(sorted(one.id for one in fought))
    assert tuple(row.values()) == ("Hill Guards", "allied_with", "National Army", "2021-01-05", "fell out", allied.id, ended_by)
    assert "Over by then" in Reader(graph.survey(on="2021-02-01")._repr_html_()).text
    [row] = graph.history("Hill Guards").table()
    assert (row["perhaps"], row["ended"], row["ended by"]) == ("2015-03-01/2021-01-05", "fell out", ended_by)
    doubt = graph.doubt("ties", on="2023-01-01", draws=2)  # long after: no tie but what either attack keeps away
    assert [(one.value, one.change) for one in doubt.rests if one.change] == [(1, 1)] * 4  # each attack, and each one's document
    assert any("Hill Guards attack National Army" in words for words in doubt.says)


def test_a_measure_comes_with_what_it_rests_on(graph: kg.KnowledgeGraph) -> None:
    doubt = graph.doubt("frustration", on=DAY, draws=20)
    assert doubt.table()[0] == {"what counts": "all that counts", "value": 0.5, "change": 0.0, "claims": 3, "pairs": 4}
    assert doubt.drawn()[0]["documents"] == 1  # b.txt tells of no tie
    without = {row["left out"]: row["value without"] for row in doubt.moved()}
    assert without["Hill Guards attack Hill League, 2023-06-20"] == 1.0
    assert without["a.txt"] is None  # nothing is left: undefined
    assert repr(doubt).startswith("<frustration on 2023-07-01: 0.5, drawn again")


def test_any_function_of_the_signed_graph_is_put_in_doubt(graph: kg.KnowledgeGraph) -> None:
    def enmities(signed: nx.Graph[str]) -> float:
        return sum(tie["sign"] < 0 for *_, tie in signed.edges(data=True))

    doubt = graph.doubt(enmities, on=DAY, draws=5)
    assert (doubt.measure, doubt.interval.value) == ("enmities", 2)


def test_a_network_can_be_of_a_window_and_of_what_was_known(graph: kg.KnowledgeGraph) -> None:
    assert sorted(graph.network(on=("2023-11-01", None)).edges()) == [("front", "army"), ("front", "league")]
    assert sorted(graph.known_then("2023-06-30", on=DAY).edges()) == [("guards", "army"), ("guards", "front"), ("guards", "league")]
    assert graph.known_then("2023-06-01").number_of_edges() == 0  # told of on June 25 only
    assert len(graph.ties()) == 6  # a capture, a membership, an attack, and each defection with its sides


def test_switches_are_listed_with_those_announced_apart(graph: kg.KnowledgeGraph) -> None:
    [row] = graph.switches().table()
    assert {name: row[name] for name in ("when", "who", "from", "to", "kind", "how sure", "documents", "claim")} == {
        "when": "2023-06-15", "who": "Hill Guards", "from": "National Army", "to": "Free Front", "kind": "defection",
        "how sure": "stated", "documents": "a.txt", "claim": WENT.id}
    assert len(graph.switches(actor="NA")) == 1  # it was left
    assert len(graph.switches(until="2023-06-14")) == len(graph.switches(actor="Hill League")) == 0
    assert [(row["who"], row["how sure"]) for row in graph.announced().table()] == [("Hill League", "possible")]


def test_a_history_names_the_sides_and_the_switches(graph: kg.KnowledgeGraph) -> None:
    history = graph.history("Hill Guards")
    assert repr(history) == "<Hill Guards: 2 allegiances, <1 switch>>"
    assert {row["with"]: (row["perhaps"], row["ended"]) for row in history.table()} == {
        "National Army": ("by 2023-06-15", "left"), "Free Front": ("since 2023-06-15", None)}


def test_strained_places_come_with_reasons(graph: kg.KnowledgeGraph) -> None:
    assert ("Hill League", "a switch is announced, asked for or held possible", MAY_GO.id) in [
        (row["actor"], row["reason"], row["claim"]) for row in graph.tension().table()]


def test_alignment_is_scored_window_by_window(graph: kg.KnowledgeGraph) -> None:
    # guards: (front - army - league) / 3, league: (front - guards) / 2, with front +1 and army -1: guards 0.6, league 0.2
    series = graph.alignment("Free Front", "NA", since="2023-06-15", until="2023-06-30", step="month")
    assert [tuple(row.values()) for row in series.table()] == [("Hill Guards", 0.6), ("Hill League", 0.2)]
    assert series.table().columns == ("actor", "2023-06")
    assert str(series.sure()[0]["claims"]).split(", ") == sorted([WENT.id, FOUGHT.id])
    assert len(series.changes()) == 0


def test_flows_are_ranges_and_tell_what_is_not_added(graph: kg.KnowledgeGraph) -> None:
    flows = graph.flows(by="all", from_="National Army")
    assert [(row["what"], row["people"], row["least"], row["most"]) for row in flows.table()] == [
        ("defect", None, None, None), ("desert", "750+", 750, None)]  # nothing bounds it from above: 450 is contradicted
    assert [(row["count"], row["claim"]) for row in flows.left_out()] == [("<450", FEWER.id)]
    assert [flow.kind for flow in graph.flows(by="all", to="Free Front")] == ["defect"]


def test_disagreements_stand_side_by_side(graph: kg.KnowledgeGraph) -> None:
    found = graph.disagreements(about="count", actor="NA")
    assert [(row["number"], row["position"], row["claim"]) for row in found.table()] == [(1, "<450", FEWER.id), (1, "750+", DESERTED.id)]
    assert "must contradict" in Reader(found._repr_html_()).text
    assert len(graph.disagreements(about="office")) == 0


def test_who_holds_a_place_is_told_for_a_day(graph: kg.KnowledgeGraph) -> None:
    assert {row["holder"]: row["that day"] for row in graph.control("Riverton", on="2023-11-12").table()}["Free Front"] == "yes"
    assert "that day" not in graph.control().table().columns


def test_a_path_marks_its_weakest_step(graph: kg.KnowledgeGraph) -> None:
    found = graph.path("Hill League", "NA", on=DAY)
    assert [(row["actor"], row["stands"], row["other"]) for row in found.table()] == [
        ("Hill League", "against", "Hill Guards"), ("Hill Guards", "against", "National Army")]
    assert found.about == "1: the ends stand together"  # the enemy of an enemy
    assert sum(row["weakest"] is True for row in found.table()) == 1
    assert graph.path("Hill League", "NA", on="1990-01-01") == Paths(())


def test_a_listing_is_a_sequence_of_the_models_values(graph: kg.KnowledgeGraph) -> None:
    found = graph.flows(by="all")
    assert found[0] == next(iter(found))
    assert isinstance(found[:1], type(found))
    assert (len(found[:1]), repr(found[:1])) == (1, "<1 flow>")


@pytest.mark.parametrize(("ask", "message"), [
    (lambda graph: graph.balance(on="soon"), "'soon' is no day"),
    (lambda graph: graph.network(on=("2023-02-01", "2023-01-01")), "the window ends before it begins"),
    (lambda graph: graph.doubt("love", on=DAY), "no measure is called 'love'"),
    (lambda graph: graph.history("ZZ"), "no actor is called 'ZZ'"),
    (lambda graph: graph.alignment("NA", "army", since=DAY, until=DAY), "between 'NA' and 'army'"),  # one actor
    (lambda graph: graph.alignment("NA", "front", since=DAY, until=DAY, step="decade"), "by 'decade'"),
    (lambda graph: graph.flows(by="decade"), "no flows by 'decade'"),
    (lambda graph: graph.disagreements(about="lunch"), "no disagreements are about 'lunch'"),
    (lambda graph: graph.control("Nowhere"), "no place is called 'Nowhere'"),
    (lambda graph: graph.path("NA", "army"), "are the same actor"),
])
def test_what_cannot_be_answered_is_told(graph: kg.KnowledgeGraph, ask: Callable[[kg.KnowledgeGraph], object], message: str) -> None:
    with pytest.raises(kg.KgError) as problem:
        ask(graph)
    assert message in str(problem.value)


# How they show themselves


def test_hostile_names_and_sentences_are_shown_as_text(tmp_path: Path) -> None:
    def hostile(reference: Reference | None) -> Reference | None:
        return reference and Reference(reference.id, reference.kind, HOSTILE + reference.id, (HOSTILE,))

    worse = [Claim(c.type, (Evidence(c.document, Span(0, len(HOSTILE)), HOSTILE),), hostile(c.subject), hostile(c.object),
                   from_=hostile(c.from_), to=hostile(c.to), period=c.period, reported=c.reported, quantity=c.quantity,
                   attributed_to=hostile(GUARDS), modality=c.modality) for c in CLAIMS]
    graph = stored(tmp_path, worse)
    found = {"balance": graph.balance(on=DAY), "survey": graph.survey(on=DAY), "doubt": graph.doubt("ties", on=DAY, draws=2),
             "switches": graph.switches(), "history": graph.history("guards"), "tension": graph.tension(), "flows": graph.flows(),
             "alignment": graph.alignment("front", "army", since=DAY, until=DAY), "disagreements": graph.disagreements(),
             "control": graph.control(), "path": graph.path("league", "army", on=DAY)}
    read = {name: Reader(value._repr_html_()) for name, value in found.items()}
    assert {name: one.names() - HARMLESS - {"img"} for name, one in read.items()} == {name: set() for name in found}
    assert [name for name, one in read.items() if HOSTILE not in one.text] == []
    plain = [attributes for one in read.values() for tag, attributes in one.tags if tag != "img"]
    assert {name for attributes in plain for name in attributes} <= {"class", "dir", "scope", "style"}
    pictures = [attributes for one in read.values() for tag, attributes in one.tags if tag == "img"]
    assert {name for attributes in pictures for name in attributes} == {"src", "alt", "style"}
    for picture in pictures:  # an image runs nothing; and nothing in it could run elsewhere either
        drawn = Reader(b64decode((picture["src"] or "").removeprefix("data:image/svg+xml;base64,")).decode())
        assert not {"script", "img", "image", "foreignObject", "a"} & drawn.names()


@pytest.mark.parametrize(("take", "says"), [
    (lambda graph: graph.picture(), "left the National Army for the Free Front"),
    (lambda graph: graph.picture(actor="Hill Guards"), "Hill Guards"),
    (lambda graph: graph.history("Hill Guards").picture(), "Hill Guards"),
    (lambda graph: graph.flows().picture(), "National Army"),
    (lambda graph: graph.survey(on="2023-06-01").picture(), "1 June 2023"),
    (lambda graph: graph.survey(on="2023-06-01").picture(by_year=True), "1 June 2023"),
    (lambda graph: graph.control(on="2023-06-01").picture(), "1 June 2023"),
    (lambda graph: graph.control(on="2023-06-01").picture(by_year=True), "1 June 2023"),
])
def test_what_is_found_has_a_picture(graph: kg.KnowledgeGraph, take: Any, says: str) -> None:
    picture = take(graph)
    assert says in picture.frame.finding
    assert Reader(picture.svg()).tags[0][0] == "svg"
    assert picture._repr_html_().startswith('<img src="data:image/svg+xml;base64,')


@pytest.mark.parametrize("take", [
    lambda graph: graph.survey(), lambda graph: graph.survey(on=("2023-01-01", None)), lambda graph: graph.control(),
    lambda graph: graph.flows()[:1],
])
def test_of_a_part_or_of_no_day_no_picture_is_made(graph: kg.KnowledgeGraph, take: Any) -> None:
    found = take(graph)
    assert "<img" not in found._repr_html_()
    with pytest.raises(kg.KgError, match="no picture is made"):
        found.picture()


def test_the_picture_of_a_listing_comes_before_its_table(graph: kg.KnowledgeGraph) -> None:
    shown = graph.flows()._repr_html_()
    assert 0 <= shown.index("<img") < shown.index("<table")


def test_a_listing_without_a_table_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Listing(())  # type: ignore[abstract]


def test_rows_are_a_frame_of_pandas(graph: kg.KnowledgeGraph) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is the reader's own tool: pip install pandas")
    frame = pandas.DataFrame(graph.switches().table())
    assert list(frame.columns) == list(graph.switches().table().columns)
    assert frame.loc[0, "who"] == "Hill Guards"


def test_rows_are_a_frame_of_polars(graph: kg.KnowledgeGraph) -> None:
    polars = pytest.importorskip("polars", reason="polars is the reader's own tool: pip install polars")
    assert polars.DataFrame(list(graph.flows(by="all", from_="NA").table()))["least"].to_list() == [None, 750]


# Measures of any graph, corrections, what nothing covers


def test_the_measures_take_any_signed_graph() -> None:
    triangle = nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": 1}), ("a", "c", {"sign": -1})])
    assert (kg.frustration(triangle).index, kg.triangle_balance(triangle).share) == (1, 0.0)
    assert kg.communities(triangle).groups
    assert len(kg.blockmodel(triangle, 2).inconsistent) == 1
    assert kg.network_realignment(triangle, triangle).index == 0.0
    assert kg.pn_centrality(nx.Graph()) == {}
    assert kg.project([]).number_of_nodes() == 0


def test_a_decision_is_logged_and_applied(tmp_path: Path) -> None:
    documents = write_documents(tmp_path / "reports", a="AA attacked SAC. BB attacked SAC.")
    build([str(documents)], out=tmp_path / "kg-out", recipe=toy_recipe())
    graph = kg.open_graph(tmp_path / "kg-out")
    wrong = graph.claims()[0]
    after = graph.decide("reject", wrong.id, reason="misread", by="me")
    assert [claim.subject.name for claim in after.claims() if claim.subject] == ["BB"]
    assert '"reason": "misread"' in (tmp_path / "decisions.jsonl").read_text(encoding="utf-8")
    assert len(graph.decide("accept", wrong.id, reason="it was right", by="me").claims()) == 2
    merged = graph.decide("merge", "aa", into="bb", reason="one group")
    assert {claim.subject.id for claim in merged.claims() if claim.subject} == {"bb"}


@pytest.mark.parametrize(("action", "target", "reason", "message"), [
    ("reject", "0123456789abcdef", "misread", "the graph holds no 0123456789abcdef"),
    ("forget", "army", "misread", "'forget' is not a valid Action"),
    ("reject", WENT.id, " ", "gives no reason"),
])
def test_a_decision_about_nothing_is_refused(graph: kg.KnowledgeGraph, action: str, target: str, reason: str, message: str) -> None:
    with pytest.raises(kg.KgError, match=message):
        graph.decide(action, target, reason=reason)
    assert not (graph.folder.parent / "decisions.jsonl").exists()


def test_what_nothing_covers_is_listed(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, a="The Blue Guard attacked the Red Guard on Monday.")
    assert ("armed_group", "Blue Guard", 1) in [(row["what"], row["text"], row["count"]) for row in kg.unmatched(documents, date="2031")]
    with pytest.warns(UserWarning, match=r"left out: .*missing\.txt"):
        assert kg.unmatched(tmp_path / "missing.txt") == kg.Table(("what", "text", "count", "example"), ())


def test_a_day_may_be_a_date(graph: kg.KnowledgeGraph) -> None:
    assert repr(graph.balance(on=date(2023, 7, 1))) == repr(graph.balance(on=DAY))


def test_a_picture_tells_what_is_counted_otherwise_than_usual(graph: kg.KnowledgeGraph) -> None:
    usual, strict = (graph.survey(on="2023-06-01", policy=policy).picture().frame.told for policy in (None, kg.Policy(pair_documents=2)))
    assert strict == f"{usual} A pair's ties of one sign count when 2 documents or more tell of them."
