"""What every check is handed: the scan, the report, the programmes, the keys, and heads that were noted elsewhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.report import ChainHead, Report
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.chains import Fault, untied
from seedfund.assurance.scan import Scan, Sheet, Unreadable
from seedfund.kernel.ids import Key
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.tables import Programme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProgrammeFound:
    """A programme of the database."""

    id: Key
    code: str


PROGRAMMES: Final = Sheet(
    "sf_programme",
    ProgrammeFound,
    lambda: sa.select(col(Programme.id), col(Programme.code)).order_by(col(Programme.code)),
)


@dataclass
class Context:
    """One verification under way."""

    scan: Scan
    report: Report
    keyring: KeyRing | None = None
    anchors: Sequence[ChainHead] = ()
    sample: int = 200
    closed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def each(self, check: str, sheet: Sheet[T], **params: Any) -> Iterator[T]:
        """Every readable row of a sheet, counted; those that cannot be read are noted."""
        for row in self.scan.rows(sheet, **params):
            self.report.read(check)
            if isinstance(row, Unreadable):
                self.report.unreadable(sheet.table, row)
            else:
                yield row

    def programmes(self) -> list[ProgrammeFound]:
        """The programmes, by code."""
        return list(self.each("programmes", PROGRAMMES))

    def has(self, check: str, *tables: str) -> bool:
        """Whether the tables of a check are all here; if not, the report says what was not checked."""
        missing = sorted(set(tables) - self.scan.tables)
        if missing:
            self.report.found(kinds.NOT_CHECKED, ", ".join(missing), check)
        return not missing

    def chain_fault(self, fault: Fault, table: str, chain: str, cited: int | None = None) -> None:
        """Note a fault of a chain; `cited` is the row whose hash an untied row carries, when there is one."""
        if fault.kind is kinds.CHAIN_UNTIED:
            fault = untied(fault.seq, cited)
        facts = {"chain": chain, "seq": fault.seq, **fault.facts}
        self.report.found(fault.kind, table, f"{chain}:{fault.seq}", **facts)
