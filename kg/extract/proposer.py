"""Claims that a small model reads off a passage, beside the frames: what they have no words for.

The model scores pairs of words (`kg.extract.arcs`); here its arcs become candidates, whose roles are filled by the same
referents and whose date, number and stance are read by the same rules as those of the frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from spacy.tokens import Token

from kg.extract.arcs import ARCS, LINKS, STANDINGS
from kg.extract.biaffine import Floats, Ints
from kg.extract.candidates import Candidate, Hint
from kg.extract.consistency import MODEL
from kg.extract.entities import Entity
from kg.extract.fillers import Filler
from kg.extract.frames import ACTORS, GROUPS, types_told
from kg.extract.nominals import role_text
from kg.extract.parsing import Sentence
from kg.extract.passages import Passage
from kg.extract.referents import Referents
from kg.extract.syntax import noun_lemma
from kg.extract.words import word_list
from kg.model import CLAIM_TYPES, Kind

Spot = tuple[int, int]
"""A word: sentence and token."""
Link = tuple[str, int, str, int, float]
"""An arc: role and word, role and word, probability."""
_LIKELY = 0.5

_ANCHORS: Mapping[str, str] = {
    "capture": "object", "defect": "from", "desert": "from", "surrender": "from", "form": "object", "dissolve": "object",
    "displace": "place", "casualties": "object", "detain": "object", "release": "object",
}
_MANY: Mapping[str, str] = {"capture": "subject", "casualties": "count", "detain": "subject", "release": "subject", "strength": "count"}
_PLACES = (Kind.PLACE, Kind.STATE)
_SIDES = GROUPS - {Kind.INTERNATIONAL_ORGANIZATION, Kind.CIVIL_SOCIETY}
_SINGLE = frozenset({"located_in", "holds_role"})  # a sentence that says whose or where by a frame says it once
_HEADING = 4  # words
_IN_ONE = frozenset({"member_of", "part_of"})
_FITTING: Mapping[tuple[str, str], frozenset[Kind]] = {  # what may fill a role, where not everything may
    ("member_of", "subject"): GROUPS,
    ("member_of", "object"): GROUPS - {Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.STATE},
    ("part_of", "subject"): GROUPS - {Kind.STATE},
    ("part_of", "object"): GROUPS,
    ("split_from", "subject"): GROUPS,
    ("split_from", "object"): GROUPS,
    ("succeeds", "subject"): GROUPS,
    ("succeeds", "object"): GROUPS,
    ("form", "object"): GROUPS - {Kind.STATE},
    ("dissolve", "object"): GROUPS - {Kind.STATE},
    ("holds_role", "subject"): frozenset({Kind.PERSON}),
    ("holds_role", "object"): GROUPS | {Kind.PLACE},
    ("based_in", "subject"): ACTORS,
    ("controls", "subject"): ACTORS,
    ("strength", "subject"): GROUPS,
    ("launch", "object"): frozenset({Kind.OPERATION}),
    ("ceasefire", "subject"): _SIDES | {Kind.PERSON},
    ("ceasefire", "object"): _SIDES | {Kind.PERSON},
    ("capture", "from"): ACTORS,
    ("seize_power", "subject"): ACTORS,
    ("recruit", "subject"): ACTORS,
}
_GUESSES = frozenset({"told by its role", "the model"})  # reasons for a kind that a later role may correct


@dataclass(slots=True)
class Proposal:
    """A claim as words: which word fills which role, and how sure the model is."""

    type: str
    sentence: int
    roles: dict[str, Spot]
    trigger: Token
    score: float
    presupposed: bool
    date: int | None  # the token that dates it
    source: int | None  # the token whose bearer says it
    standing: frozenset[str]  # of STANDINGS


def propose(passage: Passage, scores: Floats, threshold: float) -> Iterator[Proposal]:
    """The claims of the new sentences of a passage that the model holds for likely.

    Args:
        passage: the sentences.
        scores: (pairs, answers) of probability, as `kg.extract.arcs` numbers them.
        threshold: of the arcs' probability.
    """
    rows, labels = np.nonzero(scores[:, : len(ARCS)] > threshold)
    answers = _Answers(passage, scores, np.full((len(passage.first), len(passage.first)), -1))
    answers.rows[passage.pairs[:, 0], passage.pairs[:, 1]] = np.arange(len(passage.pairs))
    links: dict[tuple[str, int], list[Link]] = defaultdict(list)
    for row, label in zip(rows.tolist(), labels.tolist(), strict=True):
        arc, score = ARCS[label], float(scores[row, label])
        i, j = passage.pairs[row].tolist()
        if (i == j) != (arc.first == arc.second):
            continue
        if CLAIM_TYPES[arc.type].symmetric and (answers.of(j, i, label), j < i) > (score, i < j):
            continue  # the same the other way round
        if arc.type == "located_in" and _in_another_list(passage, i, j):
            continue
        links[arc.type, int(max(passage.places[i], passage.places[j]))].append((arc.first, i, arc.second, j, score))
    for (kind, place), found in links.items():
        for words, score in _joined(kind, found):
            yield _proposal(answers, kind, place, words, score)


def _in_another_list(passage: Passage, place: int, within: int) -> bool:
    """Whether a place is told of a later list only: in "in A, B and C, and in the district of D", D is said of the district."""
    above = set(_chain(passage, place))
    for word in _chain(passage, within):
        if word in above:
            return False
        token = passage.tokens[word - 1]
        if token.dep_ == "conj" and any(child.dep_ == "case" for child in token.children):
            return True
    return False


def _joined(kind: str, links: Sequence[Link]) -> Iterator[tuple[dict[str, int], float]]:
    """The arcs of one type and sentence as claims: the word of each role, and the best score."""
    anchor, many = _ANCHORS.get(kind, "subject"), _MANY.get(kind, "object")
    groups: dict[int, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    loose: list[Link] = []
    for first, i, second, j, score in links:
        if first == second == anchor:
            groups[i][anchor][i] = score
        elif first == anchor:
            groups[i][second][j] = score
        elif second == anchor:
            groups[j][first][i] = score
        else:
            loose.append((first, i, second, j, score))
    if kind == "located_in":  # a place lies in one place at a time: the likeliest
        loose = []
        for roles in groups.values():
            for fillers in roles.values():
                best = max(fillers, key=lambda word: fillers[word])
                for other in [word for word in fillers if word != best]:
                    del fillers[other]
    for word, roles in groups.items():
        lists = [
            [(role, other, score) for other, score in sorted(fillers.items(), key=lambda f: -f[1])][: None if role == many else 1]
            for role, fillers in roles.items()
            if role != anchor
        ]
        own = roles.get(anchor, {}).get(word, 0.0)
        for chosen in product(*lists):
            yield {anchor: word} | {role: other for role, other, _ in chosen}, max([own, *(score for *_, score in chosen)])
    told = {(role, i) for word, roles in groups.items() for role, fillers in roles.items() for i in (word, *fillers)}
    for first, i, second, j, score in loose:
        if (first, i) not in told and (second, j) not in told:
            yield {first: i, second: j}, score


@dataclass(frozen=True, slots=True)
class _Answers:
    """The model's answers for a passage, by words."""

    passage: Passage
    scores: Floats
    rows: Ints  # (words, words): the row of a pair in the scores; -1 where two words are too far apart to be asked

    def of(self, first: int, second: int, answer: int) -> float:
        """The probability of an answer for two words; nought where they are too far apart to be asked."""
        row = self.rows[first, second]
        return 0.0 if row < 0 else float(self.scores[row, answer])

    def linked(self, words: Collection[int], place: int, answer: int) -> int | None:
        """The word of the sentence that is most likely linked so to one of the words; `None`: none is likely."""
        others = [w for w in self.passage.candidates if self.passage.places[w] == place and w not in words]
        best = max(((max(self.of(w, word, answer) for word in words), w) for w in others), default=(0.0, 0))
        return best[1] if best[0] > _LIKELY else None


def _proposal(answers: _Answers, kind: str, place: int, words: Mapping[str, int], score: float) -> Proposal:
    passage = answers.passage
    trigger = _trigger(passage, kind, [w for w in words.values() if passage.places[w] == place])
    token = passage.tokens[trigger - 1]
    nominal = trigger in words.values() or token.pos_ not in ("VERB", "AUX", "NOUN", "ADJ")
    date, source = (answers.linked(set(words.values()), place, len(ARCS) + i) for i in range(len(LINKS)))
    cells = [(a, b) for a in words.values() for b in words.values() if a != b or len(words) == 1]
    first = len(ARCS) + len(LINKS)
    standing = frozenset(name for i, name in enumerate(STANDINGS, start=first) if any(answers.of(a, b, i) > _LIKELY for a, b in cells))
    return Proposal(
        kind,
        passage.sentences[place].index,
        {role: (passage.sentences[passage.places[w]].index, passage.tokens[w - 1].i) for role, w in words.items()},
        token,
        score,
        nominal,
        None if date is None else passage.tokens[date - 1].i,
        None if source is None else passage.tokens[source - 1].i,
        standing,
    )


def _trigger(passage: Passage, kind: str, words: Sequence[int]) -> int:
    """The word that tells the claim: on the way between its roles, best one that some frame of the type knows."""
    chains = [_chain(passage, w) for w in words]
    common = set(chains[0]).intersection(*chains[1:])
    path = [w for chain in chains for w in chain if w not in common]
    top = next((w for w in chains[0] if w in common), chains[0][-1])
    if len(set(words)) == 1:
        path = chains[0][1:3]
    between = [w for w in dict.fromkeys((*path, top)) if w not in words]
    known = [w for w in between if kind in types_told(passage.tokens[w - 1])]
    verbs = [w for w in between if passage.tokens[w - 1].pos_ in ("VERB", "AUX")]
    return (known or verbs or between or [top])[0]


def _chain(passage: Passage, word: int) -> list[int]:
    chain = [word]
    while (parent := int(passage.parents[chain[-1]])) != chain[-1]:
        chain.append(parent)
    return chain


@dataclass(slots=True)
class Proposer:
    """The proposals of a document, and whom their words speak of, filled while the document is read in order."""

    by_sentence: dict[int, list[Proposal]] = field(default_factory=lambda: defaultdict(list))
    _wanted: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _fillers: dict[Spot, list[Filler]] = field(default_factory=dict)

    def add(self, proposals: Iterable[Proposal]) -> None:
        """Take what the model proposed for a passage."""
        for proposal in proposals:
            if _is_heading(proposal.trigger):
                continue
            self.by_sentence[proposal.sentence].append(proposal)
            for role, (sentence, token) in proposal.roles.items():
                if role != "count":
                    self._wanted[sentence].add(token)

    def candidates(self, referents: Referents, told: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates of the current sentence, without those that the frames told."""
        sentence = referents.here()
        for token in self._wanted.get(sentence.index, ()):
            self._fillers[sentence.index, token] = _resolve(sentence.tree[token], referents)
        _learn_offices(told, referents)
        said = {key: candidate for candidate in told for key in _keys(candidate.type, candidate.roles)}
        settled = {(candidate.type, candidate.roles.get("subject")) for candidate in told if candidate.type in _SINGLE}
        placed = {(c.type, c.roles.get("subject")) for c in told if c.type in _IN_ONE}
        lost = {(c.roles["from"], c.roles.get("object")) for c in told if c.type == "capture" and "from" in c.roles}  # "lost control of"
        for proposal in self.by_sentence.get(sentence.index, ()):
            candidate = self._candidate(proposal, referents)
            if candidate is None or (candidate.type, candidate.roles.get("subject")) in settled:
                continue
            elsewhere = proposal.roles.get("object", (sentence.index, 0))[0] != sentence.index
            if elsewhere and (candidate.type, candidate.roles.get("subject")) in placed:
                continue  # "In A are B and C": not in what the sentence before told of as well
            if candidate.type in ("controls", "capture") and (candidate.roles.get("subject"), candidate.roles.get("object")) in lost:
                continue
            keys = list(_keys(candidate.type, candidate.roles))
            same = next((said[key] for key in keys if key in said), None)
            if same is not None:  # the frames told it: what the model knows of its circumstances is taken over
                same.hint = same.hint or candidate.hint
                continue
            if "count" not in proposal.roles:
                said.update(dict.fromkeys(keys, candidate))
            _learn_offices([candidate], referents)
            yield candidate

    def _candidate(self, proposal: Proposal, referents: Referents) -> Candidate | None:
        here = referents.here()
        candidate = Candidate(proposal.type, proposal.trigger, f"{MODEL}{proposal.score:.2f}", presupposed=proposal.presupposed)
        date = None if proposal.date is None else here.spans[proposal.date]
        if proposal.type == "seize_power" and _suffers(proposal, here):
            return None
        candidate.hint = Hint(date, None if proposal.source is None else here.tree[proposal.source], proposal.standing)
        for role, (sentence, token) in proposal.roles.items():
            if role == "count":  # a number is never taken from another sentence
                candidate.number = here.spans[token] if sentence == here.index else None
                if proposal.type == "strength" and noun_lemma(here.tree[token].head) in word_list("unit_nouns"):
                    return None  # "its two battalions" are some of what it has
                continue
            entity = self._entity(proposal.type, role, sentence, token)
            if entity is None:
                return None
            candidate.roles[role] = entity
        if proposal.type == "holds_role":
            candidate.role = _office(proposal, referents)
        several = len({e.id for e in candidate.roles.values()}) == len(candidate.roles)  # nobody does it to himself
        return candidate if several else None

    def _entity(self, kind: str, role: str, sentence: int, token: int) -> Entity | None:
        fillers = self._fillers.get((sentence, token), ())
        wants_place = role == "place" or (role == "object" and CLAIM_TYPES[kind].place_object) or (kind == "located_in")
        for filler in fillers:
            entity = filler.entity
            if entity.open:
                entity.settle(Kind.PLACE if wants_place else Kind.PERSON if (kind, role) == ("holds_role", "subject") else Kind.ARMED_GROUP)
            guessed = not entity.known and not _GUESSES.isdisjoint(entity.reasons)
            if guessed and wants_place and entity.kind is not Kind.STATE:
                entity.kind = Kind.PLACE  # an earlier role, or none, told it for something else
            elif guessed and (kind, role) == ("holds_role", "subject"):
                entity.kind = Kind.PERSON
            capital = entity.kind is Kind.PLACE and role == "subject" and filler.named  # "Paris backs the front"
            local = entity.kind is Kind.PLACE and (kind, role) == ("holds_role", "object")  # the mayor of a town
            if wants_place != (entity.kind in _PLACES) and not (entity.kind is Kind.STATE or guessed or capital or local):
                continue
            if entity.kind not in _FITTING.get((kind, role), (entity.kind,)):
                continue
            return entity
        return None


def _is_heading(token: Token) -> bool:
    """Whether a word stands in a line without a verb, too short to say anything: "The Offensive"."""
    line = token.doc
    return len(line) <= _HEADING and not any(word.pos_ in ("VERB", "AUX") for word in line)


def _suffers(proposal: Proposal, here: Sentence) -> bool:
    """Whether whom the model takes for the one who seized power is the one who lost it: "the coup toppled the government"."""
    sentence, at = proposal.roles.get("subject", (-1, 0))
    word = here.tree[at] if sentence == here.index else None
    return word is not None and word.dep_ in ("obj", "nsubj:pass") and proposal.type in types_told(word.head)


def _resolve(token: Token, referents: Referents) -> list[Filler]:
    mention = referents.here().mentions.get(token.i)
    if mention and mention.adjective:
        return [Filler(mention.entity, token)]
    found = list(referents.one(token))
    if not found and token.pos_ in ("NOUN", "PROPN") and token.i not in referents.here().folded:
        phrase = referents.phrase(token, drop=("det", "nummod", "advmod"))
        if token.lemma_.casefold() in word_list("place_nouns"):
            return [Filler(referents.roster.found(phrase, Kind.PLACE, "the model"), token, uncertain=True)]
        return [Filler(referents.roster.bloc(phrase, "the model"), token, uncertain=True)]
    return found


def _office(proposal: Proposal, referents: Referents) -> str:
    """The office that a sentence gives a person, by its noun or the person's title; else "member"."""
    here = referents.here()
    number, at = proposal.roles["subject"]
    if number != here.index:
        return "member"
    person = here.tree[at]
    near = [n for n in (proposal.trigger, person.head, *person.children, person) if n.pos_ == "NOUN" and n.i not in here.mentions]
    offices = [n for n in near if noun_lemma(n) in word_list("role_nouns")]
    mention = here.mentions.get(at)
    return role_text(offices[0], here) if offices else (mention.title.casefold() if mention and mention.title else "member")


def _learn_offices(candidates: Iterable[Candidate], referents: Referents) -> None:
    for candidate in candidates:
        if candidate.type == "holds_role":
            referents.leaders.learn(candidate.roles, candidate.role or "")


def _keys(kind: str, roles: Mapping[str, Entity]) -> Iterator[tuple[str, ...]]:
    for key in (*CLAIM_TYPES[kind].keys, *((("subject",),) if kind == "defect" else ())):
        named = [role for role in key if role != "count"]
        if named and all(role in roles for role in named):
            ids = [roles[role].id for role in named]
            yield (kind, *(sorted(ids) if CLAIM_TYPES[kind].symmetric else [f"{r}={i}" for r, i in zip(named, ids, strict=True)]))
