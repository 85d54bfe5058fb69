"""The argument finder: who does what to whom, in plain sentences that the shipped parser reads right."""

from __future__ import annotations

import pytest
from invented_wars import document
from spacy.language import Language
from spacy.tokens import Token

from kg.extract.parsing import parse
from kg.extract.sentences import split_sentences
from kg.extract.syntax import arguments, conjuncts, is_passive, preposition, surface_subject


def word(text: str, form: str, parser: Language) -> Token:
    """The one token of that form in the parsed sentence."""
    spans = list(split_sentences(document(text)))
    sentence, = parse(text, spans, [[]], [{}], parser)
    token, = (t for t in sentence.tree if t.lower_ == form)
    return token


def found(text: str, form: str, parser: Language) -> dict[str, set[str]]:
    """What fills each function of a word, coordinated nouns included."""
    return {
        function: {part.text for token in tokens for part in conjuncts(token)}
        for function, tokens in arguments(word(text, form, parser)).items()
        if tokens
    }


VERBS = [
    ("The rebels attacked the army.", "attacked", "rebels", "army"),
    ("The rebels have not attacked the army.", "attacked", "rebels", "army"),
    ("The army was attacked by the rebels.", "attacked", "rebels", "army"),
    ("The army has been attacked by the rebels.", "attacked", "rebels", "army"),
    ("The rebels who attacked the army fled.", "attacked", "rebels", "army"),
    ("The soldiers, who had attacked the town, fled.", "attacked", "soldiers", "town"),
    ("The town that the rebels attacked burned.", "attacked", "rebels", "town"),
    ("The town attacked by the rebels burned.", "attacked", "rebels", "town"),
    ("The army, attacked by the rebels, fled.", "attacked", "rebels", "army"),
    ("The rebels attacking the town fled.", "attacking", "rebels", "town"),
    ("The rebels fled, leaving the town.", "leaving", "rebels", "town"),
    ("After capturing the town, the rebels fled.", "capturing", "rebels", "town"),
    ("The rebels attacked the town and burned the bridge.", "burned", "rebels", "bridge"),
    ("The rebels and the militias attacked the army.", "attacked", "rebels militias", "army"),
    ("The rebels attacked the army and the police.", "attacked", "rebels", "army police"),
    ("The government urged the rebels to attack the army.", "attack", "rebels", "army"),
    ("The government sent the rebels to attack the army.", "attack", "rebels", "army"),
    ("The government forced the rebels to leave the town.", "leave", "rebels", "town"),
    ("The rebels promised to attack the army.", "attack", "rebels", "army"),
    ("The rebels want to capture the town.", "capture", "rebels", "town"),
    ("The rebels were ordered to attack the army.", "attack", "rebels", "army"),
    ("The government accused the rebels of attacking the army.", "attacking", "rebels", "army"),
]


@pytest.mark.parametrize(("text", "verb", "subject", "target"), VERBS)
def test_who_does_it_to_whom(text: str, verb: str, subject: str, target: str, shipped_parser: Language) -> None:
    functions = found(text, verb, shipped_parser)
    assert (functions["subj"], functions["obj"]) == (set(subject.split()), set(target.split()))


FUNCTIONS = [
    ("The rebels captured the town on Friday.", "captured", {"subj": {"rebels"}, "obj": {"town"}, "on": {"Friday"}}),
    ("The rebels gave weapons to the militia.", "gave", {"subj": {"rebels"}, "obj": {"weapons"}, "to": {"militia"}}),
    ("The rebels fought together with the army.", "fought", {"subj": {"rebels"}, "together": {"army"}}),
    ("The town fell into the hands of the rebels.", "fell", {"subj": {"town"}, "into": {"hands"}, "into>of": {"rebels"}}),
    ("The rebels drove the army out of the town.", "drove", {"subj": {"rebels"}, "obj": {"army"}, "out of": {"town"}, "of": {"town"}}),
    ("The rebels left.", "left", {"subj": {"rebels"}}),
]


@pytest.mark.parametrize(("text", "verb", "expected"), FUNCTIONS)
def test_prepositions_are_functions_of_their_own(text: str, verb: str, expected: dict[str, set[str]], shipped_parser: Language) -> None:
    assert found(text, verb, shipped_parser) == expected


NOUNS = [
    ("The rebels' attack on the army failed.", "attack", {"poss": {"rebels"}, "on": {"army"}}),
    ("The rebels launched an attack on the army.", "attack", {"subj": {"rebels"}, "on": {"army"}}),
    ("The army came under attack from the rebels.", "attack", {"obj": {"army"}, "from": {"rebels"}}),
    ("The army suffered an attack by the rebels.", "attack", {"obj": {"army"}, "by": {"rebels"}}),
    ("The rebels signed a truce with the army.", "truce", {"subj": {"rebels"}, "with": {"army"}}),
    ("The army and the rebels signed a truce.", "truce", {"subj": {"army", "rebels"}}),
    ("Talks between the rebels and the army failed.", "talks", {"between": {"rebels", "army"}}),
    ("The rebels gave support to the army.", "support", {"subj": {"rebels"}, "to": {"army"}}),
    ("The army's capture of the town surprised the rebels.", "capture", {"poss": {"army"}, "of": {"town"}}),
    ("The offensive against the rebels failed.", "offensive", {"against": {"rebels"}}),
    ("The group, an ally of the army, fled.", "ally", {"subj": {"group"}, "of": {"army"}}),
    ("The army attacked the militia, an ally of the rebels.", "ally", {"subj": {"militia"}, "of": {"rebels"}}),
    ("The rebels are allies of the army.", "allies", {"subj": {"rebels"}, "of": {"army"}}),
    ("The rebels are loyal to the army.", "loyal", {"subj": {"rebels"}, "to": {"army"}}),
]


@pytest.mark.parametrize(("text", "noun", "expected"), NOUNS)
def test_nouns_have_arguments_and_borrow_those_of_light_verbs(
    text: str, noun: str, expected: dict[str, set[str]], shipped_parser: Language
) -> None:
    functions = found(text, noun, shipped_parser)
    assert {name: functions.get(name) for name in expected} == expected


@pytest.mark.parametrize(("text", "verb", "passive"), [
    ("The town was taken.", "taken", True),
    ("The town, taken by the rebels, burned.", "taken", True),
    ("The rebels have taken the town.", "taken", False),
    ("The rebels took the town.", "took", False),
])
def test_passives_are_told_from_perfects(text: str, verb: str, passive: bool, shipped_parser: Language) -> None:
    assert is_passive(word(text, verb, shipped_parser)) is passive


@pytest.mark.parametrize(("text", "verb", "subject"), [
    ("The town was taken.", "taken", "town"),
    ("The rebels attacked the town and fled.", "fled", "rebels"),
    ("The rebels attacked the town, killing two men.", "killing", "rebels"),
])
def test_a_clause_shares_the_subject_of_the_clause_above(text: str, verb: str, subject: str, shipped_parser: Language) -> None:
    token = surface_subject(word(text, verb, shipped_parser))
    assert token is not None
    assert token.text == subject


@pytest.mark.parametrize(("text", "noun", "expected"), [
    ("They fled according to the army.", "army", "according to"),
    ("They fled from the army.", "army", "from"),
    ("They fled the town.", "town", ""),
    ("They saw the town's bridge.", "town", ""),
])
def test_a_preposition_may_have_several_words(text: str, noun: str, expected: str, shipped_parser: Language) -> None:
    assert preposition(word(text, noun, shipped_parser)) == expected


def test_a_list_is_walked_from_its_first_noun(shipped_parser: Language) -> None:
    first = word("They met the army, the police and the rebels.", "army", shipped_parser)
    assert [t.text for t in conjuncts(first)] == ["army", "police", "rebels"]
