"""A floor under what is found in the reports that ship with the project (seeds/documents, retold in our own words).

Each fact stands plainly in its report, and the extractor found it on the day this was written. They guard against
going back and measure nothing: what a rule newly finds need not be listed here, and what all rules miss is not either.
"""

from __future__ import annotations

import pytest

from kg.data import data_folder
from kg.extract.extractor import Extractor
from kg.extract.lexicon import plain_words
from kg.model import Claim, Document, Modality, Polarity, Reference
from kg.read import read_documents
from kg.seeds import load_seeds

REPORTS = data_folder("seeds") / "documents"
FACTS = [  # document, claim type, one name of the subject (empty: not told), one name of the object
    ("009_ap_tnla_truce.md", "ceasefire", "Ta'ang National Liberation Army", "Myanmar military"),
    ("009_ap_tnla_truce.md", "member_of", "Ta'ang National Liberation Army", "Three Brotherhood Alliance"),
    ("009_ap_tnla_truce.md", "capture", "Myanmar military", "Lashio"),
    ("010_np_tnla_truce.md", "capture", "Tatmadaw", "Kyaukme"),
    ("020_chin_alliances_clash.md", "part_of", "Chin National Army", "Chin National Front"),
    ("020_chin_alliances_clash.md", "allied_with", "Maraland Defense Force", "Arakan Army"),
    ("024_rfa_nmsp_ad.md", "part_of", "Mon National Liberation Army", "New Mon State Party"),
    ("026_aa_western_command.md", "member_of", "Arakan Army", "Three Brotherhood Alliance"),
    ("031_keikel_defects.md", "form", "Abu Agla Keikel", "Sudan Shield Forces"),
    ("034_syria_dissolve_factions.md", "holds_role", "Ahmed al-Sharaa", "Hay'at Tahrir al-Sham"),
    ("036_goma_soldiers_taken.md", "supports", "Rwanda", "M23"),
    ("036_goma_soldiers_taken.md", "controls", "M23", "Goma"),
    ("036_goma_soldiers_taken.md", "holds_role", "Corneille Nangaa", "M23"),
    ("038_fla_founding.md", "form", "", "Azawad Liberation Front"),
    ("040_tripoli_truce.md", "attack", "GNU", "Stability Support Apparatus"),
    ("040_tripoli_truce.md", "holds_role", "Abdelraouf Kara", "RADA"),
    ("047_kitgwang_kiir.md", "holds_role", "Salva Kiir", "South Sudan"),
    ("104_mathieson_regains.md", "supports", "Russia", "Myanmar military"),
    ("104_mathieson_regains.md", "capture", "Myanmar military", "Nawnghkio"),
]


@pytest.fixture(scope="module")
def report_reader() -> Extractor:
    """An extractor that knows what the shipped seeds know."""
    seeds = load_seeds()
    return Extractor(seeds.actors, seeds.places)


@pytest.fixture(scope="module")
def reports() -> dict[str, Document]:
    """Every report, by the name of its file."""
    return {d.id: d for d in read_documents([REPORTS]) if isinstance(d, Document)}


@pytest.fixture(scope="module")
def found(reports: dict[str, Document], report_reader: Extractor) -> dict[str, tuple[Claim, ...]]:
    """The claims of every report, by the name of its file."""
    return {name: report_reader.extract(report) for name, report in reports.items()}


def bears(reference: Reference | None, name: str) -> bool:
    """Whether a role is filled by the one called `name`; an empty name asks for nobody."""
    if reference is None or not name:
        return reference is None and not name
    return plain_words(name) in {plain_words(known) for known in (reference.name, *reference.names)}


def is_said(claim: Claim, kind: str, subject: str, target: str) -> bool:
    if claim.type != kind or claim.polarity is not Polarity.POSITIVE or claim.modality is not Modality.ACTUAL:
        return False
    sides = [(claim.subject, claim.object)] + ([(claim.object, claim.subject)] if kind in ("ceasefire", "allied_with") else [])
    return any(bears(left, subject) and bears(right, target) for left, right in sides)


@pytest.mark.parametrize(("document", "kind", "subject", "target"), FACTS)
def test_a_fact_once_found_stays_found(
    document: str, kind: str, subject: str, target: str, found: dict[str, tuple[Claim, ...]]
) -> None:
    assert any(is_said(claim, kind, subject, target) for claim in found[document])


def test_every_report_is_read_and_quoted_truly(reports: dict[str, Document], found: dict[str, tuple[Claim, ...]]) -> None:
    assert found.keys() == {path.name for path in REPORTS.glob("*.md")}
    quotes = [(e.quote, e.span.of(reports[name].text)) for name, claims in found.items() for c in claims for e in c.evidence]
    assert all(quote == there for quote, there in quotes)
