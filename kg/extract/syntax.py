"""Who does what to whom, grammatically: one argument finder for verbs, nouns and predicates.

The functions found are deep ones: the agent of a passive is "subj" and its surface subject "obj". Prepositions are
functions of their own ("from", "against"). Labels are those of Universal Dependencies 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.words import word_list

Arguments = dict[str, list[Token]]
_DEPTH = 6  # how far a missing subject is looked for through coordination and control


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of these labels, left to right."""
    return [c for c in token.children if c.dep_ in labels]


def conjuncts(token: Token) -> Iterator[Token]:
    """A noun and those joined to it by "and" or commas.

    "A, B and C attacked": from A, all three.
    """
    yield token
    for child in children(token, "conj"):
        yield from conjuncts(child)


def preposition(token: Token) -> str:
    """The preposition of a noun ("according to"), lower case; empty when it has none."""
    cases = children(token, "case", "mark")
    words = [w.lower_ for case in cases if case.lower_ not in ("'s", "'", "’s") for w in (case, *children(case, "fixed", "flat"))]
    return " ".join(words)


def arguments(token: Token) -> Arguments:
    """The arguments of a predicate, by deep function: subj, obj, iobj, poss, comp, or a preposition.

    Coordinated arguments are not expanded: see `conjuncts`.
    """
    found: Arguments = defaultdict(list)
    if token.pos_ in ("VERB", "AUX"):
        _verb(token, found)
    else:
        _noun(token, found)
    return found


def morphology(token: Token, feature: str) -> list[str]:
    """The values of a morphological feature: ["Plur"] for the Number of "forces"."""
    values: list[str] = token.morph.get(feature, [])
    return values


def noun_lemma(noun: Token) -> str:
    """The singular of a noun, lower case; where the lemmatizer kept a plural ("Units"), without its s."""
    lemma: str = noun.lemma_.casefold()
    if lemma.endswith("men") and len(lemma) > 4:
        return lemma[:-2] + "an"
    return (
        lemma[:-1]
        if lemma == noun.lower_ and lemma.endswith("s") and not lemma.endswith("ss") and "Plur" in morphology(noun, "Number")
        else lemma
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: "was taken", "a town taken by", not "has taken"."""
    if any(c.dep_ in ("aux:pass", "nsubj:pass", "obl:agent") for c in verb.children):
        return True
    if verb.dep_ == "conj" and is_passive_participle(verb) and not children(verb, "aux", "nsubj"):
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl") and is_passive_participle(verb) and not children(verb, "aux", "nsubj", "obj")


def is_passive_participle(verb: Token) -> bool:
    """Whether the form is a past participle."""
    return "Part" in morphology(verb, "VerbForm") and "Past" in morphology(verb, "Tense")


def _verb(verb: Token, found: Arguments) -> None:
    passive = is_passive(verb)
    for child in verb.children:
        label = child.dep_
        if label in ("nsubj", "nsubj:pass", "nsubj:outer", "expl") and label != "expl":
            subject = _antecedent(child)
            function = "obj" if passive or label == "nsubj:pass" else "subj"
            found[function].append(subject)
            _nested(subject, function, found)
        elif label == "obj":
            found["obj"].append(_antecedent(child))
            _nested(child, "obj", found)
        elif label == "iobj":
            found["iobj"].append(child)
        elif label == "obl:agent" or (passive and label == "obl" and preposition(child) == "by"):
            found["subj"].append(child)
        elif label.startswith("obl"):
            for function in _functions(child):
                found[function].append(child)
                _nested(child, function, found)
        elif label == "xcomp" and child.pos_ in ("NOUN", "PROPN"):
            found["xcomp"].append(child)
    if not found.get("obj" if passive else "subj"):
        borrowed = _missing_subject(verb, _DEPTH)
        if borrowed is not None and borrowed not in found.get("subj", ()):
            found["obj" if passive else "subj"].append(borrowed)
            _nested(borrowed, "obj" if passive else "subj", found)
    if verb.dep_ == "amod" and children(verb, "nsubj") and verb.head.i > verb.i:  # "the army seized power", misread as a seized power
        found["obj"].append(verb.head)
    where = verb.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in verb.children)
    if where:  # "Garat, where the army attacked"
        found["in"].append(verb.head)
    if (
        verb.dep_ == "acl:relcl"
        and not where
        and not passive
        and not found.get("obj")
        and verb.head.pos_ in ("NOUN", "PROPN")
        and verb.head not in found.get("subj", ())
    ):
        gap = any(c.dep_.startswith("obl") and c.lower_ in word_list("relative_pronouns") for c in verb.children)
        if not gap:
            found["obj"].append(verb.head)


def _both(token: Token) -> list[Token]:
    """The two sides after "between", even where the parser took the second for the subject of what follows."""
    if any(c.dep_ == "conj" for c in token.children) or token.i + 1 >= len(token.doc):
        return [token]
    following = [t for t in token.doc[token.i + 1 :] if t.pos_ != "PUNCT"][:6]
    if not following or following[0].lower_ != "and":
        return [token]
    second = next((t for t in following[1:] if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "amod")), None)
    return [token, second] if second is not None else [token]


def _functions(token: Token) -> list[str]:
    """A noun's preposition, and of one in two words ("up of") the last as well; "bare" without one."""
    whole = preposition(token)
    case = children(token, "case")
    if whole == "with" and case and case[0].i and case[0].nbor(-1).lower_ in ("together", "along", "jointly", "alongside"):
        return ["together"]
    if whole in ("together with", "along with", "alongside"):
        return ["together", whole]
    last = whole.rsplit(maxsplit=1)[-1] if whole else "bare"
    return [whole, last] if last != whole and whole and not whole.startswith(("according", "due", "because")) else [whole or "bare"]


def _nested(token: Token, function: str, found: Arguments, depth: int = 2) -> None:
    """What hangs on an argument: "into the hands of X", "a round of talks between X and Y" (function "obj>between")."""
    for child in children(token, "nmod"):
        if function == "subj" and "together" in _functions(child):
            found["together"].append(child)
            continue
        found[f"{function}>{preposition(child)}"] += _both(child) if preposition(child) == "between" else [child]
        if depth > 1:
            _nested(child, function, found, depth - 1)


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause describes."""
    if token.lower_ in word_list("relative_pronouns") and token.pos_ in ("PRON", "DET", "SCONJ"):
        clause: Token = token.head
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ in ("acl:relcl", "acl"):
            return clause.head
    return token


def surface_subject(verb: Token, depth: int = _DEPTH) -> Token | None:
    """The grammatical subject of a clause, its own or the one it shares with the clause above."""
    own = children(verb, "nsubj", "nsubj:pass", "nsubj:outer")
    if own:
        return _antecedent(own[0])
    return _missing_subject(verb, depth)


def _missing_subject(verb: Token, depth: int) -> Token | None:
    """The subject that a clause borrows, through coordination, relative clauses, participles and control."""
    if depth == 0:
        return None
    label, head = verb.dep_, verb.head
    if label in ("acl", "acl:relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        if label == "acl" and any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children):
            owner = children(head, "nmod:poss")
            if owner:
                return owner[0]
            return surface_subject(head.head, depth - 1) if head.head.pos_ == "VERB" else None
        nearest = _noun_before_comma(verb) if label == "acl" else None
        return nearest if nearest is not None and nearest.dep_ == "conj" else head  # "X and the alliance, composed of ..."
    if label == "conj" and head.dep_ == "acl:relcl" and _new_clause(verb):
        main = head.head
        while main.pos_ not in ("VERB", "AUX") and main.head != main:
            main = main.head
        return surface_subject(main, depth - 1)
    if label == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subject(head, depth - 1)
    if label == "conj":
        return next(iter(children(head, "nsubj")), None)
    if (
        label in ("advcl", "acl", "xcomp")
        and head.lemma_ in word_list("blaming_verbs")
        and any(c.lower_ in ("of", "for", "with") for c in children(verb, "mark", "case"))
    ):
        return next(iter(children(head, "obj", "nsubj:pass")), None)
    if label == "xcomp":
        objects = children(head, "obj", "iobj")
        if objects and head.lemma_ in word_list("object_control"):
            return objects[0]
        if is_passive(head) or head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            return surface_subject(head, depth - 1)
    if label == "advcl" and head.lemma_ in word_list("object_control") and any(c.lower_ == "to" for c in children(verb, "mark")):
        asked = [c for c in children(head, "obl") if preposition(c) in ("on", "upon")] if head.lemma_ == "call" else []
        controlled = next(iter([*children(head, "obj", "iobj"), *asked]), None)  # "helped the army to take", "called on it to leave"
        if controlled is not None:
            return controlled
    beside = _noun_before_comma(verb) if label == "advcl" and is_passive(verb) else None
    if beside is not None:
        return beside
    if (
        label in ("advcl", "parataxis")
        and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
        and not any(c.dep_ == "nsubj" for c in verb.children)
    ):
        return surface_subject(head, depth - 1)
    return None


def _new_clause(verb: Token) -> bool:
    """Whether a comma before the "and" takes a verb out of the relative clause it follows."""
    joint = children(verb, "cc")
    return bool(joint) and joint[0].i > 0 and joint[0].nbor(-1).text == ","


def _noun_before_comma(participle: Token) -> Token | None:
    """The noun that a participle after a comma describes: "the alliance, composed of ..."."""
    edge = participle.left_edge
    if edge.i < 2 or edge.nbor(-1).text != ",":
        return None
    noun = edge.nbor(-2)
    while noun.dep_ in ("flat", "compound", "appos") and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def _noun(noun: Token, found: Arguments) -> None:
    for child in noun.children:
        label = child.dep_
        if label == "nmod:poss":
            found["poss"].append(child)
        elif label in ("compound", "amod"):
            found["comp"].append(child)
        elif label.startswith(("nmod", "obl")):
            for function in _functions(child):
                found[function] += _both(child) if function == "between" else [child]
                for part in conjuncts(child):
                    _nested(part, function, found)
        elif label in ("nsubj", "nsubj:outer"):
            found["subj"].append(_antecedent(child))
        elif label == "acl" and child.pos_ == "VERB":
            inner = arguments(child)
            lends = child.lemma_ in word_list("light_verbs")  # "an attack launched by X", not "a truce brokered by X"
            for agent in inner.get("subj", ()) if lends else ():
                if agent != noun:
                    found["subj"].append(agent)
            for name, fillers in inner.items():
                if name not in ("subj", "obj", "iobj", "bare") and name != "by":
                    found[name] += [f for f in fillers if f != noun]
        elif label == "appos":
            found["appos"].append(child)
    if noun.dep_ == "appos" and not children(noun, "nsubj"):
        found["subj"].append(whole_list(noun.head) if "Plur" in morphology(noun, "Number") else noun.head)
    if noun.dep_ == "nmod" and noun.head.lower_ == "one" and preposition(noun) == "of":  # "X, one of the members of Y"
        found["subj"] += [noun.head.head] if noun.head.dep_ == "appos" else children(noun.head, "nsubj")
    if noun.dep_ == "nsubj" and children(noun.head, "cop"):  # "the armed wing of X is Y"
        found["subj"].append(noun.head)
    if noun.pos_ == "ADJ" and noun.dep_ in ("amod", "acl", "acl:relcl") and not found.get("subj"):  # "forces loyal to X"
        found["subj"].append(noun.head)
    if noun.pos_ == "ADJ" and noun.dep_ == "conj" and not found.get("subj"):
        found["subj"] += children(noun.head, "nsubj")
    following = noun.doc[noun.i + 1 :][:3]
    named = next((t for t in following if t.text != "," and t.dep_ != "det"), None)
    if (
        named is not None
        and named.pos_ in ("PROPN", "NOUN")
        and all(t.text == "," or t.dep_ == "det" or t == named for t in following[: named.i - noun.i])
    ):
        found["beside"].append(named)  # "its ally the Blue Front"
    _lend(noun, found)


def whole_list(noun: Token) -> Token:
    """The first of coordinated nouns: an apposition in the plural describes them all."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _lend(noun: Token, found: Arguments) -> None:
    """Take over the arguments of a light verb: "X launched an attack on Y", "X came under attack from Y"."""
    carrier = whole_list(noun)
    verb = carrier.head
    if carrier.dep_ == "nsubj:pass" and verb.pos_ == "VERB" and verb.lemma_ in word_list("speech_verbs"):  # "fighting was reported between"
        for name, fillers in arguments(verb).items():
            if name in ("between", "in", "near", "at", "around"):
                found[name] += [f for token in fillers for f in (_both(token) if name == "between" else [token])]
        return
    if (verb.pos_ != "VERB" and verb.pos_ != "AUX") or verb.lemma_ not in word_list("light_verbs") | word_list("event_verbs"):
        return
    if carrier.dep_ == "nsubj" and verb.lemma_ in word_list("event_verbs"):  # "clashes broke out between X and Y"
        for name, fillers in arguments(verb).items():
            if name not in ("subj", "obj", "iobj", "bare") and ">" not in name:
                found[name] += [f for token in fillers for f in (_both(token) if name == "between" else [token]) if f != noun]
        return
    case = preposition(carrier)
    outer = arguments(verb)
    if carrier.dep_ == "obj" or (carrier.dep_ == "nsubj:pass"):
        target = "obj" if verb.lemma_ in word_list("suffering_verbs") else "subj"
    elif case == "under" or (carrier.dep_ == "obl" and (case in ("to", "into", "in") or (case == "on" and verb.lemma_ == "agree"))):
        target = "obj" if case == "under" else "subj"
    else:
        return
    agents = [a for a in outer.get("subj", ()) if a != noun and a != carrier]
    found[target] += agents
    for name, fillers in outer.items():
        if name not in ("subj", "obj", "iobj", "bare", case) and ">" not in name:
            found[name] += [f for f in fillers if f != noun]


def beside(noun: Token) -> Iterator[Token]:
    """A name next to the office, a comma between: sure even where the tree is not."""
    tree = noun.doc
    for step in (1, 2):
        if noun.i + step < len(tree) and (step == 1 or tree[noun.i + 1].text == ","):
            yield tree[noun.i + step]
    left = noun.left_edge.i
    if left >= 2 and tree[left - 1].text == ",":
        yield tree[left - 2]
