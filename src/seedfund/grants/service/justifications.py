"""Receipts: taken in as facts, the same document caught across the programme by keyed digests. Never refused.

Names of suppliers, tax ids and numbers are sealed under the key of the person the grant stands on. Reviewing is a room
of its own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.sameness import marked_lines
from seedfund.grants.rules.sameness import marks_of
from seedfund.grants.rules.words import DocumentKind
from seedfund.grants.service.common import load_grant, runs_from
from seedfund.grants.tables.justification import Justification, JustificationLine, ReceiptMark
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import ItemFacts, items_of
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.records import lock_names
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit

SERIES: Final = "JU"
RECORDERS: Final = (
    *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.FINANCE_OFFICER),
    Role.PROGRAMME_MANAGER,
)


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """A receipt, or one item of it, against a line of the plan.

    Supplier, tax id and number are as on the document; a declaration in lieu of a receipt has none. `description` says
    what was bought and names nobody.
    """

    kind: DocumentKind
    description: str
    document_on: date
    amount: Money
    plan_line: int | None = None
    supplier: Secret | None = None
    tax_id: Secret | None = None
    number: Secret | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordJustification(Command):
    """Receipts handed in together for a grant."""

    grant: str
    lines: tuple[ReceiptLine, ...]


@dataclass(frozen=True, kw_only=True)
class JustificationRecorded:
    """The justification's number, its lines that show a document recorded before, and the sum of all lines.

    `early` are the lines whose document is older than the grant: they stand on the exceptions page.
    """

    number: str
    duplicates: tuple[int, ...]
    total: Money
    early: tuple[int, ...] = ()


@verb("grants.record_justification", roles=RECORDERS)
def record_justification(unit: Unit, command: RecordJustification) -> JustificationRecorded:
    """Take in receipts; nothing that exists is refused, and one recorded before or older than the grant is marked.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: a line has another currency, no amount, a day to come, or a place the plan does not have.
    """
    grant = load_grant(unit, command.grant)
    items = plan_items(unit, grant)
    for row, line in enumerate(command.lines, start=1):
        _check_line(unit, grant, items, line, row=row)
    if not command.lines:
        raise InvalidInput(field="lines", problem="there is none", remedy="give at least one receipt")
    number, justification_id = write_justification(unit, grant)
    marks = [_marks(unit, line) for line in command.lines]
    files = [line.file_sha256 for line in command.lines if line.file_sha256]
    lock_names(unit, "receipt", [*files, *(digest for known in marks for digest in known)])
    rows = [
        _row(unit, grant, line, position=position, justification_id=justification_id)
        for position, line in enumerate(command.lines, start=1)
    ]
    duplicates = _mark_duplicates(unit, rows, marks)
    unit.insert_many(JustificationLine, rows)
    unit.insert_many(
        ReceiptMark,
        [
            {"line_id": row["id"], "digest": digest}
            for row, known in zip(rows, marks, strict=True)
            for digest in known
        ],
    )
    whole = Money(sum(line.amount.minor for line in command.lines), grant.currency)
    unit.created("sf_justification", number, {"grant": grant.number, "lines": len(rows), "total": str(whole)})
    early = _flag_early(unit, grant, number, rows)
    return JustificationRecorded(number=number, duplicates=duplicates, total=whole, early=early)


def _flag_early(
    unit: Unit, grant: GrantRow, number: str, rows: Sequence[Mapping[str, Any]]
) -> tuple[int, ...]:
    """A document that is older than the grant is taken in like any other, and listed."""
    start = runs_from(unit, grant)
    early = [row for row in rows if row["document_on"] < start]
    for row in early:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="receipt",
            subject_number=f"{number}/{row['position']}",
            reason="dated before its grant",
            facts={"document_on": row["document_on"].isoformat(), "runs_from": start.isoformat()},
        )
    return tuple(int(row["position"]) for row in early)


def plan_items(unit: Unit, grant: GrantRow) -> dict[int, ItemFacts]:
    """The lines of the plan the grant is bound to; none where it stands on no plan."""
    version = grant.plan_version_id
    return {} if version is None else {item.line: item for item in items_of(unit, [version])[version]}


def _check_line(
    unit: Unit, grant: GrantRow, items: Mapping[int, ItemFacts], line: ReceiptLine, *, row: int
) -> None:
    if line.amount.currency != grant.currency or line.amount.minor <= 0:
        raise InvalidInput(
            field="amount",
            problem=f"{line.amount} is no amount for {grant.number}",
            remedy=f"give an amount above zero in {grant.currency}",
            row=row,
        )
    if line.document_on > unit.work.today():
        raise InvalidInput(
            field="document_on",
            problem=f"{line.document_on} lies in the future",
            remedy="give the day on the document",
            row=row,
        )
    if line.plan_line is not None and line.plan_line not in items:
        raise InvalidInput(
            field="plan_line",
            problem=f"the plan of {grant.number} has no line {line.plan_line}",
            remedy="use one of " + ", ".join(map(str, items))
            if items
            else "leave it out: that plan has no lines",
            row=row,
        )
    if line.kind is DocumentKind.HANDOVER_ACT:
        raise InvalidInput(
            field="kind",
            problem="a handover act is recorded with its items",
            remedy="record the handover",
            row=row,
        )


def write_justification(unit: Unit, grant: GrantRow) -> tuple[str, Key]:
    """A new justification of a grant: its number and key."""
    number, justification_id = unit.human_number(SERIES), unit.key()
    unit.insert(
        Justification,
        id=justification_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        received_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    return number, justification_id


def _marks(unit: Unit, line: ReceiptLine) -> list[str]:
    """The keyed digests by which a document is known again, whatever it was called."""
    supplier, tax_id, number = (
        "" if secret is None else secret.reveal() for secret in (line.supplier, line.tax_id, line.number)
    )
    marks = marks_of(supplier=supplier, tax_id=tax_id, number=number)
    return [unit.work.blinder.index("receipt", Secret(mark)) for mark in marks]


def _row(
    unit: Unit,
    grant: GrantRow,
    line: ReceiptLine,
    *,
    position: int,
    justification_id: Key,
) -> dict[str, Any]:
    key, sha256 = unit.key(), line.file_sha256
    if sha256 is not None:
        filed = write_evidence_file(unit, sha256, kind=EvidenceKind.RECEIPT, description="receipt")
        sha256 = filed.sha256
    return line_row(
        unit,
        grant,
        key=key,
        justification_id=justification_id,
        position=position,
        kind=line.kind,
        plan_line=line.plan_line,
        description=line.description.strip(),
        details=_sealed(unit, grant, line, key),
        document_on=line.document_on,
        amount_minor=line.amount.minor,
        file_sha256=sha256,
    )


def line_row(
    unit: Unit,
    grant: GrantRow,
    *,
    key: Key,
    justification_id: Key,
    position: int,
    kind: DocumentKind,
    plan_line: int | None,
    description: str,
    document_on: date,
    amount_minor: int,
    details: bytes | None = None,
    file_sha256: str | None = None,
    act_id: Key | None = None,
) -> dict[str, Any]:
    """A pending line as a row; a line of the plan is one of the version the grant is bound to."""
    return {
        "id": key,
        "justification_id": justification_id,
        "position": position,
        "grant_id": grant.id,
        "plan_version_id": None if plan_line is None else grant.plan_version_id,
        "plan_line": plan_line,
        "act_id": act_id,
        "kind": kind.value,
        "description": description,
        "details": details,
        "duplicate_of": None,
        "document_on": document_on,
        "amount_minor": amount_minor,
        "file_sha256": file_sha256,
        "state": "pending",
        "accepted_minor": 0,
        "own_minor": 0,
        "observation": "",
        "recorded_by": unit.actor.id,
        "reviewed_on": None,
        "reviewed_at": None,
        "reviewed_by": None,
    }


def _sealed(unit: Unit, grant: GrantRow, line: ReceiptLine, key: Key) -> bytes | None:
    known = {"supplier": line.supplier, "tax_id": line.tax_id, "number": line.number}
    unit.owns(grant.participant_id, *known.values())
    words = {name: secret.reveal() for name, secret in known.items() if secret is not None}
    if not words:
        return None
    place = Place("sf_justification_line", key, "details")
    return unit.vault(grant.participant_id).seal(Secret(canonical_text(words)), place)


def opened_details(unit: Unit, participant: Key, line_id: Key, details: bytes) -> dict[str, Secret]:
    """Supplier, tax id and number of a line, opened."""
    place = Place("sf_justification_line", line_id, "details")
    words: dict[str, str] = json.loads(unit.vault(participant).open(details, place).reveal())
    return {name: Secret(word) for name, word in words.items()}


def _mark_duplicates(
    unit: Unit, rows: Sequence[dict[str, Any]], marks: Sequence[Sequence[str]]
) -> tuple[int, ...]:
    """A document recorded before is a duplicate; items of one document that stand on several plan lines are not.

    One file may show several documents that were handed in together, so that it tells only from one time to the next.
    """
    files = [row["file_sha256"] for row in rows if row["file_sha256"]]
    digests = [digest for known in marks for digest in known]
    earlier: dict[str, Key] = {}
    for one in marked_lines(unit, unit.programme.id, digests=digests, files=files):
        earlier.setdefault(one.mark, one.id)
    marked, here = [], dict[tuple[str, int | None], Key]()
    for row, known in zip(rows, marks, strict=True):
        places = [(digest, row["plan_line"]) for digest in known]
        before = [earlier[mark] for mark in (*known, row["file_sha256"]) if mark in earlier]
        before += [here[place] for place in places if place in here]
        for place in places:
            here.setdefault(place, row["id"])
        if before:
            row["duplicate_of"] = before[0]
            marked.append(int(row["position"]))
    return tuple(marked)


COMMANDS: Final[tuple[Any, ...]] = (record_justification,)
