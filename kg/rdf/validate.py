"""What is wrong with a store: shapes for single nodes, checks for what lies between them, both as SPARQL over everything at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Variable

from kg.data import data_folder
from kg.errors import KgError
from kg.rdf.names import compact
from kg.rdf.protocol import Store
from kg.rdf.shapes import load_shapes

_HEADER = re.compile(r"#\s*(severity|message|advice):\s*(.*\S)\s*")

# Where a node is at home: a claim has its document and sentence, a mention those of a claim that uses it, a stretch its own.
_HOME = """
SELECT ?claim ?document ?sentence WHERE {
  { VALUES ?node { UNDEF } ?node kg:key ?key BIND (?node AS ?claim) OPTIONAL { ?node prov:wasDerivedFrom ?document }
    OPTIONAL { ?node kg:evidence/oa:hasSelector/oa:exact ?sentence } }
  UNION { VALUES ?node { UNDEF } ?node a kg:Mention OPTIONAL { ?node prov:wasDerivedFrom ?document }
          OPTIONAL { ?claim kg:subjectMention|kg:objectMention|kg:placeMention|kg:fromMention|kg:toMention|kg:operationMention
                       |kg:attributedToMention ?node OPTIONAL { ?claim kg:evidence/oa:hasSelector/oa:exact ?sentence } } }
  UNION { VALUES ?node { UNDEF } ?node a oa:SpecificResource OPTIONAL { ?node oa:hasSource ?document }
          OPTIONAL { ?node oa:hasSelector/oa:exact ?sentence }
          OPTIONAL { ?claim kg:evidence|kg:furtherEvidence ?node } }
  UNION { VALUES ?node { UNDEF } ?node a kg:Document BIND (?node AS ?document) }
} ORDER BY DESC(BOUND(?claim)) ?claim ?sentence LIMIT 1"""


class Severity(StrEnum):
    """Whether something must not be, or should be looked at."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    severity: Severity
    shape: str  # name of the shape or check: file in ontology/checks/, node in ontology/shapes.ttl
    node: str  # IRI, the short way
    claim: str | None  # the claim that it is, or one that uses it
    document: str | None
    sentence: str | None  # of that claim
    message: str
    advice: str

    def order(self) -> tuple[bool, str, str, str, str]:
        """What to show first: violations, then by shape and place."""
        return self.severity is not Severity.VIOLATION, self.shape, self.document or "", self.node, self.message


@dataclass(frozen=True, slots=True)
class Check:
    """A query that must give no row. Its `?node` is what is wrong."""

    name: str
    severity: Severity
    message: str
    advice: str
    text: str


def check(store: Store, *, folder: Path | None = None) -> list[Problem]:
    """What is wrong with a store, violations first.

    Each shape and each check is one query over the whole store; memory grows with the problems.

    Args:
        store: the store.
        folder: where shapes.ttl and checks/ lie; those of the installation unless given.

    Raises:
        KgError: a check without its header, or a shape that says what is not translated (`shapes.load_shapes`).
    """
    where = data_folder("ontology") if folder is None else folder
    return sorted({*_shapes(store, where / "shapes.ttl"), *_checks(store, where / "checks")}, key=Problem.order)


def load_checks(folder: Path) -> list[Check]:
    """The set-based checks of a folder, by name.

    Raises:
        KgError: a file without one line each of severity, message and advice.
    """
    return [_check(path) for path in sorted(folder.glob("*.rq"))]


def _check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    header = {match[1]: match[2] for line in text.splitlines() if (match := _HEADER.fullmatch(line))}
    try:
        return Check(path.stem, Severity(header["severity"]), header["message"], header["advice"], text)
    except (KeyError, ValueError) as problem:
        raise KgError(f"the header of a check lacks or misspells {problem}", where=str(path), advice="see ontology/README.md") from None


def problem_at(store: Store, node: str, severity: Severity, shape: str, message: str, advice: str) -> Problem:
    """A problem with where it is: the claim, the document and the sentence of the node of this IRI."""
    home = None if node.startswith("_:") else next(cast(QuerySolutions, store.query(_HOME, {Variable("node"): NamedNode(node)})), None)
    claim, document, sentence = (home["claim"], home["document"], home["sentence"]) if home else (None, None, None)
    return Problem(severity, shape, compact(node), compact(claim.value) if claim else None,
                   compact(document.value) if document else None, sentence.value if sentence else None, message, advice)


def _checks(store: Store, folder: Path) -> Iterator[Problem]:
    for one in load_checks(folder):
        yield from _found(store, one.text, one.severity, one.name, one.message, one.advice)


def _shapes(store: Store, path: Path) -> Iterator[Problem]:
    for shape in load_shapes(path):
        severity = Severity.WARNING if shape.warning else Severity.VIOLATION
        yield from _found(store, shape.query, severity, shape.name, shape.message, shape.advice)


def _found(store: Store, query: str, severity: Severity, name: str, message: str, advice: str) -> Iterator[Problem]:
    for row in list(cast(QuerySolutions, store.query(query))):
        node = row["node"]
        yield problem_at(store, str(node) if isinstance(node, BlankNode) else node.value, severity, name, message, advice)
