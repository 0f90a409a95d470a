"""What stands on the disk: in clear only what was declared, of an erased person nothing, and no file on the way."""

import logging
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.assurance.verify import Request, verify_within
from seedfund.cli.app import cli
from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.kernel.errors import Refused, SeedfundError
from seedfund.people.rules import ErasureGround
from seedfund.reports.queries.desk import show
from seedfund.store.hooks import prepare
from seedfund.store.rewriting import rewrite_file
from seedfund.store.work import open_work
from tests.privacy.needles import IDENTITY, Needles, What
from tests.privacy.planting import Planted, copied
from tests.privacy.readers import plain_thing

CLEAR: Final[dict[str, frozenset[What]]] = {
    # Where a household lives as its community is called, and a day of birth: statistics need them.
    "sf_household.community": frozenset((What.PLACE,)),
    "sf_participant.birth_date": frozenset((What.BIRTH,)),
    **dict.fromkeys(
        (
            # Short texts that are asked for "without names of people": what was bought, where something was seen, and
            # why a decision was taken. The audit's payload and the paper of a session repeat them.
            *("sf_plan_item.description", "sf_handover_item.description", "sf_handover_act.place"),
            *("sf_justification_line.description", "sf_justification_line.observation"),
            *("sf_evidence.source", "sf_external_transfer.source", "sf_graduation.reason"),
            *("sf_monitoring_decision.reason", "sf_grant_step.reason", "sf_write_off.reason"),
            *("sf_exception.reason", "sf_entry.reason", "sf_proposal.content"),
            *("sf_committee_decision.reasons", "sf_committee_decision.basis", "sf_paper.content_plain"),
            *("sf_employment_plan.terms", "sf_scholarship_application.occupation"),
            *("sf_audit.payload", "sf_audit.changes"),
        ),
        frozenset((What.TELLING,)),
    ),
}
"""Column → what of people may stand there in clear."""


def clear_columns(planted: Planted, engine: sa.Engine) -> dict[str, set[What]]:
    """Every column of the database with the needles that stand there in clear."""
    found: dict[str, set[What]] = defaultdict(set)
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in inspector.get_table_names():
            columns = [one["name"] for one in inspector.get_columns(table)]
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes):
                        found[f"{table}.{column}"] |= {one.what for one in planted.needles.in_bytes(value)}
                    elif isinstance(value, str):
                        found[f"{table}.{column}"] |= {one.what for one in planted.needles.in_text(value)}
    return {name: whats for name, whats in found.items() if whats}


def test_in_clear_stands_what_was_declared_and_nothing_of_an_identity(planted: Planted) -> None:
    found = clear_columns(planted, planted.stage.engine)
    undeclared = {
        (name, what.value) for name, whats in found.items() for what in whats - CLEAR.get(name, frozenset())
    }

    assert sorted(undeclared) == []
    assert set(found) == set(CLEAR), "declared, and never there"


def test_digits_are_found_beside_others_and_a_digest_that_has_them_by_chance_is_nobodys() -> None:
    needles = Needles()
    phone = needles.make(What.PHONE, "H-1")
    digest = f"{phone}{'a' * 54}"

    for text in (
        phone,
        f"+5939{phone}",
        f'{{"id":"{"b" * 32}","phone":"{phone}"}}',
        f"{phone[:3]} {phone[3:]}",
    ):
        assert {one.text for one in needles.in_text(text)} == {phone}
    assert needles.in_text(digest) == needles.in_text(f'{{"hash":"{digest}"}}') == set()


def test_no_raw_file_holds_a_name_a_number_or_a_note(planted: Planted, tmp_path: Path) -> None:
    copy = copied(planted, tmp_path)
    result = run(copy, None, "backup", str(tmp_path / "backup.db"))
    files = [
        *planted.stage.into.glob("seedfund.db*"),
        *tmp_path.glob("*.db*"),
        *planted.stage.into.glob("*.key"),
    ]
    found = {
        (path.name, one.what.value)
        for path in files
        for one in planted.needles.in_bytes(path.read_bytes())
        if one.what in IDENTITY
    }

    assert result.exit_code == 0, result.output
    assert (tmp_path / "backup.db") in files
    assert found == set()
    names = {path.name for path in planted.stage.into.rglob("*")}
    assert {name for name in names if planted.needles.in_text(name)} == set()


def test_the_search_of_raw_bytes_would_find_a_name_in_a_free_page(planted: Planted, tmp_path: Path) -> None:
    name = next(one for one in planted.needles.known.values() if one.what is What.FAMILY)
    connection = sqlite3.connect(tmp_path / "free.db")
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE t (text TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", (name.text,))
    connection.commit()
    connection.execute("DELETE FROM t")
    connection.commit()
    connection.close()

    assert name in planted.needles.in_bytes((tmp_path / "free.db").read_bytes())


@pytest.fixture
def emptied(
    planted: Planted, tmp_path: Path
) -> Iterator[tuple[sa.Engine, Path, dict[str, str], list[bytes]]]:
    """A copy in which everybody who can be was erased: engine, file, who by example's key, what had to go."""
    path = copied(planted, tmp_path)
    engine = prepare(sa.create_engine(f"sqlite:///{path}"))
    people = [key for found in planted.homes.values() for key in found]
    gone: dict[str, str] = {}
    secrets: list[bytes] = []
    for key in sorted(people):
        number = planted.numbers[key]
        with engine.connect() as connection:
            before = _secrets_of(connection, number)
        with open_work(
            engine,
            actor="proteccion1",
            programme=planted.stage.code,
            keyring=planted.stage.ring,
            clock=planted.stage.clock,
        ) as work:
            try:
                asked = EraseParticipant(
                    key=f"erase:{key}", participant=number, ground=ErasureGround.REQUESTED
                )
                erase_participant(work, asked)
            except Refused:
                continue
            work.commit()
        gone[key] = number
        secrets += before
    yield engine, path, gone, secrets
    engine.dispose()


def _secrets_of(connection: sa.Connection, number: str) -> list[bytes]:
    """The wrapped data key of a person and every digest they are found by: what erasing destroys."""
    (person,) = connection.exec_driver_sql("SELECT id FROM sf_participant WHERE number = ?", (number,)).one()
    keys = connection.exec_driver_sql("SELECT * FROM sf_data_key WHERE subject_id = ?", (person,)).all()
    digests = connection.exec_driver_sql(
        "SELECT digest FROM sf_identity_index WHERE participant_id = ?", (person,)
    ).scalars()
    wrapped = [cell for row in keys for cell in row if isinstance(cell, bytes)]
    return [*wrapped, *(str(one).encode() for one in digests)]


def test_of_an_erased_person_nothing_is_left_not_even_in_a_free_page(
    planted: Planted, emptied: tuple[sa.Engine, Path, dict[str, str], list[bytes]]
) -> None:
    engine, path, gone, secrets = emptied
    with engine.connect() as connection:
        kept = _digests_of_others(connection)
        assert verify_within(connection, Request(keyring=planted.stage.ring)).is_sound
    # SQLite may leave a copy behind where it moves rows between pages.
    rewrite_file(engine)
    engine.dispose()
    raw = b"".join(one.read_bytes() for one in path.parent.glob("seedfund.db*"))

    assert len(gone) > 30
    assert len(secrets) > 200
    left = [(raw.index(one) // 4096 + 1, len(one)) for one in secrets if one not in kept and one in raw]
    assert left == [], "page and length of what an erased person was found by or opened with"
    born = {day for day, needle in planted.needles.days.items() if needle.whose in gone}
    others = {day for day, needle in planted.needles.days.items() if needle.whose not in gone}
    assert born
    assert [day for day in born - others if day.encode() in raw] == []


def _digests_of_others(connection: sa.Connection) -> set[bytes]:
    """Digests that somebody else is found by as well, such as a word of two people's names, or an account two share."""
    columns = (
        *("sf_identity_index.digest", "sf_duplicate_flag.digest"),
        *("sf_payee.account_digest", "sf_bank_line.account_digest"),
    )
    rows: list[object] = []
    for table, _, column in (one.partition(".") for one in columns):
        rows += connection.exec_driver_sql(
            f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
        ).scalars()
    return {str(one).encode() for one in rows}


def test_an_erased_person_is_read_by_nobody(
    planted: Planted, emptied: tuple[sa.Engine, Path, dict[str, str], list[bytes]]
) -> None:
    engine, _, gone, _ = emptied
    found = set()
    for actor in ("proteccion1", "direccion1", "campo1"):
        with open_work(
            engine,
            actor=actor,
            programme=planted.stage.code,
            keyring=planted.stage.ring,
            clock=planted.stage.clock,
        ) as work:
            for number in gone.values():
                try:
                    text = plain_thing(show(work, number))
                except SeedfundError as error:
                    text = str(error)
                found |= {one for one in planted.needles.in_text(text) if one.what in IDENTITY}

    assert {one for one in found if one.whose in gone} == set()


# Commands, logs and files on the way ----------------------------------------------------------------------------------

MEMBERS: Final = (
    "hogar;miembro;parentesco;nombres;apellidos;sexo;anio_de_nacimiento;grupo_de_poblacion;participa"
)
SEALED: Final = ";telefono;direccion;notas;tipo_de_documento;numero_de_documento"


def run(db: Path, actor: str | None, *arguments: str) -> Result:
    """A command of the CLI on a copy."""
    who = ("--actor", actor) if actor else ()
    return CliRunner().invoke(cli, ["--lang", "en", "--db", str(db), *who, *arguments])


@pytest.fixture
def refused(planted: Planted, tmp_path: Path) -> Callable[..., Result]:
    """Brings in a file of households of which every cell that can be is wrong, for somebody who stands nowhere else."""
    make = planted.needles.make
    person = [
        *("X-1", "X-1-1", "jefatura"),
        make(What.GIVEN, "X-1"),
        make(What.FAMILY, "X-1"),
        *(make(What.NOTE, "X-1", "sex"), make(What.NOTE, "X-1", "year"), make(What.NOTE, "X-1", "group")),
        make(What.NOTE, "X-1", "takes part"),
        f"+593 {make(What.PHONE, 'X-1')} ext.",
        make(What.ADDRESS, "X-1"),
        make(What.NOTE, "X-1"),
        make(What.NOTE, "X-1", "kind"),
        f"{make(What.DOCUMENT, 'X-1')}E+14",
    ]
    home = f"X-1;{make(What.NOTE, 'X-1', 'country')};{make(What.PLACE, 'X-1', 'locality')};{make(What.PLACE, 'X-1')};A"
    (tmp_path / "households.csv").write_text(
        f"hogar;pais;localidad;comunidad;fase\n{home}\n{home}\n", encoding="utf-8"
    )
    (tmp_path / "members.csv").write_text(f"{MEMBERS}{SEALED}\n{';'.join(person)}\n", encoding="utf-8")
    db = copied(planted, tmp_path)

    def bring(*options: str) -> Result:
        return run(db, "campo1", "import", str(tmp_path), "--kind", "households", *options)

    return bring


@pytest.mark.parametrize("options", [(), ("--dry-run", "--format", "json")])
def test_a_refused_row_is_told_by_its_place_and_nothing_of_it_is_repeated_logged_or_kept(
    planted: Planted,
    refused: Callable[..., Result],
    options: tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    # A folder for passing files that is not there: what would write to it fails.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    caplog.set_level(logging.DEBUG)
    result = refused(*options, "--corrections", str(tmp_path / "back.xlsx"))

    assert result.exit_code == 1, result.output
    assert "members.csv" in result.output
    assert planted.needles.in_text(result.output) == set()
    assert planted.needles.in_text(caplog.text) == set()
    assert (tmp_path / "back.xlsx").stat().st_mode & 0o077 == 0
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("seedfund.db*"))
    assert {one for one in planted.needles.in_bytes(raw) if one.whose == "X-1"} == set()


def test_a_driver_that_fails_prints_no_value(planted: Planted, tmp_path: Path) -> None:
    copy = copied(planted, tmp_path)
    with sqlite3.connect(copy) as connection:
        connection.execute(
            "CREATE TRIGGER sf_broken BEFORE INSERT ON sf_identity_sheet BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    name = planted.needles.make(What.GIVEN, "X-2")
    result = run(
        copy,
        "campo1",
        *("do", "people.correct_identity", "--set", f"participant={planted.numbers['M-004-1']}"),
        *("--set", f"identity.given_names={name}"),
    )

    assert result.exit_code != 0
    seen, error = result.output, result.exception
    while error is not None:
        seen += repr(error) + str(error.args)
        error = error.__cause__ or error.__context__
    assert planted.needles.in_text(seen) == set()
