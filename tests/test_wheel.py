"""The wheel holds all that the program needs: installed into an empty environment outside the checkout, it builds a graph."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout. Its build tool is the installed one, so no network is needed."""
    pytest.importorskip("hatchling", reason="building a wheel without network needs hatchling: pip install hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)],
                   check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `kg` of the wheel, in an environment where the project itself is not installed.

    Its dependencies are those of the environment that runs the tests, found by a path file: installing them again
    would take minutes and a network. The editable install of the checkout lies there too, as a path file, which Python
    reads only in the environment's own site-packages.
    """
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index",
                    "--disable-pip-version-check", "--ignore-installed", str(wheel)], check=True)
    return folder / "bin" / "kg"


def run(kg: Path, *arguments: str, folder: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run([str(kg), *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_code_ontology_and_seeds_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("kg/cli/__init__.py", "kg/build/corridor.py", "kg/_data/ontology/kg.ttl", "kg/_data/ontology/queries/members.rq",
                   "kg/_data/seeds/sources.yaml", "kg/_data/seeds/actors/myanmar.yaml", "kg/_data/seeds/places.csv",
                   "kg/extract/rules/en/frames.yaml", "kg/extract/parser/model.onnx", "kg/extract/parser/LICENSE", "kg/read/furniture.yaml",
                   "kg/view/assets/explorer.html", "kg/extract/rules/en/antecedents.json", "kg/server/assets/yasgui/LICENSE",
                   "kg/_data/ontology/style.ttl"):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests", "kg-out", ".ci")) or "__pycache__" in name]


def test_the_installed_program_runs_outside_the_checkout(kg: Path, tmp_path: Path) -> None:
    where = subprocess.run([str(kg.with_name("python")), "-c", "import kg; print(kg.__file__)"], cwd=tmp_path, capture_output=True,
                           text=True, check=True)
    assert str(CHECKOUT) not in where.stdout
    assert "Commands:" in run(kg, "--help", folder=tmp_path)


def test_the_installed_program_builds_a_graph_of_one_document(kg: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "BANGKOK, Nov. 17, 2023 - The Arakan Army attacked Myanmar's military in Lashio on Nov. 15, 2023.\n", encoding="utf-8")
    run(kg, "build", "report.txt", folder=tmp_path)
    claims = [json.loads(line) for line in (tmp_path / "kg-out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ("attack", "arakan-army") in [(claim["type"], claim["subject"]["id"]) for claim in claims]
    assert "Arakan Army" in (tmp_path / "kg-out" / "explorer.html").read_text(encoding="utf-8")
    assert "largest-alliances" in run(kg, "query", "--list", folder=tmp_path)
