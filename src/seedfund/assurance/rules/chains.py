"""Walking a chain with distrust: each way of forging one has a name of its own. Pure; knows no table.

A row is tied by three things: its seq, the hash of the row before, and its own hash over a domain word, that hash and
its bytes. After a fault the walk goes on from what is stored, so that every altered row is told and not only the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.findings import FindingKind
from seedfund.kernel.canonical import digest

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of a chain: the kind, the row's seq, and facts by name."""

    kind: FindingKind
    seq: int
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A row as the chain sees it: its seq, the hash it cites, its own hash, and the bytes that hash covers."""

    seq: int
    prev_hash: str
    hash: str
    content: bytes | None


class ChainWalk:
    """Goes along one chain from nothing; `domain` is the word of its hashes, `others` the words of other chains."""

    def __init__(self, domain: str, others: Sequence[str] = ()):
        self.domain, self.others = domain, tuple(others)
        self.seq = 0
        self.last: str | None = GENESIS

    def step(self, link: Link) -> Iterator[Fault]:
        """Take the next row in order of seq; yields what is wrong with it."""
        if type(link.seq) is not int:
            yield Fault(kinds.CHAIN_DISORDERED, self.seq + 1)
            return
        if link.seq <= self.seq:
            is_twice = link.seq == self.seq > 0
            yield Fault(kinds.CHAIN_DOUBLED if is_twice else kinds.CHAIN_DISORDERED, link.seq)
            return
        if link.seq > self.seq + 1:
            yield Fault(kinds.CHAIN_MISSING, self.seq + 1, {"first": self.seq + 1, "last": link.seq - 1})
        elif self.last is not None and link.prev_hash != self.last:
            yield Fault(kinds.CHAIN_UNTIED, link.seq)
        yield from self._own(link)
        self.seq, self.last = link.seq, link.hash

    def skip(self, seq: object) -> None:
        """A row that cannot be read: told elsewhere; the next one is tied to whatever it says."""
        self.seq = seq if type(seq) is int and seq > self.seq else self.seq + 1
        self.last = None

    def end(self, head_seq: object, head_hash: object) -> Iterator[Fault]:
        """The rows are over; compare with the head."""
        if self.seq < _number(head_seq):
            yield Fault(kinds.CHAIN_CUT, self.seq, {"head": head_seq})
        elif self.seq > _number(head_seq):
            yield Fault(kinds.CHAIN_BEYOND_HEAD, self.seq, {"head": head_seq})
        elif self.last is not None and head_hash != self.last:
            yield Fault(kinds.HEAD_DIFFERS, self.seq)

    def _own(self, link: Link) -> Iterator[Fault]:
        """The row's own hash, from what it says and the hash that it cites."""
        if link.content is None or not _is_text(link.prev_hash):
            yield Fault(kinds.CHAIN_ALTERED, link.seq)
            return
        prev = link.prev_hash.encode("ascii", "replace")
        if digest(self.domain, prev, link.content) == link.hash:
            return
        for domain in self.others:
            if digest(domain, prev, link.content) == link.hash:
                yield Fault(kinds.CHAIN_OTHER_DOMAIN, link.seq, {"domain": domain})
                return
        yield Fault(kinds.CHAIN_ALTERED, link.seq)


def untied(seq: int, cited: int | None) -> Fault:
    """Why a row does not continue the row before it, once it is known which row its hash cites (none: None)."""
    if cited is None or cited == seq:
        return Fault(kinds.CHAIN_UNTIED, seq)
    kind = kinds.CHAIN_SWAPPED if cited > seq else kinds.CHAIN_FORKED
    return Fault(kind, seq, {"cited": cited})


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _is_text(value: object) -> bool:
    return isinstance(value, str)
