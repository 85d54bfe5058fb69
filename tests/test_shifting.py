"""The command `kg shifts`, and the loyalty part of `kg actor`, on a graph with one change of side."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import partial
from pathlib import Path

import pytest
from build_fixtures import SentenceExtractor, write_documents, write_seeds

from kg.build import Recipe, build
from kg.cli import run
from kg.model import Claim, Document, Evidence, Modality, Period, Polarity, Quantity, Span

LEFT = re.compile(r"(?P<count>\d+ of )?(?P<who>[A-Z]{2,}) (?P<how>left|may leave|did not leave) (?P<from>[A-Z]{2,}) for (?P<to>[A-Z]{2,})"
                  r"(?: on (?P<date>\d{4}-\d\d-\d\d))?\.")
TEXT = ("2023-12-01\n\nBGF joined SAC on 2021-05-01. AA attacked SAC on 2020-01-01. BGF left SAC for AA on 2023-06-15. "
        "BGF attacked SAC on 2023-07-01. 200 of SAC left SAC for AA on 2023-11-12. KIA may leave AA for SAC. "
        "UWSA did not leave SAC for AA. MNDAA joined KNU.\n")
OTHER = "2023-12-02\n\nBGF left SAC for AA on 2023-06-15.\n"
QUARREL = {"c": "2024-02-03\n\nKNU attacked MNDAA on 2024-02-01.\n", "d": "2024-03-03\n\nMNDAA attacked KNU on 2024-03-01.\n"}


class LeavingExtractor(SentenceExtractor):
    """Reads also "BGF left SAC for AA on 2023-06-15.", "may leave" and "did not leave"; "200 of SAC left SAC" are unnamed people."""

    def extract(self, document: Document) -> tuple[Claim, ...]:
        return *super().extract(document), *(self.leaving(document, match) for match in LEFT.finditer(document.text))

    def leaving(self, document: Document, match: re.Match[str]) -> Claim:
        number = int(match["count"].split()[0]) if match["count"] else None
        return Claim(
            "defect", (Evidence(document.id, Span(*match.span()), match[0]),), subject=None if number else self.group(match["who"]),
            from_=self.group(match["from"]), to=self.group(match["to"]), period=Period.parse(match["date"]) if match["date"] else None,
            quantity=Quantity(number, number, str(number)) if number else None, reported=document.published,
            modality=Modality.POSSIBLE if match["how"] == "may leave" else Modality.ACTUAL,
            polarity=Polarity.NEGATIVE if match["how"] == "did not leave" else Polarity.POSITIVE, rule=match["how"])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shifts")
    build([str(write_documents(folder / "documents", a=TEXT, b=OTHER, **QUARREL))], out=folder / "kg-out",
          seeds_folder=write_seeds(folder / "seeds"), recipe=Recipe("leaving", partial(LeavingExtractor)))
    return folder


@pytest.fixture(autouse=True)
def _here(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(graph)


def kg(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kg(capsys, "shifts", "--format", "csv", *arguments))))


def test_one_line_a_switch(capsys: pytest.CaptureFixture[str]) -> None:
    found = [{name: row[name] for name in row if name != "claim"} for row in rows(capsys)]
    assert found == [
        {"when": "2023-06-15", "who": "BGF", "from → to": "SAC → AA", "how many": "", "kind": "defection", "how sure": "stated",
         "sources": "a.txt; b.txt", "for": "2", "before": "1", "after": "1", "against": "0"},
        {"when": "2023-11-12", "who": "people of SAC", "from → to": "SAC → AA", "how many": "200", "kind": "defection",
         "how sure": "stated", "sources": "a.txt", "for": "1", "before": "0", "after": "0", "against": "0"},
    ]


def test_the_claim_at_the_end_leads_to_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    claim = rows(capsys)[0]["claim"]
    assert "BGF left SAC for AA on 2023-06-15." in kg(capsys, "why", claim)


@pytest.mark.parametrize(("options", "who"), [
    (["--since", "2023-07-01"], ["people of SAC"]), (["--until", "2023-07-01"], ["BGF"]), (["--actor", "BGF"], ["BGF"]),
    (["--actor", "Arakan Army"], ["BGF", "people of SAC"]), (["--sure"], ["BGF", "people of SAC"]),
    (["--announced"], ["KIA", "UWSA"]),
])
def test_switches_are_selected(capsys: pytest.CaptureFixture[str], options: list[str], who: list[str]) -> None:
    assert [row["who"] for row in rows(capsys, *options)] == who


def test_announced_and_denied_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert [(row["who"], row["how sure"]) for row in rows(capsys, "--announced")] == [("KIA", "possible"), ("UWSA", "denied")]


def test_the_history_of_an_actor_stands_before_its_switches(capsys: pytest.CaptureFixture[str]) -> None:
    history, switches = kg(capsys, "shifts", "--actor", "BGF").split("\n\n")
    assert [line.split()[:4] for line in history.splitlines()[1:]] == [
        ["2021-05-01", "2021-05-01", "2021-05-01", "2023-06-15"], ["2023-06-15"] * 3 + ["AA"]]
    assert "left" in history
    assert len(switches.splitlines()) == 2


def test_json_has_every_claim_and_the_policy(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(kg(capsys, "shifts", "--actor", "BGF", "--format", "json"))
    switch, = told["switches"]
    assert (switch["from"]["id"], switch["earliest"], len(switch["claims"]), len(switch["before"]), switch["minimum"]) == (
        "sac", "2023-06-15", 2, 1, None)
    assert switch["voices"] == [{"document": "a.txt", "attributed_to": None}, {"document": "b.txt", "attributed_to": None}]
    assert [(span["side"]["id"], span["last"], span["ending"]) for span in told["history"]] == [
        ("sac", "2023-06-15", "left"), ("aa", None, None)]
    assert told["policy"]["touching_days"] == 1
    assert told["history"][0]["ended_by"] == switch["claims"]


def test_the_ranking_gives_reasons_and_no_probability(capsys: pytest.CaptureFixture[str]) -> None:
    out = kg(capsys, "shifts", "--next")
    assert out.splitlines()[0].split() == ["rank", "actor", "score", "statements", "reasons", "claim"]
    assert "BGF    undefined" in out
    assert "changed sides before (SAC): 1 × 1" in out
    assert "probab" not in out
    assert "says nothing of how likely a change of side is" in out
    answer = json.loads(kg(capsys, "shifts", "--next", "--actor", "KIA", "--format", "json"))
    told = answer["ranking"]
    assert answer["policy"]["least_statements"] == 3
    assert [(one["actor"]["id"], [reason["count"] for reason in one["reasons"]]) for one in told] == [("kia", [1])]
    assert json.loads(kg(capsys, "shifts", "--next", "--actor", "KIA", "--until", "2023-01-01", "--format", "json"))["ranking"] == []


def test_an_actor_is_told_with_its_loyalty(capsys: pytest.CaptureFixture[str]) -> None:
    out = kg(capsys, "actor", "BGF")
    assert out.index("Loyalty: with whom, from when to when") < out.index("Loyalty: changes of side") < out.index("subject")
    loyalty = json.loads(kg(capsys, "actor", "BGF", "--format", "json"))["loyalty"]
    assert (len(loyalty["history"]), len(loyalty["switches"])) == (2, 1)
    assert "Loyalty" not in kg(capsys, "actor", "BGF", "--format", "csv")


def test_who_fell_out_is_told_with_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    # MNDAA was last told to be in the KNU on 1 December 2023; two attacks, told of in two documents, are later: 1 February and 1 March.
    found = json.loads(kg(capsys, "shifts", "--format", "json"))["fell_out"]
    assert [(one["actor"]["id"], one["side"]["id"], one["last"], one["ending"]) for one in found] == [
        ("mndaa", "knu", "2024-02-01", "fell out")]
    attacks = {one["id"] for one in json.loads(kg(capsys, "claims", "--actor", "MNDAA", "--format", "json")) if one["type"] == "attack"}
    assert set(found[0]["ended_by"]) == attacks
    told = kg(capsys, "shifts").split("\n\n")[-1]
    assert told.startswith("Fell out")
    assert told.split()[-1] == max(attacks)
    assert "Fell out" in kg(capsys, "shifts", "--actor", "KNU")
    history = json.loads(kg(capsys, "actor", "MNDAA", "--format", "json"))["loyalty"]["history"]
    assert [(one["ending"], set(one["ended_by"])) for one in history] == [("fell out", attacks)]


@pytest.mark.parametrize("options", [
    ["--actor", "BGF"], ["--since", "2024-02-02"], ["--until", "2023-11-30"], ["--sure"], ["--announced"], ["--next"]])
def test_who_fell_out_is_left_out_where_it_was_not_asked_for(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert "Fell out" not in kg(capsys, "shifts", *options)


@pytest.mark.parametrize("arguments", [
    ["--next", "--sure"], ["--next", "--announced"], ["--sure", "--announced"], ["--since", "soon"], ["--actor", "XYZ"]])
def test_wrong_use(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(["shifts", *arguments]) == 2
    assert capsys.readouterr().err.startswith("kg: ")
