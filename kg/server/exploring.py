"""The explorer of a graph too large for one page: each answer is the page of a part of it, from which the next part can be asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from kg.model import Claim, Document, Kind, ties
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import entity_iri
from kg.rdf.reading import read_documents
from kg.server import pages
from kg.server.answers import WorkerAnswer
from kg.server.finding import COUNTED, Found, find_actors
from kg.server.middleware import EXPLORER
from kg.server.negotiation import HTML, PLAIN_JSON, choose
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.surroundings import Surroundings, around, at_first

MOST_CENTRES = 8  # actors whose surroundings are asked for at once
WHOLE = 5_000_000  # bytes of a build's page that is still sent whole: some 5,000 claims

POLICY = EXPLORER.replace("style-src", "connect-src 'self'; style-src 'self'")
"""What the browser may do with such a page: it asks this service for names, and nobody else for anything."""


class ExplorerAnswer(WorkerAnswer):
    """The answer of a worker to a question of the explorer, with the policy that its page needs."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"content-security-policy", POLICY.encode())]}
            await send(message)

        await super().__call__(scope, receive, sending)


def read_question(asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the fields of an address ask for: `find`, or `actor` up to eight times, or nothing, which is the front page.

    Raises:
        Refusal: anything else.

    >>> read_question([("actor", "tnla"), ("actor", "aa"), ("steps", "1")])
    {'actors': ['tnla', 'aa'], 'find': None}
    """
    actors = list(dict.fromkeys(value for field, value in asked if field == "actor" and value))
    find = [value for field, value in asked if field == "find"]
    steps = {value for field, value in asked if field == "steps"}
    unknown = {field for field, _ in asked} - {"actor", "find", "steps"}
    if unknown:
        raise Refusal(400, f"the explorer cannot be asked for {min(unknown)!r}", advice="ask for find=NAME or actor=ID")
    if steps - {"1"}:
        raise Refusal(400, "one step around an actor is given at once", advice="name more actors: actor=ID&actor=ID")
    if len(actors) > MOST_CENTRES or len(find) > 1 or (find and actors):
        raise Refusal(400, "that is too much for one page", advice=f"ask for find=NAME once, or actor=ID up to {MOST_CENTRES} times")
    return {"actors": actors, "find": find[0] if find else None}


def explore(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    """A page of the claims around some actors, or between the most named; or which actors a name fits.

    Raises:
        Refusal: nobody has such an id.
    """
    actors, find, root = job["actors"], job["find"], job["root"]
    if find is not None:
        found = find_actors(store, find)
        if choose(job["accept"], (HTML, PLAIN_JSON)) is PLAIN_JSON:
            reply.begin(PLAIN_JSON)
            reply.write(json.dumps([_row(one) for one in found]).encode())
            return
        exact = [one for one in found if one.exact]
        if len(exact) != 1 and len(found) != 1:
            reply.begin(HTML)
            reply.write(pages.found_page(find, found, root=root).encode())
            return
        actors = [(exact or found)[0].id]
    page = _draw_around(store, actors, root) if actors else _draw_front(store, root)
    reply.begin(HTML)
    reply.write(page.encode("utf-8", "replace"))


def _draw_around(store: EmbeddedStore, actors: Sequence[str], root: str) -> str:
    part = around(store, [entity_iri(id_, Kind.ARMED_GROUP) for id_ in actors])
    if not part.claims:
        raise Refusal(404, f"no claim names {' or '.join(actors)}", advice="find actors by name: /explore?find=NAME")
    return _draw(store, part, actors, root)


@lru_cache(maxsize=1)  # a worker has one store at a time, and this is the page that most ask for
def _draw_front(store: EmbeddedStore, root: str) -> str:
    return _draw(store, at_first(store), (), root)


def _draw(store: EmbeddedStore, part: Surroundings, actors: Sequence[str], root: str) -> str:
    from kg.network.layout import positions
    from kg.network.project import project
    from kg.view.explorer import Server, drawn_at_first, explorer_page

    names = _names(part.claims)
    title = f"Around {', '.join(names.get(id_, id_) for id_ in actors)}" if actors else "Allegiance"
    laid = positions(project(tie for tie in ties(part.claims) if drawn_at_first(tie)))
    server = Server(f"{root}/explore", tuple(actors), _told(part, len(actors)))
    return explorer_page(part.claims, _documents(store, part.claims), positions=laid, title=title, server=server)


def _told(part: Surroundings, asked: int) -> str:
    """What of the whole a page shows, in words; `asked`: around how many actors, 0 at first."""
    them = "it" if asked == 1 else "them"
    if not asked:
        return "All there is." if part.is_all else (
            f"A first look: the actors most often named in {part.found:,} of the claims. Find any other by name.")
    if part.is_all:
        return f"All claims about {them}, and claims between the neighbours."
    return (f"Chosen from {part.found:,} claims about {them}, with {part.neighbours:,} neighbours: the neighbours most often named, and of "
            "each kind of tie some claims from its whole time.")


def _names(claims: Sequence[Claim]) -> dict[str, str]:
    return {reference.id: reference.name for claim in reversed(claims) for _, reference in claim.references()}


def _documents(store: EmbeddedStore, claims: Sequence[Claim]) -> dict[str, Document]:
    stored = (one for id_ in sorted({claim.document for claim in claims}) for one in read_documents(store, document=id_))
    return {one.id: Document(one.id, "", title=one.title, publisher=one.publisher, published=one.published, url=one.url)
            for one in stored}


def _row(found: Found) -> dict[str, Any]:
    return {"id": found.id, "name": found.name, "label": found.label, "kind": found.kind, "claims": found.claims,
            "more": found.claims >= COUNTED}
