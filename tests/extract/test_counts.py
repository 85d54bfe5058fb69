"""Counts: what each means in the codebook's notation (rule 14), and which numbers are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.counts import CountMention, find_counts
from kg.model import Span


def counts(text: str) -> tuple[CountMention, ...]:
    return find_counts(text, Span(0, len(text)))


COUNTS = [
    ("They have 10,000 fighters.", "10000", "fighters"),
    ("They have 4,616 men.", "4616", "men"),
    ("They have 1.5 million supporters.", "1500000", "supporters"),
    ("They have 2 million people.", "2000000", "people"),
    ("They have 3 lakh voters.", "300000", "voters"),
    ("They have eighteen soldiers.", "18", "soldiers"),
    ("They have twenty-one tanks.", "21", "tanks"),
    ("They have two hundred and ten men.", "210", "men"),
    ("They have one thousand two hundred men.", "1200", "men"),
    ("They have three hundred thousand men.", "300000", "men"),
    ("They have a hundred men.", "100", "men"),
    ("They have two dozen trucks.", "24", "trucks"),
    ("They have a dozen trucks.", "12", "trucks"),
    ("They have half a dozen trucks.", "6", "trucks"),
    ("They have half a million followers.", "500000", "followers"),
    ("They lost one soldier.", "1", "soldier"),
    ("Three soldiers fled.", "3", "soldiers"),
    ("“Three soldiers fled,” he said.", "3", "soldiers"),
    ("Two Syrian soldiers fled.", "2", "soldiers"),
    ("They have some 10,000 fighters.", "~10000", "fighters"),
    ("About 300 men came.", "~300", "men"),
    ("They have around 750 members.", "~750", "members"),
    ("They have roughly 40 tanks.", "~40", "tanks"),
    ("They have approximately 4,900 wounded.", "~4900", "wounded"),
    ("They have an estimated 5,000 troops.", "~5000", "troops"),
    ("They have about two dozen units.", "~24", "units"),
    ("They have 300 or so men.", "~300", "men"),
    ("They lost more than 200 outposts and strongpoints.", "200+", "outposts"),
    ("They lost over 40 junta soldiers.", "40+", "soldiers"),
    ("They lost at least 75 civilians.", "75+", "civilians"),
    ("They lost at least three civilians.", "3+", "civilians"),
    ("They lost upwards of 60 vehicles.", "60+", "vehicles"),
    ("They lost no fewer than 12 towns.", "12+", "towns"),
    ("They lost at least another 20 men.", "20+", "men"),
    ("They lost more than a dozen bases.", "12+", "bases"),
    ("They lost more than 2 million hectares and 100 or more men.", "100+", "men"),
    ("They have 200-plus fighters.", "200+", "fighters"),
    ("They have 200+ fighters.", "200+", "fighters"),
    ("Nearly 450 troops fled.", "<450", "troops"),
    ("Almost 90 troops fled.", "<90", "troops"),
    ("Close to 90 troops fled.", "<90", "troops"),
    ("Up to 90 troops fled.", "<90", "troops"),
    ("As many as 90 troops fled.", "<90", "troops"),
    ("Fewer than 90 troops fled.", "<90", "troops"),
    ("Less than 90 troops fled.", "<90", "troops"),
    ("Under 90 troops fled.", "<90", "troops"),
    ("At most 90 troops fled.", "<90", "troops"),
    ("Between 10 and 20 fighters fled.", "10-20", "fighters"),
    ("They saw 10 to 20 fighters.", "10-20", "fighters"),
    ("They saw 10-20 fighters.", "10-20", "fighters"),
    ("They saw 10–20 fighters.", "10-20", "fighters"),
    ("They saw two or three fighters.", "2-3", "fighters"),
    ("They saw 2 to 3 million refugees.", "2000000-3000000", "refugees"),
    ("They saw some 10 to 20 fighters.", "~10-20", "fighters"),
    ("Dozens of villagers fled.", "24+", "villagers"),
    ("Scores of key outposts fell.", "40+", "outposts"),
    ("Hundreds of soldiers fled.", "100+", "soldiers"),
    ("Thousands fled.", "1000+", None),
    ("Tens of thousands of people fled.", "10000+", "people"),
    ("Hundreds of thousands of people fled.", "100000+", "people"),
    ("Millions of people fled.", "1000000+", "people"),
    ("Several hundred troops fled.", "~300", "troops"),
    ("A few hundred troops fled.", "~300", "troops"),
    ("Several thousand civilians fled.", "~3000", "civilians"),
    ("Several dozen civilians fled.", "~36", "civilians"),
    ("Half of the township's 6,800 people fled.", "~3400", "people"),
    ("A third of 900 men fled.", "~300", "men"),
    ("Two-thirds of its 900 fighters fled.", "~600", "fighters"),
    ("Nearly half of its 1,200 recruits fled.", "<600", "recruits"),
    ("More than half of the 1,200 recruits fled.", "600+", "recruits"),
    ("It is a 500-strong force.", "500", None),
    ("It is a 13-member council.", "13", None),
    ("They seized 163 enemy corpses.", "163", "corpses"),
    ("They freed two dozen police officers.", "24", "officers"),
    ("They freed 13 police.", "13", "police"),
    ("They freed 40 of their men.", "40", "men"),
    ("They freed 2000 fighters.", "2000", "fighters"),
    ("On Friday 20 soldiers fled.", "20", "soldiers"),
    ("In Lashio 12 people died.", "12", "people"),
    ("On November 3, 20 soldiers fled.", "20", "soldiers"),
    ("On October 27 and 28 soldiers fled.", "28", "soldiers"),
    ("They hold control over three towns.", "3", "towns"),
    ("They serve under two commanders.", "2", "commanders"),
    ("They marched 20 km with 30 men.", "30", "men"),
    ("Brigade 5 and 20 soldiers fled.", "20", "soldiers"),
    ("They killed 18.", "18", None),
]


@pytest.mark.parametrize(("text", "notation", "unit"), COUNTS)
def test_counts(text: str, notation: str, unit: str | None) -> None:
    assert [(c.quantity.notation, c.unit) for c in counts(text)] == [(notation, unit)]


@pytest.mark.parametrize(("text", "expected"), [
    ("There were 16 major battles and 490 clashes.", [("16", "battles"), ("490", "clashes")]),
    ("It killed 18 and wounded 24.", [("18", None), ("24", None)]),
    ("Six people, including two children, died.", [("6", "people"), ("2", "children")]),
    ("The force rose from 300 to 500 men.", [("300", None), ("500", "men")]),
    ("They hold three of the 12 towns.", [("3", "towns"), ("12", "towns")]),
    ("They hold 4 of 10 districts.", [("4", "districts"), ("10", "districts")]),
    ("On Jan. 27-28 the rebels lost 40 men.", [("40", "men")]),
])
def test_several_counts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(c.quantity.notation, c.unit) for c in counts(text)] == expected


NO_COUNTS = [
    "It began in 2021.",
    "It began on October 27, 2023.",
    "It began on Nov. 12.",
    "It began two weeks ago.",
    "Operation 1027 goes on.",
    "The 99th Light Infantry Division and the 2nd brigade came.",
    "Brigade 611 and Brigade 1 came.",
    "Military Operations Command No. 9 came.",
    "They hold 80% or 60 percent or 50 per cent.",
    "It lies 400 kilometers or 200 km away.",
    "It covers 822,000 square kilometers.",
    "It began at 4 a.m. or at 07:53.",
    "It lasted 18 months, two weeks and 20 days.",
    "It costs $5 million or 10,000 dollars or US$3 billion.",
    "It costs 400 to 500 dollars.",
    "A 35-year-old man and Ko Min, 35, a farmer, came.",
    "He joined at 14, three years before.",
    "The truce holds for five more years.",
    "The 23 March Movement came.",
    "One of them says that one can see no one.",
    "A soldier came.",
    "Version 2.5 or 3.14 came.",
    "The Three Brotherhood Alliance came.",
    "Three Brotherhood Alliance came.",
    "The Four Cuts policy came.",
    "The M23 has AK-47 rifles, T-72 tanks and 122mm guns.",
    "Resolution 2254 and Section 505 apply.",
    "Take Union Highway 8 to Hill 1047.",
    "See page 12 or call 555-1234.",
    "It won 3/4 and 24/7.",
    "The second and third came first.",
    "They did it three times.",
    "They are a few and several and many.",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count(text: str) -> None:
    assert counts(text) == ()


def test_the_words_and_the_bounds_are_kept() -> None:
    found, = counts("They lost more than 200 outposts.")
    assert (found.span, found.quantity.text) == (Span(10, 23), "more than 200")
    assert (found.quantity.minimum, found.quantity.maximum, found.quantity.approximate) == (200, None, False)


def test_only_the_sentence_is_read() -> None:
    text = "They lost 10 men. They lost 20 men. They lost 30 men."
    assert [c.quantity.notation for c in find_counts(text, Span(18, 35))] == ["20"]


ODD = ["between ", "half of ", "0", "9" * 20, ",000", " million", "\u0661\u0662", "½"]
PIECES = st.sampled_from([text for text, *_ in COUNTS] + NO_COUNTS + ODD)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=6).map("".join))
def test_mentions_lie_in_the_sentence_and_apart(text: str) -> None:
    text = f"x{text}y"
    span = Span(1, max(2, len(text) - 1))
    found = find_counts(text, span)
    for mention in found:
        assert span.contains(mention.span)
        assert mention.quantity.text == mention.span.of(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
