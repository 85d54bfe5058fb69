"""A built graph as one object: what its documents say, and what follows from it about who stands with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kg.api.reading import Day, StoredGraph, read_day
from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from kg.api.shifting import Alignments, History, Switches, Tensions
    from kg.api.standing import Balance, Doubt, Structure
    from kg.api.weighing import Disagreements, Flows, Holdings, Paths
    from kg.model import Tie
    from kg.network.doubt import Measure
    from kg.network.project import Policy
    from kg.view.pictures.picture import Picture

On = Day | tuple[Day | None, Day | None]
"""A day, or the first and the last day of a window; `None`: unbounded on that side."""

_STEPS = ("day", "week", "month", "quarter", "year")
_SUMS = ("month", "quarter", "year", "all")


@dataclass(frozen=True, slots=True)
class KnowledgeGraph(StoredGraph):
    """What a set of documents says, ready to be asked, and what follows from it. Made by `build_graph` and `open_graph`.

    It holds no file open: every call reads the graph as it is then (about 50 ms), so a rebuild is seen at once.
    In a notebook it shows itself with its explorer page (about 0.7 MB and 0.8 KB a claim, kept in the saved cell).
    """

    def ties(self) -> tuple[Tie, ...]:
        """The claims that link two actors, as signed and dated ties: what `kg.project`, `kg.sensitivity` and `kg.bootstrap` take."""
        from kg.model import ties

        return tuple(ties(self.claims()))

    def network(self, *, on: On | None = None, policy: Policy | None = None) -> nx.MultiDiGraph[str]:
        """The network of a day, of a window, or of all time: actors, and one edge for each tie that counts (`kg.project`).

        Args:
            on: the day, or the first and the last of a window; `None`: all time.
            policy: what counts as a tie, and for how long; `None`: `kg.Policy()`.

        Raises:
            KgError: `on` is no day, or a window that ends before it begins.
        """
        from kg.network.project import Policy, project

        return project(self.ties(), on=_on(on), policy=policy or Policy())

    def known_then(self, day: Day, *, on: On | None = None, policy: Policy | None = None) -> nx.MultiDiGraph[str]:
        """The network as it could be known on a day: of what was published by then alone (`Policy.known_by`).

        Args:
            day: when it is asked; `on`: what about, the same day by default. policy: what counts besides.
        """
        from kg.network.project import Policy

        return self.network(on=day if on is None else on, policy=replace(policy or Policy(), known_by=read_day(day)))

    def survey(self, *, on: On | None = None, policy: Policy | None = None) -> Structure:
        """The structure of a day, a window or all time: camps, alliances, brokers, who is friend and foe. Options as for `network`."""
        from kg.api.standing import in_words, read_structure

        graph, when = self.network(on=on, policy=policy), _on(on)
        counted = graph.graph["policy"]
        draw = partial(self._draw_standings, on=when, policy=counted) if isinstance(when, date) else None
        return read_structure(graph, in_words(when, counted), draw=draw)

    def balance(self, *, on: On | None = None, policy: Policy | None = None, time_limit: float = 10.0) -> Balance:
        """How far the network is from two camps, and the claims that disturb them. Options as for `network`.

        Args:
            time_limit: seconds for the proof; then bounds are told.
        """
        from kg.api.standing import in_words, measure_balance

        graph = self.network(on=on, policy=policy)
        return measure_balance(graph, in_words(_on(on), graph.graph["policy"]), time_limit=time_limit)

    def doubt(self, measure: Measure | str = "frustration", *, on: Day | None = None, policy: Policy | None = None,
              draws: int = 200) -> Doubt:
        """What a measure of a day rests on: without what may be doubted, on documents drawn again, without each claim.

        Args:
            measure: "frustration" (F), "triangle balance", "walk balance" or "ties" (how many), or any function of the signed graph
                that returns a number, or `None` where it is undefined.
            draws: of the bootstrap. The others: as for `network`.

        Cost: one recomputation for each draw, claim and document.
        """
        from kg.api.standing import in_words, weigh_doubt
        from kg.network.project import Policy

        policy, day = policy or Policy(), read_day(on)
        return weigh_doubt(self.ties(), measure, in_words(day, policy), on=day, policy=policy, draws=draws)

    def switches(self, *, actor: str | None = None, since: Day | None = None, until: Day | None = None) -> Switches:
        """Who changed sides: told so, or concluded from what is told earlier and later.

        Args:
            actor: only those in which this actor left, was left or was joined, by name, abbreviation or id.
            since, until: only what may have happened in these days.
        """
        from kg.api.shifting import find_switches

        return find_switches(self.claims(), actor=self._actor_id(actor), since=read_day(since), until=read_day(until))

    def announced(self, *, actor: str | None = None, since: Day | None = None, until: Day | None = None) -> Switches:
        """The switches that are only planned, possible or asked for, and those denied. Options as for `switches`."""
        from kg.api.shifting import find_announced

        return find_announced(self.claims(), actor=self._actor_id(actor), since=read_day(since), until=read_day(until))

    def history(self, actor: str) -> History:
        """With whom an actor stood, from when to when, and what ended it."""
        from kg.api.shifting import find_history

        claims, id_ = self.claims(), self._actor_id(actor) or actor
        return replace(find_history(claims, id_), draw=lambda: self.picture(actor=id_))

    def tension(self, *, on: Day | None = None) -> Tensions:
        """Whose place in their camp is strained on a day, with reasons: a ranking, not a probability. `None`: by all that is told."""
        from kg.api.shifting import find_tension

        return find_tension(self.claims(), on=read_day(on))

    def alignment(self, first: str, second: str, *, since: Day, until: Day, step: str = "quarter", actors: Sequence[str] | None = None,
                  policy: Policy | None = None) -> Alignments:
        """Where actors stood between two, from +1 with the first to -1 with the second, window by window.

        Args:
            first, second: the poles. since, until: the days that the windows hold.
            step: day, week, month, quarter or year.
            actors: whom to score; `None`: everybody with a tie of a sign.
            policy: what counts as a tie.
        """
        from kg.api.shifting import find_alignment
        from kg.network.project import Policy

        poles, chosen = [self._actor_id(name) or name for name in (first, second)], [self._actor_id(name) or name for name in actors or ()]
        begin, end = read_day(since), read_day(until)
        if not begin or not end or begin > end or step not in _STEPS or poles[0] == poles[1]:
            raise UsageError(f"no series from {since} to {until} by {step!r} between {first!r} and {second!r}", where="alignment",
                             advice=f"two actors, the earlier day first, and a step of {', '.join(_STEPS)}")
        return find_alignment(self.claims(), *poles, since=begin, until=end, step=step, actors=chosen or None, policy=policy or Policy())

    def flows(self, *, by: str = "month", from_: str | None = None, to: str | None = None, together: bool = False,
              whole_forces: bool = False) -> Flows:
        """How many left which side for which, as ranges: what may be the same people is not added up.

        Args:
            by: month, quarter, year or all. from_, to: only from and to these, by name or id.
            together: defections, desertions and surrenders as one flow.
            whole_forces: who leaves a unit leaves the force it is part of.
        """
        from kg.api.weighing import find_flows

        if by not in _SUMS:
            raise UsageError(f"no flows by {by!r}", where="flows", advice=f"one of {', '.join(_SUMS)}")
        return find_flows(self.claims(), self._publishers(), from_=self._actor_id(from_), to=self._actor_id(to), by=by, together=together,
                          whole_forces=whole_forces)

    def disagreements(self, *, about: str | None = None, actor: str | None = None, growth: bool = False) -> Disagreements:
        """Claims about the same thing that cannot all be true, side by side.

        Args:
            about: count, control, belonging, deed, denial, office or founding.
            actor: only with claims about this actor.
            growth: also totals that may only have grown between two reports.
        """
        from kg.api.weighing import find_disagreements
        from kg.model import Topic

        if about is not None and about not in tuple(Topic):
            raise UsageError(f"no disagreements are about {about!r}", where="disagreements", advice=f"one of {', '.join(Topic)}")
        return find_disagreements(self.claims(), about=about, actor=self._actor_id(actor), growth=growth)

    def control(self, place: str | None = None, *, on: Day | None = None) -> Holdings:
        """Who holds a place, or every place, perhaps and surely; `on`: that day alone."""
        from kg.api.weighing import find_holdings
        from kg.rdf.lookup import find_place
        from kg.rdf.names import local_id

        with self._reading() as store:
            id_ = local_id(find_place(store, place).value) if place is not None else None
        day = read_day(on)
        return find_holdings(self.claims(), place=id_, on=day, draw=partial(self._draw_control, on=day))

    def path(self, a: str, b: str, *, on: On | None = None, policy: Policy | None = None, k: int = 1, positive: bool = False) -> Paths:
        """How two actors are linked: the shortest way, of equally short ones the best attested, with its weakest step; none, if none leads.

        Args:
            k: how many ways, the best first. positive: only over pairs that stand together. on, policy: as for `network`.
        """
        from kg.api.weighing import find_paths

        ends = [self._actor_id(name) or name for name in (a, b)]
        if ends[0] == ends[1]:
            raise UsageError(f"{a!r} and {b!r} are the same actor", where="path", advice="name two")
        return find_paths(self.network(on=on, policy=policy), *ends, k=k, positive=positive)

    def picture(self, *, actor: str | None = None, since: Day | None = None, until: Day | None = None) -> Picture:
        """All actors as lines through the sides they belong to, in time; or the sides of one, each with its sentences.

        What other calls return has pictures too: `survey(on=DAY)`, `history`, `flows` and `control(on=DAY)`, each by `.picture()`.
        A picture shows itself in a notebook as an image, which one that is not trusted keeps; `.svg()` and `.html()`
        are its text, for a file.

        Args:
            actor: by name, abbreviation or id; `None`: all.
            since, until: the first and the last day shown.

        Raises:
            UsageError: the last day is not after the first, or nobody is called so.
        """
        from kg.api.drawing import draw_timeline

        return draw_timeline(self.claims(), self._publishers(), actor=self._actor_id(actor), first=read_day(since), last=read_day(until))

    def _publishers(self) -> dict[str, str]:
        from kg.api.drawing import read_publishers

        with self._reading() as store:
            return read_publishers(store)

    def _draw_standings(self, *, on: date, policy: Policy, by_year: bool = False) -> Picture:
        from kg.api.drawing import draw_standings

        return draw_standings(self.claims(), self._publishers(), on=on, by_year=by_year, policy=policy)

    def _draw_control(self, *, on: date | None, by_year: bool = False) -> Picture:
        from kg.api.drawing import draw_control
        from kg.rdf.reading import read_places

        with self._reading() as store:
            places = list(read_places(store))
        return draw_control(self.claims(), self._publishers(), places, on=on, by_year=by_year)

    def _repr_html_(self) -> str:
        from kg.api.listing import show_picture

        return self._told() + show_picture(self.picture) + self._page()

    def decide(self, action: str, target: str, *, reason: str, into: str | None = None, by: str | None = None) -> KnowledgeGraph:
        """Correct the graph: the decision is logged in `decisions.jsonl` beside its folder, and every build applies it again.

        Args:
            action: reject, accept or annotate a claim; merge an actor into another, or split them again.
            target: the claim's or the actor's whole id. into: the actor that remains of a merge.
            reason: why, for whoever reads the log. by: who decides; `None`: the name of the account.

        Returns:
            The graph, brought up to date.

        Raises:
            KgError: no such action, claim or actor, no reason, or a decision that contradicts the log.
        """
        from kg.api.opening import decide

        return decide(self, action, target, reason=reason, into=into, by=by)


def _on(on: On | None) -> date | tuple[date | None, date | None] | None:
    if not isinstance(on, tuple):
        return read_day(on)
    first, last = map(read_day, on)
    if first and last and first > last:
        raise UsageError(f"the window ends before it begins: {first} to {last}", advice="give the earlier day first")
    return first, last
