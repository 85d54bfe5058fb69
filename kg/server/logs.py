"""What happened, one JSON object a line on standard error. What queries ask is not written."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime


def log(event: str, **values: object) -> None:
    """Write one line; values that are `None` are left out."""
    known = {name: value for name, value in values.items() if value is not None}
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **known}
    sys.stderr.write(json.dumps(line, ensure_ascii=True, default=str) + "\n")
    sys.stderr.flush()
