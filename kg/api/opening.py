"""Where a graph comes from: built of documents, opened again, corrected; and what nothing covered in the documents."""

from __future__ import annotations

import getpass
import warnings
from datetime import date as day
from pathlib import Path

from kg.api.graph import KnowledgeGraph
from kg.api.table import Table
from kg.data import data_folder
from kg.errors import UsageError


def build_graph(
    *documents: str | Path, out: str | Path = "kg-out", date: str | None = None, seeds: str | Path | None = None
) -> KnowledgeGraph:
    """Build the graph of documents, or bring it up to date: only what is new or changed is read again.

    As `kg build` does it, with the decisions in `decisions.jsonl` beside `out`. Documents that were built into the same
    folder before stay. What could not be read is one warning, and is listed in the graph's `report`.

    Args:
        documents: files and folders of .txt, .md, .html and .jsonl.
        out: folder of the results.
        date: publication date (EDTF) of documents that do not tell theirs.
        seeds: folder of reference data to use instead of what ships.

    Raises:
        KgError: a path leads nowhere, the results cannot be written, the reference data is malformed, `date` is no date, or the decisions
            contradict each other.
    """
    from kg.build import build
    from kg.cli.options import decisions_path

    folder, known = Path(out), Path(seeds) if seeds else None
    report = build([str(path) for path in documents], out=folder, date=date, decisions=decisions_path(None, folder), seeds_folder=known)
    problems = [*map(str, report.unread), *(f"{id_}: no claims extracted, {why}" for id_, why in report.failed)]
    if problems:
        warnings.warn("left out: " + "; ".join(problems), stacklevel=2)
    return KnowledgeGraph(folder, report, seeds=known)


def open_graph(folder: str | Path = "kg-out") -> KnowledgeGraph:
    """The graph that was built into a folder.

    Raises:
        KgError: there is none.
    """
    graph = KnowledgeGraph(Path(folder))
    with graph._reading():
        return graph


def example_documents() -> Path:
    """The folder of example documents that ships with the package: reports of several wars, retold in our own words.

    >>> (example_documents() / "103_ap_kayah_switch.md").is_file()
    True
    """
    return data_folder("seeds") / "documents"


def unmatched(*documents: str | Path, date: str | None = None, seeds: str | Path | None = None) -> Table:
    """What nothing covers: verbs beside an actor that no rule knows, and names that the reference data does not have.

    Args:
        documents, date, seeds: as for `build_graph`.

    Returns:
        One row each, the most frequent first, with a sentence as its example. Documents that cannot be read are one warning.

    Cost: every document is parsed.
    """
    from kg.extract.explanation import unmatched as find
    from kg.extract.extractor import Extractor
    from kg.model import Document
    from kg.read import read_documents
    from kg.seeds import load_seeds

    known = load_seeds(Path(seeds) if seeds else None)
    extractor = Extractor(known.actors, known.places, model=False)  # names and verbs alone are asked for
    read = list(read_documents([str(path) for path in documents], date=date))
    problems = [str(one) for one in read if not isinstance(one, Document)]
    if problems:
        warnings.warn("left out: " + "; ".join(problems), stacklevel=2)
    found = find(extractor, (one for one in read if isinstance(one, Document)))
    return Table(("what", "text", "count", "example"), tuple((one.what, one.text, one.count, one.example) for one in found))


def decide(
    graph: KnowledgeGraph, action: str, target: str, *, reason: str, into: str | None = None, by: str | None = None
) -> KnowledgeGraph:
    """Log a decision beside a graph's folder and bring the graph up to date (`KnowledgeGraph.decide`)."""
    from kg.cli.options import decisions_path
    from kg.curate import Curation
    from kg.model import Action, Decision
    from kg.seeds import append_decision, load_decisions

    log = decisions_path(None, graph.folder)
    try:
        decision = Decision(Action(action), target, by or getpass.getuser(), day.today(), reason, into)
    except ValueError as problem:
        raise UsageError(str(problem), where="decide", advice=f"actions: {', '.join(Action)}") from None
    if decision.action not in (Action.ACCEPT, Action.SPLIT):  # what they take back is not in the graph
        claims = graph.claims()
        told = {claim.id for claim in claims} | {reference.id for claim in claims for _, reference in claim.references()}
        told |= {claim.attributed_to.id for claim in claims if claim.attributed_to}
        missing = sorted({target, into} - told - {None}, key=str)
        if missing:
            raise UsageError(f"the graph holds no {' and no '.join(map(str, missing))}", where="decide",
                             advice="graph.claims() shows the ids")
    Curation.of([*load_decisions(log), decision])  # refuses what contradicts the log
    append_decision(log, decision)
    return build_graph(out=graph.folder, seeds=graph.seeds)
