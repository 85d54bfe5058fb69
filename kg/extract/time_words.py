"""The words English dates are made of, as tables."""

from __future__ import annotations

from kg.extract.time_values import Unit, Which

MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
WEEKDAYS = {name[:3]: number for number, name in enumerate(WEEKDAY_NAMES)}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""By their numbers in EDTF."""

WHICH = {
    "last": Which.LAST,
    "this past": Which.LAST,
    "this": Which.THIS,
    "next": Which.NEXT,
    "that": Which.SAME,
    "that same": Which.SAME,
    "the same": Which.SAME,
    "the very same": Which.SAME,
    "the next": Which.FOLLOWING,
    "the very next": Which.FOLLOWING,
    "the following": Which.FOLLOWING,
    "the previous": Which.PREVIOUS,
    "the preceding": Which.PREVIOUS,
    "the prior": Which.PREVIOUS,
}
UNITS = {
    "hour": Unit.HOUR,
    "day": Unit.DAY,
    "night": Unit.DAY,
    "morning": Unit.DAY,
    "afternoon": Unit.DAY,
    "evening": Unit.DAY,
    "week": Unit.WEEK,
    "fortnight": Unit.WEEK,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
    "decade": Unit.DECADE,
}
TODAY = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
}
"""Days from the day of publication."""

VAGUE = ("a few", "few", "several", "some", "many", "a number of")
BEYOND = ("more than", "over", "at least", "well over")
ABOUT = (
    "about",
    "around",
    "some",
    "roughly",
    "approximately",
    "nearly",
    "almost",
    "close to",
    "just over",
    "just under",
    "a little over",
    "little more than",
    "less than",
    "under",
    "barely",
    "not quite",
    "an estimated",
)
COUNTED = (
    "soldiers|troops|fighters|men|women|people|civilians|rebels|militants|insurgents|guerrillas|personnel|members|residents|villagers|"
    "houses|homes|villages|households|families|refugees|prisoners|detainees|officers|police|policemen|recruits|guards|combatants|"
    "militiamen|gunmen|protesters|children|others|deaths|attacks|bodies|vehicles|tanks|drones|rounds|clashes|persons|students|workers|"
    "inmates|casualties|bases|outposts|supporters|volunteers|conscripts|hostages|migrants|cases|schools|weapons|rifles"
)
"""What is counted after a number that could be a year or a day: "the 2000 fighters", "on May 3 and 20 soldiers"."""

MEASURED = "km|kilometers|kilometres|miles|meters|metres|hectares|acres|tons|tonnes|dollars|votes|square"
"""What is measured after a number that could be a year."""

NAMED_AFTER = (
    "Movement|Brigades?|Battalions?|Regiment|Division|Column|Forces?|Front|Army|Group|Organi[sz]ation|Martyrs|Revolutionaries|Revolution|"
    "Coalition|Alliance|Party|Committee|Generation|Square|Street|Avenue|University|Bridge|Stadium"
)
"""A day followed by one of these is part of a name: the March 23 Movement, the 17 February Brigade."""

EVENTS = (
    "coup|takeover|elections?|offensives?|uprising|revolution|war|agreement|ceasefire|truce|accords?|deal|constitution|massacre|seizure|putsch|"
    "invasion|earthquake|referendum|protests|revolt|mutiny|split|peace|treaty|campaign|crisis"
)
"""What a year can stand before without an article: "failed 2016 putsch"."""
