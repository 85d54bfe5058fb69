"""HermiT, a reasoner for all of OWL 2 DL, run on triples. It comes with owlready2; it needs Java."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, serialize

JAVA = shutil.which("java")
needs_java = pytest.mark.skipif(JAVA is None or find_spec("owlready2") is None,
                                reason="HermiT needs Java and the jar of owlready2 (pip install 'allegiance-kg[test]')")
NOTHING = "http://www.w3.org/2002/07/owl#Nothing"
_IRI = re.compile(r"<([^>]*)>")
_VALUES = re.compile(r"^<([^>]+)> \(known instances: (.*) \| possible instances:", re.MULTILINE)
_TYPE = re.compile(r"^Type\( <([^>]+)> <([^>]+)> \)", re.MULTILINE)


@dataclass(frozen=True)
class Inferred:
    """What follows from some triples. `consistent`: they can all be true; the rest is empty when they cannot."""

    consistent: bool
    unsatisfiable: frozenset[str] = frozenset()  # classes that can have no member
    values: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # object property → its pairs
    types: set[tuple[str, str]] = field(default_factory=set)  # (individual, its most special classes)


def infer(triples: Iterable[Triple], folder: Path) -> Inferred:
    """What HermiT infers. It skips literals of types beyond OWL 2, which are xsd:date and geo:wktLiteral here."""
    import owlready2  # only where Java is: loading it looks for a reasoner

    file = folder / "ontology.nt"
    file.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    jars = Path(owlready2.__file__).parent / "hermit"
    done = subprocess.run([str(JAVA), "-Xmx1000M", "-cp", f"{jars}:{jars / 'HermiT.jar'}", "org.semanticweb.HermiT.cli.CommandLine",
                           "-c", "-O", "-D", "-I", "-Y", "--ignoreUnsupportedDatatypes", file.as_uri()],
                          capture_output=True, text=True, check=False)
    if done.returncode and "Inconsistent ontology" in done.stdout + done.stderr:
        return Inferred(consistent=False)
    assert done.returncode == 0, done.stderr
    equal = [line for line in done.stdout.splitlines() if line.startswith("EquivalentClasses(") and NOTHING in line]
    return Inferred(
        True, frozenset(iri for line in equal for iri in _IRI.findall(line)) - {NOTHING},
        {name: {(a, b) for a, b in re.findall(r"\(<([^>]+)>, <([^>]+)>\)", pairs)} for name, pairs in _VALUES.findall(done.stdout)},
        set(_TYPE.findall(done.stdout)))
