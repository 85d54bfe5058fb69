"""IRIs lead back to their ids, loading the room is light, and a check without its header is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdf_strategies import words

from kg.errors import KgError
from kg.model import Kind
from kg.rdf.names import PREFIXES, compact, document_iri, entity_iri, local_id
from kg.rdf.validate import load_checks


@given(words, st.sampled_from(Kind))
def test_an_entity_iri_leads_back_to_its_id(id: str, kind: Kind) -> None:
    assert local_id(entity_iri(id, kind).value) == id


@given(words)
def test_a_document_iri_leads_back_to_its_id(id: str) -> None:
    assert local_id(document_iri(id).value) == id


@given(st.lists(st.tuples(words, st.sampled_from(Kind)), min_size=2, max_size=2, unique=True))
def test_iris_differ_where_ids_or_families_do(pairs: list[tuple[str, Kind]]) -> None:
    (one, first), (two, second) = pairs
    family = {Kind.PLACE: 1, Kind.OPERATION: 2}
    same = one == two and family.get(first) == family.get(second)
    assert (entity_iri(one, first) == entity_iri(two, second)) == same


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_every_prefix_is_used_for_its_own_namespace(prefix: str) -> None:
    assert compact(PREFIXES[prefix] + "x") == f"{prefix}:x"


def test_loading_the_room_loads_neither_rdflib_nor_pyshacl() -> None:
    code = "import sys, kg.rdf; print(sorted({'rdflib', 'pyshacl', 'oxrdflib'} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(("header", "missing"), [
    ("# severity: violation\n# message: m.\n", "'advice'"), ("# severity: fatal\n# message: m.\n# advice: a.\n", "'fatal'"),
])
def test_a_check_without_its_header_is_named(tmp_path: Path, header: str, missing: str) -> None:
    (tmp_path / "odd.rq").write_text(header + "\nSELECT ?node {}")
    with pytest.raises(KgError, match=missing) as caught:
        load_checks(tmp_path)
    assert "odd.rq" in str(caught.value)
