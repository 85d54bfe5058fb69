"""What holds for every request: who may ask, what browsers may do with an answer, and one line in the log."""

from __future__ import annotations

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.logs import log

STRICT = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
EDITOR = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")  # CodeMirror measures with styles of its own
EXPLORER = ("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")  # one file that holds its scripts, and asks nobody


class Logged:
    """One line for every request, without the text of a query; and no traceback for anybody but the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.monotonic()
        told: dict[str, int] = {"bytes": 0}
        notes: dict[str, object] = {}
        scope["kg.log"] = notes

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
            elif message["type"] == "http.response.body":
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            client = scope.get("client")
            log("request", client=client[0] if client else None, method=scope["method"], path=scope["path"], **told,
                ms=round(1000 * (time.monotonic() - began), 1), **notes)


class Guarded:
    """Only requests for the names we have are answered; browsers are told to be strict with every answer."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or answer 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS:
                    headers.setdefault(name, value)
            await send(message)

        host = _name(Headers(scope=scope).get("host", ""))
        if self.hosts and host not in self.hosts:
            refused = PlainTextResponse("this service does not go by that name\nname it with kg serve --name\n", status_code=421)
            await refused(scope, receive, sending)
        else:
            await self.app(scope, receive, sending)


def _name(host: str) -> str:
    """The name in a Host header.

    >>> _name("[::1]:8000"), _name("LOCALHOST:80"), _name("")
    ('::1', 'localhost', '')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


_HEADERS = (("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cross-origin-opener-policy", "same-origin"),
            ("content-security-policy", STRICT), ("cache-control", "no-cache"))

