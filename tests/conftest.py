"""Rules for the tests of this project.

- Build the input by hand in the test, and compare with exact values; say where a number comes from.
- Real parts: none of our own code is replaced by a mock. What is slow (the parser, a browser) is used by few tests.
- Round trips are property tests. Cases of one kind are a table (`parametrize`), not a loop.
- No network, no clock, no timing. Files go to `tmp_path`.
- See each new test fail once before you believe it. A skipped test says what is missing and how to get it.
- File names are unique in the whole tree; a folder mirrors a room of `kg/`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a timed test fails on a busy machine and says nothing about the code.
settings.register_profile("allegiance", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("allegiance")
