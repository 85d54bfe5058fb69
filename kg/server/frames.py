"""What a worker and the server say to each other: a job is one line of JSON, an answer a row of frames."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

READY = b"r"  # the worker can take a job
HEAD = b"h"  # JSON: content type of the answer
DATA = b"d"  # bytes of the answer
END = b"e"  # JSON: rows of the answer; nothing follows
STOP = b"x"  # JSON: the refusal instead of an answer, or in the middle of one; nothing follows

_PREFIX = struct.Struct(">cI")


def write_frame(stream: BinaryIO, kind: bytes, content: bytes | bytearray | Mapping[str, Any] = b"") -> None:
    """Write one frame; it waits while the reader has not caught up."""
    payload = content if isinstance(content, bytes | bytearray) else json.dumps(content).encode()
    stream.write(_PREFIX.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


async def read_frame(stream: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame.

    Raises:
        asyncio.IncompleteReadError: the worker is gone.
    """
    kind, length = _PREFIX.unpack(await stream.readexactly(_PREFIX.size))
    return kind, await stream.readexactly(length)
