"""The queries with logic in them, answered a second time by plain Python over the claims, for every actor, place and many days.

Each oracle reads its question, not its SPARQL. Asked of the example, and of a small random war in which all kinds of dates, doubts
and sides meet, since 67 claims leave most coincidences out.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations, permutations
from typing import cast

import pytest
from example_store import example
from pyoxigraph import QuerySolutions

from kg.model import (
    CLAIM_TYPES,
    Answer,
    Certainty,
    Claim,
    Document,
    Evidence,
    Kind,
    Modality,
    Period,
    Polarity,
    Quantity,
    Reference,
    Span,
)
from kg.rdf import Store, claims_quads, document_quads, load_query, open_store, read_claims, run_query
from kg.rdf.names import TERMS

Row = tuple[object, ...]
Params = dict[str, str]
SYMMETRIC = {name for name, kind in CLAIM_TYPES.items() if kind.symmetric}
FOES, FRIENDS = ("attack", "opposes"), ("allied_with", "supports")


@dataclass(frozen=True)
class World:
    """Claims, who published which document, and whom to ask about."""

    store: Store
    claims: tuple[Claim, ...]
    publisher: Mapping[str, str]

    def actors(self) -> list[str]:
        return sorted({r.id for c in self.claims for role, r in c.references() if r.kind not in (Kind.PLACE, Kind.OPERATION)})

    def places(self) -> list[str]:
        return sorted({r.id for c in self.claims for _, r in c.references() if r.kind is Kind.PLACE})


def publishers_of(store: Store) -> dict[str, str]:
    rows = cast(QuerySolutions, store.query("SELECT ?document ?publisher WHERE { ?document kg:publisher ?publisher }"))
    return {row["document"].value.partition("/document/")[2]: row["publisher"].value for row in rows}


@cache
def world(name: str) -> World:
    store = example() if name == "example" else random_war(int(name.rpartition("-")[2]))
    return World(store, tuple(read_claims(store)), publishers_of(store))


PERIODS = (None, None, "2030", "2030-02", "2030-02-10", "2030-03-05", "2030-03", "2030-02-10/..", "2030-01/2030-03", "../2030-02",
           "2029/2030-02-20", "2030-02?", "2030-03-05?/..", "2030-03~", "2030-03-31/..", "2029-12")


MORE = (*["capture"] * 4, *["attack"] * 3, *["ceasefire"] * 2, *["desert"] * 2, "strength", "allied_with", "controls", "member_of")


def random_war(seed: int) -> Store:
    """Some 500 claims of seven actors, two alliances and three places in 50 documents of four publishers, one of none."""
    chosen = random.Random(seed)  # noqa: S311  # an invented war
    actors = [Reference(f"a{n}", Kind.ARMED_GROUP, f"Army {n}", (f"Army {n}",)) for n in range(7)]
    alliances = [Reference(f"l{n}", Kind.ALLIANCE, f"League {n}", (f"League {n}",)) for n in range(2)]
    places = [Reference(f"p{n}", Kind.PLACE, f"Place {n}", (f"Place {n}",)) for n in range(3)]
    operations = [Reference("o1", Kind.OPERATION, "Operation 1", ("Operation 1",))]

    def filler(type_: str, role: str) -> Reference:
        if role == "place" or (role == "object" and CLAIM_TYPES[type_].place_object) or (type_ == "located_in"):
            return chosen.choice(places)
        if role == "object" and type_ in ("member_of", "launch"):
            return chosen.choice(alliances if type_ == "member_of" else operations)
        return chosen.choice(actors)

    store = open_store("memory:")
    for number in range(50):
        id_ = f"paper{number % 5}/{number}.txt"
        published = Period.of(date(2030, 1, 20) + timedelta(days=7 * chosen.randrange(12))) if number % 6 else None
        told: dict[str, Claim] = {}
        for sentence in range(12):
            type_ = chosen.choice([*CLAIM_TYPES, *MORE])
            keys = next(key for key in CLAIM_TYPES[type_].keys if "count" not in key or type_ == "strength")
            roles = {role: filler(type_, role) for role in keys if role != "count"}
            if type_ in ("attack", "capture", "casualties", "displace") and chosen.random() < 0.5:
                roles["place"] = filler(type_, "place")
            if len({r.id for r in roles.values()}) < len(roles):
                continue
            period = chosen.choice(PERIODS)
            low = chosen.choice((None, 10, 20, 21, 30))
            high = chosen.choice((None, 10, 20, 30))
            counted = type_ in ("strength", "casualties", "displace", "defect", "desert", "surrender", "recruit") and (low or high)
            quantity = Quantity(low, max(high, low or 0) if high else None, "some", approximate=chosen.random() < 0.3) if counted else None
            if quantity is None and (type_ == "strength" or not roles):
                continue
            quote = f"Sentence {sentence} of {id_}."
            claim = Claim(
                type_, (Evidence(id_, Span(sentence * 50, sentence * 50 + len(quote)), quote),), subject=roles.get("subject"),
                object=roles.get("object"), place=roles.get("place"), from_=roles.get("from"), to=roles.get("to"),
                period=Period.parse(period) if period else None, quantity=quantity,
                outcome=chosen.choice((None, "killed")) if type_ == "casualties" else None,
                attributed_to=chosen.choice(actors) if chosen.random() < 0.3 else None, certainty=chosen.choice(tuple(Certainty)),
                polarity=chosen.choices(tuple(Polarity), (4, 1))[0], modality=chosen.choices(tuple(Modality), (6, 1, 1, 1))[0],
                reported=published, rule="random")
            told[claim.id] = claim
        store.add(document_quads(Document(id_, "", publisher=None if number % 5 == 4 else f"Paper {number % 5}", published=published)))
        store.add(claims_quads(told.values()))
    return store


# What a claim says, in short.

def so(claim: Claim, *types: str) -> bool:
    return claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ACTUAL and (not types or claim.type in types)


def who(claim: Claim, role: str) -> str | None:
    reference = claim.reference(role)
    return reference.id if reference else None


def parties(claim: Claim) -> set[str | None]:
    return {who(claim, role) for role in ("subject", "object", "from", "to")}


def shown(claim: Claim, role: str) -> str | None:
    reference = claim.reference(role)
    return reference.name if reference else None


def when(claim: Claim) -> str | None:
    return claim.period.edtf if claim.period else None


def words(claim: Claim) -> str:
    return claim.evidence[0].quote


def bound(claim: Claim, name: str) -> date | None:
    return getattr(claim.period, name) if claim.period else None


def told(claim: Claim) -> date | None:
    return claim.reported.begin_earliest if claim.reported else None


def last(claim: Claim) -> date | None:
    """The last day it can have happened on."""
    if claim.period:
        return claim.period.end_latest
    return claim.reported.end_latest if claim.reported else None


def apart(earlier: date | None, later: date | None) -> bool:
    """Whether the one surely comes before the other."""
    return earlier is not None and later is not None and earlier < later


def holds(claim: Claim, day: date) -> Answer:
    reported = told(claim)
    if claim.period is None:
        return Answer.MAYBE
    return (claim.period.as_reported(reported) if reported else claim.period).covers(day)


def sides(claim: Claim) -> Iterator[tuple[str, str]]:
    """Subject and object, and the other way round where that is the same."""
    if claim.subject and claim.object:
        yield claim.subject.id, claim.object.id
        if claim.type in SYMMETRIC:
            yield claim.object.id, claim.subject.id


def named(name: str) -> str:
    return f"kg:{TERMS[name].claim_class}"


def links(w: World, types: Iterable[str], *, both: bool = True) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for c in w.claims:
        if so(c, *types) and c.subject and c.object:
            found[c.subject.id].add(c.object.id)
            if both:
                found[c.object.id].add(c.subject.id)
    return found


# The oracles: for each set of parameters, the rows of the given columns.

Oracle = Callable[[World, Params], Iterable[Row]]
ORACLES: dict[str, tuple[Oracle, tuple[str, ...], Callable[[World], list[Params]]]] = {}
DAYS = [date(2028, 6, 1) + timedelta(days=97 * n) for n in range(14)] + [date(2030, 2, 10), date(2031, 3, 3), date(2031, 7, 20)]


def oracle(name: str, columns: str, params: Callable[[World], list[Params]]) -> Callable[[Oracle], Oracle]:
    def keep(function: Oracle) -> Oracle:
        ORACLES[name] = function, tuple(columns.split()), params
        return function
    return keep


def nothing(_w: World) -> list[Params]:
    return [{}]


def actors(w: World) -> list[Params]:
    return [{"actor": a} for a in w.actors()]


def any_actor(w: World) -> list[Params]:
    return [{}, *actors(w)]


def pairs(w: World) -> list[Params]:
    return [{"actor": a, "other": b} for a, b in permutations(w.actors()[:8], 2)]


def since(w: World) -> list[Params]:
    return [{}, *({"since": day.isoformat()} for day in DAYS), *actors(w)]


def on_days(w: World) -> list[Params]:
    return [{"actor": a, "day": day.isoformat()} for a in w.actors() for day in DAYS[::2]]


@oracle("allies-on-day", "ally holds through", on_days)
def allies_on_day(w: World, p: Params) -> Iterator[Row]:
    day, me = date.fromisoformat(p["day"]), p["actor"]
    best: dict[tuple[str, str], int] = {}
    rank = {Answer.YES: 2, Answer.MAYBE: 1}
    for c in w.claims:
        if so(c, "allied_with") and holds(c, day) is not Answer.NO:
            for one, two in sides(c):
                if one == me:
                    best[two, ""] = max(best.get((two, ""), 0), rank[holds(c, day)])
    member: dict[tuple[str, str], int] = {}
    names: dict[str, str] = {}
    for c in w.claims:
        if so(c, "member_of") and holds(c, day) is not Answer.NO and c.subject and c.object:
            pair = c.subject.id, c.object.id
            member[pair], names[pair[1]] = max(member.get(pair, 0), rank[holds(c, day)]), c.object.name
    for (ally, alliance), sure in member.items():
        if ally != me and (me, alliance) in member:
            best[ally, names[alliance]] = min(sure, member[me, alliance])
    for (ally, through), sure in best.items():
        yield f"actor:{ally}", "yes" if sure == 2 else "maybe", through


@oracle("control-on-day", "spot holder holds when sentence", lambda _: [{"day": d.isoformat()} for d in DAYS])
def control_on_day(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if so(c, "controls") and (answer := holds(c, date.fromisoformat(p["day"]))) is not Answer.NO:
            yield shown(c, "object"), shown(c, "subject"), answer.value, when(c), words(c)


@oracle("control-of-place", "what who from polarity modality sentence", lambda w: [{"place": s} for s in w.places()])
def control_of_place(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.type in ("controls", "capture") and who(c, "object") == p["place"]:
            what = "control" if c.type == "controls" else "capture"
            yield what, shown(c, "subject"), shown(c, "from"), c.polarity.value, c.modality.value, words(c)


@oracle("control-conflicts", "spot one other at_once one_sentence other_sentence", nothing)
def control_conflicts(w: World, _p: Params) -> Iterator[Row]:
    for a, b in combinations(sorted((c for c in w.claims if so(c, "controls")), key=lambda c: c.id), 2):
        if who(a, "object") != who(b, "object") or who(a, "subject") == who(b, "subject"):
            continue
        if apart(bound(a, "end_latest"), bound(b, "begin_earliest")) or apart(bound(b, "end_latest"), bound(a, "begin_earliest")):
            continue
        days = [d for c in (a, b) for d in (bound(c, "begin_earliest"), bound(c, "begin_latest"), bound(c, "end_latest"), told(c)) if d]
        surely = any(holds(a, d) is Answer.YES and holds(b, d) is Answer.YES for d in days)
        yield shown(a, "object"), shown(a, "subject"), shown(b, "subject"), "surely" if surely else "perhaps", words(a), words(b)


@oracle("members", "member claims", lambda w: [{"alliance": a} for a in w.actors()])
def members(w: World, p: Params) -> Iterator[Row]:
    yield from Counter(f"actor:{who(c, 'subject')}" for c in w.claims if so(c, "member_of") and who(c, "object") == p["alliance"]).items()


@oracle("members-through-time", "name when polarity modality sentence", lambda w: [{"alliance": a} for a in w.actors()])
def members_through_time(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.type == "member_of" and who(c, "object") == p["alliance"]:
            yield shown(c, "subject"), when(c), c.polarity.value, c.modality.value, words(c)


@oracle("departures", "name left how left_by sentence", lambda _: [{}, *({"since": d.isoformat()} for d in DAYS)])
def departures(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.modality is not Modality.ACTUAL:
            continue
        belongs = c.type in ("member_of", "part_of")
        if belongs and c.polarity is Polarity.NEGATIVE:
            how, by = "does not belong to it", bound(c, "begin_latest")
        elif so(c, "split_from"):
            how, by = "broke away", bound(c, "begin_latest")
        elif belongs and c.period and "/" in c.period.edtf and c.period.end_latest:
            how, by = "belonged to it until then", c.period.end_latest
        else:
            continue
        if not ("since" in p and apart(by if c.period else last(c), date.fromisoformat(p["since"]))):
            yield shown(c, "subject"), shown(c, "object"), how, by, words(c)


@oracle("side-switches", "what who from to when sentence", lambda w: [*since(w), *({"until": d.isoformat()} for d in DAYS)])
def side_switches(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if not so(c, "defect", "split_from") or ("actor" in p and p["actor"] not in parties(c)):
            continue
        if ("since" in p and apart(last(c), date.fromisoformat(p["since"]))) or (
                "until" in p and apart(date.fromisoformat(p["until"]), bound(c, "begin_earliest"))):
            continue
        split = c.type == "split_from"
        left = shown(c, "object" if split else "from")
        yield "split" if split else "defection", shown(c, "subject"), left, shown(c, "to"), when(c), words(c)


@oracle("beginnings-and-ends", "what name by_or_from modality sentence", since)
def beginnings_and_ends(w: World, p: Params) -> Iterator[Row]:
    what = {"form": "founded", "dissolve": "dissolved", "seize_power": "overthrown", "split_from": "broke away", "succeeds": "replaced"}
    for c in w.claims:
        if c.type in what and c.polarity is Polarity.POSITIVE and p.get("actor") in (None, who(c, "subject"), who(c, "object")):
            end = last(c) if c.period or c.modality is Modality.ACTUAL else None
            if not ("since" in p and apart(end, date.fromisoformat(p["since"]))):
                first, second = ("subject", "object") if c.type in ("split_from", "succeeds") else ("object", "subject")
                yield what[c.type], shown(c, first), shown(c, second), c.modality.value, words(c)


@oracle("casualties", "side outcome figure sentence", since)
def casualties(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        before = "since" in p and apart(last(c), date.fromisoformat(p["since"]))
        if so(c, "casualties") and c.object and p.get("actor") in (None, c.object.id) and not before:
            yield c.object.name, c.outcome, c.quantity.notation if c.quantity else None, words(c)


@oracle("casualties-by-side", "actor outcome figures lowest highest", nothing)
def casualties_by_side(w: World, _p: Params) -> Iterator[Row]:
    by: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for c in w.claims:
        if so(c, "casualties") and c.object and c.quantity:
            by[c.object.id, c.outcome].append(c)
    for (side, outcome), found in by.items():
        figures = [(q.minimum, q.maximum) for c in found if (q := c.quantity)]
        lowest = min(high if low is None else low for low, high in figures)  # type: ignore[type-var]
        highest = max(low if high is None else high for low, high in figures)  # type: ignore[type-var]
        yield f"actor:{side}", outcome, len({c.key for c in found}), lowest, highest


@oracle("strength", "name figure when polarity sentence", any_actor)
def strength(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.type == "strength" and p.get("actor") in (None, who(c, "subject")) and c.quantity:
            yield shown(c, "subject"), c.quantity.notation, when(c), c.polarity.value, words(c)


@oracle("fighters", "change what figure sentence", actors)
def fighters(w: World, p: Params) -> Iterator[Row]:
    table = (("recruit", "subject", "recruited", "gain"), ("defect", "to", "came over", "gain"), ("defect", "from", "went over", "loss"),
             ("desert", "from", "deserted", "loss"), ("surrender", "from", "surrendered", "loss"))
    for c in w.claims:
        for type_, role, what, change in table:
            if so(c, type_) and who(c, role) == p["actor"]:
                yield change, what, c.quantity.notation if c.quantity else None, words(c)


@oracle("denials", "type subject object sentence denial", any_actor)
def denials(w: World, p: Params) -> Iterator[Row]:
    for no in w.claims:
        if no.polarity is not Polarity.NEGATIVE or no.modality is not Modality.ACTUAL:
            continue
        for c in w.claims:
            if not so(c, no.type) or next(sides(c), None) not in list(sides(no)) or ("actor" in p and p["actor"] not in next(sides(c))):
                continue
            if apart(bound(c, "end_latest"), bound(no, "begin_earliest")) or apart(bound(no, "end_latest"), bound(c, "begin_earliest")):
                continue
            if c.document != no.document or (c.attributed_to and c.attributed_to.id) != (no.attributed_to and no.attributed_to.id):
                yield named(c.type), shown(c, "subject"), shown(c, "object"), words(c), words(no)


@oracle("disagreeing-counts", "type count other_count", nothing)
def disagreeing_counts(w: World, _p: Params) -> Iterator[Row]:
    def act(c: Claim) -> tuple[object, ...]:
        told_sides = tuple(who(c, r) for r in ("subject", "object", "place", "from", "to"))
        return c.type, told_sides, c.outcome, None if any(told_sides) else who(c, "operation")

    for a, b in combinations(sorted((c for c in w.claims if so(c) and c.quantity), key=lambda c: c.id), 2):
        if act(a) != act(b) or not (any(act(a)[1]) or act(a)[3]) or not (a.quantity and b.quantity):  # type: ignore[arg-type]
            continue
        if not (number_apart(a.quantity, b.quantity) or number_apart(b.quantity, a.quantity)):
            continue
        if apart(last(a), bound(b, "begin_earliest")) or apart(last(b), bound(a, "begin_earliest")):
            continue
        if a.document != b.document or (a.attributed_to and a.attributed_to.id) != (b.attributed_to and b.attributed_to.id):
            yield named(a.type), a.quantity.notation, b.quantity.notation


def number_apart(lower: Quantity, higher: Quantity) -> bool:
    """Whether the one is surely below the other; what is approximate may be a tenth off."""
    if lower.maximum is None or higher.minimum is None:
        return False
    return lower.maximum * (11 if lower.approximate else 10) < higher.minimum * (9 if higher.approximate else 10)


def source(w: World, c: Claim) -> tuple[str, str]:
    if c.attributed_to:
        return "voice", c.attributed_to.id
    return ("publisher", w.publisher[c.document]) if c.document in w.publisher else ("document", c.document)


@oracle("single-source", "type sentence", any_actor)
def single_source(w: World, p: Params) -> Iterator[Row]:
    sources: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for c in w.claims:
        sources[c.key].add(source(w, c))
    for c in w.claims:
        if len(sources[c.key]) == 1 and ("actor" not in p or p["actor"] in parties(c)):
            yield named(c.type), words(c)


@oracle("unverified", "certainty type sentence", any_actor)
def unverified(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.certainty is not Certainty.STATED and ("actor" not in p or p["actor"] in parties(c)):
            yield c.certainty.value, named(c.type), words(c)


@oracle("side-against-side", "says type sentence", pairs)
def side_against_side(w: World, p: Params) -> Iterator[Row]:
    for side, against in ((p["actor"], p["other"]), (p["other"], p["actor"])):
        voices = {side} | {who(c, "subject") for c in w.claims if so(c, "holds_role", "part_of") and who(c, "object") == side}
        for c in w.claims:
            if c.attributed_to and c.attributed_to.id in voices and against in parties(c):
                yield c.attributed_to.name, named(c.type), words(c)


@oracle("friends-of-enemies", "other tie also_friend also_enemy", actors)
def friends_of_enemies(w: World, p: Params) -> Iterator[Row]:
    me, foes = p["actor"], links(w, FOES)
    allies, backs, belongs = links(w, ("allied_with",)), links(w, ("supports",), both=False), links(w, ("member_of",), both=False)
    kin = links(w, FRIENDS)
    for foe in foes[me]:
        ties = [("allied with", x) for x in allies[foe]]
        ties += [("supports", x) for x, taken in list(backs.items()) if foe in taken]
        ties += [("supported by", x) for x in backs[foe]]
        ties += [("in one alliance with", x) for x, joined in list(belongs.items()) if joined & belongs[foe]]
        for tie, other in ties:
            if other not in (me, foe):
                yield f"actor:{other}", tie, other in kin[me], other in foes[me]


@oracle("enemies-of-enemies", "other enemies also_friend", actors)
def enemies_of_enemies(w: World, p: Params) -> Iterator[Row]:
    me, foes, kin = p["actor"], links(w, FOES), links(w, FRIENDS)
    common = Counter(other for foe in foes[me] for other in foes[foe] if other != me and other not in foes[me])
    for other, enemies in common.items():
        yield f"actor:{other}", enemies, other in kin[me]


def reach(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """All that can be reached in one step or more."""
    found: set[str] = set()
    edge = list(graph.get(start, ()))
    while edge:
        if (node := edge.pop()) not in found:
            found.add(node)
            edge += graph.get(node, ())
    return found


@oracle("splits", "who generation sentence", actors)
def splits(w: World, p: Params) -> Iterator[Row]:
    up = links(w, ("split_from",), both=False)
    below = {x for x in w.actors() if p["actor"] in reach(up, x)}
    for c in w.claims:
        if so(c, "split_from") and c.subject and c.subject.id in below:
            yield c.subject.name, len((reach(up, c.subject.id) | {c.subject.id}) & below), words(c)


@oracle("successions", "step new old sentence", actors)
def successions(w: World, p: Params) -> Iterator[Row]:
    before, either = links(w, ("succeeds",), both=False), links(w, ("succeeds",))
    chain = reach(either, p["actor"]) | {p["actor"]}
    for c in w.claims:
        if so(c, "succeeds") and c.subject and c.subject.id in chain:
            yield len(reach(before, c.subject.id)), c.subject.name, shown(c, "object"), words(c)


@oracle("units", "unit where parent sentence", actors)
def units(w: World, p: Params) -> Iterator[Row]:
    up = links(w, ("part_of",), both=False)
    for c in w.claims:
        if so(c, "part_of") and c.subject:
            if p["actor"] in reach(up, c.subject.id):
                yield c.subject.name, "below", shown(c, "object"), words(c)
            if c.subject.id in reach(up, p["actor"]) | {p["actor"]}:
                yield c.subject.name, "above", shown(c, "object"), words(c)


@oracle("ties-after-event", "event_when after what sentence",
        lambda w: [{"place": s, "days": d} for s in w.places() for d in ("30", "180")])
def ties_after_event(w: World, p: Params) -> Iterator[Row]:
    what = {"allied_with": "alliance", "member_of": "membership", "form": "foundation", "supports": "support", "ceasefire": "truce"}
    events = {c.period for c in w.claims if so(c, "capture") and p["place"] in (who(c, "place"), who(c, "object")) and c.period}
    for event in events:
        if event.begin_earliest is None or event.end_latest is None:
            continue
        for c in w.claims:
            first, by = bound(c, "begin_earliest"), bound(c, "begin_latest")
            if so(c, *what) and first and by and by > event.begin_earliest and first <= event.end_latest + timedelta(days=int(p["days"])):
                yield event.edtf, "surely" if first > event.end_latest else "perhaps", what[c.type], words(c)


@oracle("broken-truces", "truce after attack_when truce_sentence attack_sentence", lambda w: [{}, {"days": "7"}, *actors(w)])
def broken_truces(w: World, p: Params) -> Iterator[Row]:
    for truce in w.claims:
        agreed, agreed_by = bound(truce, "begin_earliest"), bound(truce, "begin_latest")
        if not so(truce, "ceasefire") or not agreed or not agreed_by or ("actor" in p and p["actor"] not in next(sides(truce))):
            continue
        for c in w.claims:
            begin, end = bound(c, "begin_earliest"), bound(c, "end_latest")
            limit = agreed_by + timedelta(days=int(p.get("days", "30")))
            if so(c, "attack") and next(sides(c), None) in list(sides(truce)) and begin and end and end > agreed and begin <= limit:
                yield when(truce), "surely" if begin > agreed_by else "perhaps", when(c), words(truce), words(c)


@oracle("broken-ties", "tie tie_when attack_when tie_sentence attack_sentence", since)
def broken_ties(w: World, p: Params) -> Iterator[Row]:
    for tie in w.claims:
        before = bound(tie, "begin_latest") or (tie.reported.end_latest if tie.reported else None)
        if not so(tie, "allied_with", "supports") or before is None:
            continue
        for c in w.claims:
            begin = bound(c, "begin_earliest")
            if not so(c, "attack") or not begin or begin <= before or {who(c, "subject"), who(c, "object")} != set(next(sides(tie))):
                continue
            if p.get("actor") in (None, *next(sides(c))) and not ("since" in p and apart(last(c), date.fromisoformat(p["since"]))):
                yield "support" if tie.type == "supports" else "allied", when(tie), when(c), words(tie), words(c)


@oracle("known-then", "known type sentence", lambda w: on_days(w)[::3])
def known_then(w: World, p: Params) -> Iterator[Row]:
    day = date.fromisoformat(p["day"])
    for c in w.claims:
        if p["actor"] in parties(c):
            if c.reported is None or c.reported.begin_earliest is None or c.reported.end_latest is None:
                known = "unknown when"
            elif c.reported.end_latest <= day:
                known = "then"
            else:
                known = "perhaps then" if c.reported.begin_earliest <= day else "only later"
            yield known, named(c.type), words(c)


@oracle("support-flows", "supporter supported said denied", nothing)
def support_flows(w: World, _p: Params) -> Iterator[Row]:
    found: dict[Row, list[int]] = defaultdict(lambda: [0, 0])
    for c in w.claims:
        if c.type == "supports" and c.modality is Modality.ACTUAL:
            found[shown(c, "subject"), shown(c, "object")][c.polarity is Polarity.NEGATIVE] += 1
    for pair, (said, denied) in found.items():
        yield *pair, said, denied


@oracle("plans", "meant type came_true_reported sentence", any_actor)
def plans(w: World, p: Params) -> Iterator[Row]:
    for c in w.claims:
        if c.modality is Modality.ACTUAL or c.polarity is not Polarity.POSITIVE or p.get("actor") not in (None, who(c, "subject")):
            continue
        now = told(c)
        done = [told(d) for d in w.claims if so(d, c.type) and next(sides(d), None) in list(sides(c)) and now and told(d)
                and not apart(told(d), now) and not apart(bound(d, "end_latest"), now)] if c.subject and c.object else []
        yield c.modality.value, named(c.type), min(d for d in done if d) if done else None, words(c)


@oracle("attacks-by-month", "month attacks claims documents", nothing)
def attacks_by_month(w: World, _p: Params) -> Iterator[Row]:
    by: dict[str | None, list[Claim]] = defaultdict(list)
    for c in w.claims:
        if so(c, "attack"):
            first, end = bound(c, "begin_earliest"), bound(c, "end_latest")
            by[f"{first:%Y-%m}" if first and end and f"{first:%Y-%m}" == f"{end:%Y-%m}" else None].append(c)
    for month, found in by.items():
        yield month, len({c.key for c in found}), len(found), len({c.document for c in found})


@oracle("tie-through-time", "type polarity modality claims", pairs)
def tie_through_time(w: World, p: Params) -> Iterator[Row]:
    found: Counter[Row] = Counter()
    for c in w.claims:
        starts = {who(c, one) for one, two in (("subject", "object"), ("subject", "from"), ("subject", "to"), ("from", "to"))
                  if {who(c, one), who(c, two)} == {p["actor"], p["other"]}}
        for start in starts:
            found[start, named(c.type), c.polarity.value, c.modality.value] += 1
    for row, claims in found.items():
        yield *row[1:], claims


@oracle("publishers", "publisher claims alone", nothing)
def publishers(w: World, _p: Params) -> Iterator[Row]:
    papers: dict[str, set[str]] = defaultdict(set)
    for c in w.claims:
        if c.document in w.publisher:
            papers[c.key].add(w.publisher[c.document])
    for name in set(w.publisher.values()):
        own = [c for c in w.claims if w.publisher.get(c.document) == name]
        yield name, len(own), sum(papers[c.key] == {name} for c in own)


ORDER = sorted(ORACLES)
ONCE = {"friends-of-enemies", "ties-after-event"}  # rows that an oracle may find twice: by another enemy, by another event of that day


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("where", ["example", "war-1", "war-2"])
def test_a_plain_reading_of_the_claims_gives_the_same_rows(name: str, where: str) -> None:
    asked, columns, params = ORACLES[name]
    w, query, some = world(where), load_query(name), False
    places = [query.columns.index(column) for column in columns]
    for given in params(w):
        expected = sorted(asked(w, given), key=repr)
        found = sorted((tuple(row[place] for place in places) for row in run_query(w.store, query, given).rows), key=repr)
        if name in ONCE:
            expected, found = sorted(set(expected), key=repr), sorted(set(found), key=repr)
        assert found == expected, given
        some |= bool(expected)
    assert some
