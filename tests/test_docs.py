"""The documents keep pace with the program: every command is told of, has help with an example, and the README runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kg.cli import make_app, run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, str]:
    """Every command with its help text."""
    group = typer.main.get_command(make_app())
    return {name: command.help or "" for name, command in group.commands.items()}  # type: ignore[attr-defined]  # typer's own group type


def readme_commands() -> list[str]:
    """The `kg` commands of the README's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if re.match(r"\$ (.*\| )?kg ", line)]


def links() -> list[str]:
    return [target for target in re.findall(r"(?<!!)\[[^]]*\]\(([^)#]+)\)", README) if "://" not in target]


@pytest.mark.parametrize("name", commands())
def test_the_readme_tells_of_the_command(name: str) -> None:
    assert f"kg {name}" in README


@pytest.mark.parametrize("name", commands())
def test_the_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert re.search(rf"Examples:\n(.*\n)*? +(.*\| )?kg {name}\b", commands()[name]), "give it an Examples paragraph"
    assert run([name, "--help"]) == 0
    assert f"kg {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", commands())
def test_the_first_line_of_help_fits_the_list_of_commands(name: str) -> None:
    assert len(commands()[name].splitlines()[0]) <= 45


def test_the_readme_holds_commands_to_run() -> None:
    assert len(readme_commands()) >= 15


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a checkout has, and nothing built."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds" / "documents", folder / "seeds" / "documents")
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "BROWSER": "true"}
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_commands_of_the_readme_run_in_their_order(workplace: Path) -> None:
    for command in readme_commands():
        done = shell(command, workplace)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip(), f"$ {command} says nothing"
    assert (workplace / "day.gexf").is_file()


def test_the_python_of_the_readme_runs(workplace: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=workplace, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("target", links())
def test_a_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_readme_shows_the_commands_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in re.findall(r"\bmake ([a-z]+)", README):
        assert target in targets


def test_the_advice_of_checks_names_commands_that_exist() -> None:
    files = (ROOT / "ontology" / "checks").glob("*.rq")
    named = {name for file in files for name in re.findall(r"\(kg ([a-z]+)", file.read_text("utf-8"))}
    assert named
    assert named <= set(commands())
