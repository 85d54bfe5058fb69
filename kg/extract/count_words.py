"""The words around English counts, as tables."""

from __future__ import annotations

from fractions import Fraction


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BELOW = (
    "nearly",
    "almost",
    "close to",
    "up to",
    "as many as",
    "fewer than",
    "less than",
    "under",
    "at most",
    "no more than",
    "not more than",
    "just under",
    "just short of",
    "below",
    "approaching",
    "a maximum of",
)
"""Before a number: it is the most."""

ABOVE = (
    "more than",
    "over",
    "at least",
    "upwards of",
    "upward of",
    "no fewer than",
    "no less than",
    "not less than",
    "well over",
    "just over",
    "in excess of",
    "a minimum of",
    "exceeding",
    "above",
    "at the very least",
)
"""Before a number: it is the least."""

ABOUT = ("some", "about", "around", "roughly", "approximately", "an estimated", "estimated", "circa", "perhaps", "maybe")
PREPOSITIONS = ("over", "under", "above", "below")
"""These bound a large number only: "over 10 towns", but "control over three towns"."""

VAGUE = {"dozens": 24, "scores": 40, "tens": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6}
"""The least that a vague number means (codebook, rule 14)."""

FRACTIONS = {
    "half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "one-third": Fraction(1, 3),
    "two thirds": Fraction(2, 3),
    "two-thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "one-quarter": Fraction(1, 4),
    "three quarters": Fraction(3, 4),
    "three-quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5),
    "one fifth": Fraction(1, 5),
    "one-fifth": Fraction(1, 5),
    "a tenth": Fraction(1, 10),
}
MEASURES = _words(
    "second seconds minute minutes hour hours day days night nights week weeks fortnight weekend weekends month months year "
    "years decade decades century centuries generations a.m p.m am pm o'clock GMT UTC EDT EST km kms kilometer kilometers "
    "kilometre kilometres mile miles meter meters metre metres m cm mm centimeters centimetres millimeter millimetre "
    "millimeters foot feet ft inch inches yard yards nautical hectare hectares ha acre acres square sq cubic ton tons tonne "
    "tonnes kg kgs kilogram kilograms kilo kilos gram grams pound pounds ounce ounces liter liters litre litres barrel "
    "barrels megawatt megawatts MW volt degrees degree caliber calibre mph kph knots percent per percentage pc dollar dollars "
    "cent cents euro euros kyat kyats baht yuan renminbi rupee rupees peso pesos franc francs dinar dinars riyal shilling "
    "shillings birr naira lira rouble roubles ruble rubles hryvnia USD EUR times time fold points point thirds quarters "
    "fifths tenths half"
)
"""A number of these is a length, a time, a weight, a share or a sum of money, no count of people or things."""

NAMING = _words(
    "operation brigade brigades division divisions battalion battalions regiment regiments corps column company squadron unit "
    "section sections article articles resolution resolutions highway highways route routes road roads zone zones district "
    "districts region regions sector sectors area page pages chapter phase no nos number numbers nr point points part level "
    "act law order decree notification directive team flight version channel tel telephone phone fax room hill camp "
    "checkpoint gate mile kilometer kilometre round stage category type model volume vol figure table annex paragraph para "
    "clause rule item group class grade aged age radio fm covid top"
)
"""Before a number, with a capital, these make it a name: Brigade 611, Highway 8."""

NAMING_SMALL = _words("section article page no number aged age phase point hill")
"""Those that do so without a capital."""

FUNCTION = _words(
    "a an the and or but nor of in on at by to from for with within without into onto over under after before since until "
    "during against between among across through near around about as than that which who whom whose where when while if "
    "because so not no is are was were be been being has have had having do does did will would can could may might must "
    "shall should it its he his she her they their them we our us you your i this these those there then also still only "
    "later earlier ago alone each per up down out off away back said say says according killed died fled more others both "
    "nationwide overall"
)
"""Words that end a noun phrase."""

PLURALS = _words(
    "people men women children troops dead wounded injured policemen militiamen gunmen servicemen tribesmen fishermen aircraft cattle"
)
"""Plurals without an s, and adjectives counted like nouns."""

COLLECTIVE = _words("police personnel militia infantry cavalry staff crew navy army artillery armor armour cattle equipment weaponry")
"""Nouns counted in the singular, unless a plural follows: "police officers"."""

LINKING = _words("of the its their his her other others more additional these those our")
"""May stand between a number and its noun."""
