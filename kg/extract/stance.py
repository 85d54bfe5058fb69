"""Who says it, how surely, and whether it is so: the words that stand above a claim in its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.entities import Entity
from kg.extract.referents import Referents
from kg.extract.syntax import arguments, children, is_passive, preposition
from kg.extract.words import word_list
from kg.model import Certainty, Kind, Modality, Polarity


@dataclass(frozen=True, slots=True)
class Stance:
    """How the document stands to one claim."""

    by: Entity | None = None
    certainty: Certainty = Certainty.STATED
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL


PRESUPPOSED = Stance()


def read_stance(trigger: Token, referents: Referents) -> Stance:
    """The stance of a sentence to what its word `trigger` says.

    What a noun phrase takes for granted ("Amin Tarak, commander of the front") has no stance: see `PRESUPPOSED`.
    """
    chain = list(_above(trigger))
    return Stance(_source(chain, referents), _certainty(chain), _polarity(trigger, chain), _modality(trigger, chain))


def _above(token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs (node, head) from the trigger to the root."""
    node = token
    while True:
        yield node, node.head
        if node.head == node:
            return
        node = node.head


def _speaks(verb: Token) -> bool:
    return verb.lemma_ in word_list("speech_verbs") and verb.pos_ == "VERB"


def _source(chain: list[tuple[Token, Token]], referents: Referents) -> Entity | None:
    for node, head in chain:
        for child in node.children:
            if child.dep_.startswith(("obl", "nmod")) and preposition(child) in ("according to", "per"):
                return speaker(child, referents)
            if child.dep_ == "parataxis" and _speaks(child) and child != chain[0][0]:
                found = _subject_of(child, referents)
                if found:
                    return found
        if node.dep_ in ("advcl", "acl", "xcomp") and head.lemma_ in word_list("blaming_verbs") and not is_passive(head):
            found = _subject_of(head, referents)
            if found:
                return found
        if node.dep_ in ("ccomp", "parataxis", "xcomp") and _speaks(head) and not is_passive(head):
            found = _subject_of(head, referents)
            if found:
                return found
    return None


def _subject_of(verb: Token, referents: Referents) -> Entity | None:
    for subject in arguments(verb).get("subj", ()):
        return speaker(subject, referents)
    return None


def speaker(token: Token, referents: Referents) -> Entity | None:
    """Whose word it is when the noun phrase of this word is said to say it."""
    one_of_many = any(c.lower_ in ("a", "an", "one", "another") for c in token.children)
    for filler in referents.resolve(token):
        if filler.people and one_of_many:  # "a member of the front": not the front's word
            break
        if filler.people:
            filler.entity.call(referents.phrase(token))
        return filler.entity
    if token.pos_ in ("NOUN", "PROPN"):
        return referents.roster.found(referents.phrase(token), Kind.PEOPLE, "speaks in the text")
    return None


def _certainty(chain: list[tuple[Token, Token]]) -> Certainty:
    for node, head in chain:
        for child in node.children:
            if child.dep_ in ("advmod", "amod") and child.lower_ in word_list("hedges"):
                return Certainty.UNVERIFIED
        if (
            node.dep_ in ("xcomp", "ccomp", "csubj", "advcl", "acl")
            and head.lemma_ in word_list("hedge_verbs")
            and (is_passive(head) or head.lemma_ in ("appear", "seem"))
        ):
            return Certainty.UNVERIFIED
        if node.dep_ in ("advcl", "xcomp", "obl") and head.lemma_ in word_list("blaming_verbs") and is_passive(head):
            return Certainty.UNVERIFIED  # "has been accused of arming the rebels"
        if node.lower_ == "reported" and node.dep_ == "amod":
            return Certainty.UNVERIFIED
        if node.dep_ in ("acl:relcl", "advcl"):
            break
    return Certainty.STATED


def _polarity(trigger: Token, chain: list[tuple[Token, Token]]) -> Polarity:
    negative = _denied(trigger)
    for node, head in chain:
        if node.dep_ in ("xcomp", "obj") or (node.dep_ == "ccomp" and head.lemma_ == "deny"):
            if head.lemma_ in word_list("negative_verbs"):
                negative = not negative
            if node.dep_ == "xcomp" and _denied(head):
                negative = not negative
        fades = head.lemma_ in word_list("fading_verbs") and node.lemma_ not in word_list("talks")  # talks that collapse were held
        if node.dep_ == "nsubj" and node == trigger and fades:
            negative = not negative
        if node.dep_ not in ("xcomp", "obj", "ccomp", "nsubj"):
            break
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _denied(token: Token) -> bool:
    for child in token.children:
        if (
            (token.pos_ in ("VERB", "AUX", "ADJ") or children(token, "cop"))
            and child.lower_ in ("not", "n't", "never", "neither", "nor")
            and child.dep_ in ("advmod", "cc", "cc:preconj", "neg")
        ):
            return True
        if child.dep_ == "det" and child.lower_ == "no":
            return True
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return True
    return False


def _modality(trigger: Token, chain: list[tuple[Token, Token]]) -> Modality:
    for node, head in chain:
        found = _auxiliary(node)
        if found:
            return found
        if node.dep_ in ("xcomp", "ccomp", "acl", "obj", "obl", "advcl", "nmod") and (
            node.dep_ not in ("obj", "obl", "nmod") or node == trigger
        ):
            governed = _governed(node, head)
            if governed:
                return governed
        if (
            node == trigger
            and node.dep_ in ("ROOT", "appos", "parataxis", "acl", "csubj", "dislocated")
            and any(c.lower_ == "to" and c.dep_ == "mark" for c in node.children)
        ):
            return Modality.PLANNED  # "their goal: to overthrow the regime"
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in word_list("conditions") for c in node.children):
            return Modality.POSSIBLE
        if node.dep_ in ("acl:relcl", "parataxis", "nsubj", "nmod:poss") or (
            node.dep_ == "ccomp" and _speaks(head) and head.lemma_ not in word_list("asked_verbs")
        ):
            break
    return Modality.ACTUAL


def _auxiliary(verb: Token) -> Modality | None:
    for child in children(verb, "aux"):
        word = child.lower_
        if word in word_list("planned_auxiliaries"):
            return Modality.PLANNED
        if word in word_list("asked_auxiliaries"):
            return Modality.ASKED
        if word in word_list("possible_auxiliaries"):
            have = any(c.lower_ == "have" for c in children(verb, "aux"))
            if word == "could" and not have and any(c.lower_ in ("not", "n't") for c in verb.children):
                return None
            return Modality.POSSIBLE
    return None


def _governed(node: Token, head: Token) -> Modality | None:
    lemma, infinitive = head.lemma_, any(c.lower_ == "to" and c.dep_ == "mark" for c in node.children)
    preposed = preposition(node)
    if node.dep_ in ("xcomp", "ccomp", "acl", "advcl") and (infinitive or (node.dep_ == "ccomp" and not _speaks(head))):
        if lemma in word_list("asked_verbs") and (lemma != "want" or children(head, "obj")):
            return Modality.ASKED
        if ((infinitive or not _speaks(head)) and lemma in word_list("planned_verbs")) or lemma in (
            "plan",
            "intention",
            "promise",
            "threat",
            "pledge",
            "goal",
            "aim",
            "decision",
            "effort",
            "bid",
        ):
            return Modality.PLANNED
        if lemma in word_list("possible_verbs") or lemma in (
            "likely",
            "able",
            "ready",
            "possible",
            "willing",
            "set",
            "opportunity",
            "chance",
        ):
            return Modality.POSSIBLE
    if preposed == "for" and lemma in ("call", "appeal", "demand", "plea", "push"):
        return Modality.ASKED
    if node.dep_ == "obj" and lemma in ("plan", "threaten", "promise", "prepare"):
        return Modality.PLANNED
    if node.dep_ == "obj" and lemma in ("demand", "urge", "seek", "request"):
        return Modality.ASKED
    if node.dep_ == "obj" and lemma in ("expect", "fear", "predict"):
        return Modality.POSSIBLE
    return None
