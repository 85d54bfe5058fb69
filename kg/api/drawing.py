"""Claims to pictures: what is computed for each, what it rests on, and the words under its title. For commands and notebooks alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Allegiance, Claim, Flow, Place, Switch, Tie
    from kg.network.policy import Policy
    from kg.rdf.store import Store
    from kg.view.pictures.map import Control
    from kg.view.pictures.matrix import Standings
    from kg.view.pictures.picture import Picture
    from kg.view.pictures.swimlane import Sentence

Publishers = Mapping[str, str]
"""Document → who published it; "" where that is not told."""

_MOST_YEARS = 6  # of small multiples


def read_publishers(store: Store) -> dict[str, str]:
    """Who published each document of a store."""
    from kg.rdf.reading import read_documents

    return {document.id: document.publisher or "" for document in read_documents(store)}


def draw_timeline(claims: Sequence[Claim], publishers: Publishers, *, actor: str | None = None, first: date | None = None,
                  last: date | None = None) -> Picture:
    """All actors as lines through the sides they belong to; or the sides of one actor (by id), each with its sentences.

    Raises:
        UsageError: the last day is not after the first.
    """
    from kg.network.histories import histories
    from kg.network.sides import read_sides
    from kg.network.switches import find_switches
    from kg.view.pictures.storyline import draw_storyline
    from kg.view.pictures.swimlane import draw_swimlane

    sides = read_sides(claims)
    known = histories(claims, sides=sides)
    switches = find_switches(claims, sides=sides).switches
    line = sides.line(actor) if actor else None
    if line is None:
        spans = [a for history in known.values() for a in history]
        begin, end = _days_of(spans, switches, claims, first, last)
        used = {c for a in spans for c in a.claims} | {c for s in switches for c in s.claims}
        return draw_storyline(known, switches, first=begin, last=end, told=_loyalty_words(None, begin, end),
                              sources=_sources([claim for claim in claims if claim.id in used], publishers))
    history = known.get(line, ())
    switches = tuple(s for s in switches if line in {sides.line(r) for r in (s.who, *s.also) if r})
    begin, end = _days_of(history, switches, claims, first, last)
    used = {c for a in history for c in (*a.claims, *a.ended_by, *a.against)} | {c for s in switches for c in s.claims}
    told = [claim for claim in claims if claim.id in used]
    name = history[0].actor.name if history else sides.references[line].name if line in sides.references else str(actor)
    return draw_swimlane(name, history, switches, _sentences(told, publishers), first=begin, last=end,
                         told=_loyalty_words(name, begin, end), sources=_sources(told, publishers))


def draw_standings(claims: Sequence[Claim], publishers: Publishers, *, on: date | None = None, by_year: bool = False,
                   policy: Policy | None = None) -> Picture:
    """Who stands with and against whom on a day, or on that day of each year up to then; no day: the last that a document is of.

    Raises:
        UsageError: no day is given, and no document tells when it was published.
    """
    from kg.model import ties
    from kg.network.policy import Policy
    from kg.view.pictures.matrix import draw_matrices, draw_matrix
    from kg.view.pictures.wording import day_words

    day, policy = on or last_day(claims), policy or Policy()
    told = list(ties(claims))
    names: dict[str, str] = {}
    days = _years(day, min((d for c in claims if (d := c.period and c.period.begin_earliest)), default=day)) if by_year else [day]
    series: list[Standings] = []
    used: set[str] = set()
    for one in days:
        standing, labels, rests_on = _standings(told, one, policy)
        series.append(standing)
        names |= labels
        used |= rests_on
    sources = _sources([c for c in claims if c.id in used], publishers)
    if by_year:
        series = [s for s in series if s.stands] or series[-1:]
        each = day_words(day).rpartition(" ")[0]
        words = f"Pairs of actors told to stand together or against each other on {each} of each year. {_policy_words(policy)}"
        return draw_matrices(series[-_MOST_YEARS:], names, told=words, sources=sources)
    words = f"Pairs of actors told to stand together or against each other on {day_words(day)}. {_policy_words(policy)}"
    return draw_matrix(series[0], names, told=words, sources=sources)


def draw_control(claims: Sequence[Claim], publishers: Publishers, stored: Iterable[Place], *, on: date | None = None,
                 by_year: bool = False, country: str | None = None) -> Picture:
    """Who holds which places of a country on a day, or on that day of each year up to then; no country: where most of them lie.

    Args:
        stored: the places of the store; those of the gazetteer are known besides.

    Raises:
        UsageError: no place lies in such a country, or no day is given and no document tells when it was published.
    """
    from kg.view.pictures.boundaries import load_boundaries
    from kg.view.pictures.map import draw_map, draw_maps, main_country
    from kg.view.pictures.wording import day_words

    places = tuple({**_gazetteer(), **{place.id: place for place in stored}}.values())
    day = on or last_day(claims)
    one, used = _control(claims, day)
    code = (country or main_country(one.held, places) or "").upper()
    if country and code not in {place.country for place in places}:
        raise UsageError(f"no place lies in the country {country!r}", where="--country", advice="give its two-letter code: MM, SD, UA")
    words = ("Who is told to hold a place: from captures, losses and claims of control, until another side is told to take it. "
             "A place told of once is perhaps held ever after.")
    if by_year:
        begin = min((d for c in claims if c.type in ("capture", "controls") and (d := c.period and c.period.begin_earliest)), default=day)
        series = [_control(claims, when)[0] for when in _years(day, begin)][-_MOST_YEARS:]
        return draw_maps(series, places, country=code, boundaries=load_boundaries(code), sources=_sources(used, publishers),
                         told=f"On {day_words(day).rpartition(' ')[0]} of each year. {words}")
    return draw_map(one, places, country=code, boundaries=load_boundaries(code), sources=_sources(used, publishers),
                    told=f"On {day_words(day)}. {words}")


def draw_leavers(whole: Sequence[Flow], stretches: Sequence[Flow], publishers: Publishers, *, by: str, together: bool) -> Picture:
    """How many left which side for which: what was found of all time, and by stretches of it."""
    from kg.view.pictures.flows import draw_flows

    told = [claim for flow in whole for claim in flow.claims]
    kinds = "Defections, desertions and surrenders as one" if together else "Defections, desertions and surrenders"
    columns = "" if by == "all" else f" Columns: by {by}."
    months = {"month": 1, "quarter": 3}.get(by, 12)
    return draw_flows(whole, [] if by == "all" else stretches, months=months, sources=_sources(told, publishers),
                      told=f"{kinds}, as ranges from the fewest to the most that the claims allow; what may be the same people is not "
                           f"added up.{columns}")


def _standings(told: Sequence[Tie], day: date, policy: Policy) -> tuple[Standings, dict[str, str], set[str]]:
    """Who stands how to whom on a day, the names, and the claims it rests on."""
    from kg.network.communities import blocs
    from kg.network.project import project, signed_graph
    from kg.view.pictures.matrix import Stand, Standings

    graph = signed_graph(project(told, on=day, policy=policy))
    found = tuple(sorted((Stand(min(a, b), max(a, b), e["sign"], e["answer"] == "yes", e["mixed"], len(e["claims"]))
                          for a, b, e in graph.edges(data=True) if e["sign"] or e["mixed"]), key=lambda s: (s.a, s.b)))
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    return Standings(day, found, blocs(graph).groups), labels, {c for *_, e in graph.edges(data=True) for c in e["claims"]}


def _control(claims: Sequence[Claim], day: date) -> tuple[Control, list[Claim]]:
    from kg.model import Answer
    from kg.network.control import control
    from kg.view.pictures.map import Control, Held

    found = control(claims, on=day)
    held: dict[tuple[str, str], Held] = {}
    for one in found:  # a holder can have held a place at several times that are all perhaps this day
        told = Held(one.place, one.holder, one.answer(day), bool(one.denied))
        known = held.setdefault((one.place.id, one.holder.id), told)
        if known.answer is not Answer.YES and told.answer is Answer.YES:
            held[one.place.id, one.holder.id] = told
    return Control(day, tuple(held.values())), [claim for one in found for claim in one.claims]


def _gazetteer() -> dict[str, Place]:
    from kg.data import data_folder
    from kg.seeds import load_seeds

    return {place.id: place for place in load_seeds(data_folder("seeds")).places}


def _years(day: date, begin: date) -> list[date]:
    """The same day of each year from `begin` on; the 28th for a 29th of February."""
    day = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return [day.replace(year=year) for year in range(max(begin.year, day.year - 3 * _MOST_YEARS, 1), day.year + 1)]


def last_day(claims: Iterable[Claim]) -> date:
    """The last day on which a document was published.

    Raises:
        UsageError: none tells one.
    """
    days = [day for claim in claims if claim.reported and (day := claim.reported.end_earliest or claim.reported.begin_earliest)]
    if not days:
        raise UsageError("no document tells when it was published", where="--on", advice="give a day")
    return max(days)


def _days_of(spans: Iterable[Allegiance], switches: Iterable[Switch], claims: Sequence[Claim], first: date | None,
             last: date | None) -> tuple[date, date]:
    """The days to show: as asked, or from where nine tenths of what is dated begin up to the last report.

    Raises:
        UsageError: the last day is before the first.
    """
    days = sorted(day for a in spans for moment in a.sightings for day in moment)
    moved = [day for s in switches for day in (s.earliest, s.latest) if day]
    end = last or max([*days[-1:], *moved, *([last_day(claims)] if any(c.reported for c in claims) else [])], default=date(2000, 12, 31))
    dated = sorted([*days, *moved])
    begin = first or (dated[len(dated) // 10].replace(month=1, day=1) if dated else end - timedelta(365))
    if last is None and first is None and begin >= end:
        begin = end - timedelta(365)
    if begin >= end:
        raise UsageError(f"nothing lies between {begin} and {end}", where="--from", advice="give an earlier --from or a later --to")
    return begin, end


def _sources(claims: Iterable[Claim], publishers: Publishers) -> str:
    from kg.view.pictures.picture import sources_line

    documents = sorted({claim.document for claim in claims})
    return sources_line(documents, [publishers.get(document, "") for document in documents])


def _sentences(claims: Iterable[Claim], publishers: Publishers) -> dict[str, Sentence]:
    from kg.view.pictures.swimlane import Sentence

    found: dict[str, Sentence] = {}
    for claim in claims:
        says = f"{claim.attributed_to.name}, in " if claim.attributed_to else ""
        parts = (publishers.get(claim.document), claim.reported and claim.reported.edtf, claim.document)
        where = " · ".join(part for part in parts if part)
        found[claim.id] = Sentence(f"{says}{where}", claim.evidence[0].quote)
    return found


def _loyalty_words(name: str | None, begin: date, end: date) -> str:
    from kg.view.pictures.wording import day_words, the

    days = f"{day_words(begin)} to {day_words(end)}"
    what = f"Sides that {the(name)} is told to stand with" if name else "Sides that actors are told to belong to"
    return (f"{what}, {days}. Claims of every certainty count; an allegiance lasts until it is told to have ended, "
            "perhaps, and surely only on the days for which a claim vouches.")


def _policy_words(policy: Policy) -> str:
    """What counts on the day, and whatever else is otherwise than usual."""
    from kg.network.policy import describe

    said, usual = describe(policy).splitlines(), describe(type(policy)()).splitlines()
    return " ".join([*said[:3], *(line for line in said[3:] if line not in usual)])
