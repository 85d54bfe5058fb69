"""The table of rooms: who may import what. It is the table of the design, held as data."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KG = Path(__file__).resolve().parents[1] / "kg"
MOST_LINES = 400
GROUND = frozenset({"kg.model", "kg.errors", "kg.data"})  # what every room may stand on


@dataclass(frozen=True)
class Room:
    libraries: frozenset[str] = frozenset()  # besides the standard library
    rooms: frozenset[str] = frozenset()  # besides GROUND
    door: bool = False  # may import anything of kg, inside functions too so that starting is quick, and name any type


def room(*libraries: str, rooms: tuple[str, ...] = (), door: bool = False) -> Room:
    return Room(frozenset(libraries), frozenset(rooms), door)


ROOMS = {
    "kg": room(door=True),
    "kg.errors": room(),
    "kg.data": room(),
    "kg.model": room(),
    "kg.seeds": room("yaml"),
    "kg.read": room("trafilatura", "yaml"),
    "kg.extract": room("spacy", "numpy", "onnxruntime", "tokenizers", "yaml"),
    "kg.exchange": room(),
    "kg.curate": room(),
    "kg.rdf": room("rdflib", "pyoxigraph", "oxrdflib", "pyshacl"),
    "kg.network": room("networkx", "numpy", "scipy", "rustworkx"),
    "kg.view": room("pyvis", "jinja2", "resvg_py"),
    "kg.build": room(door=True),
    "kg.api": room(door=True),
    "kg.cli": room("typer", "rich", door=True),
    "kg.server": room("starlette", "uvicorn", "jinja2", "pyoxigraph", door=True),
    "kg.__main__": room(door=True),
}

# Imports inside functions, outside the doors: each with its reason.
INSIDE = {
    ("kg/rdf/store.py", "oxrdflib"): "rdflib takes longer to load than most queries, and only notebooks use it",
    ("kg/rdf/store.py", "rdflib"): "the same",
    ("kg/read/documents.py", "kg.read.html"): "trafilatura is loaded only when there is a page to read",
    ("kg/network/accelerate.py", "rustworkx"): "an optional extra: only large graphs need it",
    ("kg/view/pictures/png.py", "resvg_py"): "an optional extra: only PNG needs it",
}


@dataclass(frozen=True)
class Import:
    module: str
    line: int
    inside: bool  # a function
    for_types: bool  # only under TYPE_CHECKING


def imports(tree: ast.Module, package: str) -> Iterator[Import]:
    """Every module that a source file imports, with `from kg import x` counted as `kg.x`."""

    def visit(node: ast.AST, inside: bool, for_types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(name.name, child.lineno, inside, for_types) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = ".".join(package.split(".")[: len(package.split(".")) - child.level + 1]) if child.level else ""
                module = ".".join(part for part in (base, child.module) if part)
                names = [f"{module}.{name.name}" for name in child.names] if module == "kg" else [module]
                yield from (Import(name, child.lineno, inside, for_types) for name in names)
            elif isinstance(child, ast.Call) and _is_dynamic(child):
                yield Import(child.args[0].value, child.lineno, inside, for_types)  # type: ignore[attr-defined]  # see _is_dynamic
            is_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            is_function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from visit(child, inside or is_function, for_types or is_types)

    yield from visit(tree, False, False)


def _is_dynamic(call: ast.Call) -> bool:
    """`import_module("x")` with a written name: an import all the same."""
    name = ast.unparse(call.func).rpartition(".")[2]
    return name in ("import_module", "__import__") and bool(call.args) and isinstance(call.args[0], ast.Constant)


def room_of(module: str) -> str:
    """The room a module of `kg` belongs to: its first two names."""
    return ".".join(module.split(".")[:2])


def violations(path: Path, root: Path) -> Iterator[str]:
    """What a file does that its room may not, each with file and line."""
    where = path.relative_to(root.parent).as_posix()
    parts = path.relative_to(root.parent).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    package = module if parts[-1] == "__init__" else module.rpartition(".")[0]
    own = room_of(module)
    text = path.read_text(encoding="utf-8")
    length = len(text.splitlines())
    if length > MOST_LINES:
        yield f"{where}:{length}: {length} lines; a module has at most {MOST_LINES}: split it by meaning"
    if own not in ROOMS:
        yield f"{where}:1: the room {own} is not in the table of rooms"
        return
    allowed = ROOMS[own]
    for found in imports(ast.parse(text), package):
        top = found.module.split(".")[0]
        if top == "kg":
            if room_of(found.module) not in GROUND | allowed.rooms | {own, "kg"} and not allowed.door:
                yield f"{where}:{found.line}: {own} imports {found.module}; rooms stand on the model, not on each other"
        elif top not in sys.stdlib_module_names | allowed.libraries and not (allowed.door and found.for_types):
            yield f"{where}:{found.line}: {own} imports {top}, which is not among its libraries"
        if found.inside and not found.for_types and not allowed.door and (where, found.module) not in INSIDE:
            yield f"{where}:{found.line}: {found.module} is imported inside a function"


FILES = sorted(KG.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(KG.parent).as_posix())
def test_the_room_keeps_to_its_table(path: Path) -> None:
    found = list(violations(path, KG))
    assert not found, "\n".join(found)


def test_every_room_of_the_table_exists() -> None:
    assert {name for name in ROOMS if not any((KG.parent / name.replace(".", "/")).with_suffix(s).exists() for s in ("", ".py"))} == set()


PLANTED = [
    ("model/a.py", "import yaml", "kg/model/a.py:1: kg.model imports yaml, which is not among its libraries"),
    ("rdf/a.py", "import os\nfrom kg.extract import words", "kg/rdf/a.py:2: kg.rdf imports kg.extract; "),
    ("rdf/a.py", "from kg import extract", "kg/rdf/a.py:1: kg.rdf imports kg.extract; "),
    ("rdf/a.py", "from ..view import page", "kg/rdf/a.py:1: kg.rdf imports kg.view; "),
    ("rdf/a.py", "if True:\n    import spacy", "kg/rdf/a.py:2: kg.rdf imports spacy, which is not among its libraries"),
    ("view/a.py", "import importlib\nimportlib.import_module('networkx')", "kg/view/a.py:2: kg.view imports networkx, "),
    ("view/a.py", "def f():\n    import jinja2", "kg/view/a.py:2: jinja2 is imported inside a function"),
    ("curate.py", "from kg.rdf import store", "kg/curate.py:1: kg.curate imports kg.rdf; "),
    ("utils.py", "", "kg/utils.py:1: the room kg.utils is not in the table of rooms"),
    ("model/a.py", "x = 1\n" * 401, "kg/model/a.py:401: 401 lines; a module has at most 400: split it by meaning"),
]


@pytest.mark.parametrize(("file", "code", "message"), PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, file: str, code: str, message: str) -> None:
    path = tmp_path / "kg" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)
    assert [found[: len(message)] for found in violations(path, tmp_path / "kg")] == [message]


@pytest.mark.parametrize(("file", "code"), [
    ("rdf/a.py", "from __future__ import annotations\nimport json, pyoxigraph\nfrom kg.rdf.names import ID\nfrom kg.model import Claim"),
    ("cli/a.py", "def f():\n    from kg.rdf import store\n    import rich"),
])
def test_what_the_table_allows_is_not_reported(tmp_path: Path, file: str, code: str) -> None:
    path = tmp_path / "kg" / file
    path.parent.mkdir(parents=True)
    path.write_text(code)
    assert list(violations(path, tmp_path / "kg")) == []
