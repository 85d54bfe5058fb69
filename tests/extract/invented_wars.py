"""Four invented wars: who fights, under which names, and where. Nobody and nothing in them exists."""

from __future__ import annotations

from kg.model import Actor, Claim, Document, Kind, Name, NameKind, Period, Place, Span


def actor(identity: str, kind: Kind, country: str | None, full: str, *others: tuple[str, NameKind]) -> Actor:
    return Actor(identity, kind, (Name(full), *(Name(text, name_kind) for text, name_kind in others)), country)


ZAMBARA = (  # in the Sahel
    actor("zambara", Kind.STATE, "XZ", "Zambara", ("Zambaran", NameKind.ADJECTIVE)),
    actor(
        "zambaran-army", Kind.ARMED_GROUP, "XZ", "Zambaran Armed Forces", ("ZAF", NameKind.ABBREVIATION), ("the army", NameKind.DESCRIPTION)
    ),
    actor("kasso-front", Kind.ARMED_GROUP, "XZ", "Kasso Liberation Front", ("KLF", NameKind.ABBREVIATION)),
    actor("desert-platform", Kind.ALLIANCE, "XZ", "Desert Unity Platform", ("DUP", NameKind.ABBREVIATION)),
    actor("moussa-dembo", Kind.PERSON, "XZ", "Moussa Dembo"),
    actor("operation-harmattan", Kind.OPERATION, "XZ", "Operation Harmattan"),
)
LANKARA = (  # in the monsoon
    actor("lankara", Kind.STATE, "XL", "Lankara", ("Lankaran", NameKind.ADJECTIVE)),
    actor("tatmahal", Kind.ARMED_GROUP, "XL", "Tatmahal", ("the junta", NameKind.DESCRIPTION), ("the military", NameKind.DESCRIPTION)),
    actor("taong-army", Kind.ARMED_GROUP, "XL", "Ta’ong National Army", ("TNA", NameKind.ABBREVIATION)),
    actor("taong-party", Kind.POLITICAL_ORGANIZATION, "XL", "Ta’ong National Party"),
    actor("kachar-army", Kind.ARMED_GROUP, "XL", "Kachar Independence Army", ("KCIA", NameKind.ABBREVIATION)),
    actor("min-thura-oo", Kind.PERSON, "XL", "Min Thura Oo"),
)
SAN_RAMIRO = (  # in the cordillera
    actor("san-ramiro", Kind.STATE, "XS", "San Ramiro", ("Ramirense", NameKind.ADJECTIVE)),
    actor("sierra-command", Kind.ARMED_GROUP, "XS", "Sierra Command"),
    actor("transito-army", Kind.ARMED_GROUP, "XS", "Tránsito People's Army", ("TPA", NameKind.ABBREVIATION)),
    actor("tna-cartel", Kind.ARMED_GROUP, "XS", "Nueva Alba Cartel", ("TNA", NameKind.ABBREVIATION)),
)
VARDONIA = (  # in Europe
    actor("vardonia", Kind.STATE, "XV", "Vardonia", ("Vardonian", NameKind.ADJECTIVE)),
    actor("olvian-guard", Kind.ARMED_GROUP, "XV", "Olvian Guard"),
    actor(
        "kerska-corps", Kind.ARMED_GROUP, "XV", "Kerska Volunteer Corps", ("Kerska Corps", NameKind.ALIAS), ("KVC", NameKind.ABBREVIATION)
    ),
)
WARS = (*ZAMBARA, *LANKARA, *SAN_RAMIRO, *VARDONIA)
PLACES = (
    Place("tindalo", "Tindalo", ("Tin-Dalo",), "town", "XZ"),
    Place("agdal", "Agdal", (), "town", "XZ"),
    Place("kasso", "Kasso", (), "region", "XZ"),
    Place("mong-lai", "Mong Lai", (), "town", "XL"),
    Place("pyin-daw", "Pyin Daw", (), "town", "XL"),
    Place("puerto-nevado", "Puerto Nevado", (), "town", "XS"),
    Place("drenovic", "Drenović", (), "town", "XV"),
)


def document(text: str, *, published: str | None = None, furniture: tuple[Span, ...] = ()) -> Document:
    return Document("report.txt", text, published=Period.parse(published) if published else None, furniture=furniture)


def says(claim: Claim) -> str:
    """All that a claim says, in words: "capture kasso-front > agdal from zambaran-army on 2024-05-03, says moussa-dembo"."""
    words = [claim.type]
    if claim.subject:
        words.append(claim.subject.id)
    if claim.object:
        words += [">", claim.object.id]
    for role, preposition in (("place", "at"), ("from", "from"), ("to", "to"), ("operation", "in")):
        reference = claim.reference(role)
        words += [preposition, reference.id] if reference else []
    words += ["as", claim.role] if claim.role else []
    words += [claim.outcome] if claim.outcome else []
    words += ["=", claim.quantity.notation] if claim.quantity else []
    words += ["on", claim.period.edtf] if claim.period else []
    words += [str(v) for v, usual in ((claim.polarity, "positive"), (claim.modality, "actual"), (claim.certainty, "stated")) if v != usual]
    return " ".join(words) + (f", says {claim.attributed_to.id}" if claim.attributed_to else "")
