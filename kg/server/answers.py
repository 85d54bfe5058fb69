"""An answer on its way from a worker to a client: as it comes, in bounded memory, for as long as the client stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from kg.server.frames import DATA, END, HEAD, STOP
from kg.server.pool import Pool
from kg.server.refusal import Refusal
from kg.server.snapshot import Publication
from kg.server.turns import client_of


class WorkerAnswer(Response):
    """The answer of a worker to a job.

    What goes wrong before the first piece is sent is a `Refusal`. Later, when the status is gone already, the connection
    is cut: no client can take a part for the whole.
    """

    def __init__(self, job: Mapping[str, Any], pool: Pool, publication: Publication) -> None:
        super().__init__()
        self._job, self._pool, self._publication = job, pool, publication
        self._is_out = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, unless the client leaves; then its worker is stopped."""
        answer = asyncio.create_task(self._answer(scope, send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                answer.result()
            else:
                scope["kg.log"]["stopped"] = "the client left"
        except Refusal as refusal:
            if not self._is_out:
                raise
            scope["kg.log"]["stopped"] = refusal.what
        finally:
            gone.cancel()
            answer.cancel()
            await asyncio.gather(gone, answer, return_exceptions=True)

    async def _answer(self, scope: Scope, send: Send) -> None:
        async with self._pool.worker(client_of(scope)) as worker:
            snapshot = self._publication.current
            if snapshot is None:
                raise Refusal(503, "there is no finished graph yet", advice="a build is running; try again later",
                              headers={"Retry-After": "5"})
            snapshot.readers += 1
            try:
                limits = self._pool.limits
                job = {**self._job, "snapshot": str(snapshot.folder), "rows": limits.rows}
                async for kind, content in worker.ask(job, limits):
                    await self._pass_on(kind, content, scope, send)
            finally:
                snapshot.release()

    async def _pass_on(self, kind: bytes, content: bytes, scope: Scope, send: Send) -> None:
        if kind == HEAD:
            self._is_out = True
            headers = [(b"content-type", json.loads(content)["type"].encode()), (b"vary", b"Accept"),
                       (b"x-sparql-maxrows", str(self._pool.limits.rows).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
        elif kind == DATA:
            await send({"type": "http.response.body", "body": content, "more_body": True})
        elif kind == END:
            scope["kg.log"]["rows"] = json.loads(content)["rows"]
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        elif kind == STOP:
            raise Refusal.load(json.loads(content))


async def _gone(receive: Receive) -> None:
    message: Message = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await receive()
