"""The server that most tests of this folder only read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from server_fixtures import A, B, C, Server, build_toy, serving


@pytest.fixture(scope="session")
def toy_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a build: two attacks that say the same in two documents, two memberships."""
    return build_toy(tmp_path_factory.mktemp("served"), a=A, b=B, c=C)


@pytest.fixture(scope="session")
def server(toy_out: Path) -> Iterator[Server]:
    with serving(toy_out, "--workers", "2", "--origin", "https://page.example") as started:
        yield started
