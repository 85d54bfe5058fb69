"""Actors, allegiances and switches made by hand for the tests of pictures."""

from __future__ import annotations

from datetime import date

from kg.model import Allegiance, Certainty, Kind, Modality, Reference, Spell, Standing, Switch, SwitchKind, Voice

HOSTILE = '<script>alert("x")</script> & \u202eevil\u0007 \ud800'
BURMESE = "တအာင်းအမျိုးသားလွတ်မြောက်ရေးတပ်မတော်"
ARABIC = "قوات الدعم السريع"


def actor(name, kind=Kind.ARMED_GROUP):
    return Reference(name.lower().replace(" ", "-"), kind, name)


ARMY, REBELS, GUARDS, LEAGUE = actor("Grand Army"), actor("Hill Rebels"), actor("River Guards"), actor("Hill League", Kind.ALLIANCE)


def day(text):
    return date.fromisoformat(text) if text else None


def allegiance(who, side, *spells, relation="part_of", ending=None, claims=("c1",), documents=("a.txt",), ended_by=(), against=()):
    """`spells`: four days as text each, `None` where unbounded."""
    return Allegiance(who, side, relation, (), tuple(Spell(*map(day, spell)) for spell in spells), (), ending, Certainty.STATED, claims,
                      documents, ended_by, against)


def switch(who, from_, to, earliest, latest, *, kind=SwitchKind.DEFECTION, certainty=Certainty.STATED, claims=("c9",)):
    return Switch(kind, Standing.ACTUAL, who, (), from_, to, day(earliest), day(latest), (), certainty, (Modality.ACTUAL,),
                  (Voice("a.txt", None),), claims, (), (), ())
