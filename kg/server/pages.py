"""Values to HTML. Every text is escaped by the templates; addresses are made here, and only here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.model import Claim, Kind, Reference
from kg.rdf.formats import Rows, Value
from kg.rdf.names import compact
from kg.rdf.queries import Query
from kg.server.finding import COUNTED, Found

if TYPE_CHECKING:
    from kg.server.resources import Resource

MOST_ROWS = 500  # on one page; csv and json give all
_HERE = Path(__file__).parent
_FAMILIES = {"claim": "claims", "actor": "actors", "place": "places", "operation": "operations", "document": "documents"}


def query_page(query: Query, given: Mapping[str, str], rows: Rows | None, problem: str | None, *, root: str) -> str:
    """A named query with the form of its parameters and, when it was asked, the answer."""
    shown = rows.rows[:MOST_ROWS] if rows else ()
    return _render("query.html", root=root, title=query.name, query=query, given=given, columns=query.columns, rows=shown,
                   total=len(rows.terms) if rows else None, problem=problem)


def queries_page(queries: Sequence[Query], *, root: str) -> str:
    """All named queries with their questions and parameters: the readable form of /openapi.json."""
    return _render("queries.html", root=root, title="Queries", queries=queries)


def resource_page(resource: Resource, *, root: str) -> str:
    """A claim, actor, place, operation or document."""
    return _render("claim.html" if resource.claim else "resource.html", root=root, title=resource.names[0], resource=resource,
                   claim=resource.claim, document=resource.document, sections=_sections(resource))


def editor_page(*, root: str) -> str:
    """The query editor."""
    return _render("editor.html", root=root, title="Editor")


def found_page(text: str, found: Sequence[Found], *, root: str) -> str:
    """The actors whose names fit what was typed, when these are several or none."""
    return _render("found.html", root=root, title="Find", text=text, found=found, most=COUNTED)


def error_page(status: int, what: str, advice: str | None, *, root: str) -> str:
    """Why there is no answer."""
    return _render("error.html", root=root, title=str(status), status=status, what=what, advice=advice)


def _render(template: str, *, root: str, **values: Any) -> str:
    return _environment().get_template(template).render(root=root, **values)


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters.update(short=compact, link=link, address=address, web=web_address, roles=_roles, words=_words)
    return environment


def link(value: Value) -> str | None:
    """The address here of a cell that is a compact IRI of the graph; `None`: it is none, or has no page.

    >>> link("actor:tnla"), link("document:reports/a%20b.md"), link("AA: a name")
    ('/actors/tnla', '/documents/reports/a%20b.md', None)
    """
    family, colon, id_ = value.partition(":") if isinstance(value, str) else ("", "", "")
    folder = _FAMILIES.get(family)
    return f"/{folder}/{id_}" if folder and colon and id_ and not id_.startswith((" ", "/")) and " " not in id_ else None


def address(reference: Reference) -> str:
    """The address here of what a claim speaks of."""
    family = reference.kind.value if reference.kind in (Kind.PLACE, Kind.OPERATION) else "actor"
    return f"/{_FAMILIES[family]}/{quote(reference.id, safe='')}"


def web_address(url: str | None) -> str | None:
    """An address that a link may be made of: http or https, with a host.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    (None, 'https://example.org/a')
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _roles(claim: Claim) -> list[tuple[str, Reference]]:
    return [(role.rstrip("_"), reference) for role, reference in claim.references()]


def _words(claim: Claim) -> list[str]:
    """What is unusual in how a claim stands."""
    usual = ("stated", "positive", "actual")
    said = (claim.polarity, claim.modality, claim.certainty, claim.role, claim.outcome)
    return [str(value) for value in said if value and value not in usual]


def _sections(resource: Resource) -> list[tuple[str, list[tuple[str | None, Claim]]]]:
    """The claims of a page under their headings."""
    if resource.claim is None:
        return [(f"Claims ({'the first ' if resource.more else ''}{len(resource.claims)})", [(None, claim) for claim in resource.claims])]
    return [("Says the same", [(None, claim) for claim in resource.same]),
            ("Says otherwise, of perhaps the same time", [(why, claim) for why, claim in resource.against])]
