"""The service as a running program: socket, signals, log."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import uvicorn

from kg.errors import KgError
from kg.server.app import make_app
from kg.server.logs import log
from kg.server.settings import Settings

_KEEP = 75  # seconds that an idle connection is kept: longer than clients and proxies do, so that none closes under a request
_GRACE = 5  # seconds that running requests have beyond their own limit when the service stops


def serve(settings: Settings, *, tell: Callable[[str], None], root: str = "", proxies: str = "127.0.0.1") -> None:
    """Serve until SIGTERM or Ctrl-C; requests that run then are finished first.

    Args:
        settings: what, where and how.
        tell: is told the address as soon as requests are taken.
        root: the path under which a proxy has the service, such as "/kg".
        proxies: addresses or networks, separated by commas, of proxies whose X-Forwarded headers are believed.

    Raises:
        KgError: the address is taken or not allowed.
    """
    listening = _listen(settings)
    port = listening.getsockname()[1]
    if settings.is_public:
        log("warning", problem=f"{settings.host} is reachable from other machines; put a proxy with TLS and a sign-in before it")
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
    logging.getLogger("uvicorn").addHandler(_Lines())
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    config = uvicorn.Config(make_app(settings), log_config=None, access_log=False, server_header=False, lifespan="on", root_path=root,
                            proxy_headers=True, forwarded_allow_ips=proxies, http="h11", ws="none", backlog=1024, timeout_keep_alive=_KEEP,
                            timeout_graceful_shutdown=int(settings.limits.seconds) + _GRACE, h11_max_incomplete_event_size=1 << 18)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    _Server(config, lambda: tell(f"http://{shown}:{port}{root}/")).run([listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class _Lines(logging.Handler):
    """What uvicorn has to say, as lines of our log, without tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "returned without completing response" not in message:  # that is how we cut a connection
            error = record.exc_info[1] if record.exc_info else None
            log("server", level=record.levelname, what=message.splitlines()[0] if message else "", error=repr(error) if error else None)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named by its protocol: only then does asyncio send small pieces at once, without which every answer waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as problem:
        listening.close()
        raise KgError(f"cannot listen: {problem}", where=f"{settings.host}:{settings.port}", advice="choose another --port") from None
    return listening


