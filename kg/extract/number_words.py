"""English numbers, in digits and in words: one pattern and its value.

The pattern is a fragment to build on; it holds no named group. All repetitions are bounded, so that matching stays linear.
"""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
VALUES: dict[str, int | Fraction] = {
    **{word: value for value, word in enumerate(_ONES + _TEENS)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "couple": 2,
    "pair": 2,
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
}
"""What each word adds."""

MULTIPLES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
"""What each word multiplies by."""

SCALE = "(?:dozen|hundred|thousand|lakh|million|crore|billion)"
DIGITS = r"(?:[0-9]{1,3}(?:[,\u00a0\u2009\u202f][0-9]{3}){1,4}(?![0-9])|[0-9]{1,15}(?:\.[0-9]{1,3}(?![0-9]))?)"
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[1:])}))?\b|(?:{'|'.join(_TEENS + _ONES[1:])})\b)"
WORDS = (
    rf"(?i:(?:(?:half|quarter\sof)\s(?:a|an)\s{SCALE}|(?:a|an)\s{SCALE}|{_SMALL})"
    rf"(?:[-\s]{SCALE}){{0,2}}(?:(?:(?<=hundred)|(?<=thousand))(?:\s(?:and\s)?{_SMALL}(?:\s{SCALE})?){{1,2}})?)"
)
NUMBER = rf"(?:{DIGITS}(?:[-\s](?i:{SCALE})){{0,2}}|{WORDS})"
"""Any number: "4,616", "1.5 million", "eighteen", "two dozen", "a hundred"."""

_PIECE = re.compile(r"[a-z]+|[0-9][0-9.,\u00a0\u2009\u202f]*")


def read_number(text: str) -> int | None:
    """The value of a number that `NUMBER` matched; None where it is no whole number ("1.5").

    >>> read_number("1.5 million"), read_number("one hundred and twenty-one"), read_number("half a dozen"), read_number("2.5")
    (1500000, 121, 6, None)
    """
    total, current = Fraction(0), Fraction(0)
    for piece in _PIECE.findall(text.lower()):
        if piece[0].isdigit():
            current += Fraction(re.sub(r"[^0-9.]", "", piece).rstrip("."))
        elif piece in VALUES:
            current += VALUES[piece]
        elif piece in MULTIPLES:
            current = (current or Fraction(1)) * MULTIPLES[piece]
            if MULTIPLES[piece] >= 1000:
                total, current = total + current, Fraction(0)
    value = total + current
    return int(value) if value.denominator == 1 else None
