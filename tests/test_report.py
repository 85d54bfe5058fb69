"""What `kg build` tells of side switches: dates, order, and how names give way to a narrow page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import BuildReport
from kg.cli.options import Format
from kg.cli.report import show_report
from kg.model import Claim, Document, Evidence, Kind, Period, Reference, Span
from kg.rdf import claims_quads, document_quads, open_store

NOTHING = BuildReport(documents=0, new=(), changed=(), unchanged=(), removed=(), extracted=0, undated=(), notes=(), unread=(), failed=(),
                      claims=0, actors_known=0, actors_found=0, without_effect=())


def actor(name: str) -> Reference:
    return Reference(name.lower().replace(" ", "-"), Kind.ARMED_GROUP, name)


def write_switches(folder: Path, number: int) -> str:
    """A dated one, one of unknown day and one that nothing dates; then others, each of a document of its own."""
    store = open_store(str(folder / "store"))
    side = actor("National Army of the Northern Lakes")
    for n in range(number):
        id, published = f"{n:02}.txt", None if n == 2 else Period.parse(f"2031-03-{n + 1:02}")
        claim = Claim("defect", (Evidence(id, Span(0, 4), "text"),), actor("Hill Guard"), from_=side,
                      to=actor("Brigade of the River People"), period=Period.parse("2031-02") if n == 1 else None, reported=published)
        store.add([*document_quads(Document(id, "text", published=published)), *claims_quads([claim])])
    store.close()
    return str(folder / "store")


@pytest.fixture(autouse=True)
def _page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")


def told(capsys: pytest.CaptureFixture[str], store: str) -> list[str]:
    show_report(NOTHING, out=Path("kg-out"), store=store, format=Format.TABLE)
    lines = capsys.readouterr().out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Side switches"))
    return lines[start : lines.index("", start)]


def test_a_switch_without_a_date_has_happened_by_the_day_of_its_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert told(capsys, write_switches(tmp_path, 3)) == [
        "Side switches  (kg query side-switches)",
        "when           who, from whom to whom                                                         document",
        "2031-02        Hill Guard: National Army of the Northern Lakes → Brigade of the River People  01.txt",
        "by 2031-03-01  Hill Guard: National Army of the Northern Lakes → Brigade of the River People  00.txt",
        "               Hill Guard: National Army of the Northern Lakes → Brigade of the River People  02.txt",
    ]


# Three columns with two gaps of at most 3: of 80 characters 80 - 6 - 13 - 8 ("document") = 53 stay for the names; of 50, 23.
@pytest.mark.parametrize(("columns", "names"), [
    ("200", "Hill Guard: National Army of the Northern Lakes → Brigade of the River People"),
    ("80", "Hill Guard: National Army of t… → Brigade of the Riv…"),
    ("50", "Hill…: Natio… → Briga…"),
])
def test_names_are_cut_as_the_page_demands(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                           columns: str, names: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert told(capsys, write_switches(tmp_path, 1))[2] == f"by 2031-03-01  {names}  00.txt"


def test_a_long_list_is_cut_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heading, _, *rows = told(capsys, write_switches(tmp_path, 20))
    assert (heading, len(rows)) == ("Side switches  (16 of 20, kg query side-switches)", 16)
