"""The web application: addresses, and what each of them asks of a worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.rdf.queries import Query, list_queries
from kg.server import exploring, pages
from kg.server.answers import WorkerAnswer
from kg.server.logs import log
from kg.server.middleware import EDITOR, EXPLORER, Guarded, Logged
from kg.server.negotiation import HTML, PLAIN_JSON, TEXT, Format, choose, prefer
from kg.server.openapi import FORMATS, openapi
from kg.server.pool import Pool
from kg.server.protocol import fields, read_request
from kg.server.refusal import Refusal
from kg.server.resources import FAMILIES
from kg.server.settings import Settings
from kg.server.snapshot import Publication
from kg.server.vocabulary import vocabulary

_ASSETS = Path(__file__).parent / "assets"
_LOOK_EVERY = 0.5  # seconds between looks for a finished build


class Service:
    """The state behind the addresses: what is published, and who works."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = Pool(settings.workers, settings.limits)
        self.publication = Publication(settings.store, settings.out / "published.json")

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """Workers and snapshot, from the start of the service to its end."""
        await asyncio.to_thread(self.publication.open)
        watch: asyncio.Task[None] | None = None
        try:
            await self._refresh()
            await self.pool.open()
            watch = asyncio.create_task(self._watch())
            log("ready", workers=self.pool.running, isolated=self.pool.isolated, store=str(self.settings.store))
            yield
        finally:
            if watch:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)
            await self.pool.close()
            self.publication.close()
            log("stopped")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            await self._refresh()

    async def _refresh(self) -> None:
        if not self.publication.is_stale():
            return
        try:
            if await asyncio.to_thread(self.publication.refresh):
                log("snapshot", store=str(self.settings.store))
        except (KgError, OSError) as problem:
            log("snapshot", problem=str(problem))

    @cached_property
    def queries(self) -> dict[str, Query]:
        """The named queries by name."""
        return {query.name: query for query in list_queries()}

    @cached_property
    def vocabulary(self) -> dict[str, Any]:
        """What the editor knows."""
        return vocabulary()

    def answer(self, request: Request, **job: Any) -> Response:
        """The answer of a worker to a job."""
        job.setdefault("accept", request.headers.get("accept"))
        return WorkerAnswer({**job, "root": _root(request), "head": request.method == "HEAD"}, self.pool, self.publication)

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; GET without a query gives the service description."""
        asked = await read_request(request, most_bytes=self.settings.limits.body)
        if asked.query is not None:
            return self.answer(request, do="sparql", query=asked.query, default_graphs=asked.default_graphs,
                               named_graphs=asked.named_graphs)
        if request.method == "POST":
            raise Refusal(400, "no query was sent", advice="send it as query=...")
        return self.answer(request, do="service", base=_base(request))

    async def void(self, request: Request) -> Response:
        """VoID, at the address that its specification reserves."""
        return self.answer(request, do="service", base=_base(request))

    async def list_queries(self, request: Request) -> Response:
        """The named queries, for people and for programs."""
        if choose(request.headers.get("accept"), (PLAIN_JSON, HTML)) is HTML:
            return HTMLResponse(pages.queries_page(list(self.queries.values()), root=_root(request)), headers={"Vary": "Accept"})
        return JSONResponse([{
            "name": query.name, "question": query.question, "columns": query.columns, "address": f"{_base(request)}/queries/{query.name}",
            "parameters": [{"name": p.name, "type": p.type, "required": p.required, "default": p.default, "description": p.description}
                           for p in query.parameters],
        } for query in self.queries.values()], headers={"Vary": "Accept"})

    async def query(self, request: Request) -> Response:
        """A named query. A form sends its empty fields too: they count as not given."""
        name = request.path_params["name"]
        query = self.queries.get(name)
        if query is None:
            raise Refusal(404, f"no query is called {name!r}", advice=f"one of {', '.join(self.queries)}")
        found = fields(request)
        for field in {field for field, _ in found}:
            if sum(field == other for other, _ in found) > 1:
                raise Refusal(400, f"query {name}: {field} was given more than once")
        given = {field: value for field, value in found if value}
        format = given.pop("format", None)
        accept = _accept(format) if format else request.headers.get("accept")
        ready = all(p.name in given for p in query.parameters if p.required)
        return self.answer(request, do="named", name=name, parameters=given, accept=accept, asked=ready or bool(given))

    async def openapi(self, request: Request) -> Response:
        """The named queries for programs that write clients."""
        return JSONResponse(openapi(list(self.queries.values()), _base(request)))

    async def resource(self, request: Request) -> Response:
        """A claim, actor, place, operation, document or mention."""
        return self.answer(request, do="resource", family=request.path_params["family"], id=request.path_params["id"])

    async def identifier(self, request: Request) -> Response:
        """The path of an IRI of the graph: 303 to the address of its description."""
        family, id_ = request.path_params["family"], request.path_params["id"]
        if family not in FAMILIES:
            raise Refusal(404, f"no IRI of the graph begins with {family}/", advice=f"one of {', '.join(FAMILIES)}")
        return RedirectResponse(f"{_root(request)}/{FAMILIES[family]}/{quote(id_, safe='/')}", status_code=303)

    async def explorer(self, request: Request) -> Response:
        """The page of the build, where it is one that a browser can hold; else the page that asks for parts of the graph."""
        page = self.settings.out / "explorer.html"
        with suppress(OSError):
            if page.stat().st_size <= exploring.WHOLE:
                return FileResponse(page, media_type="text/html", headers={"Content-Security-Policy": EXPLORER})
        return await self.explore(request)

    async def explore(self, request: Request) -> Response:
        """The page of a part of the graph: around the actors asked for, or between the most named."""
        job = {"do": "explore", "accept": request.headers.get("accept"), **exploring.read_question(fields(request)),
               "root": _root(request), "head": request.method == "HEAD"}
        return exploring.ExplorerAnswer(job, self.pool, self.publication)

    async def editor(self, request: Request) -> Response:
        """The query editor."""
        return HTMLResponse(pages.editor_page(root=_root(request)), headers={"Content-Security-Policy": EDITOR})

    async def terms(self, _: Request) -> Response:
        """What the editor completes."""
        return JSONResponse(self.vocabulary)

    async def health(self, _: Request) -> Response:
        """Whether it can answer."""
        ready = self.publication.current is not None and self.pool.running > 0
        state = {"live": True, "ready": ready, "workers": self.pool.running, "waiting": self.pool.waiting, "isolated": self.pool.isolated}
        return JSONResponse(state, status_code=200 if ready else 503, headers={} if ready else {"Retry-After": "5"})

    async def live(self, _: Request) -> Response:
        """Whether it runs at all."""
        return JSONResponse({"live": True})


def make_app(settings: Settings) -> Starlette:
    """The application; its workers start when it does."""
    service = Service(settings)
    routes = [
        Route("/", service.explorer), Route("/explore", service.explore),
        Route("/editor", service.editor), Route("/editor/terms.json", service.terms),
        Route("/sparql", service.sparql, methods=["GET", "POST"]), Route("/.well-known/void", service.void),
        Route("/queries", service.list_queries), Route("/queries/{name}", service.query), Route("/openapi.json", service.openapi),
        Route("/id/{family}/{id:path}", service.identifier),
        *(Route(f"/{folder}/{{id:path}}", _with_family(service, family)) for family, folder in FAMILIES.items()),
        Route("/health", service.health), Route("/health/ready", service.health), Route("/health/live", service.live),
        Mount("/assets", StaticFiles(directory=_ASSETS)),
    ]
    middleware = [Middleware(Logged), Middleware(Guarded, hosts=settings.allowed_hosts)]
    if settings.origins:
        middleware.append(Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "HEAD", "POST"],
                                     allow_headers=["Accept", "Content-Type"], expose_headers=["X-SPARQL-MaxRows"], max_age=86400))
    middleware.append(Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5))
    return Starlette(routes=routes, middleware=middleware, lifespan=service.running,
                     exception_handlers={Refusal: _refuse, HTTPException: _refuse_http, Exception: _fail})


def _with_family(service: Service, family: str) -> Any:
    async def describe(request: Request) -> Response:
        request.path_params["family"] = family
        return await service.resource(request)

    return describe


def _accept(format: str) -> str:
    types: dict[str, Format] = {one.name: one for one in FORMATS}
    if format not in types:
        raise Refusal(400, f"unknown format {format!r}", advice=f"one of {', '.join(types)}")
    return types[format].media_type


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")


def _base(request: Request) -> str:
    url = request.url
    return f"{url.scheme}://{url.netloc}{_root(request)}"


def _refuse(request: Request, problem: Exception) -> Response:
    """A refusal in the form that the client reads; text when it reads none of them."""
    if not isinstance(problem, Refusal):
        raise problem
    if problem.status == 500:
        log("problem", what=problem.what)
        problem = Refusal(500, "an error in the service itself; its log says more")
    format = prefer(request.headers.get("accept"), (TEXT, PLAIN_JSON, HTML)) or TEXT
    headers = {"Vary": "Accept", **problem.headers}
    if format is HTML:
        return HTMLResponse(pages.error_page(problem.status, problem.what, problem.advice, root=_root(request)), problem.status, headers)
    if format is TEXT:
        return PlainTextResponse(problem.text(), problem.status, headers)
    row: dict[str, Any] = {"status": problem.status, "problem": problem.what}
    if problem.advice:
        row["advice"] = problem.advice
    if problem.position:
        row["line"], row["column"] = problem.position
    return JSONResponse(row, problem.status, headers)


def _refuse_http(request: Request, problem: Exception) -> Response:
    """What the router found: nothing there, or another method."""
    if not isinstance(problem, HTTPException):
        raise problem
    advice = {404: "see /queries, /editor, /sparql", 405: f"use {(problem.headers or {}).get('Allow', 'GET')}"}.get(problem.status_code)
    what = {404: "there is nothing at this address", 405: f"{request.method} is not possible here"}.get(problem.status_code, problem.detail)
    if request.method == "OPTIONS" and problem.status_code == 405:
        return Response(status_code=204, headers={"Allow": f"{(problem.headers or {}).get('Allow', 'GET, HEAD')}, OPTIONS"})
    return _refuse(request, Refusal(problem.status_code, what, advice=advice, headers=problem.headers))


def _fail(request: Request, problem: Exception) -> Response:
    return _refuse(request, Refusal(500, f"{type(problem).__name__}: {problem}"))
