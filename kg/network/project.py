"""Which ties count on a day or in a window, and the graph they make. What is believed is a stated policy, never a silent choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from kg.model import BINDING, Answer, Ending, LoyaltyPolicy, Modality, Polarity, Reference, Tie
from kg.network.acting import Counting, derived_ties, enough
from kg.network.days import Days, as_days, held, spell_of, weaker, within
from kg.network.endings import NOTHING, Link, Over, endings, link
from kg.network.naming import commonest, pair_of
from kg.network.policy import Combine, Policy, admits, describe, last_told
from kg.network.signs import SignedGraph, read_sign
from kg.network.windows import Window

__all__ = ["Combine", "Days", "Ended", "Policy", "Window", "describe", "held", "project", "signed_graph"]

_DEFAULT = Policy()
_BINDING = {*BINDING, None}  # a tie that does not tell its type binds


@dataclass(frozen=True, slots=True, order=True)
class Ended:
    """A tie that would count, were it not over: what ended it, and by when."""

    source: str
    target: str
    type: str
    claim: str
    by: date
    ending: Ending
    ended_by: tuple[str, ...]  # ids of the claims that tell of the end
    labels: tuple[str, str] = ("", "")  # the names of source and target: they need not be in the graph


def project(
    ties: Iterable[Tie], *, on: date | Days | Window | None = None, policy: Policy = _DEFAULT, actors: Iterable[Reference] = ()
) -> nx.MultiDiGraph[str]:
    """The network of a day, of a window, or of all time, as a directed multigraph: actors, and one edge for each tie that counts.

    A node is an actor's id with `label` (its commonest name in all of `ties`, so that it is the same on every day) and `kind`.
    An edge goes from the claim's first side to its second; its key is the claim's id. Its attributes: `type`,
    `sign` (+1, -1, 0), `answer` ("yes" or "maybe"), `edtf`, `begin` and `end` (the earliest and the latest possible day, or
    `None`), `certainty`, `polarity`, `modality`, `document`, `claim`, `claim_key` (equal for ties that say the same),
    `attributed_to` (a name, or `None`: the document's own voice), `symmetric`. `graph.graph` holds `day`, `policy` and
    `denied`: the ids of the claims that deny a tie and would count on that day, and `ended`: the ties that would, were they not over by
    then (`Ended`); of a window also `window`, and its `day` is `None`.

    Under `Policy.down` and `Policy.up` there are derived edges: the tie of an alliance said of a member, or of a member said of its
    alliance. They have the attributes of the tie they come from and besides `derived` (true), `via` (the alliance or the member)
    and `rests_on` (the ids of two claims, the tie's and the membership's); their key is these two joined by "/". Their `answer` is
    the weaker of the two. Only signed ties that are told are handed on, once; memberships (`member_of`, `part_of`) are not, nor what
    happens between an alliance and a member of it, or between two of its members. Under `Combine.LATEST` an edge has `told`: the
    latest day, not after the last asked for, of which the claim tells, or `None`.

    Args:
        ties: the ties, in any order.
        on: the day, or the first and the last day of a window, in which a tie counts when it held on some day of it; `None`: every
            day, where each tie that is told answers "yes": it held at some time.
        policy: what counts. Under `Policy.ended_by_switch` and `ended_by_hostility` claims about others play a part too: who opposes whom.
        actors: actors to show even where no tie of theirs counts; others without a tie are not in the graph.

    Raises:
        ValueError: the window ends before it begins.

    Cost: one pass over the ties; derived edges: the alliances' ties times their members.
    """
    told = list(ties)
    window = None if on is None else as_days(on)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(day=on if isinstance(on, date) else None, policy=policy, denied=(), ended=())
    if on is not None and not isinstance(on, date):
        graph.graph["window"] = window
    denied: set[str] = set()
    ended: list[Ended] = []
    seen: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for actor in actors:
        graph.add_node(actor.id)
        seen[actor.id][actor.name, actor.kind.value] += 1
    counting: list[Counting] = []
    documents: defaultdict[str, set[str]] = defaultdict(set)  # of each claim key
    ends = ended_ties(told, policy) if window else NOTHING
    for tie in told:
        for side in (tie.source, tie.target):
            seen[side.id][side.name, side.kind.value] += 1
        known = admits(policy, tie)
        if not enough(known, policy):
            continue
        if policy.claim_documents > 1:
            documents[tie.key].add(tie.document)
        days = spell_of(tie, policy) if tie.period or policy.undated else None
        over, alone = ends.get(link(tie)) if days and ends else None, days
        if days and over:
            days = over.bound(days)
        answer = weaker(known, Answer.YES if window is None else within(days, window) if days else Answer.NO)
        if over and alone and window and not enough(answer, policy) and enough(weaker(known, within(alone, window)), policy):
            ended.append(Ended(tie.source.id, tie.target.id, tie.type, tie.claim, over.by, over.ending, over.claims))
        if not enough(answer, policy):
            continue
        if tie.polarity in policy.polarities:
            counting.append(Counting(tie, answer, known, days))
        elif tie.polarity is Polarity.NEGATIVE:
            denied.add(tie.claim)
    if policy.claim_documents > 1:
        counting = [one for one in counting if len(documents[one.tie.key]) >= policy.claim_documents]
    if policy.pair_documents > 1:
        counting = _told_of_by(counting, policy.pair_documents)
    until = window[1] if window else None
    for one in counting:
        graph.add_edge(one.tie.source.id, one.tie.target.id, key=one.tie.claim, **_attributes(one.tie, one.answer, policy, until))
    for act in derived_ties(counting, on=window or (None, None), policy=policy) if policy.down or policy.up else ():
        own = {"derived": True, "via": act.via, "rests_on": act.claims}
        graph.add_edge(act.source, act.target, key="/".join(act.claims), **_attributes(act.tie, act.answer, policy, until), **own)
    graph.graph["denied"] = tuple(sorted(denied))
    graph.graph["ended"] = tuple(sorted(
        replace(one, labels=(commonest(seen[one.source])[0], commonest(seen[one.target])[0])) for one in ended))
    for node in graph:
        label, kind = commonest(seen[node])
        graph.nodes[node].update(label=label, kind=kind)
    return graph


def signed_graph(graph: SignedGraph, *, sign: str = "sign") -> nx.Graph[str]:
    """The signed simple graph of a projected network, or of any graph with directions or several ties a pair: one undirected edge a pair.

    What several claims say alike counts once (`claim_key`). An edge has `sign`: the sign of the sum over its claims' signs, 0 when
    they are equal or none has one, or what another `Policy.combine` says; `mixed`: whether both kinds exist ("frenemies"); `binds`: whether
    a claim of positive sign makes them one camp (`kg.model.BINDING`), rather than that they met or agreed a ceasefire; `weight`:
    the number of distinct claim keys, of sign 0 too; `answer`: "yes" when one of them is; `claims`: the ids of the claims it rests
    on, sorted; under `Policy.down` and `Policy.up` also `derived`: whether no claim tells of the pair itself.

    Of an edge that `project` did not make only the sign has to be there: it then counts for itself, surely, and binds. Who is tied to
    itself is so to nobody.

    Args:
        graph: a network of `project`, or any graph. sign: the edge attribute that holds a sign, as a number or its text.

    Raises:
        networkx.NetworkXError: an edge has no sign.

    >>> graph = nx.MultiDiGraph([("a", "b", {"sign": 1}), ("b", "a", {"sign": -1}), ("a", "b", {"sign": -1}), ("b", "c", {"sign": 1})])
    >>> list(signed_graph(graph).edges(data="sign"))
    [('a', 'b', -1), ('b', 'c', 1)]
    """
    policy = graph.graph.get("policy", _DEFAULT)
    pairs: defaultdict[tuple[str, str], list[Mapping[str, object]]] = defaultdict(list)
    for number, (source, target, edge) in enumerate(graph.edges(data=True)):
        if source != target:
            value = read_sign(edge, source, target, sign=sign)
            told = edge if "claim_key" in edge else {"claim_key": number, **edge}
            pairs[pair_of(source, target)].append({**told, "sign": (value > 0) - (value < 0)})
    simple: nx.Graph[str] = nx.Graph(**graph.graph)
    simple.add_nodes_from(graph.nodes(data=True))
    for (a, b), edges in pairs.items():
        signs = {int(str(e["sign"])) for e in edges}
        simple.add_edge(
            a, b,
            sign=_settle(edges, policy.combine),
            mixed={-1, 1} <= signs,
            binds=any(e.get("type") in _BINDING and int(str(e["sign"])) > 0 for e in edges),
            weight=len({e["claim_key"] for e in edges}),
            answer="yes" if any(e.get("answer", "yes") == "yes" for e in edges) else "maybe",
            claims=tuple(sorted({claim for e in edges for claim in _rests_on(e)})),
        )
        if policy.down or policy.up:
            simple.edges[a, b]["derived"] = all("derived" in e for e in edges)
    return simple


def ended_ties(ties: Iterable[Tie], policy: Policy) -> Mapping[Link, Over]:
    """The ties that are over by what other claims tell, under a policy.

    Who changed sides and who fell out is read from the ties that the policy believes, whatever types it shows.
    """
    if not policy.ended_by_switch and policy.ended_by_hostility is None:
        return NOTHING
    believed = replace(policy, types=None)
    loyalty = replace(LoyaltyPolicy(), ended_by_hostility=policy.ended_by_hostility, hostility_certainties=policy.hostility_certainties)
    moving = [tie for tie in ties
              if tie.polarity is Polarity.POSITIVE and tie.modality is Modality.ACTUAL and enough(admits(believed, tie), policy)]
    return endings(moving, policy=loyalty, by_switch=policy.ended_by_switch)


def _told_of_by(counting: Sequence[Counting], least: int) -> list[Counting]:
    """Those of whose pair and sign enough documents tell."""
    documents: defaultdict[tuple[frozenset[str], int], set[str]] = defaultdict(set)

    def pair(tie: Tie) -> tuple[frozenset[str], int]:
        return frozenset((tie.source.id, tie.target.id)), tie.sign

    for one in counting:
        documents[pair(one.tie)].add(one.tie.document)
    return [one for one in counting if len(documents[pair(one.tie)]) >= least]


def _settle(edges: Sequence[Mapping[str, object]], combine: Combine) -> int:
    """The sign of a pair; what several claims say alike counts once."""
    told: dict[tuple[object, int], date] = {}
    for edge in edges:
        said = edge["claim_key"], int(str(edge["sign"]))
        day = edge.get("told")
        told[said] = max(told.get(said, date.min), day if isinstance(day, date) else date.min)
    signs = {sign for _, sign in told}
    if {-1, 1} <= signs and combine in _FIXED:
        return _FIXED[combine]
    if combine is Combine.LATEST:
        last = max((day for (_, sign), day in told.items() if sign), default=date.min)
        told = {said: day for said, day in told.items() if day == last}
    total = sum(sign for _, sign in told)
    return (total > 0) - (total < 0)


_FIXED: Mapping[Combine, int] = {Combine.NEGATIVE: -1, Combine.POSITIVE: +1, Combine.ZERO: 0}


def _rests_on(edge: Mapping[str, object]) -> tuple[str, ...]:
    """The claims that an edge stands for."""
    claims = edge.get("rests_on", (edge["claim"],) if "claim" in edge else ())
    return tuple(map(str, claims)) if isinstance(claims, tuple) else ()


def _attributes(tie: Tie, answer: Answer, policy: Policy, until: date | None) -> dict[str, object]:
    period = tie.period
    told = {"told": last_told(tie, until)} if policy.combine is Combine.LATEST else {}
    return {
        "type": tie.type,
        "sign": tie.sign if tie.polarity is Polarity.POSITIVE else 0,
        "answer": answer.value,
        "edtf": period.edtf if period else None,
        "begin": period.begin_earliest if period else None,
        "end": period.end_latest if period else None,
        "certainty": tie.certainty.value, "polarity": tie.polarity.value, "modality": tie.modality.value,
        "document": tie.document, "claim": tie.claim, "claim_key": tie.key,
        "attributed_to": tie.attributed_to.name if tie.attributed_to else None,
        "symmetric": tie.symmetric, **told,
    }
