"""Score a parser on a treebank's own words, each sentence a doc of its own, and time it.

    python -m recipes.parser.evaluate PARSER FILE.conllu... [--words N]

PARSER is a folder of ours (with `model.onnx`) or a spaCy pipeline. Every token counts, punctuation too; labels with their subtypes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.biaffine import load
from recipes.parser.treebank import Sentence, read_conllu

MEASURES = ("uas", "las", "upos", "feats", "lemma")


def docs_of(sentences: Iterable[Sentence], vocab: Vocab) -> Iterator[Doc]:
    """A doc for each sentence, without its annotations."""
    for s in sentences:
        doc = Doc(vocab, words=s.words, spaces=s.spaces)
        for token in doc[1:]:
            token.is_sent_start = False
        yield doc


def count(sentence: Sentence, doc: Doc) -> Counter[str]:
    """How many tokens have the right head, head and label, part of speech, features and lemma."""
    found = Counter[str](words=len(doc))
    for i, token in enumerate(doc):
        arc = (0 if token.head.i == i else token.head.i + 1) == sentence.heads[i]
        found["uas"] += arc
        found["las"] += arc and token.dep_.lower() == sentence.deps[i]
        found["upos"] += token.pos_ == sentence.pos[i]
        found["feats"] += str(token.morph) == str(doc.vocab.morphology.normalize_features(sentence.feats[i]) if sentence.feats[i] else "")
        found["lemma"] += token.lemma_ == sentence.lemmas[i]
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parser", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--words", type=int, help="time this many words of the first file instead, three times")
    given = parser.parse_args()
    pipe: Callable[..., Iterator[Doc]]
    if (given.parser / "model.onnx").exists():
        vocab, pipe = spacy.blank("en").vocab, load(given.parser).pipe
    else:
        nlp = spacy.load(given.parser)
        vocab, pipe = nlp.vocab, nlp.pipe
    if given.words:
        taken: list[Sentence] = []
        for sentence in read_conllu(given.files[0]):
            if sum(len(s.words) for s in taken) < given.words:
                taken.append(sentence)
        for size in (64, 64, 64, 256):
            docs = list(docs_of(taken, vocab))
            began = time.process_time()
            for _ in pipe(docs, batch_size=size):
                pass
            spent = time.process_time() - began
            words = sum(map(len, docs))
            sys.stdout.write(f"batch_size {size}: {words} words, {spent:.2f} s CPU, {words / spent:.0f} words/s\n")
        return
    for path in given.files:
        sentences = list(read_conllu(path))
        totals: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence, doc in zip(sentences, pipe(docs_of(sentences, vocab), batch_size=64), strict=True):
            found = count(sentence, doc)
            totals[sentence.genre] += found
            totals["all"] += found
        for genre, total in sorted(totals.items()):
            shares = {m: round(100 * total[m] / total["words"], 2) for m in MEASURES}
            sys.stdout.write(json.dumps({"file": path.stem, "genre": genre, "words": total["words"], **shares}) + "\n")


if __name__ == "__main__":
    main()
