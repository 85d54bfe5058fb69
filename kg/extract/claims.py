"""From candidates to claims: date, number, stance and sentence added; what is said twice said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.candidates import Candidate
from kg.extract.counts import CountMention
from kg.extract.narrative import recently
from kg.extract.parsing import Sentence
from kg.extract.referents import Referents
from kg.extract.stance import PRESUPPOSED, Stance, read_stance, speaker
from kg.extract.telling import Told, token_at
from kg.extract.times import DateKind, DateMention
from kg.extract.words import word_list
from kg.model import CLAIM_TYPES, Certainty, Claim, Document, Evidence, Modality, Period, Polarity, Quantity, Reference

_TIMELESS = frozenset({"located_in", "holds_role", "based_in"})
_FAR = 6  # tree steps beyond which a date belongs to something else
_SINCE_IT_BEGAN = re.compile(r"^[^.;]{0,12}\bsince\b[^.;]{0,90}\b(?:began|started|broke out|erupted|resumed|was launched)\b[^.;,]{0,12}$")


def make_claims(candidates: Iterable[Candidate], document: Document, referents: Referents, told: Told) -> Iterator[Claim]:
    """The claims that the candidates of the current sentence make; one that lacks the number it needs makes none."""
    sentence = referents.here()
    for candidate in candidates:
        quantity = _quantity(candidate, sentence, told.counts)
        filled = candidate.roles.keys() | ({"count"} if quantity else set())
        if any(filled >= set(key) for key in CLAIM_TYPES[candidate.type].keys):
            yield _make_claim(candidate, document, referents, told, quantity)


def _make_claim(candidate: Candidate, document: Document, referents: Referents, told: Told, quantity: Quantity | None) -> Claim:
    sentence = referents.here()
    stance = _stance(candidate, referents)
    references: dict[str, Reference] = {role: entity.reference() for role, entity in candidate.roles.items()}
    operation = references.get("operation")
    if CLAIM_TYPES[candidate.type].lasting is False and candidate.type != "launch":
        operation = operation or _operation(sentence)
    return Claim(
        type=candidate.type,
        evidence=(Evidence(document.id, sentence.span, sentence.span.of(document.text)),),
        subject=references.get("subject"),
        object=references.get("object"),
        place=references.get("place"),
        from_=references.get("from"),
        to=references.get("to"),
        operation=operation,
        role=candidate.role,
        outcome=candidate.outcome,
        period=_when(candidate, sentence, told.dates, document),
        quantity=quantity,
        attributed_to=stance.by.reference() if stance.by and stance.by.reference().id != document.id else None,
        certainty=stance.certainty,
        polarity=stance.polarity,
        modality=stance.modality,
        reported=document.published,
        rule=candidate.rule,
    )


def _stance(candidate: Candidate, referents: Referents) -> Stance:
    """What the words above the claim say of it, and where they are silent what the model does."""
    read = PRESUPPOSED if candidate.presupposed else read_stance(candidate.trigger, referents)
    hint = candidate.hint
    if hint is None:
        return read
    by = read.by or (speaker(hint.source, referents) if hint.source is not None else None)
    return Stance(
        by,
        next((c for c in Certainty if c.value in hint.standing), read.certainty) if read.certainty is Certainty.STATED else read.certainty,
        Polarity.NEGATIVE if "negative" in hint.standing else read.polarity,
        next((m for m in Modality if m.value in hint.standing), read.modality) if read.modality is Modality.ACTUAL else read.modality,
    )


def _operation(sentence: Sentence) -> Reference | None:
    named = [m.entity for m in sentence.mentions.values() if m.entity.kind.value == "operation"]
    return named[0].reference() if len({e.id for e in named}) == 1 else None


def _period(candidate: Candidate, sentence: Sentence, dates: Sequence[DateMention], document: Document) -> Period | None:
    """The date that the model links to it; else the nearest in the tree, unless it dates the saying and not the deed."""
    since = _since(candidate.trigger, sentence, dates, document.text)
    linked = candidate.hint.date if candidate.hint else None
    if linked:
        meant = next((m for m in dates if m.span.overlaps(linked)), None)
        period = _own_day(candidate.trigger, sentence, meant) if meant else None
        return since if since and period and since.edtf.startswith(period.edtf) else period
    own = {sentence.dated[i] for i in candidate.where if i in sentence.dated}
    if own:
        return next((mention.period for mention in dates if mention.span in own), None)
    best: tuple[int, int, DateMention] | None = None
    for order, mention in enumerate(dates):
        if mention.period is None:
            continue
        at = token_at(sentence, mention.span)
        distance = _distance(candidate.trigger, sentence.tree[at]) if at is not None else None
        if distance is not None and distance <= _FAR and (best is None or (distance, order) < best[:2]):
            best = (distance, order, mention)
    if since is not None and (best is None or best[2].period is None or since.edtf.startswith(best[2].period.edtf)):
        return since
    if best is None:
        heading = _heading(sentence, dates)
        if heading:
            return heading
        undated = not dates and not CLAIM_TYPES[candidate.type].lasting
        return recently(candidate.trigger, document.published) if undated else None
    return _own_day(candidate.trigger, sentence, best[2])


def _own_day(trigger: Token, sentence: Sentence, mention: DateMention) -> Period | None:
    """The date of a clause that begins with "since": in "since the army seized power in 2021" 2021 dates the coup."""
    period = mention.period
    if period is None or mention.kind is not DateKind.SINCE or "/" not in period.edtf:
        return period
    within = mention.span.contains(sentence.spans[trigger.i]) or any(c.lower_ in ("since", "when") for c in trigger.children)
    return Period.parse(period.edtf.split("/")[0]) if within else period


def _when(candidate: Candidate, sentence: Sentence, dates: Sequence[DateMention], document: Document) -> Period | None:
    """The date of a claim; of an office only from when or until when it is held, told at its own word: "has led the front since 2019"."""
    if candidate.type not in _TIMELESS:
        return _period(candidate, sentence, dates, document)
    for mention in dates if candidate.type == "holds_role" else ():
        at = token_at(sentence, mention.span)
        bounded = mention.period is not None and mention.kind in (DateKind.SINCE, DateKind.UNTIL, DateKind.DURING)
        if bounded and at is not None and candidate.trigger in (sentence.tree[at].head, sentence.tree[at].head.head):
            return mention.period
    return None


def _since(trigger: Token, sentence: Sentence, dates: Sequence[DateMention], text: str) -> Period | None:
    """From a day on that a clause tells: "750 men have deserted since the operation, called Thunder, began on Oct. 27"."""
    told = sentence.spans[trigger.i].end
    clauses = [c for c in trigger.children if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "since" for m in c.children)]
    for mention in dates:
        at = token_at(sentence, mention.span)
        within = at is not None and any(sentence.tree[at].head in (c, c.head) and at > c.left_edge.i for c in clauses)
        if mention.period and (within or _SINCE_IT_BEGAN.search(text[told : mention.span.start])):
            begin = mention.period.edtf.split("/")[0]
            return Period.parse(f"{begin}/..") if begin not in ("", "..") else None
    return None


def _heading(sentence: Sentence, dates: Sequence[DateMention]) -> Period | None:
    """The date before a colon that opens the line of a chronicle: "1994: The front is founded ..."."""
    first = dates[0] if dates else None
    opens = first is not None and first.span.start == sentence.span.start
    after = next((t for t, span in zip(sentence.tree, sentence.spans, strict=True) if first and span.start >= first.span.end), None)
    return first.period if opens and first and after is not None and after.text == ":" else None


def _distance(trigger: Token, date: Token) -> int | None:
    """Steps in the tree from the trigger to the date; `None` when another clause, a verb of saying or a comparison owns it."""
    above = {t.i: steps for steps, t in enumerate([trigger, *trigger.ancestors])}
    node, below, steps = date, date, 0
    compared: Token | None = None
    while node.i not in above:
        if node != date and node.pos_ == "VERB" and not _describes(node, trigger):
            return None
        if node.head == node:
            return None
        compared = compared or (node if any(child.lower_ == "than" for child in node.children) else None)
        node, below, steps = node.head, node, steps + 1
    if compared is not None and (node == trigger or compared != below):
        return None  # "far more than in 2012"
    if node != trigger and node.pos_ == "VERB" and node.lemma_ in word_list("speech_verbs"):
        return None
    climbed = [trigger, *trigger.ancestors][: above[node.i]]
    if any(step.dep_ == "acl:relcl" for step in climbed):
        return None  # "the group, which X backs, attacked on Friday" does not date the backing
    return steps + 2 * above[node.i]


def _describes(verb: Token, trigger: Token) -> bool:
    """Whether a participle says more of what the trigger tells: "talks brokered by X and held from 1 to 3 March"."""
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
    event = trigger.head if trigger.dep_ == "acl" else trigger
    return verb.dep_ == "acl" and verb.head in (event, event.head if event.dep_ == "nmod" else event)


def _quantity(candidate: Candidate, sentence: Sentence, counts: Sequence[CountMention]) -> Quantity | None:
    if candidate.number:
        return next((m.quantity for m in counts if m.span.overlaps(candidate.number)), None)
    token = candidate.count_token
    if token is None:
        return None
    numbers = [sentence.spans[t.i] for child in token.lefts for t in child.subtree if t.pos_ in ("NUM", "NOUN", "DET", "ADJ")] + [
        sentence.spans[token.i]
    ]
    for mention in counts:
        if any(mention.span.overlaps(number) for number in numbers) and mention.span.end <= sentence.spans[token.i].end:
            return mention.quantity
    for child in token.children:  # "hundreds of soldiers", "200 of its men"
        if child.dep_ == "nmod":
            for mention in counts:
                if (
                    sentence.spans[child.left_edge.i].start <= mention.span.start
                    and mention.span.end <= sentence.spans[child.i].end + 1
                    and token.pos_ in ("NUM", "NOUN")
                ):
                    return mention.quantity if token.lemma_ in ("total", "number", "half", "third") else None
    return None


def merge_claims(claims: Sequence[Claim]) -> list[Claim]:
    """Say each thing once a document: a claim that adds nothing becomes evidence of the one that says more.

    Two claims are one when type, polarity, modality and one combination of key roles agree, and nothing else that both
    tell (other roles, date, number, source) differs.
    """
    kept: list[Claim] = []
    for claim in claims:
        for i, other in enumerate(kept):
            if _compatible(claim, other):
                kept[i] = _joined(other, claim)
                break
        else:
            kept.append(claim)
    return kept


_DETAILS = ("place", "quantity", "period", "attributed_to", "operation", "role", "outcome", "object", "subject", "from_", "to")


def _compatible(a: Claim, b: Claim) -> bool:
    if a.type != b.type or a.polarity != b.polarity or a.modality != b.modality:
        return False
    left, right = _said(a), _said(b)
    if CLAIM_TYPES[a.type].symmetric and left.get("subject") == right.get("object"):
        right["subject"], right["object"] = right.get("object"), right.get("subject")
    if any(left[name] and right[name] and left[name] != right[name] for name in left if name != "period"):
        return False
    if a.period and b.period and a.period != b.period and _nearer(a.period, b.period) is None:
        return False
    also = [["subject"]] if a.type == "defect" else []  # one telling of a switch may name the side left, another the side joined
    if a.type == "defect" and a.evidence[0].span == b.evidence[0].span and {a.subject is None, b.subject is None} == {True, False}:
        also.append(["to"])  # and of one sentence, one who went over, the other whom he left
    keys = also + [[{"count": "quantity", "from": "from_"}.get(role, role) for role in key] for key in CLAIM_TYPES[a.type].keys]
    return any(all(left[role] and left[role] == right[role] for role in key) for key in keys)


def _said(claim: Claim) -> dict[str, str | None]:
    return {name: _identity(claim, name) for name in _DETAILS}


def _identity(claim: Claim, name: str) -> str | None:
    value = getattr(claim, name)
    if value is None:
        return None
    if isinstance(value, Reference):
        return value.id
    if isinstance(value, Quantity):
        return value.notation
    return str(value)


def _nearer(one: Period, other: Period) -> Period | None:
    """The nearer date of two that can be one and the same: "about May" and "3 May"; `None` where they cannot."""
    for wide, near in ((one, other), (other, one)):
        bounds = (wide.begin_earliest, near.begin_earliest, near.end_latest, wide.end_latest)
        if wide.doubtful and None not in bounds and bounds[0] <= bounds[1] and bounds[2] <= bounds[3]:  # type: ignore[operator]  # none is None
            return near
    return None


def _joined(first: Claim, second: Claim) -> Claim:
    richer, poorer = (second, first) if _told(second) > _told(first) else (first, second)
    filled = {name: getattr(poorer, name) for name in _DETAILS if getattr(richer, name) is None and getattr(poorer, name) is not None}
    if richer.period and poorer.period and richer.period != poorer.period:
        filled["period"] = _nearer(richer.period, poorer.period)
    evidence = tuple(dict.fromkeys((*richer.evidence, *poorer.evidence)))
    certainty = richer.certainty if richer.certainty is not Certainty.STATED else poorer.certainty
    return replace(richer, evidence=evidence, certainty=certainty, **filled)


def _told(claim: Claim) -> int:
    return sum(getattr(claim, name) is not None for name in _DETAILS)
