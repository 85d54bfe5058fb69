"""Date expressions: what each means, published on a Wednesday (15 November 2023) unless the case says otherwise.

Expected dates are read off a calendar: 2023-11-15 is a Wednesday, 2024-03-01 a Friday, 2025-05-20 a Tuesday.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import DateKind, DateMention, find_dates
from kg.model import Period, Span

WEDNESDAY = "2023-11-15"


def dates(text: str, published: str | None = WEDNESDAY, anchors: tuple[str, ...] = (), *, future: bool = False) -> tuple[DateMention, ...]:
    told = tuple(Period.parse(anchor) for anchor in anchors)
    return find_dates(text, Span(0, len(text)), published=Period.parse(published) if published else None, anchors=told, future=future)


def edtf(mention: DateMention) -> str | None:
    return mention.period.edtf if mention.period else None


def only(mentions: tuple[DateMention, ...]) -> tuple[str, str | None]:
    assert len(mentions) == 1, mentions
    return mentions[0].kind.value, edtf(mentions[0])


ABSOLUTE = [
    ("The post fell on October 27, 2023.", "2023-10-27"),
    ("The post fell on 27 October 2023.", "2023-10-27"),
    ("The post fell on 27th October, 2023.", "2023-10-27"),
    ("The post fell on the 5th of May 2019.", "2019-05-05"),
    ("The post fell on Friday, October 27, 2023.", "2023-10-27"),
    ("Fri., Oct. 27, 2023: the post fell.", "2023-10-27"),
    ("Monday 26 June 2023 07:53 EDT", "2023-06-26"),
    ("It is dated 2023-10-27.", "2023-10-27"),
    ("Signed on Sept. 5, 2021 in Juba.", "2021-09-05"),
    ("The pact of April 2025 held.", "2025-04"),
    ("The pact of April, 2025 held.", "2025-04"),
    ("They formed in 1978.", "1978"),
    ("They formed in 2021, he said.", "2021"),
    ("The 2021 coup changed that.", "2021"),
    ("The army's 2017 campaign drove them out.", "2017"),
    ("A failed 2016 putsch followed.", "2016"),
    ("The Juba accord (2020) binds both.", "2020"),
    ("It took up arms in the 1990s.", "199X"),
    ("It took up arms in the early 1980s.", "198X"),
    ("Raids go back to the 19th century.", "18XX"),
    ("In late 2023 the drive began.", "2023~"),
    ("It was taken in mid-2024 by rebels.", "2024~"),
    ("Early in 2022 they met.", "2022~"),
    ("At the end of 2022 they met.", "2022~"),
    ("In the second half of 2022 they met.", "2022~"),
    ("In early June 2023 they met.", "2023-06~"),
    ("At the beginning of March 2022 they met.", "2022-03~"),
    ("In the last week of February 2022 they met.", "2022-02~"),
    ("In the first three months of 2022 they met.", "2022~"),
    ("In mid-June 2022 they met.", "2022-06-15~"),
    ("In the summer of 2022 they met.", "2022-22"),
    ("Around May 5, 2022 they met.", "2022-05-05~"),
    ("In about 2010 they met.", "2010~"),
    ("The week of March 7, 2022 was calm.", "2022-03-07~"),
    ("It was not until 2012 that they met.", "2012"),
    ("On February 29, 2024 they met.", "2024-02-29"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
@pytest.mark.parametrize("published", [WEDNESDAY, None])
def test_a_full_date_needs_no_publication_date(text: str, expected: str, published: str | None) -> None:
    assert only(dates(text, published)) == ("point", expected)


FROM_PUBLICATION = [
    ("The post fell on Oct. 27.", WEDNESDAY, "2023-10-27"),
    ("The post fell on November 15.", WEDNESDAY, "2023-11-15"),
    ("The post fell on November 16.", WEDNESDAY, "2022-11-16"),
    ("GOMA, Nov 14 (Wire) - The post fell.", WEDNESDAY, "2023-11-14"),
    ("The post fell on Friday, October 27.", WEDNESDAY, "2023-10-27"),
    ("The post fell on 12 January.", "2024-03-06", "2024-01-12"),
    ("The post fell on December 30.", "2024-01", "2023-12-30"),
    ("The post fell on February 29.", "2025-05-20", "2024-02-29"),
    ("The post fell in April.", WEDNESDAY, "2023-04"),
    ("The post fell in November.", WEDNESDAY, "2023-11"),
    ("The post fell in December.", WEDNESDAY, "2022-12"),
    ("The post fell in March, he said.", WEDNESDAY, "2023-03"),
    ("The post fell in May.", WEDNESDAY, "2023-05"),
    ("The October ceasefire failed.", WEDNESDAY, "2023-10"),
    ("The post fell last October.", WEDNESDAY, "2023-10"),
    ("The post fell last November.", WEDNESDAY, "2022-11"),
    ("The post fell in November last year.", WEDNESDAY, "2022-11"),
    ("The post fell in March of this year.", WEDNESDAY, "2023-03"),
    ("The post fell early in July last year.", WEDNESDAY, "2022-07~"),
    ("The post fell in late October.", WEDNESDAY, "2023-10~"),
    ("The post fell in mid-June.", WEDNESDAY, "2023-06-15~"),
    ("The post fell in the first week of June.", WEDNESDAY, "2023-06~"),
    ("The post fell last summer.", WEDNESDAY, "2023-22"),
    ("The post fell on Friday.", WEDNESDAY, "2023-11-10"),
    ("The post fell on Wednesday.", WEDNESDAY, "2023-11-15"),
    ("The post fell on Sunday night.", WEDNESDAY, "2023-11-12"),
    ("Thursday's raid failed.", WEDNESDAY, "2023-11-09"),
    ("The post fell last Friday.", WEDNESDAY, "2023-11-10"),
    ("The post fell last Wednesday.", WEDNESDAY, "2023-11-08"),
    ("They meet next Friday.", WEDNESDAY, "2023-11-17"),
    ("They met on Monday last week.", WEDNESDAY, "2023-11-06"),
    ("They met before dawn on Monday.", WEDNESDAY, "2023-11-13"),
    ("They met today.", WEDNESDAY, "2023-11-15"),
    ("They met yesterday.", WEDNESDAY, "2023-11-14"),
    ("They met last night.", WEDNESDAY, "2023-11-14"),
    ("They meet tomorrow.", WEDNESDAY, "2023-11-16"),
    ("They met last week.", WEDNESDAY, "2023-11-08~"),
    ("They met earlier this week.", WEDNESDAY, "2023-11-15~"),
    ("They met over the weekend.", WEDNESDAY, "2023-11-11~"),
    ("They met last month.", WEDNESDAY, "2023-10"),
    ("They met last month.", "2024-01", "2023-12"),
    ("They met earlier this month.", WEDNESDAY, "2023-11"),
    ("They met late last month.", WEDNESDAY, "2023-10~"),
    ("They met last year.", WEDNESDAY, "2022"),
    ("They met earlier this year.", WEDNESDAY, "2023"),
    ("They met late last year.", WEDNESDAY, "2022~"),
    ("They vote next year.", WEDNESDAY, "2024"),
    ("They met on the 27th of last month.", WEDNESDAY, "2023-10-27"),
    ("They met in recent days.", WEDNESDAY, "2023-11-15~"),
    ("They met in recent days.", "2023-11", "2023-11~"),
    ("They met in recent weeks.", WEDNESDAY, "2023-11~"),
    ("They met in recent months.", WEDNESDAY, "2023-11~"),
    ("They met in the past few weeks.", WEDNESDAY, "2023-11~"),
    ("They met two days ago.", WEDNESDAY, "2023-11-13"),
    ("They met two weeks ago.", WEDNESDAY, "2023-11-01~"),
    ("They met a month ago.", WEDNESDAY, "2023-10"),
    ("They met nearly 18 months ago.", WEDNESDAY, "2022-05~"),
    ("They met three years ago.", WEDNESDAY, "2020"),
    ("They met almost three years ago.", WEDNESDAY, "2020~"),
    ("They met a decade ago.", WEDNESDAY, "2013~"),
    ("They met a couple of years ago.", WEDNESDAY, "2021"),
    ("They met a few days ago.", WEDNESDAY, "2023-11-12~"),
    ("They met several weeks ago.", WEDNESDAY, "2023-10~"),
    ("They met this decade.", WEDNESDAY, "202X"),
    ("They met two days after October 27.", WEDNESDAY, "2023-10-29"),
    ("They met the day before October 27.", WEDNESDAY, "2023-10-26"),
    ("They met a year after the 2021 coup.", WEDNESDAY, "2022"),
    ("They met a few days after the 2021 takeover.", WEDNESDAY, "2021~"),
    ("They met shortly after October 27.", WEDNESDAY, "2023-10-27~"),
]


@pytest.mark.parametrize(("text", "published", "expected"), FROM_PUBLICATION)
def test_what_counts_from_the_day_of_publication(text: str, published: str, expected: str) -> None:
    assert only(dates(text, published)) == ("point", expected)


SPANS = [
    ("They have held it since 2009.", "since", "2009/.."),
    ("They have held it since at least 2015.", "since", "2015/.."),
    ("They have held it since mid-2022.", "since", "2022~/.."),
    ("They have held it since the 1990s.", "since", "199X/.."),
    ("They have held it since October.", "since", "2023-10/.."),
    ("They have held it since early October.", "since", "2023-10~/.."),
    ("They have held it since last month.", "since", "2023-10/.."),
    ("They have held it since Friday.", "since", "2023-11-10/.."),
    ("Since the February 2021 coup they have held it.", "since", "2021-02/.."),
    ("Since the failed 2021 talks they have held it.", "since", "2021/.."),
    ("They have held it since the coup in 2021.", "since", "2021/.."),
    ("It rules since it seized power in 2021.", "since", "2021/.."),
    ("From October 29 no side may move.", "since", "2023-10-29/.."),
    ("From midnight at the start of October 29 no side may move.", "since", "2023-10-29/.."),
    ("From 2 May 2022 onwards no side may move.", "since", "2022-05-02/.."),
    ("After November 3 they held it.", "since", "2023-11-03/.."),
    ("They held it until 2020.", "until", "../2020"),
    ("They held it until late October.", "until", "../2023-10~"),
    ("They held it before the 2021 coup.", "until", "../2021"),
    ("They held it before March.", "until", "../2023-03"),
    ("By August they had fled.", "until", "../2023-08"),
    ("They met more than a decade ago.", "until", "../2013"),
    ("They met over two months ago.", "until", "../2023-09"),
    ("They met from 1 to 3 March in Kunming.", "during", "2023-03-01/2023-03-03"),
    ("They met on 10 and 11 January 2022.", "during", "2022-01-10/2022-01-11"),
    ("They met on April 28 and 29 in Kunming.", "during", "2023-04-28/2023-04-29"),
    ("They met on April 27, 28 and 29 in Kunming.", "during", "2023-04-27/2023-04-29"),
    ("They met on March 1–3, 2022.", "during", "2022-03-01/2022-03-03"),
    ("They met between 5 and 9 May 2022.", "during", "2022-05-05/2022-05-09"),
    ("They met on Monday and Tuesday.", "during", "2023-11-13/2023-11-14"),
    ("They fought from Friday to Monday.", "during", "2023-11-10/2023-11-13"),
    ("They fought between December 4, 2021, and September 11, 2022.", "during", "2021-12-04/2022-09-11"),
    ("They fought from January to March 2022.", "during", "2022-01/2022-03"),
    ("They fought between November and February 2022.", "during", "2021-11/2022-02"),
    ("They fought between October 27 and November 3.", "during", "2023-10-27/2023-11-03"),
    ("They fought from December 28 until January 11.", "during", "2022-12-28/2023-01-11"),
    ("They fought from December 2021 to February.", "during", "2021-12/2022-02"),
    ("They fought from 2015 to 2018.", "during", "2015/2018"),
    ("They fought in 2015-2018.", "during", "2015/2018"),
    ("They fought in 2015–18.", "during", "2015/2018"),
    ("They fought between 2011 and 2015.", "during", "2011/2015"),
    ("They fought in the past 20 days.", "during", "2023-10-26/2023-11-15"),
    ("They fought over the past two weeks.", "during", "2023-11-01/2023-11-15"),
    ("They fought over the past year.", "during", "2022/2023"),
    ("They fought over the last three months.", "during", "2023-08/2023-11"),
    ("They fought in the past 24 hours.", "during", "2023-11-14/2023-11-15"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), SPANS)
def test_stretches_of_time(text: str, kind: str, expected: str) -> None:
    assert only(dates(text)) == (kind, expected)


NARRATIVE = [
    ("They left the following day.", ("2023-10-27",), "2023-10-28"),
    ("They left the next day.", ("2023-12-31",), "2024-01-01"),
    ("They left early the next morning.", ("2023-10-27",), "2023-10-28"),
    ("They left the same day.", ("2021", "2023-10-27"), "2023-10-27"),
    ("They left that night.", ("2023-10-27", "2021"), "2023-10-27"),
    ("They left two days later.", ("2023-10-27",), "2023-10-29"),
    ("They had left eight days earlier.", ("2023-10-27/..",), "2023-10-19"),
    ("They left two weeks later.", ("2023-10-27",), "2023-11-10~"),
    ("They left a day later.", ("2023-10-25/2023-10-27",), "2023-10-28"),
    ("They left a few days later.", ("2023-10-27",), "2023-10-30~"),
    ("They had left the week before.", ("2023-10-27",), "2023-10-20~"),
    ("They had left the day before, he said.", ("2023-10-27",), "2023-10-26"),
    ("They left the following Monday.", ("2023-10-27",), "2023-10-30"),
    ("They left that month.", ("2023-10-27",), "2023-10"),
    ("They left the following month.", ("2022-12",), "2023-01"),
    ("They left the following year.", ("1994",), "1995"),
    ("They left that year.", ("1994-05",), "1994"),
    ("They left that June.", ("2021-07",), "2021-06"),
    ("They left the following March.", ("2021-07",), "2022-03"),
    ("They left the next day.", (), None),
    ("They left the next day.", ("2023-10",), None),
    ("They left that month.", ("2023",), None),
    ("They left two days later.", (), None),
    ("They left years later.", ("2023",), None),
]


@pytest.mark.parametrize(("text", "anchors", "expected"), NARRATIVE)
def test_a_story_counts_from_the_date_told_before(text: str, anchors: tuple[str, ...], expected: str | None) -> None:
    assert only(dates(text, anchors=anchors)) == ("point", expected)


def test_a_date_of_the_same_sentence_is_told_before() -> None:
    assert [edtf(m) for m in dates("They struck on November 3 and left early the next day.")] == ["2023-11-03", "2023-11-04"]


UNKNOWN = [
    "on Friday", "on October 27", "in April", "last week", "last year", "three years ago", "in recent weeks", "from 1 to 3 March",
    "over the past year", "since October", "between Monday and Friday",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_stays_unknown_without_a_publication_date(text: str) -> None:
    assert [m.period for m in dates(text, None, ("2021-02-01",))] == [None]


@pytest.mark.parametrize(("text", "published"), [
    ("in April", "2023"), ("last year", "2023/2024"), ("two months ago", "2023/2024"), ("five weeks ago", "2023-11-30/2024-12-01"),
    ("on October 27", "2023"), ("5000 years ago", WEDNESDAY), ("February 30, 2023", WEDNESDAY),
])
def test_unknown_stays_unknown_when_too_little_is_known(text: str, published: str) -> None:
    assert [m.period for m in dates(text, published)] == [None]


@pytest.mark.parametrize(("text", "published", "expected"), [
    ("on Friday", "2023-11", "2023-11~"), ("on Friday", "2023", "2023~"), ("yesterday", "2023-11-15~", "2023-11~"),
    ("last week", "2023-11", "2023-11~"), ("two weeks ago", "2023-11", "2023-11~"), ("two months ago", "2023", "2023~"),
    ("seven weeks ago", "2023-11", "2023~"), ("since Friday", "2023-11", "2023-11~/.."),
])
def test_days_near_a_month_or_year_of_publication_are_approximate(text: str, published: str, expected: str) -> None:
    assert only(dates(text, published))[1] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("They will vote in December.", "2023-12"), ("They will vote on Friday.", "2023-11-17"), ("They will vote on January 5.", "2024-01-05"),
    ("They will vote in November.", "2023-11"), ("They will vote in December 2025.", "2025-12"), ("They voted last October.", "2023-10"),
])
def test_a_plan_lies_ahead(text: str, expected: str) -> None:
    assert only(dates(text, future=True)) == ("point", expected)


@pytest.mark.parametrize(("text", "expected"), [
    ("They met on 5 and 9 May 2022.", ["2022-05-05", "2022-05-09"]),
    ("They met in 2015 and 2018.", ["2015", "2018"]),
    ("They took Muse in July and Lashio in August.", ["2023-07", "2023-08"]),
    ("On October 27 and 28 soldiers fled.", ["2023-10-27"]),
    ("On November 3, 20 soldiers fled.", ["2023-11-03"]),
    ("In 2021 soldiers seized power.", ["2021"]),
    ("In 1991, 1992 and 1994 they fought.", ["1991", "1992", "1994"]),
    ("On Jan. 27-28 the rebels came.", ["2023-01-27/2023-01-28"]),
])
def test_several_dates(text: str, expected: list[str]) -> None:
    assert [edtf(m) for m in dates(text)] == expected


NO_DATES = [
    "Operation 1027 went on.",
    "They have 1027 fighters and 2,021 people.",
    "The 444th Brigade and the 2nd Division came.",
    "The rebels may attack and May be beaten.",
    "May they march on the capital.",
    "They will March on the capital.",
    "Union Highway 8 and Section 505 were closed.",
    "Second Lieutenant Aye waited ten seconds for the second one.",
    "It struck around 4 a.m. and at 07:53.",
    "A 35-year-old woman with a two-year term stayed.",
    "They fought for two years and for decades.",
    "The March 23 Movement and the 17 February Brigade fought.",
    "The Mon party met the Sun paper.",
    "Resolution 2021 of the council and Resolution 1973 were read.",
    "The 2000 fighters and a force of 2000 men came.",
    "They killed 1999 and wounded 12.",
    "Friday prayers and every Friday market went on.",
    "It is the worst attack since 2012.",
    "They fell in the spring of the river.",
    "The year-round road is 1948 km long.",
    "No day passes; day and night they fight, week after week.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == ()


def test_only_the_sentence_is_read() -> None:
    text = "In 2019 they met. In 2020 they split. In 2021 they fought."
    found = find_dates(text, Span(18, 37), published=None)
    assert [(m.text, m.span, m.kind) for m in found] == [("2020", Span(21, 25), DateKind.POINT)]


SAID = [*(c[0] for c in ABSOLUTE), *(c[0] for c in FROM_PUBLICATION), *(c[0] for c in SPANS), *(c[0] for c in NARRATIVE)]
PIECES = st.sampled_from([*SAID, *NO_DATES, " ", "\n", "from ", "between ", "9999", "\u0661"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=6).map("".join)


@given(TEXTS, st.sampled_from([None, WEDNESDAY, "0001-01-01", "9999-12-31"]), st.booleans())
def test_mentions_lie_in_the_sentence_and_apart(text: str, published: str | None, future: bool) -> None:
    text = f"x{text}y"
    span = Span(1, max(2, len(text) - 1))
    told = (Period.parse("2023-10-27"), Period.parse("../0001"), Period.parse("9999-12-31~"))
    found = find_dates(text, span, published=Period.parse(published) if published else None, anchors=told, future=future)
    for mention in found:
        assert span.contains(mention.span)
        assert mention.text == mention.span.of(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
