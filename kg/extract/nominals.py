"""Claims that a noun phrase makes by itself: an office and its holder, a place within a place, a group's home."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.aliases import SHARED_NOUN
from kg.extract.attributive import attributive
from kg.extract.candidates import Candidate
from kg.extract.entities import Entity
from kg.extract.lists import displaced_people, listed_members
from kg.extract.parsing import Sentence
from kg.extract.referents import Referents
from kg.extract.syntax import arguments, beside, children, conjuncts, morphology, noun_lemma, preposition, whole_list
from kg.extract.words import word_list
from kg.model import Kind

_OFFICE_OF = ("of", "for", "to", "at", "in", "with")
_NO_BODY = frozenset({Kind.PLACE, Kind.PERSON, Kind.PEOPLE, Kind.OPERATION})
_GROUPS = (Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION)


def nominal_candidates(referents: Referents) -> Iterator[Candidate]:
    """The claims that noun phrases of the current sentence make."""
    sentence = referents.here()
    for token in sentence.tree:
        mention = sentence.mentions.get(token.i)
        yield from listed_members(token, sentence, referents, referents.text)
        if mention is None:
            yield from displaced_people(token, referents)
            if token.pos_ == "NOUN" and noun_lemma(token) in word_list("homely_nouns"):
                yield from _described_home(token, sentence)
            if token.pos_ == "NOUN" and noun_lemma(token) in word_list("unit_nouns"):
                yield from _unnamed_unit(token, referents)
            elif token.pos_ == "NOUN" and noun_lemma(token) in word_list("role_nouns"):
                yield from _office(token, sentence, referents)
        elif not mention.adjective:
            if mention.entity.kind is Kind.PLACE and not mention.entity.open:
                yield from _within(token, mention.entity, sentence)
            elif mention.entity.kind in _GROUPS:
                yield from _home(token, mention.entity, sentence, referents)
                yield from _unit_of(token, mention.entity, referents)
                yield from _leader_of(token, mention.entity, sentence)
            elif mention.entity.kind is Kind.PERSON:
                yield from _of_body(token, mention.entity, mention.title or "member", sentence)
                if mention.title:
                    yield from _titled(token, mention.entity, mention.title, sentence, referents)


def _office(noun: Token, sentence: Sentence, referents: Referents) -> Iterator[Candidate]:
    """ "Amin Tarak, commander of the Blue Front", "Blue Front spokesman Amin Tarak", "Amin Tarak is the leader of ..."."""
    holder = _holder(noun, sentence, referents)
    if holder is None:
        return
    bodies: list[Entity] = []
    owners = children(noun, "nmod:poss")
    for child in owners or noun.children:
        owned = child.dep_ in ("nmod:poss", "compound", "nmod:desc") or (child.dep_ == "nmod" and preposition(child) in _OFFICE_OF)
        if (
            (owned and child.i in sentence.mentions)
            or child.dep_ == "nmod:poss"
            or (child.dep_ == "nmod" and preposition(child) in ("of", "for"))
        ):
            barred = _NO_BODY - ({Kind.PLACE} if noun_lemma(noun) in word_list("local_offices") else set())
            bodies += [f.entity for f in referents.resolve(child) if f.entity.kind not in barred]
    if not bodies:  # "army chief Amin Tarak"
        bodies = [f.entity for child in children(noun, "compound", "amod") for f in attributive(child, referents, force=False)]
        bodies = [body for body in bodies if body.kind in _GROUPS]
    for body in dict.fromkeys(bodies):
        if body is not holder:
            yield Candidate(
                "holds_role",
                noun,
                "office",
                {"subject": holder, "object": body},
                role=role_text(noun, sentence),
                presupposed=not children(noun, "cop"),
            )


def _holder(noun: Token, sentence: Sentence, referents: Referents) -> Entity | None:
    candidates = [c for c in noun.children if c.dep_ in ("appos", "flat", "nmod:desc", "nsubj", "conj")]
    if noun.dep_ == "nsubj" and children(noun.head, "cop"):
        candidates.append(noun.head)
    if noun.dep_ in ("compound", "appos", "flat", "nmod:desc", "amod", "conj"):
        candidates.append(noun.head)
    if noun.dep_ == "nmod" and noun.head.lower_ == "one" and noun.head.dep_ == "appos":  # "Amin Tarak, one of the commanders of ..."
        candidates.append(noun.head.head)
    candidates += _installed(noun)
    candidates += beside(noun)
    for token in candidates:
        mention = sentence.mentions.get(token.i)
        if mention and mention.entity.open and token.i in {t.i for t in _installed(noun)} and len(mention.entity.name.split()) > 1:
            mention.entity.settle(Kind.PERSON)  # "Amin Tarak took over as head of the front"
        if mention and mention.entity.kind is Kind.PERSON:
            return mention.entity
    for subject in children(noun, "nsubj"):
        for filler in referents.resolve(subject):
            if filler.entity.kind is Kind.PERSON:
                return filler.entity
    return None


def _installed(noun: Token) -> list[Token]:
    """Who takes or is given an office: "X took over as head of the front", "the council named X as its leader"."""
    verb = noun.head
    if verb.pos_ != "VERB" or not (noun.dep_ == "xcomp" or (noun.dep_ == "obl" and preposition(noun) == "as")):
        return []
    found = arguments(verb)
    return [*found.get("obj", ()), *(found.get("subj", ()) if not found.get("obj") else ())]


def role_text(noun: Token, sentence: Sentence) -> str:
    """An office in words: "deputy commander", without the names before it."""
    words = [
        c for c in noun.lefts if c.dep_ in ("amod", "compound") and c.i not in sentence.mentions and c.lower_.isalpha() and c.text.islower()
    ]
    return " ".join([*(w.text for w in words), noun.text])


def _of_body(token: Token, person: Entity, role: str, sentence: Sentence) -> Iterator[Candidate]:
    """ "Colonel Amin Tarak of the Blue Front"."""
    for child in children(token, "nmod"):
        body = sentence.mentions.get(child.i)
        if body and not body.adjective and not body.entity.open and body.entity.kind in _GROUPS and preposition(child) == "of":
            roles = {"subject": person, "object": body.entity}
            yield Candidate("holds_role", token, "of-body", roles, role=role.casefold(), presupposed=True)


def _leader_of(token: Token, body: Entity, sentence: Sentence) -> Iterator[Candidate]:
    """ "The Blue Front of General Amin Tarak", "Amin Tarak's Blue Front"."""
    for child in children(token, "nmod", "nmod:poss"):
        leader = sentence.mentions.get(child.i)
        if leader and leader.entity.kind is Kind.PERSON and (child.dep_ == "nmod:poss" or preposition(child) == "of"):
            roles = {"subject": leader.entity, "object": body}
            role = leader.title.casefold() if leader.title else "leader"
            yield Candidate("holds_role", token, "leader-of", roles, role=role, presupposed=True)


def _titled(token: Token, person: Entity, title: str, sentence: Sentence, referents: Referents) -> Iterator[Candidate]:
    """ "President Amin Tarak": the office of a state's head needs no other word than the state the text is about."""
    words = title.casefold().split()
    if words[-1] not in word_list("state_offices") or (words[-1] == "minister" and words[-2:-1] != ["prime"]):
        return
    body: Entity | None = None
    for child in children(token, "nmod:poss", "compound", "amod", "nmod"):
        mention = sentence.mentions.get(child.i)
        ruled = child.dep_ == "nmod" and preposition(child) == "of"  # "President Amin Tarak of Redland"
        if mention and ruled:
            mention.entity.settle(Kind.STATE)
        if mention and (mention.entity.kind is Kind.STATE or (ruled and mention.entity.kind is Kind.PLACE)):
            body = mention.entity
    body = body or referents.roster.state(referents.country, referents.lexicon)
    if body:
        yield Candidate("holds_role", token, "title", {"subject": person, "object": body}, role=title.casefold(), presupposed=True)


def _within(token: Token, place: Entity, sentence: Sentence) -> Iterator[Candidate]:
    """ "Garat in Nor State", "the Garat region of Redland", "Garat, a town in Nor State", "Redland's capital, Garat"."""
    heads = [token]
    named = token.dep_ in ("compound", "nmod:desc", "appos", "flat") or (token.dep_ == "nmod" and preposition(token) == "of")
    settlement = token.head.lemma_.casefold() in word_list("settlement_nouns") and token.i < token.head.i
    inner = [c for c in children(token.head, "nmod") if settlement and preposition(c) == "of"]
    if inner:  # "the Nor State town of Garat": the name before it tells where it lies
        for inside in (e for c in inner if (e := _place_at(c, sentence)) and e is not place):
            yield Candidate("located_in", token, "place-in-place", {"subject": inside, "object": place}, presupposed=True)
    elif named and token.head.lemma_.casefold() in word_list("place_nouns"):
        heads.append(token.head)  # "the town of Garat in Nor State"
    listed = [c for part in conjuncts(whole_list(token)) if part is not token for c in children(part, "appos")]
    heads += [
        c
        for c in (*children(token, "appos"), *(c for c in listed if "Plur" in morphology(c, "Number")))  # "Garat and Nor, two towns in"
        if c.i not in sentence.mentions and c.lemma_.casefold() in (*word_list("place_nouns"), "center", "centre", "hub")
    ]
    found: list[Entity] = []
    for head in heads:
        for child in head.children:
            if child.dep_ == "nmod" and preposition(child) in ("in", "of", "within") and child not in conjuncts(whole_list(token)):
                found += [e for part in conjuncts(child) if (e := _place_at(part, sentence))]
            elif child.dep_ == "appos" and child.i in sentence.mentions:
                found += [e for e in [_place_at(child, sentence)] if e]
            elif head != token and child.dep_ in ("nmod:poss", "amod") and child.i in sentence.mentions:
                found += [e for e in [sentence.mentions[child.i].entity] if e.kind in (Kind.STATE, Kind.PLACE)]
    found += _right_beside(token, sentence)
    for other in dict.fromkeys(found):
        if other is not place:
            yield Candidate("located_in", token, "place-in-place", {"subject": place, "object": other}, presupposed=True)


def _right_beside(token: Token, sentence: Sentence) -> list[Entity]:
    """The place that follows with nothing but "in", a direction or its kind between: sure even where the tree is not.

    "Garat in northern Nor", "Garat, in the district of Nor", "Garat on the island of Nor", "Garat, southern Nor".
    """
    words = [t.lower_ for t in token.doc[token.i + 1 : token.i + 8]]
    comma = words[:1] == [","]
    at = token.i + 1 + comma
    bare = words[comma : comma + 1] != ["on"]  # "on the island of Nor", and not "on Nor"
    if words[comma : comma + 1] in (["in"], ["on"]):
        at += 1
    elif not (comma and words[1:2] and words[1] in word_list("directions")):
        return []
    while at < len(token.doc) and token.doc[at].lower_ in word_list("directions") | {"the"}:
        at += 1
    if at + 1 < len(token.doc) and token.doc[at].lemma_.casefold() in word_list("place_nouns") and token.doc[at + 1].lower_ == "of":
        at, bare = at + 2, True
    mention = sentence.mentions.get(at)
    if mention is None or mention.adjective or not bare or mention.entity.open:
        return []
    return [mention.entity] if mention.entity.kind in (Kind.PLACE, Kind.STATE) else []


def _place_at(token: Token, sentence: Sentence) -> Entity | None:
    candidates = [
        token,
        *(c for c in children(token, "compound", "nmod:desc", "flat") if token.lemma_.casefold() in word_list("place_nouns")),
    ]
    candidates += [c for c in children(token, "nmod") if preposition(c) == "of" and token.lemma_.casefold() in word_list("place_nouns")]
    for candidate in candidates:
        mention = sentence.mentions.get(candidate.i)
        if mention and not mention.adjective and mention.entity.kind in (Kind.PLACE, Kind.STATE) and not mention.entity.open:
            return mention.entity
    return None


def _unit_of(token: Token, unit: Entity, referents: Referents) -> Iterator[Candidate]:
    """ "the Redland Army's 5th Brigade", "the 5th Brigade of the Redland Army"."""
    if unit.kind is not Kind.MILITARY_UNIT:
        return
    listed = conjuncts(whole_list(token)) if SHARED_NOUN in unit.reasons else [token]  # "the 5th and 6th Brigades of"
    for child in (c for part in listed for c in children(part, "nmod:poss", "nmod")):
        if child.dep_ == "nmod:poss" or preposition(child) == "of":
            for filler in referents.resolve(child):
                if filler.entity.kind in (*_GROUPS, Kind.GOVERNMENT) and filler.entity is not unit:
                    yield Candidate("part_of", token, "unit-of", {"subject": unit, "object": filler.entity}, presupposed=True)


def _unnamed_unit(token: Token, referents: Referents) -> Iterator[Candidate]:
    """ "its two battalions", "units of an ethnic militia"."""
    for unit in (f.entity for f in referents.resolve(token) if f.entity.kind is Kind.MILITARY_UNIT):
        for child in children(token, "nmod:poss", "nmod"):
            if child.dep_ == "nmod:poss" or preposition(child) == "of":
                for filler in referents.resolve(child):
                    if filler.entity is not unit and filler.entity.kind in (*_GROUPS, Kind.GOVERNMENT, Kind.BLOC):
                        yield Candidate("part_of", token, "unit-of", {"subject": unit, "object": filler.entity}, presupposed=True)


def _home(token: Token, group: Entity, sentence: Sentence, referents: Referents) -> Iterator[Candidate]:
    """ "the Blue Front in western Nor State": a subject's or an apposition's place; after a verb the place may be the deed's."""
    if token.dep_ in ("nmod", "conj") and preposition(whole_list(token)) in ("between", "with", "against"):  # the place of what they do
        return
    if group.id in referents.lexicon.national_ids or token.dep_ not in ("nsubj", "nsubj:pass", "appos", "conj", "nmod", "obl:agent"):
        return
    for child in children(token, "nmod"):
        if preposition(child) in ("in", "from"):
            place = _place_at(child, sentence)
            if place and place.kind is Kind.PLACE:
                yield Candidate("based_in", token, "group-in-place", {"subject": group, "object": place}, presupposed=True)


def _described_home(noun: Token, sentence: Sentence) -> Iterator[Candidate]:
    """ "X is one of the largest armed groups in Nor State", "X, a militia in western Nor"."""
    outer = noun.head if noun.dep_ == "nmod" and noun.head.lower_ == "one" and preposition(noun) == "of" else noun
    groups = [*children(outer, "nsubj"), *([outer.head] if outer.dep_ == "appos" else [])]
    named = [m.entity for g in groups if (m := sentence.mentions.get(g.i)) and not m.adjective and m.entity.kind in _GROUPS]
    for child in children(noun, "nmod"):
        place = _place_at(child, sentence) if preposition(child) in ("in", "from") else None
        if place and place.kind is Kind.PLACE:
            for group in named:
                yield Candidate("based_in", noun, "group-in-place", {"subject": group, "object": place}, presupposed=True)
