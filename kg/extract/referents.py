"""Who is meant: from a noun phrase or a pronoun to the entities of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.antecedents import PERSONAL, PRONOUNS, History, Occurrence, fits, load_weights, score
from kg.extract.entities import Entity, Roster
from kg.extract.fillers import Filler
from kg.extract.leaders import Leaders
from kg.extract.lexicon import Lexicon
from kg.extract.localities import locality
from kg.extract.memory import ORGANISATIONS, Memory
from kg.extract.opponents import Opponents, speaks_of_both
from kg.extract.parsing import Sentence
from kg.extract.phrases import (
    enumerated,
    in_main_clause,
    is_apposed,
    is_definite,
    is_one_person,
    is_people,
    is_prefixed,
    is_qualified,
    last_counted,
    last_word,
    lemma_of,
    phrase_tokens,
)
from kg.extract.states import States
from kg.extract.syntax import beside, children, conjuncts, morphology, preposition, surface_subject, whole_list
from kg.extract.units import unnamed_unit
from kg.extract.unnamed import unnamed
from kg.extract.words import word_list
from kg.model import Kind

_CALLED = frozenset({"known", "called", "named", "dubbed", "calling", "styling"})  # "a militia known as the Blue Front"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun means, and what spoke for it."""

    entity: Entity
    features: tuple[str, ...]


class Referents:
    """Resolves the noun phrases of one document, sentence by sentence, in order."""

    def __init__(self, text: str, roster: Roster, lexicon: Lexicon, country: str | None) -> None:
        self.text, self.roster, self.lexicon, self.country = text, roster, lexicon, country
        self.memory = Memory(roster)
        self.states = States(roster, lexicon, country)
        self.leaders = Leaders(roster)
        self.history = History()
        self.opponents = Opponents()
        self.pronouns: dict[int, Meant] = {}  # of the current sentence, those that were asked for
        self._asked: set[int] = set()
        self.sentence: Sentence | None = None

    def begin(self, sentence: Sentence) -> None:
        """Take the next sentence."""
        self.sentence = sentence
        self.pronouns = {}
        self.memory.begin()

    def end(self) -> None:
        """Remember whom the sentence spoke of, subjects first."""
        sentence = self.here()
        for entity, occurrence in list(self.told_before(None)):
            self.history.note(entity, occurrence)
        for token in sentence.tree:
            if token.dep_ == "nsubj" and token.pos_ == "NOUN" and token.head.lemma_ in word_list("speech_verbs") and is_one_person(token):
                known = next((f.entity for f in self._one(token, 3) if f.entity.kind is Kind.PERSON), None)
                self.memory.note_person(known or self.roster.found(self.phrase(token), Kind.PEOPLE, "speaks in the text"))
            subject = token.dep_ in ("nsubj", "nsubj:pass") and token.pos_ != "PRON"
            mention = sentence.mentions.get(token.i)
            if mention and not mention.adjective:
                self._call_in_full(token, mention.entity)
                self.memory.note(mention.entity, subject and in_main_clause(token))
            elif subject:
                for filler in self.resolve(token):
                    if not filler.people:
                        self.memory.note(filler.entity, in_main_clause(token))

    def _call_in_full(self, token: Token, entity: Entity) -> None:
        """Remember a name with the words before it: "the separatist Blue Front", "the Blue Front's 5th Brigade"."""
        if entity.known or entity.kind in (Kind.PLACE, Kind.STATE):
            return
        for drop in (("det",), ()):
            words = phrase_tokens(token, drop)
            if len(words) > 1 and not any(w.pos_ == "PRON" or w.lower_ in ("a", "an", "his", "its", "their") for w in words):
                entity.call(self.here().text_of(words, self.text))

    def resolve(self, token: Token) -> list[Filler]:
        """The entities that a noun phrase and what is coordinated with it speak of."""
        found: dict[str, Filler] = {}
        for part in conjuncts(token):
            for filler in self._one(part, 3):
                found.setdefault(filler.entity.id, filler)
        named = [f for f in found.values() if f.entity.kind is not Kind.BLOC]
        if named and len(named) < len(found):  # "the Blue Front, an ethnic group, and ...": the group describes the name before it
            return [f for f in found.values() if f in named or not is_apposed(f.token)]
        return list(found.values())

    def here(self) -> Sentence:
        """The current sentence.

        Raises:
            RuntimeError: no sentence was begun.
        """
        if self.sentence is None:
            raise RuntimeError("no sentence was begun")
        return self.sentence

    def one(self, token: Token) -> Iterator[Filler]:
        """The entities that a noun phrase speaks of, without what is coordinated with it."""
        return self._one(token, 3)

    def _one(self, token: Token, depth: int) -> Iterator[Filler]:
        if depth == 0:
            return
        mention = self.here().mentions.get(token.i)
        if mention and not mention.adjective:
            last = last_word(self.text[mention.span.start : mention.span.end])
            yield Filler(mention.entity, token, people=last in word_list("people_nouns") or last in ("force", "personnel"), named=True)
        elif token.pos_ == "PRON":
            yield from self._pronoun(token, depth)
        elif token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
            yield from self._noun(token, depth)

    def _pronoun(self, token: Token, depth: int) -> Iterator[Filler]:
        word = token.lower_
        if word in PRONOUNS:
            listed = self._subjects_above(token, depth) if word.startswith("the") else []
            meant = self._meant(token) if len(listed) < 2 else None  # "A and B said that they ..."
            for entity in listed if len(listed) > 1 else [meant.entity] if meant else []:
                yield Filler(entity, token, uncertain=True)
        elif word in ("which", "who", "that") and token.head.dep_.startswith("acl"):
            yield from self._one(token.head.head, depth - 1)
        elif word == "whose":
            before = token.nbor(-1) if token.i else token
            noun = before.nbor(-1) if before.text == "," and before.i else before
            if noun != token:
                yield from self._one(noun, depth - 1)
        elif word in word_list("partitives"):
            yield from self._of(token, depth, people=True)

    def _meant(self, token: Token) -> Meant | None:
        """Whom a pronoun means: the weightiest of all who were told of before it."""
        if token.i in self._asked:  # it is itself being asked for
            return None
        if token.i not in self.pronouns:
            possessed = self._joined_to(token) or self._beside_its_like(token)
            if possessed is not None:
                self.pronouns[token.i] = Meant(possessed, ("what it is of stands beside the one who has it",))
                return self.pronouns[token.i]
            self._asked.add(token.i)
            weighed = list(self.history.weigh(token, self.here().index, list(self.told_before(token))))
            self._asked.discard(token.i)
            if not weighed:
                return None
            weights = load_weights()
            entity, found = max(weighed, key=lambda pair: score(pair[1], weights))
            if PRONOUNS[token.lower_] in PERSONAL and len(entity.name.split()) > 1:
                entity.settle(Kind.PERSON)  # "Amin Tarak said that he ..."
            self.pronouns[token.i] = Meant(entity, tuple(found))
        return self.pronouns[token.i]

    def _joined_to(self, token: Token) -> Entity | None:
        """Who stands right before "and its": "sanctions on the front and its leader"."""
        noun = token.head
        if token.dep_ != "nmod:poss" or noun.dep_ != "conj" or token.nbor(-1).dep_ != "cc" or noun.head.i > token.i:
            return None
        mention = self.here().mentions.get(noun.head.i)
        fitting = mention is not None and not mention.adjective and fits(PRONOUNS[token.lower_], mention.entity)
        return mention.entity if mention is not None and fitting else None

    def _beside_its_like(self, token: Token) -> Entity | None:
        """Whom "it" means in "the regime and militias allied with it": the one they stand beside."""
        noun = token.head.head
        if token.dep_ != "obl" or token.head.dep_ != "acl" or noun.dep_ != "conj" or noun.head.i > noun.i:
            return None
        meant = next(self._one(noun.head, 2), None)
        return meant.entity if meant and fits(PRONOUNS[token.lower_], meant.entity) else None

    def told_before(self, token: Token | None) -> Iterator[tuple[Entity, Occurrence]]:
        """Who is told of in the current sentence before a word, or at all: names, subjects, and pronouns that were asked for."""
        here = self.here()
        for other in here.tree[: token.i] if token is not None else here.tree:
            mention = here.mentions.get(other.i)
            if mention is not None:
                if not mention.adjective:
                    yield mention.entity, Occurrence.of(other, here.index, "name")
            elif other.i in self.pronouns:
                yield self.pronouns[other.i].entity, Occurrence.of(other, here.index, "pronoun")
            elif other.pos_ == "NOUN" and other.dep_ in ("nsubj", "nsubj:pass") and other.i not in self._asked:
                self._asked.add(other.i)
                described = next(self._one(other, 3), None)
                self._asked.discard(other.i)
                if described is not None:
                    yield described.entity, Occurrence.of(other, here.index, "description")

    def another_owner(self, token: Token, than: Entity) -> Entity | None:
        """Whose it is when "its" cannot mean the one who attacks it: the subject of a clause further up."""
        pronouns = [c for c in children(token, "nmod:poss") if c.pos_ == "PRON"]
        return next(iter(self._subjects_above(pronouns[0], 3, than)), None) if pronouns else None

    def _subjects_above(self, token: Token, depth: int, other_than: Entity | None = None) -> list[Entity]:
        """The subject of a clause before the pronoun in its sentence: "the group said it ..."."""
        clause: Token = token.head
        for _ in range(6):
            if clause.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
                subject = surface_subject(clause)
                if subject is not None and subject.i < token.i and subject.pos_ != "PRON":
                    found = [f.entity for part in conjuncts(subject) for f in self._one(part, depth - 1)]
                    fitting = [e for e in found if e.kind not in (Kind.PERSON, Kind.PLACE, Kind.OPERATION)]
                    fitting = [e for e in fitting if e is not other_than]
                    if fitting:
                        return fitting
            if clause.head == clause:
                break
            clause = clause.head
        return []

    def _noun(self, token: Token, depth: int) -> Iterator[Filler]:
        lemma = lemma_of(token)
        the_two = token.lower_ == "two" and any(c.lower_ == "the" for c in token.children)  # "the two clashed in 2013"
        if (token.pos_ == "NUM" and not the_two) or lemma == "other":
            counted = last_counted(token)
            yield from self._one(counted, depth - 1) if counted else ()
            return
        if (lemma in word_list("partitives") or token.lower_ in word_list("partitives")) and any(
            preposition(c) == "of" for c in children(token, "nmod")
        ):
            yield from self._of(token, depth, people=True)
            return
        if the_two or speaks_of_both(token, lemma):
            yield from (Filler(opponent, token, uncertain=True) for opponent in self.opponents.main)
            return
        if lemma in word_list("place_nouns") and not is_people(lemma):
            yield from locality(token, lemma, self)
            return
        if lemma in word_list("role_nouns"):
            for near in beside(token):
                mention = self.here().mentions.get(near.i)
                if mention and mention.entity.kind is Kind.PERSON:
                    yield Filler(mention.entity, token)
                    return
        if token.dep_ == "appos" and token.head.i in self.here().mentions and not self.here().mentions[token.head.i].adjective:
            plural = "Plur" in morphology(token, "Number")
            for part in conjuncts(whole_list(token.head)) if plural else [token.head]:
                yield from self._one(part, depth - 1)
            return
        called = [c for verb in children(token, "acl") if verb.lower_ in _CALLED for c in children(verb, "obj", "obl", "xcomp")]
        here = self.here().mentions
        apposed = [c for c in (*children(token, "appos", "flat"), *called) if c.i in here and not here[c.i].adjective]
        if apposed:
            for part in (p for c in apposed for p in conjuncts(c)):
                yield from self._one(part, depth - 1)
            return
        owners = list(self.owners(token, depth))
        if lemma in word_list("unit_nouns"):
            unit = unnamed_unit(token, owners, self)
            if unit:
                yield Filler(unit, token, uncertain=True)
                return
        own_force = lemma in word_list("military_nouns") and bool(children(token, "nmod:poss"))  # "the party and its army"
        if owners and lemma not in word_list("outsiders") and (own_force or is_people(lemma) or lemma in word_list("bloc_nouns")):
            for owner in owners:
                yield Filler(self._belonging(owner, lemma, token), token, people=True, uncertain=owner.uncertain)
            return
        country = self.country_of(token)
        if lemma in ("soldier", "troop", "serviceman", "conscript") and not country and not is_qualified(token, self.here().mentions):
            army = self.states.body("army", None)
            if army:
                yield Filler(army, token, people=True, uncertain=True)
                return
        if country or is_definite(token):
            entity = self._national(token, lemma, country)
            if entity:
                yield Filler(entity, token, people=lemma in word_list("people_nouns"), uncertain=not country)
                return
        if "Plur" not in morphology(token, "Number") and any(c.lower_ in ("that", "this") for c in children(token, "det")):
            pointed = self.memory.last_described(lemma)  # "that ethnic guerrilla force": the one just spoken of, whatever is said of it
            if pointed:
                pointed.call(self.phrase(token))
                yield Filler(pointed, token, uncertain=True)
                return
        several = "Plur" in morphology(token, "Number") and lemma in word_list("single_bodies")
        if is_definite(token) and not is_qualified(token, self.here().mentions) and not several:
            earlier = [m.entity for i, m in self.here().mentions.items() if i < token.i and not m.adjective]
            entity = self.memory.recall(lemma, self.lexicon.national_ids, earlier)
            if entity:
                entity.call(self.phrase(token))
                yield Filler(entity, token, uncertain=True)
                return
        if lemma in word_list("role_nouns") and is_definite(token) and "Plur" not in morphology(token, "Number"):
            person = None if owners else self.leaders.called(lemma, self.memory.persons())
            if person:
                person.call(self.phrase(token))
                yield Filler(person, token, uncertain=True)
                return
        listed = enumerated(token, [i for i, m in self.here().mentions.items() if m.entity.kind in ORGANISATIONS])
        yield from (f for part in listed for f in self._one(part, depth - 1)) if listed else unnamed(token, lemma, self)

    def _of(self, token: Token, depth: int, *, people: bool) -> Iterator[Filler]:
        for child in children(token, "nmod"):
            if preposition(child) in ("of", "from", "in", "among"):
                for part in conjuncts(child):
                    for filler in self._one(part, depth - 1):
                        yield Filler(filler.entity, token, people, filler.uncertain)
                return

    def owners(self, token: Token, depth: int) -> Iterator[Filler]:
        """Whose troops, members or positions they are: "junta troops", "members of X", "its fighters"."""
        here = self.here().mentions
        for child in children(token, "compound", "amod", "nmod", "nmod:desc", "flat"):
            mention = here.get(child.i)
            if (
                mention
                and not mention.adjective
                and child.dep_ != "nmod"
                and mention.entity.kind not in (Kind.PLACE, Kind.STATE, Kind.OPERATION, Kind.PEOPLE)
            ):
                yield Filler(mention.entity, child)
                return
        for child in children(token, "compound", "amod"):
            if child.lower_ in ("government", "army", "military", "junta", "regime") and child.i not in here and not is_prefixed(child):
                own = self.states.body("army", self.country_of(token))
                if own:
                    yield Filler(own, token, uncertain=True)
                    return
        for child in children(token, "nmod:poss"):
            for filler in self._one(child, depth - 1):
                if filler.entity.kind not in (Kind.PLACE, Kind.STATE):
                    yield filler
                    return
        for child in children(token, "nmod"):
            if preposition(child) in ("of", "from"):
                found = [
                    f for part in conjuncts(child) for f in self._one(part, depth - 1) if f.entity.kind not in (Kind.PLACE, Kind.OPERATION)
                ]
                if found:
                    yield from found
                    return

    def _belonging(self, filler: Filler, lemma: str, token: Token) -> Entity:
        """A state's troops are its armed force, a government's those of its country, a leader's those of his group."""
        owner = filler.entity
        if owner.kind is Kind.STATE and lemma in word_list("force_nouns"):
            return self.states.force(owner)
        if owner.kind is Kind.PERSON and lemma in word_list("led_nouns"):
            return self.leaders.force(owner, self.phrase(token, drop=("det", "nummod", "advmod", "amod")))
        if owner.kind is Kind.GOVERNMENT and lemma in word_list("regular_nouns") and (not owner.known and self.country is None):
            return self.states.body("army", None) or owner
        if not owner.known and filler.token.dep_ in ("compound", "amod") and filler.token in token.children:
            owner.call(self.phrase(token, drop=("det", "nummod", "advmod")))  # "Blue Front fighters"
        return owner

    def country_of(self, token: Token) -> Entity | None:
        """The state that a noun is said to belong to: "Rwandan troops", "Myanmar's military", "the army of Chad"."""
        here = self.here().mentions
        candidates = children(token, "amod", "compound", "nmod:poss", "nmod:desc", "flat")
        candidates += [c for c in children(token, "nmod") if preposition(c) == "of"]
        for child in candidates:
            mention = here.get(child.i)
            if mention and mention.entity.kind is Kind.STATE:
                return mention.entity
        return None

    def _national(self, token: Token, lemma: str, country: Entity | None) -> Entity | None:
        """A state's armed force or government, named ("Rwandan troops") or meant ("the army")."""
        told = [c for c in children(token, "amod", "compound", "nmod") if c.lower_ not in word_list("official_adjectives")]
        if country is None and told:
            return None
        entity = self.states.body(lemma, country)
        if entity:
            entity.call(self.phrase(token))
            entity.call(self.phrase(token, drop=("det", "nummod", "advmod")))
            if country is not None and country.kind is Kind.STATE:
                entity.call(f"{self.phrase(token)} of {country.name}")
        return entity

    def phrase(self, token: Token, drop: tuple[str, ...] = ("det",)) -> str:
        """The words of a noun phrase of the current sentence, without what follows its head."""
        return self.here().text_of(phrase_tokens(token, drop), self.text)

    def phrase_with_place(self, token: Token) -> str | None:
        """The phrase with the place after it: "four outposts in X"; `None` without one."""
        within = [c for c in children(token, "nmod") if preposition(c) in ("in", "of", "on", "near")]
        return self.here().text_of([*phrase_tokens(token, ()), *within[0].subtree], self.text) if within else None
