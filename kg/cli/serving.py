"""The command that serves a graph to browsers and programs: `serve`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Out, StoreAddress
from kg.errors import KgError


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; any other than the default is open to other machines.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0: any that is free.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.  [default: one for each processor, at least 4]", min=1,
                                         show_default=False)] = max(4, os.cpu_count() or 1),
    timeout: Annotated[float, typer.Option(help="Seconds that one request may take.", min=0.1)] = 30.0,
    max_rows: Annotated[int, typer.Option(help="Rows that one answer may have; more is refused.", min=1)] = 1_000_000,
    max_memory: Annotated[int, typer.Option(help="MiB that one request may use.", min=64)] = 2048,
    max_waiting: Annotated[int, typer.Option(help="Requests that may wait for a process; more get 503.", min=1)] = 512,
    max_per_client: Annotated[int | None, typer.Option(help="Processes that one client may use at once.  [default: half of them]", min=1,
                                                       show_default=False)] = None,
    origin: Annotated[list[str] | None, typer.Option(
        help="Web origin whose pages may ask (CORS), or *; may be repeated.", metavar="ORIGIN", show_default=False)] = None,
    name: Annotated[list[str] | None, typer.Option(
        help="Further host name to answer to, as behind a proxy; may be repeated.", metavar="NAME", show_default=False)] = None,
    proxy: Annotated[list[str] | None, typer.Option(
        help="Address or network of a proxy whose X-Forwarded headers are believed; may be repeated.  [default: 127.0.0.1]",
        metavar="ADDRESS", show_default=False)] = None,
    root_path: Annotated[str, typer.Option(help="Path under which a proxy has it: /kg.", metavar="PATH", show_default=False)] = "",
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Serve the graph: SPARQL, queries, pages.

    For reading only. / is the explorer, /editor a SPARQL editor, /queries the named queries, /sparql the SPARQL 1.1
    endpoint. A build may run meanwhile; what it made is served as soon as it has finished. Ctrl-C stops it.

    \b
    Examples:
      kg serve
      kg serve --port 8080 --timeout 10 --out out/war
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?c a kg:Defection }' http://127.0.0.1:8000/sparql
    """
    try:
        from kg.server.run import serve as run
    except ModuleNotFoundError as missing:
        library = str(missing.name).partition(".")[0]
        if library == "kg":
            raise
        raise KgError(f"{library} is not installed", where="kg serve", advice="pip install 'allegiance-kg[serve]'") from None
    from kg.server.settings import Limits, Settings

    folder = Path(store or out / "store")
    if not folder.is_dir():
        raise KgError("there is no graph yet", where=str(folder), advice="build one: kg build DOCUMENTS")
    limits = Limits(seconds=timeout, rows=max_rows, memory=max_memory, waiting=max_waiting,
                    share=max_per_client or max(1, workers // 2))
    settings = Settings(out, folder, host, port, workers, limits, tuple(origin or ()), tuple(name or ()))
    run(settings, tell=_tell, root=root_path.rstrip("/"), proxies=",".join(proxy or ["127.0.0.1"]))


def _tell(address: str) -> None:
    tables.write_line(address)
    sys.stdout.flush()
