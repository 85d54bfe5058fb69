"""How fast documents are read: the whole pipeline against the bare parser on the same text, in one run on one core.

    python tests/bench/extraction.py [--documents N] [--memory N]

Prints CPU seconds, words and documents a second, and the ratio to the bare parser (budget: 1.5), without and with the
model; then the peak memory after a tenth and after all of `--memory` documents (it should not grow).
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from spacy.tokens import Doc

from kg.extract.extractor import Extractor
from kg.extract.parsing import load_parser
from kg.model import Document
from kg.read import read_documents
from kg.seeds import load_seeds

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"


def documents(count: int) -> Iterator[Document]:
    """That many documents: those of the demo, again and again under names of their own."""
    known = [d for d in read_documents([SEEDS]) if isinstance(d, Document)]
    for number, document in enumerate(islice(cycle(known), count)):
        yield replace(document, id=f"{number}-{document.id}")


def measure(work: Callable[[], None]) -> float:
    """CPU seconds of the best of three runs."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--memory", type=int, default=0, metavar="N")
    given = parser.parse_args()
    seeds, bare = load_seeds(), load_parser(None)
    frames, whole = (Extractor(seeds.actors, seeds.places, model=model) for model in (False, True))
    texts = list(documents(given.documents))
    sentences = [[[t.text for t in s.tree] for s in whole.sentences(d)[0]] for d in texts]
    words = sum(len(s) for d in sentences for s in d)

    def parse() -> None:
        for document in sentences:
            for _ in bare.pipe(Doc(bare.vocab, words=s) for s in document):
                pass

    def read(extractor: Extractor) -> None:
        for document in texts:
            extractor.extract(document)

    base = measure(parse)
    sys.stdout.write(f"{len(texts)} documents, {words} words\n")
    times = {"bare parser": base, "with frames": measure(lambda: read(frames)), "with model": measure(lambda: read(whole))}
    for name, seconds in times.items():
        speed = f"{words / seconds:8.0f} words/s {len(texts) / seconds:6.1f} documents/s"
        sys.stdout.write(f"{name:12} {seconds:6.2f} s {speed}  {seconds / base:.2f} times the bare parser\n")
    for number, document in enumerate(documents(given.memory), start=1):
        whole.extract(document)
        if number in (given.memory // 10, given.memory):
            sys.stdout.write(f"peak memory after {number} documents: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")


if __name__ == "__main__":
    main()
