"""A paper says for ever what it said; its content is sealed; a file is known by its SHA-256."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Corrupt, InvalidInput, NotFound, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.messages import untranslated
from seedfund.register.queries import (
    evidence_by_hash,
    find_paper,
    paper_faults,
    papers_of,
    read_paper,
    scans_of,
)
from seedfund.register.rules import (
    REFUSALS,
    REQUIRED,
    EvidenceKind,
    missing_evidence,
    paper_hash,
    read_sha256,
)
from seedfund.register.service import (
    AttachScan,
    FileEvidence,
    NewPaper,
    PaperIssued,
    attach_scan,
    file_evidence,
    write_paper,
)
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from tests.support.programme import House

CONTENT = {"paper": "agreement", "owner": "Rosa Ejemplo", "amount": {"minor": 50000, "currency": "USD"}}
OWNER = Key("0" * 31 + "5")
SHA = "ab" * 32


@dataclass(frozen=True, kw_only=True)
class Issue(Command):
    """A paper to issue."""

    amount: int = 50000
    number: str = "AG-2026-0001"
    kind: str = "agreement"
    replaces_version: int | None = None
    is_sealed: bool = True


@verb("test.issue", roles=())
def issue(unit: Unit, command: Issue) -> PaperIssued:
    """Issue it, making the owner's vault the first time."""
    if command.is_sealed and find_paper(unit, unit.programme.id, command.number) is None:
        unit.new_vault(OWNER)
    return write_paper(
        unit,
        NewPaper(
            kind=command.kind,
            number=command.number,
            languages=("es", "en"),
            content=content(command.amount),
            template_version="agreement/es@1",
            chain_head="F1:12:abc",
            subject_id=OWNER if command.is_sealed else None,
            replaces_version=command.replaces_version,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Erase(Command):
    """Forget the owner."""


@verb("test.erase", roles=())
def erase(unit: Unit, command: Erase) -> PaperIssued:
    """Destroy the owner's key."""
    unit.destroy_vault(OWNER)
    return PaperIssued(paper_id=OWNER, number="", version=0, content_hash="")


def content(amount: int) -> Mapping[str, object]:
    return {**CONTENT, "amount": {"minor": amount, "currency": "USD"}}


def issued(house: House, command: Issue | None = None) -> PaperIssued:
    with house.work("signatory") as work:
        return issue(work, command or Issue(key="i"))


def refused(house: House, command: Issue) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        issued(house, command)
    return caught.value.codes


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_paper_is_read_as_it_was_issued(house: House, is_sealed: bool) -> None:
    done = issued(house, Issue(key="i", is_sealed=is_sealed))
    with house.work("auditor") as work:
        paper = read_paper(work, "AG-2026-0001")

    assert paper.values() == CONTENT
    assert (paper.row.content_hash, paper.row.languages) == (paper_hash(CONTENT), "es,en")
    assert (done.version, done.content_hash) == (1, paper_hash(CONTENT))


def test_a_paper_that_names_a_person_shows_the_name_nowhere_in_clear(house: House) -> None:
    issued(house)
    with house.work("auditor") as work:
        paper = read_paper(work, "AG-2026-0001")
    with house.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT content_sealed, content_plain FROM sf_paper").all()

    assert "Rosa" not in repr(paper)
    assert rows[0][1] is None
    assert b"Rosa" not in bytes(rows[0][0])


def test_a_correction_is_a_further_version_that_supersedes(house: House) -> None:
    issued(house)
    second = issued(house, Issue(key="i2", amount=60000, replaces_version=1))
    with house.work("auditor") as work:
        papers = papers_of(work.reader(), work.programme.id, OWNER)
        latest, first = read_paper(work, "AG-2026-0001"), read_paper(work, "AG-2026-0001", version=1)

    assert second.version == 2
    assert [paper.version for paper in papers] == [1, 2]
    assert (papers[0].supersedes, papers[1].supersedes) == (None, papers[0].id)
    assert (latest.values(), first.values()) == (content(60000), CONTENT)


def test_a_number_is_issued_once_and_a_version_superseded_once(house: House) -> None:
    issued(house)

    assert refused(house, Issue(key="a")) == ("paper_number_taken",)
    issued(house, Issue(key="b", replaces_version=1))
    assert refused(house, Issue(key="c", replaces_version=1)) == ("paper_superseded",)
    assert refused(house, Issue(key="d", replaces_version=2, kind="receipt")) == ("paper_other_kind",)
    with pytest.raises(NotFound, match="version 7"):
        issued(house, Issue(key="e", replaces_version=7))


def test_a_paper_that_does_not_exist_is_not_found(house: House) -> None:
    issued(house)
    for number, version in (("AG-2026-0009", None), ("AG-2026-0001", 2)):
        with pytest.raises(NotFound, match=number), house.work("auditor") as work:
            read_paper(work, number, version=version)


def forced(house: House, statement: str) -> None:
    """Change a row as somebody would who removes our triggers first."""
    with house.engine.begin() as connection:
        if house.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER sf_tr_paper_no_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER sf_tr_paper_no_update ON sf_paper")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_paper SET content_plain = replace(content_plain, '50000', '50001')",
        "UPDATE sf_paper SET content_plain = '{'",
        "UPDATE sf_paper SET content_hash = 'x'",
    ],
)
def test_a_paper_that_was_altered_is_not_handed_out(house: House, statement: str) -> None:
    issued(house, Issue(key="i", is_sealed=False))
    forced(house, statement)

    with house.work("auditor") as work:
        faults = [(fault.number, fault.problem) for fault in paper_faults(work)]
        with pytest.raises(Corrupt, match="AG-2026-0001"):
            read_paper(work, "AG-2026-0001")
    assert faults == [("AG-2026-0001", "altered")]


def test_the_papers_of_an_erased_person_are_told_apart_from_altered_ones(house: House) -> None:
    issued(house)
    with house.work("protection") as work:
        assert list(paper_faults(work)) == []
        erase(work, Erase(key="e"))
        faults = [(fault.number, fault.problem) for fault in paper_faults(work)]
        with pytest.raises(NotFound):
            read_paper(work, "AG-2026-0001")

    assert faults == [("AG-2026-0001", "erased")]


def test_a_file_is_taken_in_once_and_told_the_second_time(house: House) -> None:
    first = FileEvidence(
        key="f1", sha256=SHA.upper(), kind=EvidenceKind.RECEIPT, description="receipt of the first tranche"
    )
    again = FileEvidence(key="f2", sha256=SHA, kind=EvidenceKind.PHOTO, description="a photo of the oven")
    with house.work("expert") as work:
        known = [file_evidence(work, first).was_known, file_evidence(work, again).was_known]
        rows = evidence_by_hash(work.reader(), work.programme.id, [SHA, "cd" * 32])

    assert known == [False, True]
    assert {sha: row.kind for sha, row in rows.items()} == {SHA: "receipt"}


@pytest.mark.parametrize(
    ("sha256", "day", "field"),
    [("abc", None, "sha256"), ("g" * 64, None, "sha256"), (SHA, date(2026, 1, 6), "received_on")],
)
def test_a_file_needs_its_sha256_and_a_day_that_has_come(
    house: House, sha256: str, day: date | None, field: str
) -> None:
    command = FileEvidence(key="f", sha256=sha256, kind=EvidenceKind.PHOTO, description="", received_on=day)
    with pytest.raises(InvalidInput) as caught, house.work("expert") as work:
        file_evidence(work, command)

    assert caught.value.field == field


def test_the_scan_of_a_signed_paper_is_kept_beside_it(house: House) -> None:
    paper = issued(house)
    with house.work("field") as work:
        attach_scan(work, AttachScan(key="s1", number="AG-2026-0001", sha256=SHA))
        attach_scan(work, AttachScan(key="s2", number="AG-2026-0001", sha256=SHA))
        scans = scans_of(work.reader(), paper.paper_id)
        with pytest.raises(NotFound, match="AG-2026-0002"):
            attach_scan(work, AttachScan(key="s3", number="AG-2026-0002", sha256=SHA))

    assert [(scan.sha256, scan.kind) for scan in scans] == [(SHA, "signed_paper")]


@pytest.mark.parametrize("table", ["sf_paper", "sf_evidence_file", "sf_paper_scan"])
@pytest.mark.parametrize("attack", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}"])
def test_raw_sql_cannot_change_the_register(house: House, table: str, attack: str) -> None:
    issued(house)
    with house.work("field") as work:
        attach_scan(work, AttachScan(key="s", number="AG-2026-0001", sha256=SHA))
    column = {"sf_paper": "number", "sf_evidence_file": "sha256", "sf_paper_scan": "paper_id"}[table]

    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(attack.format(t=table, c=column))


def test_each_event_says_which_papers_it_still_needs() -> None:
    authority = (EvidenceKind.AUTHORITY, EvidenceKind.MINUTES)

    assert missing_evidence("write_off", []) == (authority,)
    assert missing_evidence("write_off", [EvidenceKind.MINUTES]) == ()
    assert missing_evidence("delivered_in_kind", [EvidenceKind.DELIVERY_ACT]) == ((EvidenceKind.RECEIPT,),)
    assert missing_evidence("hello", []) == ()
    assert [event for event, rule in REQUIRED.items() if rule.is_refused] == ["waiver", "write_off"]


def test_a_sha256_is_read_in_either_case_and_every_refusal_in_spanish() -> None:
    assert read_sha256(f" {SHA.upper()} ") == SHA
    assert untranslated(REFUSALS, "es") == ()
