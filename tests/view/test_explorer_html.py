"""The page as text: one file, nothing to fetch, nothing to run but its own scripts."""

import base64
import hashlib
import json
from html.parser import HTMLParser

import pytest
from view_samples import AA, ARMY, TNLA, make_claim, make_page

from kg.model import Kind, Polarity, Reference, ties
from kg.view.explorer import Server, drawn_at_first, explorer_page
from kg.view.looks import KINDS


class Parts(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.blocks = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag in ("script", "style"):
            self.blocks.append([tag, dict(attributes), ""])

    def handle_endtag(self, tag):
        self.elements.append(("/" + tag, {}))

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] in ("script", "style"):
            self.blocks[-1][2] += data


def data_of(page, id_="kg-data"):
    return json.loads(next(text for tag, attributes, text in Parts(page).blocks if attributes.get("id") == id_))


def test_nothing_is_requested(claims, documents):
    parts = Parts(make_page(claims, documents))
    assert [e for e in parts.elements if e[0] in ("link", "img", "iframe", "object", "embed", "base", "form")] == []
    assert [e for e in parts.elements if {"src", "href", "srcset", "style"} & e[1].keys() or any(k.startswith("on") for k in e[1])] == []
    style = next(text for tag, _, text in parts.blocks if tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    assert "sourceMappingURL" not in make_page(claims, documents)


def test_the_policy_allows_exactly_the_scripts_of_the_page(claims, documents):
    parts = Parts(make_page(claims, documents))
    policy = next(a["content"] for tag, a in parts.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
              for tag, attributes, text in parts.blocks if "type" not in attributes]
    style, *scripts = hashes
    assert rules == {"default-src": "'none'", "script-src": " ".join(scripts), "style-src": style, "img-src": "data: blob:",
                     "base-uri": "'none'", "form-action": "'none'"}
    assert len(scripts) == 2


def test_the_page_is_a_proper_document(claims, documents):
    page = make_page(claims, documents, title="A & B <b>")
    elements = Parts(page).elements
    assert page.startswith("<!DOCTYPE html>\n<html lang=\"en\">")
    assert "<title>A &amp; B &lt;b&gt;</title>" in page
    assert [tag for tag, _ in elements if tag in ("main", "h1", "title")] == ["title", "h1", "main"]
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_one_line_a_pair_type_and_sign(claims, documents):
    data = data_of(make_page(claims, documents))
    names = [actor["id"] for actor in data["actors"]]
    lines = [(names[line["source"]], line["type"], line["sign"], names[line["target"]], line["claims"]) for line in data["lines"]]
    assert lines == [
        ("tnla", "attack", -1, "tatmadaw", [0, 1]),  # two claims, one line
        ("tatmadaw", "ceasefire", 1, "tnla", [2]),
        ("tnla", "member_of", 1, "3ba", [3]), ("aa", "member_of", 1, "3ba", [4]), ("aa", "attack", -1, "tatmadaw", [5]),
        ("spokesman", "holds_role", 0, "tnla", [8])]


def test_a_defection_is_drawn_to_one_side_and_from_the_other(documents):
    unit = Reference("unit", Kind.MILITARY_UNIT, "Border Guard Force 1006")
    data = data_of(make_page([make_claim("defect", subject=unit, from_=ARMY, to=TNLA)], documents))
    assert [(line["type"], line["sign"], line["claims"]) for line in data["lines"]] == [("defect", 1, [0]), ("defect", -1, [0])]


def test_both_directions_of_a_mutual_tie_are_one_line(documents):
    claims = [make_claim("allied_with", subject=TNLA, object=AA), make_claim("allied_with", subject=AA, object=TNLA, start=9)]
    assert [line["claims"] for line in data_of(make_page(claims, documents))["lines"]] == [[0, 1]]


def test_parallel_lines_are_fanned_out(documents):
    claims = [make_claim(t, subject=a, object=b) for t, a, b in [
        ("attack", TNLA, ARMY), ("attack", ARMY, TNLA), ("opposes", TNLA, ARMY), ("pressure", ARMY, TNLA)]]
    edges = data_of(make_page(claims, documents), "kg-edges")
    # seen from one end: to which side, and how far
    swing = [((edge["smooth"]["type"] == "curvedCCW") == (edge["from"] < edge["to"]), edge["smooth"]["roundness"]) for edge in edges]
    assert len(edges) == len(set(swing)) == 4
    assert len({edge["id"] for edge in edges}) == 4


def test_a_single_line_is_straight(claims, documents):
    edges = data_of(make_page(claims, documents), "kg-edges")
    assert [edge["smooth"] for edge in edges if edge["id"] == "l2"] == [False]


def test_data_is_whole_however_hostile(documents):
    quote = "</script><script>alert(1)</script><!-- \u2028 ' \" & ]]> {{ 7*7 }} " + "x" * 100_000
    page = make_page([make_claim("attack", subject=TNLA, object=ARMY, quote=quote)], documents)
    assert data_of(page)["claims"][0]["quotes"] == [quote]
    assert len([tag for tag, _ in Parts(page).elements if tag == "script"]) == 6


def test_same_claims_same_page(claims, documents):
    assert make_page(claims, documents) == make_page(claims, documents)


def test_no_claims_make_a_page(documents):
    assert data_of(make_page([], documents))["claims"] == []


def test_an_actor_without_a_position_stands_by_its_ally(claims, documents):
    page = explorer_page(claims, documents, positions={"tnla": (0, 0), "3ba": (5, 5)}, title="x")
    at = {node["label"]: (node["x"], node["y"]) for node in data_of(page, "kg-nodes")}
    assert at["TNLA"] == (0, 0)
    assert at["Arakan Army"] == (725.0, 625.0)  # 0.8 units (of 125 px) to the right of the alliance
    assert len(set(at.values())) == len(at)


def test_roles_denials_and_persons_wait_for_the_reader(claims):
    denied = make_claim("allied_with", subject=TNLA, object=AA, polarity=Polarity.NEGATIVE)
    shown = [tie.type for tie in ties([*claims, denied]) if drawn_at_first(tie)]
    assert shown == ["attack", "attack", "ceasefire", "member_of", "member_of", "attack"]


@pytest.mark.parametrize("server", ["javascript:alert(1)", "//elsewhere.example", "/\\elsewhere", "explore", "/a b", ""])
def test_a_server_has_a_plain_address(server):
    with pytest.raises(ValueError, match="not an address"):
        Server(server)


@pytest.mark.parametrize(("server", "asks"), [
    (None, None), (Server("/explore"), "'self'"), (Server("https://kg.example:8443/explore"), "https://kg.example:8443")])
def test_scripts_may_fetch_from_the_server_alone(server, asks):
    parts = Parts(explorer_page([], {}, positions={}, title="x", server=server))
    policy = next(a["content"] for tag, a in parts.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert [part for part in policy.split("; ") if part.startswith("connect-src")] == ([f"connect-src {asks}"] if asks else [])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_actor])
def test_every_kind_of_actor_has_a_look_that_the_legend_can_draw(kind):
    script = Parts(explorer_page([], {}, positions={}, title="")).blocks[-1][2]
    assert KINDS[kind].shape == "dot" or f"{KINDS[kind].shape}: \"" in script
