"""Which ties count on a day, and the graph they make. What is believed is a stated policy, never a silent choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import networkx as nx

from kg.model import CLAIM_TYPES, SIGHTING_DAYS, Answer, Certainty, Modality, Polarity, Reference, Tie, spell


@dataclass(frozen=True, slots=True)
class Policy:
    """Which ties count on a day, and for how long.

    `maybe`: ties that perhaps held count too, marked so. On by default: most reports date loosely, and a network of
        the surely dated alone shows fewer enmities than any reader of the reports would.
    `sighting_days`: how many days after an event its tie is still shown, as a maybe; 0: on its own days only,
        `None`: for ever. 90 by default, about a season (`kg.model.SIGHTING_DAYS`).
    `relation_days`: the same for a lasting relation that was last told of and not said to have ended. `None` by
        default: nobody reports again and again that a member is still a member. A relation that the document says
        has ended is over on that day.
    `undated`: ties whose claim has no date count as seen on the day of the report, and only as a maybe; without a date and a
        report's date they are a maybe on every day. `False`: they count on no day.
    `certainties`, `modalities`: what counts. All certainties, since disputed is not refuted and each edge carries its own;
        only what is said to be so, since plans, possibilities and demands are no ties.
    `polarities`: denials are no edges by default: that an alliance is denied is not enmity. They are listed in
        `graph.graph["denied"]`. A policy that counts them gets them as edges of sign 0.
    `types`: the claim types that count; `None`: all.

    Raises:
        ValueError: a negative number of days, or a type that is no claim type.
    """

    maybe: bool = True
    sighting_days: int | None = SIGHTING_DAYS
    relation_days: int | None = None
    undated: bool = True
    certainties: frozenset[Certainty] = frozenset(Certainty)
    polarities: frozenset[Polarity] = frozenset({Polarity.POSITIVE})
    modalities: frozenset[Modality] = frozenset({Modality.ACTUAL})
    types: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        for name, days in (("sighting_days", self.sighting_days), ("relation_days", self.relation_days)):
            if days is not None and days < 0:
                raise ValueError(f"{name} must be 0 or more, or None for ever, not {days}")
        unknown = sorted((self.types or frozenset()) - CLAIM_TYPES.keys())
        if unknown:
            raise ValueError(f"unknown claim type {', '.join(unknown)}; known: {', '.join(CLAIM_TYPES)}")


_DEFAULT = Policy()


def held(tie: Tie, day: date, *, policy: Policy = _DEFAULT) -> Answer:
    """Whether a tie held on `day`, by its dates and the policy's (`kg.model.spell`); the policy's other choices play no part."""
    if tie.period is None and not policy.undated:
        return Answer.NO
    return spell(tie, sighting_days=policy.sighting_days, relation_days=policy.relation_days).answer(day)


def project(
    ties: Iterable[Tie], *, on: date | None = None, policy: Policy = _DEFAULT, actors: Iterable[Reference] = ()
) -> nx.MultiDiGraph[str]:
    """The network of a day, or of all time, as a directed multigraph: actors, and one edge for each tie that counts.

    A node is an actor's id with `label` (its commonest name in all of `ties`, so that it is the same on every day) and `kind`.
    An edge goes from the claim's first side to its second; its key is the claim's id. Its attributes: `type`,
    `sign` (+1, -1, 0), `answer` ("yes" or "maybe"), `edtf`, `begin` and `end` (the earliest and the latest possible day, or
    `None`), `certainty`, `polarity`, `modality`, `document`, `claim`, `claim_key` (equal for ties that say the same),
    `attributed_to` (a name, or `None`: the document's own voice), `symmetric`. `graph.graph` holds `day`, `policy` and
    `denied`: the ids of the claims that deny a tie and would count on that day.

    Args:
        ties: the ties, in any order.
        on: the day; `None`: every day, where each tie that counts answers "yes": it held at some time.
        policy: what counts.
        actors: actors to show even where no tie of theirs counts; others without a tie are not in the graph.

    Cost: one pass over the ties.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(day=on, policy=policy, denied=())
    denied: set[str] = set()
    seen: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for actor in actors:
        graph.add_node(actor.id)
        seen[actor.id][actor.name, actor.kind.value] += 1
    for tie in ties:
        for side in (tie.source, tie.target):
            seen[side.id][side.name, side.kind.value] += 1
        answer = held(tie, on, policy=policy) if on else Answer.YES
        if answer is Answer.NO or (answer is Answer.MAYBE and not policy.maybe) or not _counts(tie, policy):
            continue
        if tie.polarity not in policy.polarities:
            if tie.polarity is Polarity.NEGATIVE:
                denied.add(tie.claim)
            continue
        graph.add_edge(tie.source.id, tie.target.id, key=tie.claim, **_attributes(tie, answer))
    graph.graph["denied"] = tuple(sorted(denied))
    for node in graph:
        label, kind = _commonest(seen[node])
        graph.nodes[node].update(label=label, kind=kind)
    return graph


def signed_graph(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """The signed simple graph of a projected network: one undirected edge for each pair of actors.

    What several claims say alike counts once (`claim_key`). An edge has `sign`: the sign of the sum over its claims' signs, 0 when they
    are equal or none has one; `mixed`: whether both kinds exist ("frenemies"); `weight`: the number of
    distinct claim keys, of sign 0 too; `answer`: "yes" when one of them is; `claims`: the claims' ids, sorted.

    Raises:
        networkx.NetworkXNotImplemented: the graph is no directed multigraph.
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        raise nx.NetworkXNotImplemented("signed_graph needs the directed multigraph that `project` makes")
    pairs: defaultdict[tuple[str, str], list[Mapping[str, object]]] = defaultdict(list)
    for source, target, edge in graph.edges(data=True):
        pairs[min(source, target), max(source, target)].append(edge)
    simple: nx.Graph[str] = nx.Graph(**graph.graph)
    simple.add_nodes_from(graph.nodes(data=True))
    for (a, b), edges in pairs.items():
        signs = {(e["claim_key"], e["sign"]): int(str(e["sign"])) for e in edges}.values()
        total = sum(signs)
        simple.add_edge(
            a, b,
            sign=(total > 0) - (total < 0),
            mixed=min(signs) < 0 < max(signs),
            weight=len({e["claim_key"] for e in edges}),
            answer="yes" if any(e["answer"] == "yes" for e in edges) else "maybe",
            claims=tuple(sorted({str(e["claim"]) for e in edges})),
        )
    return simple


def _counts(tie: Tie, policy: Policy) -> bool:
    return (
        tie.certainty in policy.certainties
        and tie.modality in policy.modalities
        and (policy.types is None or tie.type in policy.types)
    )


def _attributes(tie: Tie, answer: Answer) -> dict[str, object]:
    period = tie.period
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
        "symmetric": tie.symmetric,
    }


def _commonest(names: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The most frequent (name, kind); of equals the longest name, then the first in the alphabet."""
    return min(names, key=lambda pair: (-names[pair], -len(pair[0]), pair))
