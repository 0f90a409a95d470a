"""What can harm a person stands nowhere in clear: planted words, swapped blobs, erasure, rotation, brute force."""

import hashlib
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.kernel.errors import Corrupt, NotFound, NotPrepared, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import (
    documents_of,
    find_participants,
    identity_of,
    names_of,
    open_accounts,
    participant_facts,
    payout_accounts,
)
from seedfund.people.rules import (
    DocumentEntry,
    DocumentKind,
    DuplicateDecision,
    ErasureGround,
    ExitReason,
    Identity,
)
from seedfund.people.service import (
    ChangeParticipation,
    CorrectIdentity,
    DecideDuplicate,
    HouseholdRegistered,
    change_participation,
    correct_identity,
    decide_duplicate,
)
from seedfund.store.audit import AuditRow, record_hash
from seedfund.store.columns import METADATA, table_of
from seedfund.store.rotation import KeysRotated, rotate_keys
from seedfund.store.sealing.blind import Blinder
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.statements import Query
from seedfund.store.tables import AuditRecord
from seedfund.store.work import open_work
from tests.people.samples import document, head, key, person, propose, register
from tests.support.programme import CODE, RING, House
from tests.support.unguarded import unguarded

PLANTED = {
    "given": "Zoraidalinda Xiomaranta",
    "family": "Quishpetest Guamanprueba",
    "alias": "Lachispaficticia",
    "phone": "+593 99 123 7654",
    "address": "Pasaje Inexistente 771",
    "note": "llamarsolomartes",
    "notes": "temeasuexmarido",
    "document": "1710034065",
    "account": "2200998877665",
    "holder": "Titularficticia Deprueba",
    "reason": "sonprimasdelmismonombre",
}


def planted_identity() -> Identity:
    return Identity(
        given_names=Secret(PLANTED["given"]),
        family_names=Secret(PLANTED["family"]),
        alias=Secret(PLANTED["alias"]),
        phones=(Secret(PLANTED["phone"]),),
        address=Secret(PLANTED["address"]),
        safe_contact_note=Secret(PLANTED["note"]),
        notes=Secret(PLANTED["notes"]),
    )


def plant(house: House) -> tuple[HouseholdRegistered, HouseholdRegistered]:
    """Two households that share a document, and everything that can be told about the first one's head."""
    first = register(house, head(person(planted_identity(), document(PLANTED["document"]))))
    second = register(house, head(person(None, document(PLANTED["document"]))))
    propose(house, first.members[0].participant, PLANTED["account"])
    decision = DecideDuplicate(
        key=key(),
        flag=second.duplicates[0].flag,
        decision=DuplicateDecision.DIFFERENT_PEOPLE,
        reason=Secret(PLANTED["reason"]),
    )
    with house.work("manager") as work:
        decide_duplicate(work, decision)
        again = CorrectIdentity(
            key=key(), participant=first.members[0].participant, identity=planted_identity()
        )
    with house.work("field") as work:
        correct_identity(work, again)
    return first, second


def needles() -> set[str]:
    words = {word for text in PLANTED.values() for word in text.split() if len(word) > 5}
    return {*PLANTED.values(), *words, "+593991237654", "991237654", "91237654"}


def stored(house: House) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as bytes; on SQLite also the file itself."""
    with house.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table)):
                for name, value in zip(table.columns.keys(), row, strict=True):
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{table.name}.{name}", raw
    if house.engine.dialect.name == "sqlite":
        assert house.engine.url.database is not None
        path = Path(house.engine.url.database)
        yield from ((file.name, file.read_bytes()) for file in path.parent.glob(f"{path.name}*"))


def test_no_planted_word_is_stored_anywhere_in_clear(house: House) -> None:
    plant(house)
    folded = {needle.casefold().encode() for needle in needles()}
    hits = {where for where, raw in stored(house) for needle in folded if needle in raw.lower()}

    assert hits == set()


def test_the_search_for_planted_words_would_find_one_in_clear(house: House) -> None:
    with unguarded(house.engine, "sf_actor") as connection:
        connection.exec_driver_sql(f"UPDATE sf_actor SET display_name = '{PLANTED['alias']}'")

    assert any(PLANTED["alias"].encode() in raw for _, raw in stored(house))


def test_plain_hashes_of_a_national_id_match_nothing(house: House) -> None:
    plant(house)
    number = PLANTED["document"]
    other = Blinder(RING, "0" * 32).index("document", Secret(number))
    guesses = {other, *(hashlib.new(name, number.encode()).hexdigest() for name in ("sha256", "md5", "sha1"))}

    assert not any(guess.encode() in raw for _, raw in stored(house) for guess in guesses)


def test_repr_errors_and_logs_show_no_name(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    first, _ = plant(house)
    shown = [repr(planted_identity()), str(planted_identity()), f"{planted_identity().printed}", repr(first)]
    with house.work("field") as work:
        found = find_participants(work, name=Secret(PLANTED["given"]))
        shown += [repr(found), repr(names_of(work, [first.members[0].participant_id]))]
    try:
        with house.work("field") as work:
            again = CorrectIdentity(key="people-x", participant="PT-2026-0999", identity=planted_identity())
            correct_identity(work, again)
    except NotFound:
        shown.append(traceback.format_exc())

    everything = " ".join([*shown, caplog.text]).casefold()
    assert [needle for needle in needles() if needle.casefold() in everything] == []


def test_a_sheet_swapped_between_two_people_does_not_open(house: House) -> None:
    first, second = plant(house)
    one, other = (home.members[0].participant_id for home in (first, second))
    sheet = METADATA.tables["sf_identity_sheet"]
    with house.engine.begin() as connection:
        blobs = {
            row.participant_id: row.content
            for row in connection.execute(sa.select(sheet).order_by(sheet.c.version))
        }
        disable_append_only(connection)
        for target, source in ((one, other), (other, one)):
            connection.execute(
                sa.update(sheet).where(sheet.c.participant_id == target).values(content=blobs[source])
            )

    with pytest.raises(Corrupt, match="does not open in its place"), house.work("field") as work:
        names_of(work, [one])


def test_an_older_version_put_in_the_place_of_a_newer_one_does_not_open(house: House) -> None:
    first, _ = plant(house)
    who = first.members[0].participant_id
    sheet = METADATA.tables["sf_identity_sheet"]
    with house.engine.begin() as connection:
        disable_append_only(connection)
        old = connection.execute(
            sa.select(sheet.c.content).where(sheet.c.participant_id == who, sheet.c.version == 1)
        ).scalar_one()
        connection.execute(
            sa.update(sheet).where(sheet.c.participant_id == who, sheet.c.version == 2).values(content=old)
        )

    with pytest.raises(Corrupt), house.work("field") as work:
        identity_of(work, first.members[0].participant)


def disable_append_only(connection: sa.Connection) -> None:
    ending = " ON sf_identity_sheet" if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(f"DROP TRIGGER sf_tr_identity_sheet_no_update{ending}")


@pytest.mark.parametrize("table", ["sf_identity_sheet", "sf_participation_step"])
def test_history_of_people_is_never_deleted(house: House, table: str) -> None:
    first, _ = plant(house)
    assert first.members
    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(f"DELETE FROM {table}")


def erase(house: House, participant: str) -> None:
    with house.work("field") as work:
        leaving = ChangeParticipation(
            key=key(), participant=participant, state="exited", reason=ExitReason.WITHDRAWN
        )
        change_participation(work, leaving)
    with house.work("protection") as work:
        erase_participant(
            work, EraseParticipant(key=key(), participant=participant, ground=ErasureGround.REQUESTED)
        )


def test_an_erased_person_is_gone_and_the_counts_and_the_chain_stay(house: House) -> None:
    first, second = plant(house)
    number, who = first.members[0].participant, first.members[0].participant_id
    erase(house, number)

    with house.work("director") as work:
        facts = participant_facts(work.reader(), [who])[who]
        name = names_of(work, [who])[who]
        found = find_participants(work, document=Secret(PLANTED["document"]))
        rows = work.reader().all(AUDIT_ROWS)
        accounts = payout_accounts(work.reader(), [who])[who]
        assert documents_of(work, number) == []
        with pytest.raises(NotFound):
            identity_of(work, number)
    assert (facts.is_erased, facts.birth and facts.birth.born_in, facts.population_group) == (
        True,
        1990,
        "refugee",
    )
    assert (name.printed.reveal(), name.is_erased) == (number, True)
    assert [hit.number for hit in found] == [second.members[0].participant]
    assert accounts == ()
    assert all(record_hash(row) == row.hash for row in rows)
    assert rows[-1].operation == "people.erase_participant"


AUDIT_ROWS = Query(
    AuditRow, lambda: sa.select(*table_of(AuditRecord).columns).order_by(table_of(AuditRecord).c.seq)
)


def test_nothing_sealed_of_an_erased_person_opens_again_and_nothing_is_added(house: House) -> None:
    first, _ = plant(house)
    number = first.members[0].participant
    erase(house, number)
    with house.engine.connect() as connection:
        keys = connection.execute(sa.select(METADATA.tables["sf_data_key"].c.subject_id)).scalars().all()
    assert first.members[0].participant_id not in keys

    command = CorrectIdentity(key=key(), participant=number, identity=planted_identity())
    with pytest.raises(Refused) as caught, house.work("field") as work:
        correct_identity(work, command)
    assert caught.value.codes == ("person_erased",)


def test_a_person_under_way_is_not_erased(house: House) -> None:
    first, _ = plant(house)
    command = EraseParticipant(
        key=key(), participant=first.members[0].participant, ground=ErasureGround.RETENTION_ENDED
    )
    with pytest.raises(Refused) as caught, house.work("protection") as work:
        erase_participant(work, command)

    assert caught.value.codes == ("participation_under_way",)


def test_keys_rotate_in_steps_that_go_on_after_a_stop_and_the_old_ring_then_fails(house: House) -> None:
    first, second = plant(house)
    ring = RING.rotated("k2")
    steps: list[KeysRotated] = []
    for keep in (True, False, True, True):
        with open_work(
            house.engine, actor="admin", programme=CODE, keyring=ring, clock=house.clock, ids=house.ids
        ) as work:
            steps.append(rotate_keys(work, at_most=2))
            if keep:
                work.commit()

    assert [(step.rewrapped, step.remaining) for step in steps] == [(2, 1), (1, 0), (1, 0), (0, 0)]
    with open_work(house.engine, actor="field", programme=CODE, keyring=ring, clock=house.clock) as work:
        names = names_of(work, [home.members[0].participant_id for home in (first, second)])
        found = find_participants(work, document=Secret(PLANTED["document"]))
    assert [name.printed.reveal() for name in names.values()] == [
        "Zoraidalinda Xiomaranta Quishpetest Guamanprueba",
        "Rosa Elvira Prueba Cuasi",
    ]
    assert len(found) == 2
    with pytest.raises(NotPrepared, match="k2"), house.work("field") as work:
        names_of(work, [first.members[0].participant_id])


def test_a_ring_of_other_keys_under_the_same_name_opens_nothing(house: House) -> None:
    first, _ = plant(house)
    wrong = KeyRing(keys={"k1": b"x" * 32}, current="k1", index_root=b"y" * 32)
    with open_work(house.engine, actor="field", programme=CODE, keyring=wrong, clock=house.clock) as work:
        with pytest.raises(Corrupt, match="does not open"):
            names_of(work, [first.members[0].participant_id])
        assert find_participants(work, document=Secret(PLANTED["document"])) == []


def test_an_account_is_opened_for_a_bank_file_and_the_document_for_the_desk(house: House) -> None:
    first, _ = plant(house)
    with house.work("finance") as work:
        accounts = payout_accounts(work.reader(), [first.members[0].participant_id])
        opened = open_accounts(work, [row.id for rows in accounts.values() for row in rows])
        documents = documents_of(work, first.members[0].participant)

    assert [account.number.reveal() for account in opened.values()] == [PLANTED["account"]]
    assert [shown.number.reveal() if shown.number else None for shown in documents] == [PLANTED["document"]]


def test_a_secret_object_given_for_two_people_is_sealed_for_each(house: House) -> None:
    shared = Secret("Apellidocompartido")
    one, other = (Identity(given_names=Secret(name), family_names=shared) for name in ("Ana", "Luz"))

    assert one.family_names is not other.family_names
    assert DocumentEntry(kind=DocumentKind.PASSPORT, number=shared).number is not shared
