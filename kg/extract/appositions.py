"""What the parser hung on the wrong word: "the head of the Hawks, Colonel Amin Tarak", "fighters of A and rebels of B, the wing of C"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.entities import ORGANISED
from kg.extract.frames import types_told
from kg.extract.memory import ORGANISATIONS
from kg.extract.parsing import Sentence
from kg.extract.phrases import is_people, lemma_of
from kg.extract.syntax import children, morphology, preposition
from kg.extract.words import word_list
from kg.model import Kind


def mend_appositions(sentence: Sentence) -> None:
    """Hang a person's name on the office before it, where the parser hung it on what the office is of."""
    for i, mention in sentence.mentions.items():
        name = sentence.tree[i]
        body = name.head
        if name.dep_ != "appos" or mention.entity.kind is not Kind.PERSON:
            continue
        known = sentence.mentions.get(body.i)
        named = known.entity.kind is not Kind.PERSON if known else lemma_of(body) in word_list("place_nouns")
        office = body.head
        of = named and body.dep_ == "nmod" and preposition(body) in ("of", "for", "in")
        if of and office.pos_ == "NOUN" and lemma_of(office) in word_list("role_nouns"):
            name.head = office


def mend_words(sentence: Sentence) -> None:
    """Take "That" before a subject for an article, a participle after its noun for a clause, a gerund that breaks out for a noun."""
    for token in sentence.tree:
        if token.dep_ == "csubj" and token.head.lemma_ in word_list("event_verbs") and not children(token, "obj"):
            token.dep_, token.pos_ = "nsubj", "NOUN"  # "fighting broke out"
        elif token.dep_ == "amod" and token.pos_ == "VERB" and token.i > token.head.i and children(token, "obl:agent", "obl"):
            token.dep_ = "acl"  # "the front, armed and trained by Redland, ..."
        elif token.i == 0 and token.lower_ == "that" and token.dep_ == "mark" and token.head.dep_ == "ROOT":
            for subject in children(token.head, "nsubj", "nsubj:pass"):
                if subject.pos_ == "NOUN" and not children(subject, "det"):
                    token.dep_, token.head, token.pos_ = "det", subject, "DET"  # "That force was founded"


def mend_owners(sentence: Sentence) -> None:
    """Hang "of B" on the noun right before it ("fighters of A and rebels of B"), and then what follows a comma on the name before it."""
    tree = sentence.tree
    for token in tree:
        case = children(token, "case")
        if token.dep_ == "nmod" and case and case[0].i and preposition(token) == "of":
            noun = tree[case[0].i - 1]
            if noun.dep_ == "conj" and noun.head == token.head and noun.pos_ == "NOUN" and noun.i > token.head.i:
                token.head = noun
        elif token.dep_ == "acl" and token.i and token.nbor(-1).dep_ == "conj" and token.nbor(-1).head == token.head:
            token.head = token.nbor(-1)  # "the regime and militias allied with it"
    for token in tree:
        if token.dep_ == "acl:relcl":
            _mend_which(token, sentence)
    for token in tree:
        described = token.dep_ == "appos" and token.pos_ == "NOUN" and "Plur" not in morphology(token, "Number")
        composed = token.dep_ == "acl" and "member_of" in types_told(token)  # "the wing of A and B, composed of C and D"
        if not described and not composed:
            continue
        comma = _first_word(token).i - 1
        if comma < 1 or tree[comma].text != ",":
            continue
        name = tree[comma - 1]
        known = sentence.mentions.get(name.i)
        if known and known.entity.kind in ORGANISATIONS and token.head.i < name.i and token.head in name.ancestors:
            token.head = name


def _first_word(phrase: Token) -> Token:
    return next((t for t in phrase.subtree if t.pos_ != "PUNCT"), phrase)


def _mend_which(clause: Token, sentence: Sentence) -> None:
    """Hang "which ..." on the name right before it where the parser took people for it: "residents of Garat, which the front holds"."""
    start = _first_word(clause)
    if start.lower_ != "which" or start.i < 2 or sentence.tree[start.i - 1].text != ",":
        return
    name = sentence.tree[start.i - 2]
    if is_people(lemma_of(clause.head)) and name.i in sentence.mentions and clause.head in name.ancestors:
        clause.head = name


def mend_lists(sentence: Sentence) -> None:
    """Take "A, B and C" for a list of three where the parser, which reads common words for names, made B and C an apposition to A."""
    tree = sentence.tree
    for i, mention in sentence.mentions.items():
        token = tree[i]
        first = sentence.mentions.get(token.head.i)
        named = first is not None and not first.adjective and not mention.adjective and first.entity is not mention.entity
        both = named and {mention.entity.kind, first.entity.kind} <= ORGANISED if first else False
        listed = "," in (token.left_edge.text, tree[token.left_edge.i - 1].text)
        if token.dep_ == "appos" and both and listed and any(c.dep_ == "conj" for c in token.children):
            whole = token.head
            for part in [token, *(c for c in token.children if c.dep_ == "conj")]:
                part.dep_, part.head = "conj", whole
