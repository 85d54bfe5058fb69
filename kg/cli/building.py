"""Commands that change a graph: `kg build` and `kg decide`."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import OUT, Decisions, Format, Out, Parser, Paths, Published, Seeds, StoreAddress, decisions_path, reading
from kg.errors import KgError, UsageError
from kg.model import Action, Decision


def build(
    paths: Paths,
    out: Out = OUT,
    store: StoreAddress = None,
    day: Published = None,
    jobs: Annotated[int, typer.Option(help="Processes that extract.", min=1, metavar="N")] = 1,
    parser: Parser = None,
    seeds: Seeds = None,
    decisions: Decisions = None,
    format: Annotated[Format, typer.Option(help="How the summary is written.")] = Format.TABLE,
) -> None:
    """Build the graph from documents.

    Reads them, extracts their claims, and writes the store, claims.jsonl and explorer.html. Does again only what
    changed since the last run. Documents of earlier builds into the same folder stay; what left a folder that is
    built again leaves the graph. Exit code 1: some file could not be read; the others were.

    \b
    Examples:
      kg build seeds/documents
      kg build reports/ more.html --out out/war --jobs 2
      curl -s https://example.org/report.txt | kg build - --date 2023-11-17
    """
    from kg.build import build as run
    from kg.cli.progress import watched
    from kg.cli.report import show_report

    with watched() as progress:
        report = run(paths, out=out, store=store, date=day, parser=parser, seeds_folder=seeds, jobs=jobs, progress=progress,
                     decisions=decisions_path(decisions, out), stdin=sys.stdin)
    show_report(report, out=out, store=store, format=format)
    raise typer.Exit(1 if report.problems else 0)


def decide(
    action: Annotated[Action, typer.Argument(help="What is decided.", show_default=False)],
    target: Annotated[str, typer.Argument(help="The claim (accept, reject) or the actor (merge, split), by id.", show_default=False)],
    into: Annotated[str | None, typer.Argument(help="The actor that remains (merge), or remained (split).", show_default=False)] = None,
    reason: Annotated[str, typer.Option(help="Why; whoever reads the log should be able to follow.", show_default=False)] = "",
    by: Annotated[str | None, typer.Option(help="Who decides.  [default: your login name]", show_default=False)] = None,
    out: Out = OUT,
    store: StoreAddress = None,
    seeds: Seeds = None,
    decisions: Decisions = None,
) -> None:
    """Log a decision and apply it.

    Merges or splits actors, rejects or accepts a claim, or annotates either. The log is only ever added to, lies
    outside the results, and is applied again by every build.

    \b
    Examples:
      kg decide merge arakan-army-aa aa --reason "the same group, spelt otherwise"
      kg decide reject 0123456789abcdef --reason "the sentence speaks of 2015"
      kg decide annotate aa --reason "check the name used before 2019"
    """
    from kg.build import build as run
    from kg.curate import Curation
    from kg.seeds import append_decision, load_decisions

    log = decisions_path(decisions, out)
    try:
        decision = Decision(action, target, by or getpass.getuser(), date.today(), reason, into)
    except ValueError as problem:
        raise UsageError(str(problem), where="kg decide", advice="see kg decide --help") from None
    _refuse_unknown(decision, store, out)
    Curation.of([*load_decisions(log), decision])  # refuses what contradicts the log
    append_decision(log, decision)
    report = run([], out=out, store=store, seeds_folder=seeds, decisions=log)
    typer.echo(f"{log}: {action} {target}{f' into {into}' if into else ''}; {report.claims} claims now")


def _refuse_unknown(decision: Decision, store: str | None, out: Path) -> None:
    """A decision about something that the graph does not hold is a slip of the pen."""
    from kg.rdf.reading import read_claims

    with reading(store, out) as opened:
        ids = {decision.target, decision.into} - {None}
        if decision.action in (Action.ACCEPT, Action.SPLIT):  # what they take back is not in the graph
            return
        for claim in read_claims(opened):
            ids -= {claim.id, *(reference.id for _, reference in claim.references()), claim.attributed_to and claim.attributed_to.id}
            if not ids:
                return
    raise KgError(f"the graph holds no {' and no '.join(sorted(filter(None, ids)))}", where="kg decide", advice="ids are shown by "
                  "kg claims and kg query actors")
