"""Options that say what counts as a tie, and the policy that they make: the same for every command that measures a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import parse_day
from kg.errors import UsageError
from kg.model import CLAIM_TYPES, Certainty
from kg.network.policy import Policy

if TYPE_CHECKING:
    from kg.model import Tie
    from kg.rdf.store import Store

_DEFAULT = Policy()

Sure = Annotated[bool, typer.Option("--sure", help="Only ties that surely held then, none that perhaps did.")]
Sighting = Annotated[int, typer.Option(help="For how many days after an event its tie counts, as a maybe.", min=0)]
EndedByHostility = Annotated[int, typer.Option(
    help="How many different hostile claims, in as many documents, end an alliance last told of before them; 0: none do.", min=0)]
Types = Annotated[list[str] | None, typer.Option(help="Only claims of this type; may be repeated.", metavar="TYPE", show_default=False)]
Certainties = Annotated[list[Certainty] | None, typer.Option(
    help="Only claims so sure: stated, unverified, disputed; may be repeated.", metavar="CERTAINTY", show_default=False)]
WithoutSources = Annotated[list[str] | None, typer.Option(
    help="Somebody whose word does not count, by name or id; may be repeated.", metavar="ACTOR", show_default=False)]
WithoutDocuments = Annotated[list[str] | None, typer.Option(
    help="A document that does not count; may be repeated.", metavar="DOCUMENT", show_default=False)]
KnownBy = Annotated[str | None, typer.Option(
    help="Only what was published by this day: what could be known then.", metavar="DAY", show_default=False)]
ClaimDocuments = Annotated[int, typer.Option(help="How many documents at least must say the same.", min=1)]
PairDocuments = Annotated[int, typer.Option(help="How many documents at least must tell of a pair, with one sign.", min=1)]


def read_policy(
    store: Store, told: Sequence[Tie], *, usual: Policy = _DEFAULT, sure: bool, sighting_days: int, ended_by_hostility: int,
    types: Sequence[str] | None, certainties: Sequence[Certainty] | None, without_sources: Sequence[str] | None,
    without_documents: Sequence[str] | None, known_by: str | None, claim_documents: int, pair_documents: int,
) -> Policy:
    """The policy of a command's options; `usual`: with what else the command chooses.

    Raises:
        UsageError: a type, a document or somebody whom no claim names, or no day.
    """
    return replace(
        usual, maybe=not sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility or None,
        types=_known(types, CLAIM_TYPES, option="--types") if types else None, certainties=frozenset(certainties or Certainty),
        without_sources=frozenset(_source(store, told, name) for name in without_sources or ()),
        without_documents=_known(without_documents or (), {tie.document for tie in told}, option="--without-documents"),
        known_by=parse_day(known_by, option="--known-by"), claim_documents=claim_documents, pair_documents=pair_documents)


def _known(given: Iterable[str], known: Iterable[str], *, option: str) -> frozenset[str]:
    """What is given, if all of it is known.

    Raises:
        UsageError: something is not.
    """
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UsageError(f"unknown: {', '.join(unknown)}", where=option, advice=f"one of {', '.join(known)}" if option == "--types" else
                         "no claim is from it; kg query documents lists them")
    return frozenset(given)


def _source(store: Store, told: Iterable[Tie], name: str) -> str:
    """The id of somebody whose word claims give, by id or by a name they give them, or else by any name that the store knows.

    Raises:
        UsageError: nobody is called so.
    """
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id

    for tie in told:
        by = tie.attributed_to
        if by and name.casefold() in (by.id, by.name.casefold(), *(other.casefold() for other in by.names)):
            return by.id
    return local_id(find_actor(store, name).value)
