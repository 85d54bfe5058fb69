"""Whose turn it is: requests wait by client, clients take turns, and none uses more workers at once than its share."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any, Generic, TypeVar

_Place = TypeVar("_Place")


@dataclass(slots=True)
class Turns(Generic[_Place]):
    """The places that clients wait in. Who has just been served comes last.

    >>> turns = Turns[int](share=2)
    >>> for client, place in (("a", 1), ("a", 2), ("a", 3), ("b", 4)):
    ...     turns.wait(client, place)
    >>> [turns.next() for _ in range(4)]
    [('a', 1), ('b', 4), ('a', 2), None]
    >>> turns.end("a")
    >>> turns.next()
    ('a', 3)
    """

    share: int  # workers that one client may use at once
    _using: Counter[str] = field(default_factory=Counter)
    _waiting: dict[str, deque[_Place]] = field(default_factory=dict)  # in the order of their turns

    def __len__(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    def waiting(self, client: str) -> int:
        """How many of this client wait."""
        return len(self._waiting.get(client, ()))

    def begin(self, client: str) -> bool:
        """Take one of the client's share, where it has one left."""
        if self._using[client] >= self.share:
            return False
        self._using[client] += 1
        return True

    def end(self, client: str) -> None:
        """Give it back."""
        self._using[client] -= 1
        if not self._using[client]:
            del self._using[client]

    def wait(self, client: str, place: _Place) -> None:
        """Wait behind the client's other requests."""
        self._waiting.setdefault(client, deque()).append(place)

    def leave(self, client: str, place: _Place) -> None:
        """Wait no more; nothing, where it does not wait."""
        places = self._waiting.get(client)
        if places and place in places:
            places.remove(place)
            if not places:
                del self._waiting[client]

    def next(self) -> tuple[str, _Place] | None:
        """The client whose turn it is, with its place, one of its share taken; `None`: nobody who may."""
        for client in self._waiting:
            if self.begin(client):
                places = self._waiting.pop(client)
                place = places.popleft()
                if places:
                    self._waiting[client] = places  # behind all others
                return client, place
        return None


def client_of(scope: Mapping[str, Any]) -> str:
    """Who asks: the address, of IPv6 the /64 that one household or host has; behind a proxy, the one that it tells.

    >>> client_of({"client": ("192.0.2.7", 4321)}), client_of({"client": ("2001:db8::1:2", 4321)}), client_of({})
    ('192.0.2.7', '2001:db8::/64', '')
    """
    host = str((scope.get("client") or ("",))[0])
    try:
        return host if ip_address(host).version == 4 else str(ip_network((host.partition("%")[0], 64), strict=False))
    except ValueError:
        return host
