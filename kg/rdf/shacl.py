"""Shapes of one's own, in all of SHACL, by pyshacl on the store itself.

Importing this module loads pyshacl and rdflib; only `kg check --shapes` and tests do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef

from kg.errors import KgError
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import compact
from kg.rdf.protocol import Store
from kg.rdf.validate import Problem, Severity, problem_at


def check_shapes(store: Store, path: Path) -> list[Problem]:
    """What breaks the shapes of a SHACL file, violations first.

    More than a millisecond a claim: a validator visits node after node. `rdfs:comment` or `sh:description` of a shape is
    the advice. pyshacl sees a store's texts with their type: in sh:in and sh:hasValue write "x"^^xsd:string.

    Raises:
        KgError: not an embedded store, or the file holds no shapes that can be read.
    """
    if not isinstance(store, EmbeddedStore):
        raise KgError("only an embedded store can be checked against SHACL", where="kg check --shapes", advice="open the store's folder")
    try:
        shapes = Graph().parse(path, format="turtle")
        # In place: a copy of a large store would not fit, and without advanced features pyshacl only reads.
        _, report, text = pyshacl.validate(cast(Any, store.inner), shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    except Exception as problem:  # rdflib and pyshacl raise whatever their parsers do
        raise KgError(f"these shapes cannot be used: {(str(problem) or type(problem).__name__).splitlines()[0]}", where=str(path),
                      advice="give SHACL in Turtle; where it is, pyshacl stumbles over the data: see `kg check` first") from None
    if not isinstance(report, Graph):
        raise KgError(f"these shapes cannot be used: {text}", where=str(path), advice="give SHACL in Turtle")
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        severity = Severity.VIOLATION if report.value(result, SH.resultSeverity) == SH.Violation else Severity.WARNING
        path_of_result = report.value(result, SH.resultPath)
        name = str(shape).rpartition("/")[2] if isinstance(shape, URIRef) else f"on {compact(str(path_of_result or 'the node'))}"
        advice = shapes.value(shape, RDFS.comment) or shapes.value(shape, SH.description) or "See the shape."
        found.add(problem_at(store, str(report.value(result, SH.focusNode)), severity, name,
                             str(report.value(result, SH.resultMessage)), str(advice)))
    return sorted(found, key=Problem.order)
