"""The workers: one request each at a time, killed when it takes too long or nobody waits for its answer."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import kg
from kg.server.frames import END, READY, STOP, read_frame
from kg.server.logs import log
from kg.server.refusal import Refusal
from kg.server.settings import Limits
from kg.server.turns import Turns

_START = "import sys; sys.path.insert(0, sys.argv.pop()); from kg.server.worker import main; main()"
_BUSY = {"Retry-After": "2"}
_Stream = TypeVar("_Stream")


class Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Use `start`."""
        self._process = process
        self.is_idle = True  # it waits for a job, and its pipes are empty
        self.isolated = False

    @classmethod
    async def start(cls, limits: Limits) -> Worker:
        """Start a process and wait until it can take a job: some 0.2 s."""
        root = str(Path(kg.__file__).resolve().parents[1])
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", _START, str(limits.memory), root, start_new_session=True,  # Ctrl-C is for the server
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)
        worker = cls(process)
        try:
            kind, told = await read_frame(worker._out)
        except BaseException:
            await worker.kill()
            raise
        worker.isolated = kind == READY and json.loads(told)["isolated"]
        return worker

    async def ask(self, job: Mapping[str, Any], limits: Limits) -> AsyncIterator[tuple[bytes, bytes]]:
        """Frames of the answer, the last of them END or STOP.

        The time that the caller takes between frames is not the worker's.

        Raises:
            Refusal: it took too long, or died over it.
        """
        self.is_idle = False
        left, until = limits.seconds, time.monotonic() + limits.delivery
        try:
            self._in.write(json.dumps(job).encode() + b"\n")
            while True:
                began = time.monotonic()
                async with asyncio.timeout(max(0.0, min(left, until - began))):
                    kind, content = await read_frame(self._out)
                left -= time.monotonic() - began
                self.is_idle = kind in (END, STOP)
                yield kind, content
                if self.is_idle:
                    return
        except TimeoutError:
            raise Refusal(503, f"the request was stopped: it took longer than {limits.seconds:g} s",
                          advice="ask for less: narrow the pattern, or add LIMIT") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            reason = "it needed more memory than it may use" if -code in (signal.SIGABRT, signal.SIGKILL) else "the engine gave up on it"
            raise Refusal(503, f"the request was stopped: {reason}", advice="ask for less, or more simply") from None

    async def kill(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    @property
    def _in(self) -> asyncio.StreamWriter:
        return _present(self._process.stdin)

    @property
    def _out(self) -> asyncio.StreamReader:
        return _present(self._process.stdout)


@dataclass(slots=True)
class Pool:
    """A number of workers, and the requests that wait for one."""

    size: int
    limits: Limits
    _idle: deque[Worker] = field(default_factory=deque)
    _turns: Turns[asyncio.Future[Worker]] = field(init=False)
    _starting: set[asyncio.Task[None]] = field(default_factory=set)
    _all: set[Worker] = field(default_factory=set)
    _is_open: bool = True

    def __post_init__(self) -> None:
        self._turns = Turns(self.limits.share)

    async def open(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(self._add() for _ in range(self.size)))

    async def close(self) -> None:
        """End the workers."""
        self._is_open = False
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._all))

    @property
    def running(self) -> int:
        """How many workers there are."""
        return len(self._all)

    @property
    def waiting(self) -> int:
        """How many requests wait for one."""
        return len(self._turns)

    @property
    def isolated(self) -> bool:
        """Whether no worker can reach a network."""
        return all(worker.isolated for worker in self._all)

    @asynccontextmanager
    async def worker(self, client: str) -> AsyncIterator[Worker]:
        """A worker for one request of a client. When it is left busy it is killed, and another takes its place.

        Raises:
            Refusal: too many wait already, or this one has waited too long.
        """
        worker = await self._take(client)
        try:
            yield worker
        finally:
            self._turns.end(client)
            if worker.is_idle:
                self._give(worker)
            else:
                self._hand_out()  # this client may now have another of those that are idle
                self._all.discard(worker)
                await worker.kill()
                self._replace()

    async def _take(self, client: str) -> Worker:
        if self._idle and self._turns.begin(client):
            return self._idle.popleft()
        if len(self._turns) >= self.limits.waiting:
            raise Refusal(503, "too many requests are waiting", advice="try again later", headers=_BUSY)
        if self._turns.waiting(client) >= max(1, self.limits.waiting // 2):
            raise Refusal(429, "too many of your requests are waiting", advice="wait for their answers before you ask more", headers=_BUSY)
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._turns.wait(client, place)
        try:
            async with asyncio.timeout(2 * self.limits.seconds):
                return await asyncio.shield(place)
        except BaseException as problem:
            if place.done() and not place.cancelled():
                self._turns.end(client)
                self._give(place.result())
            else:
                place.cancel()
                self._turns.leave(client, place)
            if isinstance(problem, TimeoutError):
                raise Refusal(503, "all workers are busy", advice="try again later", headers=_BUSY) from None
            raise

    def _give(self, worker: Worker) -> None:
        self._idle.append(worker)
        self._hand_out()

    def _hand_out(self) -> None:
        """Idle workers to those who wait, in turn."""
        while self._idle and (found := self._turns.next()):
            found[1].set_result(self._idle.popleft())

    def _replace(self) -> None:
        if self._is_open:
            task = asyncio.create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        delay = 0.1
        while self._is_open:
            try:
                worker = await Worker.start(self.limits)
            except (OSError, asyncio.IncompleteReadError) as problem:  # no memory, no processes: later, perhaps
                log("worker", problem=f"cannot be started: {type(problem).__name__}: {problem}")
                await asyncio.sleep(delay)
                delay = min(10.0, 2 * delay)
            else:
                self._all.add(worker)
                self._give(worker)
                return


def _present(stream: _Stream | None) -> _Stream:
    if stream is None:
        raise RuntimeError("the process was started without its pipes")
    return stream
