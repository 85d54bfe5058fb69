"""Lists of names beside a noun: told by what stands next to each other, sure even where the tree is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.candidates import Candidate
from kg.extract.entities import Entity
from kg.extract.parsing import Sentence
from kg.extract.referents import Referents
from kg.extract.syntax import children, noun_lemma, preposition
from kg.model import Kind

_BETWEEN = frozenset({",", "and", "the", ";", "as", "well", "also", "plus", '"'})
_OPENS = frozenset("-–—:(")
_MEMBERS = frozenset({Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.POLITICAL_ORGANIZATION, Kind.GOVERNMENT})


def listed_members(token: Token, sentence: Sentence, referents: Referents, text: str) -> Iterator[Candidate]:
    """Members told by a list.

    "A, B and C, the three members of X", "X's members, A, B and C", "X - A, B and C - ...", "In X are A and B".
    """
    mention = sentence.mentions.get(token.i)
    if mention is None:
        if noun_lemma(token) != "member" or not token.lower_.endswith("s"):
            return
        owners = [c for c in token.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) == "of")]
        alliances = [f.entity for c in owners for f in referents.resolve(c) if f.entity.kind is Kind.ALLIANCE]
        right = max((c.right_edge.i for c in owners if c.i > token.i and c.i in sentence.mentions), default=token.i)
        members = _after(right, sentence) or _before(min([token.i, *(t.i for t in token.lefts)]), sentence)
    elif mention.entity.kind is Kind.ALLIANCE:
        alliances = [mention.entity]
        following = text[mention.span.end : mention.span.end + 3].strip()[:1]
        inverted = token.i >= 1 and _opened_by_in(token) and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("are", "were")
        members = _after(token.i + (1 if inverted else 0), sentence) if inverted or following in _OPENS else []
    else:
        return
    for alliance in alliances:
        for member in members:
            if member is not alliance:
                yield Candidate("member_of", token, "listed-members", {"subject": member, "object": alliance}, presupposed=True)


def _opened_by_in(token: Token) -> bool:
    """Whether "In the X" opens the sentence."""
    return [t.lower_ for t in token.doc[: token.i] if t.lower_ != "the"] == ["in"]


def _after(index: int, sentence: Sentence) -> list[Entity]:
    """The names listed right after a token, two at least; another word ends the list."""
    return _collect(list(sentence.tree[index + 1 :]), sentence)


def _before(index: int, sentence: Sentence) -> list[Entity]:
    return _collect(list(reversed(sentence.tree[:index])), sentence)


def _collect(tokens: Sequence[Token], sentence: Sentence) -> list[Entity]:
    found: list[Entity] = []
    for token in tokens:
        mention = sentence.mentions.get(token.i)
        if mention and not mention.adjective and mention.entity.kind in _MEMBERS:
            found.append(mention.entity)
        elif token.lower_ not in _BETWEEN and token.text not in _OPENS:
            break
    return found if len(found) > 1 else []


def displaced_people(token: Token, referents: Referents) -> Iterator[Candidate]:
    """ "2,000 displaced families in X"."""
    if token.pos_ != "NOUN" or not any(c.lower_ == "displaced" for c in children(token, "amod")):
        return
    if not children(token, "nummod"):
        return
    candidate = Candidate("displace", token, "displaced-people", {}, token)
    for child in children(token, "nmod"):
        if preposition(child) in ("in", "from", "across", "within"):
            for filler in referents.resolve(child):
                if filler.entity.kind in (Kind.PLACE, Kind.STATE) and not filler.entity.open:
                    candidate.roles.setdefault("place", filler.entity)
    yield candidate
