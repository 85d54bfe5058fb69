"""Frames at work: matched at the words of a sentence, their roles filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from spacy.tokens import Token

from kg.extract.attributive import attributive
from kg.extract.candidates import Candidate
from kg.extract.entities import Entity
from kg.extract.fillers import Filler
from kg.extract.frames import ACTORS, FILLERS, ROLE_NAMES, Frame, forms_of, types_told, word_class
from kg.extract.localities import owner_of_place
from kg.extract.referents import Referents
from kg.extract.syntax import Arguments, arguments, children, conjuncts, is_passive, morphology, preposition
from kg.extract.triggers import has_words, joined_arguments, joined_form, mentions_any, only_adverbs, only_prepositions, surroundings
from kg.extract.words import word_list
from kg.model import CLAIM_TYPES, Kind

_TELLING = frozenset(
    {"attack", "capture", "split_from", "member_of", "form", "dissolve", "allied_with", "strength", "ceasefire"}
)  # only armed groups do or suffer these
_OF_SIDES = frozenset({"supports", "opposes", "pressure", "mediate"})
_NEEDED = (("agent", "subject"), ("from", "from"), ("place", "place"))
_BY_FORCE = frozenset({"attack", "capture", "casualties", "displace"})
_THROUGH = ("in", "by", "during", "from", "under")
_OUTER = ("obj", "subj", "by", "of", "from", "between", "bare")  # arguments under which a preposition's noun may hang by mistake
_NESTED = frozenset({"against", "with", "on", "to", "from", "between", "by", "for", "of", "over"})
_WHERE = ["in", "at", "near", "around", "outside", "inside", "throughout", "across"]


class FrameMatcher:
    """Finds the frames in a sentence and fills their roles."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._by_form: dict[tuple[str, str], list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
        for frame in frames:
            for kind, lemmas in frame.triggers:
                for form in forms_of(kind, lemmas[0]):
                    self._by_form[kind, form].append((lemmas[1:], frame))

    def triggered(self, token: Token) -> Sequence[tuple[tuple[str, ...], Frame]]:
        """The frames that a word may trigger, each with the further words it wants."""
        return self._by_form.get((word_class(token), token.lower_), ())

    def match(self, referents: Referents) -> Iterator[Candidate]:
        """The candidates of the sentence the referents are at, in the order of their triggers."""
        for candidate in self._match(referents):
            referents.opponents.note(candidate)
            yield candidate

    def _match(self, referents: Referents) -> Iterator[Candidate]:
        sentence = referents.here()
        for token in sentence.tree:
            for _, frame in self._by_form.get(("joined", joined_form(token)), ()):
                yield from _fill(frame, token, referents)
            options = self.triggered(token)
            if not options or token.i in sentence.mentions or token.i in sentence.folded:
                continue
            fitting = [(rest, frame) for rest, frame in options if has_words(token, rest)]
            longest = {f.type: max(len(r) for r, g in fitting if g.type == f.type) for _, f in fitting}
            marked = [(rest, frame) for rest, frame in fitting if rest and len(rest) == longest[frame.type]]
            plain = [(rest, frame) for rest, frame in fitting if not rest and not longest[frame.type]]
            said = [candidate for _, frame in marked for candidate in _fill(frame, token, referents)]
            yield from said
            if any(not only_adverbs(token, rest) and (said or not only_prepositions(token, rest)) for rest, _ in marked):
                plain = [(rest, frame) for rest, frame in plain if frame.type == "capture"]
            for _, frame in plain:  # "fighting the army under another name" is no fighting under an army
                yield from _fill(frame, token, referents)


def _fill(frame: Frame, trigger: Token, referents: Referents) -> Iterator[Candidate]:
    found = joined_arguments(trigger) if joined_form(trigger) else arguments(trigger) | surroundings(trigger)
    options = frame.options
    others = [token for token in found.get("obj", ()) if "Yes" not in morphology(token, "Reflex")]
    if options.get("no_object") and others and not is_passive(trigger):
        return
    if "needs" in options and not mentions_any(trigger, options["needs"]) and not _titled(others, options["needs"], referents):
        return
    if "needs_obj" in options and not _takes(trigger, options["needs_obj"], found):
        return
    if options.get("active") and is_passive(trigger):
        return
    if options.get("no_complement") and children(trigger, "xcomp", "advmod:emph"):
        return
    fillers = {role: _fillers(frame, role, functions, found, referents) for role, functions in frame.roles.items() if role != "count"}
    later = _joined_later(trigger)
    fillers = {role: [f for f in found_here if f.token not in later] for role, found_here in fillers.items()}
    both = _fillers(frame, "subject", options.get("reciprocal", "").split(), found, referents)
    if len(both) > 1 and not [f for f in fillers.get("object", ()) if f.entity.kind is not Kind.PLACE]:
        yield from _pairs(frame, trigger, fillers | {"subject": both}, found, referents)
        return
    if options.get("only_people") and not all(f.people for f in fillers.get("from", ())):
        return
    yield from _combine(frame, trigger, fillers, found, referents)


def _takes(trigger: Token, words: Sequence[str], found: Arguments) -> bool:
    """Whether one of the words (lemmas) is an argument of the trigger's own; of "laid down its arms" the parser makes a preposition's."""
    return any(token.head == trigger and token.lemma_.casefold() in words for tokens in found.values() for token in tokens)


def _titled(tokens: Sequence[Token], words: Sequence[str], referents: Referents) -> bool:
    """Whether a person among them bears one of the words as a title: "ousted President Amin Tarak"."""
    titles = [m.title for token in tokens if (m := referents.here().mentions.get(token.i)) and m.title]
    return any(word in title.casefold().split() for title in titles for word in words)


def _joined_later(trigger: Token) -> list[Token]:
    """Names joined to a noun after the relative clause of which the trigger is the verb: "X, which was founded in May, and Y"."""
    if not trigger.dep_.startswith("acl"):
        return []
    return [part for part in conjuncts(trigger.head) if part.i > trigger.i]


def _fillers(frame: Frame, role: str, functions: Sequence[str], found: Arguments, referents: Referents) -> list[Filler]:
    """What the first function that holds a fitting filler speaks of; "a+b" takes both functions together.

    A preposition that hangs on another argument counts last: "an offensive by X against Y" may be read as X against Y.
    """
    nested = [key for function in functions if function in _NESTED for outer in _OUTER if (key := f"{outer}>{function}") in found]
    for union in (*functions, *nested):
        spots = [(function, token) for function in union.split("+") for token in found.get(function, ()) if not _itself(token)]
        fillers = [f for function, token in spots for f in _meant(frame, function, token, referents)]
        if not fillers and role == "subject":
            fillers = [f for token in found.get(union, ()) for f in _agents(token, referents)]
        fitting = [f for f in fillers if _allowed(frame, role, f)]
        if fitting or (fillers and role != "place"):
            return fitting
    if role == "subject" and frame.type == "casualties":  # "killed in an airstrike by the army"
        events = [token for function in _THROUGH for token in found.get(function, ()) if "attack" in types_told(token)]
        return [f for token in events for f in _agents(token, referents) if _allowed(frame, role, f)]
    return []


def _itself(token: Token) -> bool:
    """Whether a word only points back at the subject: "gave themselves up"."""
    return token.pos_ == "PRON" and token.lower_.endswith(("self", "selves"))


def _meant(frame: Frame, function: str, token: Token, referents: Referents) -> list[Filler]:
    """Whom a word in a grammatical function speaks of; before a noun, an adjective too."""
    if frame.type == "supports" and function == "comp" and token.lower_ == "military":  # "military aid" is not the military's
        return []
    found = referents.resolve(token)
    if found or function not in ("comp", "left"):
        return found
    return list(attributive(token, referents, force=frame.type in _BY_FORCE))


def _agents(event: Token, referents: Referents) -> list[Filler]:
    """Who stands behind an event that is itself a subject: "shelling by the army killed ..."."""
    if event.pos_ != "NOUN" or event.i in referents.here().mentions:
        return []
    found = arguments(event) | surroundings(event)
    doers = ("by", "from", "poss", "comp", "blamed")
    sides = [f for function in doers for token in found.get(function, ()) for f in referents.resolve(token)]
    return sides or [f for token in found.get("comp", ()) for f in attributive(token, referents, force=True)]


def _allowed(frame: Frame, role: str, filler: Filler) -> bool:
    if filler.entity.open:
        kind_told = _kind_for(frame, role, filler)
        if kind_told is None:
            return False
        filler.entity.settle(kind_told)
    kind = filler.entity.kind
    if role == "object" and kind is Kind.PLACE and not CLAIM_TYPES[frame.type].place_object:
        return "place" in frame.roles and not frame.kinds.get(role)
    if role in frame.kinds:
        return kind in frame.kinds[role]
    if role == "place":
        return kind is Kind.PLACE or (kind is Kind.STATE and filler.token.dep_.startswith(("obl", "nmod", "conj")))
    if role == "object" and CLAIM_TYPES[frame.type].place_object:
        return kind is Kind.PLACE
    return kind in ACTORS


def _kind_for(frame: Frame, role: str, filler: Filler) -> Kind | None:
    """What a name of unknown kind is in a role: what is captured is a place, who attacks is an armed group, who meets a person."""
    wanted = frame.kinds.get(role)
    if wanted == FILLERS["union"]:  # "left Garat": who leaves a place leaves no group
        return None
    if wanted == FILLERS["person"]:
        return Kind.PERSON
    if frame.type == "meet" and role in ("subject", "object"):
        personal = 1 < len(filler.entity.name.split()) < 5 and not any(c.dep_ == "det" for c in filler.token.children)
        return Kind.PERSON if personal else None
    if role == "place" or (role == "object" and CLAIM_TYPES[frame.type].place_object) or wanted == FILLERS["place"]:
        return Kind.PLACE
    the = any(c.lower_ == "the" for c in filler.token.children)  # "gave the Red Hawks money": no town takes an article
    alone = not the and "Plur" not in morphology(filler.token, "Number")
    on_it = frame.type == "attack" and preposition(filler.token) == "on"  # "airstrikes on Garat"
    if role == "object" and alone and (on_it or (frame.id == "attack" and filler.token.dep_ == "obj")):
        return Kind.PLACE
    return Kind.ARMED_GROUP if frame.type in _TELLING or (the and frame.type in _OF_SIDES) else None


def _pairs(frame: Frame, trigger: Token, fillers: dict[str, list[Filler]], found: Arguments, referents: Referents) -> Iterator[Candidate]:
    sides = fillers["subject"]
    for left, right in combinations(sides, 2):
        yield from _combine(frame, trigger, fillers | {"subject": [left], "object": [right]}, found, referents)


def _combine(frame: Frame, trigger: Token, fillers: dict[str, list[Filler]], found: Arguments, referents: Referents) -> Iterator[Candidate]:
    """One candidate for each subject, object and place."""
    chosen = {role: list(fillers.get(role, ())) for role in ROLE_NAMES}
    places = chosen["place"]
    if not CLAIM_TYPES[frame.type].place_object:
        places = [*places, *(f for f in chosen["object"] if f.entity.kind is Kind.PLACE)]
        chosen["object"] = [f for f in chosen["object"] if f.entity.kind is not Kind.PLACE]
    if not places and not CLAIM_TYPES[frame.type].lasting and not CLAIM_TYPES[frame.type].place_object:
        nested = [f"{role}>{word}" for word in ("in", "near", "at") for role in ("obj", "subj", "between", "against", "with", "on", "by")]
        places = _fillers(frame, "place", [*(_WHERE if "place" not in frame.roles else ()), *nested], found, referents)
    if frame.type == "strength" and len({f.entity.id for f in chosen["subject"]}) > 1:
        return  # what several have together none of them has
    doers = [f.entity for f in chosen["subject"]]  # "A, B and C fought the army": none of them is that army
    chosen["object"] = [f for f in chosen["object"] if f.people or not f.uncertain or len(doers) < 2 or f.entity not in doers]
    if any(frame.options.get(f"needs_{role}") and not chosen[part] for role, part in _NEEDED):
        return
    count_token = _counted(frame, found)
    if (
        count_token is None
        and "counted" in frame.options
        and any(found.get(f) for f in frame.roles["count"] if not chosen["place"] or f == "subj")
    ):
        return
    if (
        frame.options.get("needs_object")
        and not chosen["object"]
        and not (count_token is not None and count_token.lemma_ in word_list("people_nouns"))
    ):
        return
    within = frame.options.get("needs_operation") or (frame.type != "launch" and not CLAIM_TYPES[frame.type].lasting)
    operation = _operation(found, referents) if within else None
    if frame.options.get("needs_operation") and operation is None:
        return
    leavers = chosen["from"] if frame.type in ("desert", "surrender") else chosen["from"][:1]  # "urged A and B to lay down their arms"
    for subject, left in product(_or_none(chosen["subject"]), _or_none(leavers)):
        for target in _or_none(chosen["object"]):
            for place in _or_none(_unique(places)):
                candidate = Candidate(
                    frame.type, trigger, frame.id, {}, count_token, role=frame.options.get("role"), outcome=frame.options.get("outcome")
                )
                for role, filler in (("subject", subject), ("object", target), ("place", place)):
                    if filler is not None:
                        candidate.roles[role] = filler.entity
                candidate.where = tuple(f.token.i for f in (target, place) if f is not None)
                if subject is not None and target is not None and target.entity is subject.entity and target.people:
                    other = referents.another_owner(target.token, subject.entity)  # "accused X of attacking its positions"
                    if other is not None:
                        candidate.roles["object"] = other
                if left is not None:
                    candidate.roles["from"] = left.entity
                if chosen["to"]:
                    candidate.roles["to"] = chosen["to"][0].entity
                if operation is not None:
                    candidate.roles["operation"] = operation
                _sides(frame, candidate, subject, place, referents)
                if _sound(candidate):
                    yield candidate


def _operation(found: Arguments, referents: Referents) -> Entity | None:
    """The named campaign that an event is part of: "the operation has displaced ...", "captured during Operation X"."""
    for function in ("subj", "obj", "in", "during", "under", "by", "of"):
        for token in found.get(function, ()):
            for filler in referents.resolve(token):
                if filler.entity.kind is Kind.OPERATION:
                    return filler.entity
    return None


def _or_none(fillers: Sequence[Filler]) -> Sequence[Filler | None]:
    return fillers or (None,)


def _unique(fillers: Sequence[Filler]) -> list[Filler]:
    return list({f.entity.id: f for f in fillers}.values())


def _counted(frame: Frame, found: Arguments) -> Token | None:
    wanted = frame.options.get("counted")
    for function in frame.roles.get("count", ()):
        for token in found.get(function, ()):
            if function == "bare" and token.pos_ != "NUM":  # "killed Monday", and not "13 people were killed and 30 wounded"
                continue
            if wanted is None or token.lemma_.casefold() in wanted.split() or (function == "of" and token.pos_ == "NUM"):
                return token
    return None


def _sides(frame: Frame, candidate: Candidate, subject: Filler | None, place: Filler | None, referents: Referents) -> None:
    """The owners that a phrase names in passing: soldiers of X defect from X; a base of Y is taken from Y."""
    if frame.options.get("side") == "subj" and subject is not None and frame.type == "defect":
        if subject.people:
            candidate.roles.pop("subject", None)
            candidate.roles.setdefault("from", subject.entity)
        elif candidate.roles.get("from") is subject.entity:
            del candidate.roles["subject"]
    target = candidate.roles.get("object")
    if frame.type == "capture" and target is not None and "from" not in candidate.roles:
        owner = _owner(target, candidate.trigger, referents)
        if owner and owner is not candidate.roles.get("subject"):
            candidate.roles["from"] = owner
    if frame.type == "attack" and target is None and place is not None:
        owner = owner_of_place(place.token, referents)
        if owner and owner is not candidate.roles.get("subject"):
            candidate.roles["object"] = owner


def _owner(place: Entity, trigger: Token, referents: Referents) -> Entity | None:
    for token in trigger.subtree:
        if token.lemma_ in word_list("facility_nouns") and token.lower_ in " ".join(place.names).casefold().split():
            return owner_of_place(token, referents)
    return None


def _sound(candidate: Candidate) -> bool:
    """Whether one of the type's key combinations can be filled, and nobody does it to himself."""
    roles = candidate.roles
    subject = roles.get("subject")
    if (subject is not None and subject in (roles.get("object"), roles.get("to"))) or (
        roles.get("from") is not None and roles.get("from") is roles.get("to")
    ):
        return False
    if CLAIM_TYPES[candidate.type].lasting is False and subject is not None and subject is roles.get("from"):
        return False
    if candidate.type == "defect" and subject is not None:
        return True  # the sides may be told by other words of the sentence
    keys = CLAIM_TYPES[candidate.type].keys
    return any(all(role in roles or (role == "count" and candidate.count_token is not None) for role in key) for key in keys)
