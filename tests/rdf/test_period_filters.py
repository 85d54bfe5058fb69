"""`since` and `until` leave out exactly the claims that cannot have held then, and the undated ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdf_strategies import EDTF

from kg.model import Answer, Claim, Evidence, Kind, Period, Reference, Span
from kg.rdf import claims_quads, open_store, read_claims

GROUP = Reference("a", Kind.ARMED_GROUP, "A")
CLAIMS = [Claim("dissolve", (Evidence("d", Span(n, n + 1), "x"),), object=GROUP, period=Period.parse(edtf) if edtf else None)
          for n, edtf in enumerate((*EDTF, None))]
STORE = open_store("memory:")
STORE.add(claims_quads(CLAIMS))


@settings(max_examples=100, deadline=None)
@given(st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_as_period_overlaps_says(since: date | None, until: date | None) -> None:
    dated = since is not None or until is not None
    if since and until and since > until:
        since, until = until, since
    expected = [c for c in CLAIMS if not dated or (c.period and c.period.overlaps(since, until) is not Answer.NO)]
    assert list(read_claims(STORE, since=since, until=until)) == expected


@pytest.mark.parametrize(("since", "count"), [(date(9999, 12, 31), 2), (None, 13)])
def test_by_hand(since: date | None, count: int) -> None:
    # On the last day of the calendar: "2023-10-27/.." and "9999-12-31"; without a bound, all twelve dated and the undated one.
    assert len(list(read_claims(STORE, since=since))) == count
