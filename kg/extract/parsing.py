"""The parser: Universal Dependencies for the sentences of a text, by the model that ships with the package or another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.errors import KgError
from kg.extract.biaffine import load as load_annotator
from kg.extract.entities import Mention
from kg.model import Span

_WHOLE = ("cease-fire", "counter-offensive", "counter-attack", "air-strike")  # one word each, whatever the hyphen
SHIPPED = Path(__file__).parent / "parser"
# The treebanks write straight quotes; every replacement is one code point for one, so offsets hold.
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "\u00a0": " ",
    }
)


@dataclass(eq=False, slots=True)
class Sentence:
    """A sentence with its dependency tree, in which each named mention and each date is one token."""

    index: int
    span: Span
    tree: Doc
    spans: list[Span]  # of each token, in the document
    mentions: dict[int, Mention]  # by the token that stands for it
    folded: dict[int, Span]  # other spans that became one token: dates
    dated: dict[int, Span] = field(default_factory=dict)  # names with a date of their own, by token

    def text_of(self, tokens: Sequence[Token], text: str) -> str:
        """The words of the document from the first to the last of the tokens."""
        return text[min(self.spans[t.i].start for t in tokens) : max(self.spans[t.i].end for t in tokens)]


class Parser(Protocol):
    """What reads a sentence: words in, the same words with their tree out."""

    vocab: Vocab
    tokenizer: Callable[[str], Doc]

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The docs, one sentence each, with heads, labels, parts of speech, features and lemmas."""


class _Shipped:
    """The parser of this package behind spaCy's rules for English words."""

    def __init__(self) -> None:
        english = spacy.blank("en")
        self.vocab, self.tokenizer = english.vocab, english.tokenizer
        for word in _WHOLE:
            for form in (word, word.capitalize(), f"{word}s"):
                english.tokenizer.add_special_case(form, [{ORTH: form}])  # type: ignore[union-attr]  # the blank English one has it
        self._annotator = load_annotator(SHIPPED)

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        return self._annotator.pipe(docs)


class _Pipeline:
    """A spaCy pipeline that somebody named."""

    def __init__(self, nlp: Language) -> None:
        self.vocab, self.tokenizer = nlp.vocab, nlp.tokenizer
        self._nlp = nlp

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        return self._nlp.pipe(docs, batch_size=64)


@lru_cache(maxsize=2)
def load_parser(name: str | None = None) -> Parser:
    """The parser that ships with the package, or the spaCy pipeline of that name or folder.

    Raises:
        KgError: there is no such pipeline, or it gives no Universal Dependencies.
    """
    if name is None:
        return _Shipped()
    try:
        nlp = spacy.load(name)
    except OSError as problem:
        raise KgError(f"no parser {name}: {problem}", where="--parser", advice="name an installed spaCy pipeline or its folder") from None
    labels = nlp.get_pipe("parser").labels if "parser" in nlp.pipe_names else ()  # type: ignore[attr-defined]  # spaCy types a pipe as a plain callable
    if "nsubj:pass" not in labels:
        raise KgError(
            f"the pipeline {name} has no Universal Dependencies parser", where="--parser", advice="use one with UD labels (nsubj:pass, obl)"
        )
    return _Pipeline(nlp)


def parse(
    text: str, spans: Sequence[Span], mentions: Sequence[Sequence[Mention]], folds: Sequence[Mapping[Span, str]], parser: Parser
) -> Iterator[Sentence]:
    """Each sentence with its tree.

    A named mention is read as the one word that carries its number and kind, and a folded span (a date) as the word
    given for it: a parser trained on plain prose stumbles over "the National Movement for the Liberation of Azawad
    (MNLA)" and "On Nov. 12, over 200 men", but not over "the Movement" and "On Monday, over 200 men".
    """
    prepared = [_tokens(text, span, here, fold, parser) for span, here, fold in zip(spans, mentions, folds, strict=True)]
    trees = parser.pipe(tree for tree, *_ in prepared)
    for index, (tree, (_, places, by_token, folded)) in enumerate(zip(trees, prepared, strict=True)):
        yield Sentence(index, spans[index], tree, places, by_token, folded)


def _tokens(
    text: str, span: Span, mentions: Iterable[Mention], fold: Mapping[Span, str], parser: Parser
) -> tuple[Doc, list[Span], dict[int, Mention], dict[int, Span]]:
    pieces: list[tuple[Span, str, Mention | None]] = [(m.span, m.surrogate, m) for m in mentions]
    pieces += [(s, word, None) for s, word in fold.items() if not any(s.overlaps(m.span) for m in mentions)]
    words: list[str] = []
    spaces: list[bool] = []
    places: list[Span] = []
    by_token: dict[int, Mention] = {}
    folded: dict[int, Span] = {}
    at = span.start

    def plain(until: int) -> None:
        if until > at:
            for token in parser.tokenizer(text[at:until].translate(_STRAIGHT)):
                begin = at + token.idx
                if token.text.strip():
                    words.append(token.text)
                    spaces.append(bool(token.whitespace_))
                    places.append(Span(begin, begin + len(token.text)))
                elif spaces:
                    spaces[-1] = True

    for piece, word, mention in sorted(pieces, key=lambda p: p[0]):
        if piece.start < at:
            continue
        plain(piece.start)
        if mention:
            by_token[len(words)] = mention
        else:
            folded[len(words)] = piece
        words.append(word.translate(_STRAIGHT))
        spaces.append(text[piece.end : piece.end + 1] in (" ", "\u00a0"))
        places.append(piece)
        at = piece.end
    plain(span.end)
    for i in range(1, len(words) - 1):  # a dash between spaces sets off a list or an aside, as a comma does
        if words[i] == "-" and spaces[i] and spaces[i - 1]:
            words[i] = ","
    tree = Doc(parser.vocab, words=words, spaces=spaces)
    for token in tree[1:]:
        token.is_sent_start = False
    return tree, places, by_token, folded
