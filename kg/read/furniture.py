"""Page furniture: the paragraphs of a page that are not its news, by weighted rules about language and shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from kg.model import Span

_LONGEST = 1500  # code points; a longer paragraph is never furniture, which also bounds the work on one line
_SHORT_LINE = 14  # words; between two paragraphs of furniture such a line belongs to them
_LARGEST_GAP = 2  # paragraphs; what furniture on both sides can absorb
_HEADLINE = 30  # words; below "Related articles" such a line is a headline of another article
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
_MENU = re.compile(r"\s*[|•·»›>]\s*")
_MENU_ITEM = 3  # words
_BARE = re.compile(r"^[#>*_\s-]+|[*_\s]+$")  # the marks of Markdown around a line


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign of furniture (or, with a negative weight, of news); `furniture.yaml` says what the fields mean."""

    name: str
    pattern: re.Pattern[str]
    weight: float
    where: Literal["whole", "start", "anywhere"]
    longest: int | None
    most: float | None  # with `each`: the most that all its different words weigh together
    opens_list: bool
    interrupts: bool  # stands alone in the middle of news, and vouches for no neighbour
    example: str

    def weigh(self, line: str, unquoted: str, words: int) -> float:
        """What the rule adds to a paragraph, given whole, without its quotations, and its number of words."""
        if self.longest is not None and words > self.longest:
            return 0.0
        if self.where == "whole":
            return self.weight if self.pattern.fullmatch(line) else 0.0
        if self.where == "start":
            return self.weight if self.pattern.match(line) else 0.0
        if self.most is None:
            return self.weight if self.pattern.search(unquoted) else 0.0
        return min(self.most, self.weight * len({m[0].casefold() for m in self.pattern.finditer(unquoted)}))


def _rule(row: dict[str, Any]) -> Rule:
    flags = re.NOFLAG if row.get("case") else re.IGNORECASE
    most = row["most"] if row.get("each") else None
    return Rule(row["name"], re.compile(row["pattern"], flags), row["weight"], row["where"], row.get("longest"), most,
                row.get("opens") == "list", bool(row.get("interrupts")), row["example"])


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, and the weights from which a paragraph counts as furniture, alone or between furniture."""

    rules: tuple[Rule, ...]
    threshold: float
    weak: float


@cache
def load_rules() -> RuleSet:
    """The rules of `furniture.yaml`."""
    data = yaml.safe_load(Path(__file__).with_name("furniture.yaml").read_text("utf-8"))
    return RuleSet(tuple(_rule(row) for row in data["rules"]), data["threshold"], data["weak"])


def weigh(paragraph: str) -> dict[str, float]:
    """The rules that speak for or against a paragraph being furniture, by name, with their weights.

    >>> weigh("Subscribe to our free newsletter")["asks-to-join"]
    1
    >>> weigh("Both sides were asked to subscribe to the ceasefire")
    {'fighting': -0.4}
    """
    if len(paragraph) > _LONGEST:
        return {}
    line = " ".join(_BARE.sub("", paragraph).split())
    if _is_menu(line):
        return {"menu": load_rules().threshold}
    unquoted, words = _QUOTED.sub(" ", line), len(line.split())
    return {rule.name: weight for rule in load_rules().rules if (weight := rule.weigh(line, unquoted, words))}


@dataclass(frozen=True, slots=True)
class Scores:
    """What each paragraph of a document weighs, and which of them open a list of other articles."""

    weights: tuple[float, ...]
    opens_list: frozenset[int]
    interrupts: frozenset[int]

    def is_furniture(self, index: int) -> bool:
        """Whether the paragraph is furniture by itself, wherever it stands."""
        return self.weights[index] >= load_rules().threshold


def score_paragraphs(text: str, paragraphs: Sequence[Span]) -> Scores:
    """Weigh each paragraph for itself."""
    opening = {rule.name for rule in load_rules().rules if rule.opens_list}
    interrupting = {rule.name for rule in load_rules().rules if rule.interrupts}
    found = [weigh(span.of(text)) for span in paragraphs]
    opens = frozenset(i for i, rules in enumerate(found) if opening & rules.keys())
    interrupts = frozenset(i for i, rules in enumerate(found) if interrupting & rules.keys())
    return Scores(tuple(round(sum(rules.values()), 6) for rules in found), opens, interrupts)


def find_furniture(text: str, paragraphs: Sequence[Span], scores: Scores, *, head: Collection[int] = (),
                   labels: Collection[int] = ()) -> tuple[Span, ...]:
    """The paragraphs that are furniture: by their own weight, or by the company they keep.

    A run of furniture absorbs the few short lines and weakly marked paragraphs between its members, and a
    heading such as "Related articles" absorbs the headlines below it.

    Args:
        text: the document.
        paragraphs: its paragraphs.
        scores: what they weigh.
        head: indexes of title, byline and date line, which are never furniture.
        labels: indexes of section labels and repeated titles, which always are.
    """
    count = len(paragraphs)
    marked = [i not in head and (i in labels or scores.is_furniture(i)) for i in range(count)]
    in_list = False
    for i in range(count):
        if marked[i]:
            in_list = i in scores.opens_list or (in_list and i not in labels)
        elif in_list and i not in head and _is_headline(paragraphs[i].of(text)):
            marked[i] = True
        else:
            in_list = False
    vouching = [i for i in range(count) if marked[i] and i not in scores.interrupts]
    for before, after in pairwise(vouching):
        between = [i for i in range(before + 1, after) if not marked[i]]
        if len(between) <= _LARGEST_GAP and all(i not in head and _is_weak(paragraphs[i].of(text), scores.weights[i]) for i in between):
            for i in between:
                marked[i] = True
    return tuple(span for span, is_furniture in zip(paragraphs, marked, strict=True) if is_furniture)


def _is_weak(paragraph: str, weight: float) -> bool:
    """Whether it may be absorbed: it has signs of furniture, or it is a short line without signs of news."""
    return weight >= load_rules().weak or (weight >= 0 and len(paragraph) <= _LONGEST and len(paragraph.split()) <= _SHORT_LINE)


def _is_headline(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST and len(paragraph.split()) <= _HEADLINE and not _ENDS_SENTENCE.search(paragraph)


def _is_menu(line: str) -> bool:
    """Whether it is a row of links: three items or more of a few words each, between bars, dots or arrows.

    A slash does not count: it also stands between names in the news.
    """
    items = [item for item in _MENU.split(line) if item]
    return len(items) >= 3 and len(line) > 2 * len(items) and all(
        len(item.split()) <= _MENU_ITEM and not any(c.isdigit() for c in item) for item in items)
