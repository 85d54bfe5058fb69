"""One extractor for every test of the room: the parser is loaded once."""

from __future__ import annotations

import pytest
from invented_wars import PLACES, WARS
from spacy.language import Language

from kg.extract.extractor import Extractor
from kg.extract.parsing import load_parser


@pytest.fixture(scope="session")
def war_reader() -> Extractor:
    """An extractor that knows the four invented wars."""
    return Extractor(WARS, PLACES, model=False)  # the frames alone: what the model adds is tested in test_scoring.py


@pytest.fixture(scope="session")
def shipped_parser() -> Language:
    """The parser that ships with the package (the same one the extractor loaded)."""
    return load_parser(None)


@pytest.fixture(scope="session")
def whole_reader() -> Extractor:
    """The same with the model that proposes claims."""
    return Extractor(WARS, PLACES)
