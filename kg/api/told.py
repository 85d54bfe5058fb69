"""What is told of one actor, and where one claim comes from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.api.html import draw_facts, draw_passage, draw_table, element, to_html
from kg.api.table import Claims
from kg.model import Actor, Claim, Document


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """An actor: what the reference data knows of it, and all claims about it."""

    id: str
    known: Actor | None  # `None`: only the documents name it
    claims: Claims

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is known or used, the one it is shown under first."""
        known = [name.text for name in self.known.names] if self.known else []
        said = (reference for claim in self.claims for reference in (*(r for _, r in claim.references()), claim.attributed_to))
        used = [name for reference in said if reference and reference.id == self.id for name in (reference.name, *reference.names)]
        return tuple(dict.fromkeys([*known, *used])) or (self.id,)

    def __repr__(self) -> str:
        return f"<{self.names[0]}: {self.claims!r}>"

    def _repr_html_(self) -> str:
        name, *others = self.names
        documents = len({claim.document for claim in self.claims})
        about = draw_facts([
            ("id", self.id), ("kind", self.known.kind.value if self.known else None), ("also called", ", ".join(others)),
            ("known from", f"reference data ({', '.join(self.known.sources)})" if self.known else "the documents only"),
            ("claims", f"{len(self.claims)} in {documents} {'document' if documents == 1 else 'documents'}"),
        ])
        claims = self.claims.summary()
        return to_html([element("p", element("strong", name)), about, draw_table(claims.columns, claims.rows)])


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """From a claim to the words it was read from: `evidence.span.of(document.text) == evidence.quote`."""

    claim: Claim
    document: Document
    same: Claims  # claims of other sources that say the same

    def __repr__(self) -> str:
        return f"<{self.claim.type} {self.claim.id}, from {self.document.id}: {self.claim.evidence[0].quote!r}>"

    def _repr_html_(self) -> str:
        claim, document = self.claim, self.document
        about = draw_facts([
            ("claim", claim.id), ("type", claim.type),
            *((role, f"{reference.name} ({reference.id})") for role, reference in claim.references()),
            ("when", claim.period.edtf if claim.period else None),
            ("count", f"{claim.quantity.notation} ({claim.quantity.text})" if claim.quantity else None),
            ("role", claim.role), ("outcome", claim.outcome),
            ("says", claim.attributed_to.name if claim.attributed_to else "the document itself"),
            ("standing", ", ".join((claim.certainty, claim.polarity, claim.modality))),
            ("document", document.title or document.id), ("publisher", document.publisher),
            ("published", document.published.edtf if document.published else None), ("address", document.url),
            ("rule", claim.rule), ("also said in", ", ".join(sorted({other.document for other in self.same}))),
        ])
        return to_html([about, *(draw_passage(document.text, evidence.span) for evidence in claim.evidence)])
