"""Heads of chains as a file that others keep: JSON, one object a chain. A history rewritten whole shows only here."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seedfund.assurance.report import ChainHead
from seedfund.kernel.errors import InvalidInput


def heads_to_plain(heads: Sequence[ChainHead]) -> list[dict[str, Any]]:
    """Heads as plain data, in their order."""
    return [
        {"programme": head.programme, "chain": head.chain, "seq": head.seq, "hash": head.hash}
        for head in heads
    ]


def load_heads(path: Path) -> tuple[ChainHead, ...]:
    """The heads noted in a file: what `audit heads --format json` printed, or the whole result of `audit verify`.

    Raises:
        InvalidInput: the file is not there or holds something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        listed = data["heads"] if isinstance(data, dict) else data
        return tuple(_head(one) for one in listed)
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidInput(
            field="anchors",
            problem="it holds no heads of chains",
            remedy="give a file that seedfund audit heads --format json has printed",
            file=path.name,
        ) from None


def _head(one: Any) -> ChainHead:
    seq = one["seq"]
    if not isinstance(seq, int):
        raise TypeError("a seq is a whole number")
    return ChainHead(str(one["programme"]), str(one["chain"]), seq, str(one["hash"]))
