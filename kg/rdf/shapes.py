"""SHACL core shapes as SPARQL: one query a property shape, over the whole store at once.

A validator visits node after node; a store answers for all nodes together, some thirty times faster. The part of SHACL that
is translated is what `ontology/shapes.ttl` is written in; by test pyshacl finds the same, in all of `ontology/bad` and in
random data. Everything else of SHACL is for `kg.rdf.shacl`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.errors import KgError
from kg.rdf.names import PREFIXES
from kg.rdf.protocol import Term

_SH = "http://www.w3.org/ns/shacl#"
_RDF = PREFIXES["rdf"]
_NODE_KINDS = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)", "BlankNode": "isBlank(?value)"}
_SAID_OF_A_SHAPE = frozenset({"path", "message", "severity", "name", "description"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One property shape: `query` finds as `?node` what breaks it."""

    name: str  # the end of its IRI
    warning: bool
    message: str
    advice: str  # its rdfs:comment
    query: str


def load_shapes(path: Path) -> list[Shape]:
    """The property shapes of a file, by name, each as a query.

    Raises:
        KgError: a shape says something that is not translated, has no target, or lacks its message.
    """
    store = Store()
    store.bulk_extend(parse(path=path, format=RdfFormat.TURTLE))
    targets: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(_SH + "property"), None):
        targets.setdefault(str(quad.object), []).extend(_targets(_said(store, quad.subject)))
    return sorted((_shape(store, NamedNode(iri[1:-1]), found, path) for iri, found in targets.items()), key=lambda shape: shape.name)


def _said(store: Store, node: Term) -> dict[str, Term]:
    """What a file says of a node: property (SHACL's by its last name) → value."""
    return {q.predicate.value.removeprefix(_SH): q.object for q in store.quads_for_pattern(node, None, None)}  # type: ignore[arg-type]


def _targets(said: Mapping[str, Term]) -> Iterator[str]:
    if "targetClass" in said:
        yield f"?node a/rdfs:subClassOf* {said['targetClass']} ."
    if "targetSubjectsOf" in said:
        yield f"?node {said['targetSubjectsOf']} ?any ."


def _shape(store: Store, node: NamedNode, targets: list[str], file: Path) -> Shape:
    said = _said(store, node)
    name = node.value.rpartition("/")[2]
    where = f"{file.name}: {name}"
    message, advice = said.get("message"), said.get(PREFIXES["rdfs"] + "comment")
    if not isinstance(message, Literal) or not isinstance(advice, Literal) or len(targets) != 1:
        raise KgError("a shape needs sh:message, rdfs:comment and one target", where=where, advice="see ontology/README.md")
    parts = dict(_parts(store, said, where))
    way = " / ".join(str(step) for step in _list(store, said["path"]))
    blocks = [block.format(target=targets[0], way=way, **parts) for key, block in _BLOCKS.items() if key in parts]
    query = "SELECT DISTINCT ?node WHERE {\n  " + "\n  UNION ".join(f"{{ {block} }}" for block in blocks) + "\n}"
    return Shape(name, said.get("severity") == NamedNode(_SH + "Warning"), message.value, advice.value, query)


_BLOCKS = {
    "least": "{target} OPTIONAL {{ ?node {way} ?value }} FILTER (!BOUND(?value))",
    "most": "SELECT ?node WHERE {{ {target} ?node {way} ?value }} GROUP BY ?node HAVING (COUNT(DISTINCT ?value) > 1)",
    "class": "{target} ?node {way} ?value . OPTIONAL {{ ?value a ?class . ?class rdfs:subClassOf* {class} }} FILTER (!BOUND(?class))",
    "values": "{target} ?node {way} ?value . FILTER (!({values}))",
}
"""The parts of a query: too few values, too many, a value without its class, a value that is not as it should be.

Written so that their cost grows with the nodes: Oxigraph runs a join inside NOT EXISTS once for each row of the whole store.
"""


def _parts(store: Store, said: Mapping[str, Term], where: str) -> Iterator[tuple[str, str]]:
    values = []
    for component, value in sorted(said.items(), key=lambda item: item[0]):
        if component in _SAID_OF_A_SHAPE or "/" in component:  # a name with a slash is a whole IRI, not SHACL's
            continue
        if component in ("minCount", "maxCount") and str(getattr(value, "value", "")) == "1":
            yield ("least", "") if component == "minCount" else ("most", "")
        elif component == "class":
            yield "class", str(value)
        elif component in _VALUES:
            # COALESCE: a value that cannot even be asked (the length of a blank node) is wrong, and not left out.
            values.append(f"COALESCE({_VALUES[component](store, value)}, false)")
        else:
            raise KgError(f"sh:{component} {value} is not translated to SPARQL", where=where,
                          advice="check it with `kg check --shapes FILE`, or write a query in ontology/checks")
    if values:
        yield "values", " && ".join(values)


def _datatype(_: Store, value: Term) -> str:
    """Also false for what only claims a type of XML Schema, such as "soon"^^xsd:date: the cast fails."""
    cast = f" && {value}(STR(?value)) = {value}(STR(?value))" if str(value).startswith("<" + PREFIXES["xsd"]) else ""
    return f"DATATYPE(?value) = {value}{cast}"


_VALUES: Mapping[str, Callable[[Store, Term], str]] = {
    "datatype": _datatype,
    "in": lambda store, value: f"?value IN ({', '.join(str(member) for member in _list(store, value))})",
    "nodeKind": lambda _, value: _NODE_KINDS[str(getattr(value, "value", "")).removeprefix(_SH)],
    "pattern": lambda _, value: f"REGEX(STR(?value), {value})",
    "minLength": lambda _, value: f"STRLEN(STR(?value)) >= {value}",
    "minInclusive": lambda _, value: f"?value >= {value}",
    "maxInclusive": lambda _, value: f"?value <= {value}",
}
"""Component of SHACL → what holds of a `?value` that is as it should be."""


def _list(store: Store, node: Term) -> list[Term]:
    """The members of an RDF list in order, or the one node that is no list."""
    said = _said(store, node)
    if _RDF + "first" not in said:
        return [node] if node != NamedNode(_RDF + "nil") else []
    return [said[_RDF + "first"], *_list(store, said[_RDF + "rest"])]
