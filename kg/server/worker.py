"""A worker process: takes jobs from standard input, one at a time, and answers on standard output.

It may be killed at any moment; nothing is lost with it. It leaves by itself when the server is gone.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import resource
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.rdf.embedded import EmbeddedStore
from kg.server.answering import answer
from kg.server.frames import READY, write_frame
from kg.server.refusal import Refusal
from kg.server.reply import Reply

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    """Serve jobs until standard input ends. Arguments: MiB of memory it may add."""
    isolated = leave_the_network()
    _limit_memory(int(sys.argv[1]))
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints by mistake does not get into the frames
    threading.Thread(target=_read, args=(jobs,), daemon=True).start()
    write_frame(out, READY, {"isolated": isolated})
    opened: tuple[str, EmbeddedStore] | None = None
    while True:
        job = jobs.get()
        reply = Reply(out, most_rows=job["rows"])
        try:
            if opened is None or opened[0] != job["snapshot"]:
                if opened:
                    opened[1].close()
                    opened = None
                opened = job["snapshot"], EmbeddedStore.in_folder(Path(job["snapshot"]), read_only=True)
            answer(opened[1], job, reply)
            reply.end()
        except Refusal as refusal:
            reply.stop(refusal)
        except KgError as problem:
            reply.stop(Refusal.of(problem))
        except MemoryError:
            reply.stop(Refusal(503, "the request was stopped: it needed more memory than it may use", advice="ask for less"))
        except BrokenPipeError:
            return
        except Exception as problem:  # a mistake of ours: the log gets its name, the client no detail
            reply.stop(Refusal(500, f"an error in the service itself: {type(problem).__name__}: {problem}"))


def leave_the_network() -> bool:
    """Move this process to a network of its own, without any device, where Linux allows it. Before any thread starts."""
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)
    return False


def _limit_memory(mebibytes: int) -> None:
    """Let the address space grow by so much: an allocation beyond it fails, and the process with it."""
    with suppress(OSError, ValueError):  # not Linux, or a lower limit is set already
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        size = pages * resource.getpagesize() + (_OVERHEAD + mebibytes) * (1 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _read(jobs: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Hand on the jobs; at the end of input leave at once, whatever the other thread is doing."""
    for line in sys.stdin.buffer:
        jobs.put(json.loads(line))
    os._exit(0)


_OVERHEAD = 1024  # MiB that threads and an opened store reserve but do not use
