"""Commands that show how documents are read: `kg explain` and `kg unmatched`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import Format, Parser, Paths, Published, Seeds
from kg.cli.tables import Table

if TYPE_CHECKING:
    from pathlib import Path

    from kg.extract.explanation import Reading
    from kg.extract.extractor import Extractor
    from kg.model import Claim, Document


def explain(
    paths: Paths,
    day: Published = None,
    refused: Annotated[bool, typer.Option("--refused/--no-refused", help="Also the frames that made no claim, and why.")] = True,
    parser: Parser = None,
    seeds: Seeds = None,
    format: Annotated[Format, typer.Option(help="How it is written; csv gives the claims and refusals.")] = Format.TABLE,
) -> None:
    """Show how a document is read.

    Sentence by sentence: names and whom they are taken for, with reasons; dates and numbers; the claims with the frame
    or the model that found them; the frames whose words stand there and that made no claim, with what they lacked.
    Builds nothing.

    \b
    Examples:
      kg explain seeds/documents/009_ap_tnla_truce.md
      echo "The Front attacked Garat on Monday." | kg explain - --date 2023-11-17
      kg explain report.txt --format json | jq '.[].claims'
    """
    from kg.extract.explanation import explain as read

    extractor = _extractor(parser, seeds)
    unread: list[str] = []
    readings = ((document, reading) for document in _documents(paths, day, unread) for reading in read(extractor, document))
    if format is Format.JSON:
        tables.write_json([_record(document, reading, refused) for document, reading in readings])
    elif format is Format.CSV:
        tables.write(Table(_COLUMNS, tuple(row for document, reading in readings for row in _rows(document, reading, refused))), format)
    else:
        for _, reading in readings:
            _show(reading, refused)
    raise typer.Exit(1 if unread else 0)


def unmatched(
    paths: Paths,
    day: Published = None,
    limit: Annotated[int, typer.Option(help="Rows shown.", min=1)] = 50,
    parser: Parser = None,
    seeds: Seeds = None,
    format: Annotated[Format, typer.Option(help="How it is written.")] = Format.TABLE,
) -> None:
    """List verbs and names that nothing covers.

    The most frequent first: verbs with an actor beside them that trigger no frame, and names that the reference data
    does not know. It is what to add to the rules and the seeds next.

    \b
    Examples:
      kg unmatched seeds/documents --limit 20
      kg unmatched reports/ --format csv > to-add.csv
    """
    from kg.extract.explanation import unmatched as find

    unread: list[str] = []
    extractor = _extractor(parser, seeds, model=False)  # names and verbs alone are asked for
    found = find(extractor, _documents(paths, day, unread))[:limit]
    tables.write(Table(("what", "text", "count", "example"), tuple((u.what, u.text, u.count, u.example) for u in found)), format)
    raise typer.Exit(1 if unread else 0)


def _extractor(parser: str | None, seeds: Path | None, *, model: bool = True) -> Extractor:
    from kg.extract.extractor import Extractor
    from kg.seeds import load_seeds

    known = load_seeds(seeds)
    return Extractor(known.actors, known.places, parser=parser, model=model)


def _documents(paths: list[str], day: str | None, unread: list[str]) -> Iterator[Document]:
    """The documents that can be read; each of the others is one line on standard error."""
    from kg.model import Document
    from kg.read import read_documents

    for found in read_documents(paths, date=day, stdin=sys.stdin):
        if isinstance(found, Document):
            yield found
        else:
            unread.append(str(found))
            tables.write_line(f"kg: {found}", to=sys.stderr)


def _show(reading: Reading, refused: bool) -> None:
    tables.write_line(tables.bold(reading.sentence))
    for link in reading.links:
        how = "known" if link.known else "found"
        tables.write_line(f"  name     {link.words!r} = {link.name} ({link.kind.value}, {how}: {'; '.join(link.reasons)})")
    for words, edtf in reading.dates:
        tables.write_line(f"  date     {words!r} = {edtf or 'unknown'}")
    for words, count in reading.numbers:
        tables.write_line(f"  number   {words!r} = {count}")
    for claim in reading.claims:
        tables.write_line(f"  claim    {_said(claim)}  [{claim.rule}]")
    for refusal in reading.refusals if refused else ():
        tables.write_line(f"  refused  {refusal.word!r} as {refusal.type} [{refusal.rule}]: {refusal.why}")
    tables.write_line()


def _said(claim: Claim) -> str:
    told = {role: reference.name for role, reference in claim.references()}
    told |= {"role": claim.role or "", "date": claim.period.edtf if claim.period else ""}
    told |= {"count": claim.quantity.notation if claim.quantity else ""}
    told |= {"says": claim.attributed_to.name if claim.attributed_to else ""}
    told |= {n: v for n, v, usual in (("certainty", claim.certainty, "stated"), ("polarity", claim.polarity, "positive"),
                                      ("modality", claim.modality, "actual")) if v != usual}
    return f"{claim.type} " + " ".join(f"{name}={value!r}" for name, value in told.items() if value)


_COLUMNS = ("document", "sentence", "what", "type", "rule", "text")


def _rows(document: Document, reading: Reading, refused: bool) -> Iterator[tuple[object, ...]]:
    for claim in reading.claims:
        yield document.id, reading.sentence, "claim", claim.type, claim.rule, _said(claim)
    for refusal in reading.refusals if refused else ():
        yield document.id, reading.sentence, "refused", refusal.type, refusal.rule, f"{refusal.word}: {refusal.why}"


def _record(document: Document, reading: Reading, refused: bool) -> dict[str, object]:
    from kg.exchange.jsonl import to_json

    return {
        "document": document.id,
        "sentence": reading.sentence,
        "names": [{**asdict(link), "kind": link.kind.value} for link in reading.links],
        "dates": [{"words": words, "edtf": edtf} for words, edtf in reading.dates],
        "numbers": [{"words": words, "count": count} for words, count in reading.numbers],
        "claims": [to_json(claim) for claim in reading.claims],
        "refused": [asdict(refusal) for refusal in reading.refusals] if refused else [],
    }
