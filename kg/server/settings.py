"""What a service is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may use."""

    seconds: float = 30.0  # that a worker may work for one request; waiting for a slow client is not counted
    rows: int = 1_000_000  # rows or triples of one answer; more is refused, never cut off in silence
    memory: int = 2048  # MiB of address space that a worker may add to what it has when it starts
    waiting: int = 512  # requests that may wait for a worker; more are sent away with 503, of one client more than half with 429
    share: int = 2  # workers that one client may use at once
    body: int = 1 << 20  # bytes of a request

    @property
    def delivery(self) -> float:
        """Seconds after which even a client that reads slowly must be done."""
        return 20 * self.seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, where and how."""

    out: Path  # folder of a build's results: explorer.html, published.json
    store: Path  # folder of its store
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 4
    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()  # web origins whose pages may ask (CORS); "*": all
    hosts: tuple[str, ...] = ()  # further host names it answers to; without any, a public address answers to all

    @property
    def is_public(self) -> bool:
        """Whether others than this machine can reach it."""
        return self.host not in LOOPBACK

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names in a Host header that are answered; none: all.

        A page on the web can make its own name mean 127.0.0.1 and so read a local service through its visitor's browser. It
        cannot change the Host header.
        """
        return () if self.is_public and not self.hosts else (*LOOPBACK, self.host, *self.hosts)
