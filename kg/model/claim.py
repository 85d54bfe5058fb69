"""What a document says, who says it, how surely, and in which sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.actor import Kind
from kg.model.claim_types import CLAIM_TYPES
from kg.model.text import Span
from kg.model.time import Period

ROLES = ("subject", "object", "place", "from", "to", "operation")
"""The roles a claim can fill, by their names in the codebook."""


class Certainty(StrEnum):
    """How the document stands to the claim."""

    STATED = "stated"
    UNVERIFIED = "unverified"  # it could not be confirmed, or the document hedges
    DISPUTED = "disputed"  # the document says that another contradicts it


class Polarity(StrEnum):
    """Whether the document affirms or denies it."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """Whether it is said to be so, to be meant, to be possible or to be wanted."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor, place or operation as a document speaks of it: its identity and all the names used there."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: bounds, whether they are approximate, and the words of the text.

    `None` for a bound means that the text sets none. "nearly 450" has only a maximum, "more than 200" only a minimum.

    >>> Quantity(None, 450, "nearly 450").notation, Quantity(300, 300, "some 300", approximate=True).notation
    ('<450', '~300')
    """

    minimum: int | None
    maximum: int | None
    text: str
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.minimum is None and self.maximum is None:
            raise ValueError(f"the quantity {self.text!r} has neither minimum nor maximum")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the quantity {self.text!r} has minimum {self.minimum} > maximum {self.maximum}")

    @property
    def notation(self) -> str:
        """The codebook's way to write it: 750, ~300, 200+, <450 or 10-20."""
        if self.minimum is None:
            return f"<{self.maximum}"
        if self.maximum is None:
            return f"{self.minimum}+"
        about = "~" if self.approximate else ""
        return f"{about}{self.minimum}" if self.minimum == self.maximum else f"{about}{self.minimum}-{self.maximum}"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The sentence that says it: `document.text[start:end] == quote`, always."""

    document: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one document. It says what the document says, not what is true.

    Two identities: `key` is *what is said*, so equal keys corroborate each other; `id` adds *who said it where*.

    Raises:
        ValueError: unknown type, no evidence, or none of the type's key roles filled.
    """

    type: str
    evidence: tuple[Evidence, ...]  # the clearest first; the rest say the same again in the same document
    subject: Reference | None = None
    object: Reference | None = None
    place: Reference | None = None
    from_: Reference | None = None
    to: Reference | None = None
    operation: Reference | None = None  # the named campaign the event is part of
    role: str | None = None  # of holds_role: leader, spokesperson
    outcome: str | None = None  # of casualties: killed, wounded
    period: Period | None = None  # None: not told
    quantity: Quantity | None = None
    attributed_to: Reference | None = None  # None: the document says it in its own voice
    certainty: Certainty = Certainty.STATED
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    reported: Period | None = None  # when the document was published
    rule: str = ""  # which frame found it, or where it was imported from
    # Hashed once: every analysis asks for both again and again. `replace` makes a claim that has to find them anew.
    _key: str | None = field(default=None, init=False, repr=False, compare=False)
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.type not in CLAIM_TYPES:
            raise ValueError(f"unknown claim type {self.type!r}; known: {', '.join(CLAIM_TYPES)}")
        if not self.evidence:
            raise ValueError(f"a claim of type {self.type} has no evidence")
        keys = CLAIM_TYPES[self.type].keys
        if not any(all(self._filled(role) for role in key) for key in keys):
            wanted = " or ".join("+".join(key) for key in keys)
            raise ValueError(f"a claim of type {self.type} needs {wanted}")

    def _filled(self, role: str) -> bool:
        return self.quantity is not None if role == "count" else self.reference(role) is not None

    def reference(self, role: str) -> Reference | None:
        """What fills a role, by the role's name in the codebook ("from", not "from_")."""
        found: Reference | None = getattr(self, "from_" if role == "from" else role)
        return found

    def references(self) -> Iterator[tuple[str, Reference]]:
        """The filled roles, in the order of `ROLES`."""
        for role in ROLES:
            reference = self.reference(role)
            if reference is not None:
                yield role, reference

    @property
    def document(self) -> str:
        """The id of the document that says it."""
        return self.evidence[0].document

    @property
    def key(self) -> str:
        """Hash of what is said: type, roles, period, quantity, polarity, modality. 16 hexadecimal digits.

        The two sides of a symmetric claim may be exchanged.
        """
        known = self._key
        if known is None:
            known = _hash(self._said())
            object.__setattr__(self, "_key", known)
        return known

    def _said(self) -> list[str]:
        """What is said, as texts in a fixed order."""
        roles = {role: reference.id for role, reference in self.references()}
        if CLAIM_TYPES[self.type].symmetric and roles.keys() >= {"subject", "object"}:
            roles["subject"], roles["object"] = sorted((roles["subject"], roles["object"]))
        return [
            self.type,
            *(f"{r}={roles.get(r, '')}" for r in ROLES),
            self.role or "",
            self.outcome or "",
            self.period.edtf if self.period else "",
            self.quantity.notation if self.quantity else "",
            self.polarity,
            self.modality,
        ]

    @property
    def id(self) -> str:
        """Hash of what is said, who says it, and where. 16 hexadecimal digits."""
        known = self._id
        if known is None:
            first = self.evidence[0]
            by = self.attributed_to.id if self.attributed_to else ""
            known = _hash([self.key, first.document, str(first.span.start), str(first.span.end), by])
            object.__setattr__(self, "_id", known)
        return known


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
