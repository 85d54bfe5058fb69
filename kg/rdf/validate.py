"""What is wrong with a store: SHACL shapes for single nodes, and set-based SPARQL checks for what lies between them.

Importing this module loads pyshacl and rdflib; only `kg check` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import pyshacl
from pyoxigraph import NamedNode, QuerySolutions, Variable
from rdflib import RDF, RDFS, SH, Graph

from kg.data import data_folder
from kg.errors import KgError
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import compact
from kg.rdf.protocol import Store

_HEADER = re.compile(r"#\s*(severity|message|advice):\s*(.*\S)\s*")

# Where a node is at home: a claim has its document and sentence, a mention its document, a stretch both.
_HOME = """
SELECT ?claim ?document ?sentence WHERE {
  { VALUES ?node { UNDEF } ?node kg:key ?key BIND (?node AS ?claim) OPTIONAL { ?node prov:wasDerivedFrom ?document }
    OPTIONAL { ?node kg:evidence ?stretch . ?stretch oa:hasSelector ?words . ?words oa:exact ?sentence } }
  UNION { VALUES ?node { UNDEF } ?node a kg:Mention OPTIONAL { ?node prov:wasDerivedFrom ?document } }
  UNION { VALUES ?node { UNDEF } ?node a oa:SpecificResource OPTIONAL { ?node oa:hasSource ?document }
          OPTIONAL { ?node oa:hasSelector ?words . ?words oa:exact ?sentence } }
  UNION { VALUES ?node { UNDEF } ?node a kg:Document BIND (?node AS ?document) }
} LIMIT 1"""


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
    claim: str | None  # the same when the node is a claim
    document: str | None
    sentence: str | None
    message: str
    advice: str


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

    The shapes cost about two milliseconds a claim, the checks a few queries; memory grows with the problems.

    Args:
        store: an embedded store.
        folder: where shapes.ttl and checks/ lie; those of the installation unless given.

    Raises:
        KgError: not an embedded store, or a check without its header.
    """
    where = data_folder("ontology") if folder is None else folder
    return sorted({*_shapes(store, where / "shapes.ttl"), *_checks(store, where / "checks")},
                  key=lambda p: (p.severity != Severity.VIOLATION, p.shape, p.document or "", p.node, p.message))


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


def _checks(store: Store, folder: Path) -> Iterator[Problem]:
    for one in load_checks(folder):
        for row in list(cast(QuerySolutions, store.query(one.text))):
            yield _problem(store, row["node"], one.severity, one.name, one.message, one.advice)


def _shapes(store: Store, path: Path) -> Iterator[Problem]:
    if not isinstance(store, EmbeddedStore):
        raise KgError("only an embedded store can be checked", where="kg check", advice="open the store's folder")
    shapes = Graph().parse(path, format="turtle")
    # In place: a copy of a large store would not fit, and without advanced features pyshacl only reads.
    _, report, _ = pyshacl.validate(cast(Any, store.inner), shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        severity = Severity.WARNING if report.value(result, SH.resultSeverity) == SH.Warning else Severity.VIOLATION
        yield _problem(store, NamedNode(str(report.value(result, SH.focusNode))), severity, str(shape).rpartition("/")[2],
                       str(report.value(result, SH.resultMessage)), str(shapes.value(shape, RDFS.comment)))


def _problem(store: Store, node: NamedNode, severity: Severity, shape: str, message: str, advice: str) -> Problem:
    home = next(cast(QuerySolutions, store.query(_HOME, {Variable("node"): node})), None)
    claim, document, sentence = (home["claim"], home["document"], home["sentence"]) if home else (None, None, None)
    return Problem(severity, shape, compact(node.value), compact(claim.value) if claim else None,
                   compact(document.value) if document else None, sentence.value if sentence else None, message, advice)
