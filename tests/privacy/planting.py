"""A whole programme whose people are needles: the example's files, planted, played by the demo; some restricted after.

Everything goes in through public verbs and imports, as it would in the field. Half of the households have
somebody restricted: the head, or another member.
"""

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from seedfund.cli.demo.course import Course, play
from seedfund.cli.demo.stage import Stage, set_up
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.service import ImportRequest, ResultsRequest, import_files, import_results
from seedfund.kernel.codec import decode
from seedfund.kernel.roles import Role
from seedfund.payouts.service import ApproveLayout, DefineLayout, approve_layout, define_layout
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.store.work import Work
from tests.banking.statement_files import Booked, camt
from tests.privacy.needles import COLUMNS, FILLED, TELLING, Needle, Needles, What
from tests.support.small_example import cut_down

ROOT: Final = Path(__file__).resolve().parents[2]
HOUSEHOLDS: Final = frozenset(
    (1, 4, 8, 10, 12, 13, 30, 33, 34, 35, 36, 39, 42, 43, 45, 48, 49, 50, 58, 60, 61, 62, 63, 64, 65)
)
"""Enough for every table, few enough to be played in seconds: what the events of the example name."""
HEADS: Final = frozenset((1, 10, 34, 42, 49, 50, 61))
"""Households whose head is restricted after all; that of 58 is from the beginning."""
SECONDS: Final = frozenset((8, 30, 36, 45, 63))
"""Households of which another member is."""
ACTOR: Final = "privacy-{role}"


@dataclass(frozen=True)
class Planted:
    """The programme that was played: its stage, its needles, and who is restricted by the keys of the example."""

    stage: Stage
    needles: Needles
    restricted: frozenset[str]
    homes: Mapping[str, frozenset[str]]
    """Household of the example → its members."""

    @contextmanager
    def looking(self, role: Role) -> Iterator[Work]:
        """A unit of work of somebody who has this role alone; nothing is kept."""
        with self.stage.acting(ACTOR.format(role=role.value)) as work:
            yield work
            work.session.rollback()

    def is_restricted(self, needle: Needle) -> bool:
        """Whether it stands for somebody restricted, or for the household of a head who is."""
        return needle.whose in self.restricted or needle.whose.replace("H-", "M-") + "-1" in self.restricted

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Key of a person or household in the example → the number it was given."""
        people = [key for found in self.homes.values() for key in found]
        return {**self.stage.members(people), **self.stage.households(list(self.homes))}

    @property
    def hidden(self) -> Mapping[str, str]:
        """Number of everybody restricted → the number of their household."""
        return {
            self.numbers[key]: self.numbers[home]
            for home, people in self.homes.items()
            for key in people & self.restricted
        }


def plant(folder: Path) -> Planted:
    """Play the planted example in a folder."""
    needles = Needles()
    files = cut_down(ROOT / "examples" / "northern-border", folder / "example", households=HOUSEHOLDS)
    _plant_files(files, needles)
    (folder / "into").mkdir()
    stage = set_up(files, folder / "into")
    play(Course(stage), lambda _day, _title: None)
    restricted = _restrict(stage)
    _tell_bank_and_provider(stage, needles, "M-010-1")
    for role in Role:
        with stage.acting(stage.programme["administrator"]) as work:
            handle = ACTOR.format(role=role.value)
            register_actor(
                work, RegisterActor(key=stage.key(handle), handle=handle, display_name=handle, roles=(role,))
            )
    homes: dict[str, set[str]] = {}
    for row in _members(stage):
        homes.setdefault(row["household"], set()).add(row["member"])
    return Planted(stage, needles, restricted, {home: frozenset(found) for home, found in homes.items()})


def _members(stage: Stage) -> list[dict[str, str]]:
    return [row for suffix in ("", "_2") for row in stage.part("households", "members", suffix)]


def _restrict(stage: Stage) -> frozenset[str]:
    """Restrict people once everything about them is there; tells whom, with those who were from the beginning."""
    chosen = set()
    for row in _members(stage):
        home, place = int(row["household"][-3:]), row["member"][-2:]
        is_chosen = (home in HEADS and place == "-1") or (home in SECONDS and place == "-2")
        if is_chosen or row["is_restricted"] == "yes":
            chosen.add(row["member"])
    already = {row["member"] for row in _members(stage) if row["is_restricted"] == "yes"}
    for key, number in stage.members(sorted(chosen - already)).items():
        with stage.acting("proteccion1") as work:
            restrict_participant(
                work, RestrictParticipant(key=stage.key("restrict", key), participant=number)
            )
    return frozenset(chosen)


def _plant_files(files: Path, needles: Needles) -> None:
    plans = {row["plan"]: row["hogar"] for path in files.glob("plans*.csv") for row in _rows(path)}
    for path in sorted(files.glob("*.csv")):
        rows = _rows(path)
        name = path.stem.rstrip("_0123456789")
        base = next((one for one in (*COLUMNS, *TELLING) if path.stem.startswith(one)), name)
        for row in rows:
            whose = _whose(row, plans)
            _plant_row(row, COLUMNS.get(base, {}), needles, whose=whose)
            for column in TELLING.get(base, ()):
                # A single word is one of a closed list, and so is what is set with a sign.
                if " " in (row.get(column) or "") and "=" not in row[column]:
                    needle = needles.make(What.TELLING, whose, row[column])
                    row[column] = f"{row[column]} {needle}"
        if rows:
            _write(path, rows)


def _plant_row(row: dict[str, str], columns: Mapping[str, What], needles: Needles, *, whose: str) -> None:
    for column, what in columns.items():
        if row.get(column) or column in FILLED:
            # A document or an account that two people of the example share is shared by the needle's bearers as well.
            key = row.get(column, "") if what in (What.DOCUMENT, What.ACCOUNT) else whose
            needle = needles.make(
                what, whose if not key else _SHARED.setdefault(f"{what}{key}", whose), column
            )
            row[column] = f"{needle} 0" if what is What.DOCUMENT else needle
    if row.get("fecha_de_nacimiento") and int(row["fecha_de_nacimiento"][-4:]) < 2020:
        needles.born(row["fecha_de_nacimiento"], whose)


_SHARED: Final[dict[str, str]] = {}


def _whose(row: Mapping[str, str], plans: Mapping[str, str]) -> str:
    """The person or household of the example that a row is about."""
    for column in ("miembro", "member", "hogar", "household"):
        if row.get(column):
            return row[column]
    about = row.get("plan") or row.get("capital") or row.get("clave") or row.get("reemplaza_a") or ""
    return plans.get(about, about or "nobody")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter=";")]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def copied(planted: Planted, folder: Path) -> Path:
    """The database and its key file in a folder of the test's own."""
    for name in ("seedfund.db", "seedfund.key"):
        shutil.copy(planted.stage.into / name, folder / name)
    return folder / "seedfund.db"


STRANGER: Final = "S-BANK"
"""Somebody who stands in a line of a bank's statement alone."""
PAID: Final = "S-PROVIDER"
"""Somebody who stands in a row of a provider's file alone."""


def _tell_bank_and_provider(stage: Stage, needles: Needles, restricted: str) -> None:
    """A statement and a provider's file that name a stranger and somebody restricted, with rows nothing explains."""

    def name(whose: str) -> str:
        return f"{needles.make(What.GIVEN, whose, 'nombres')} {needles.make(What.FAMILY, whose, 'apellidos')}"

    account = needles.make(What.ACCOUNT, restricted, "numero")
    lines = [
        Booked(
            amount="11.13",
            day="2026-06-02",
            reference="Q1",
            name=name(STRANGER),
            account=needles.make(What.ACCOUNT, STRANGER),
            text=needles.make(What.TELLING, STRANGER),
        ),
        Booked(amount="12.17", day="2026-06-03", reference="Q2", name=name(restricted), account=account),
        Booked(amount="13.19", day="2026-06-04", reference="Q3", text=f"pago a {name(restricted)}"),
        Booked(amount="14.23", day="2026-06-05", reference="Q4", text=f"cta {account}"),
    ]
    content = camt(lines, opening="100.00", closing="49.28", days=("2026-06-01", "2026-06-30"))
    kind = find_kind("bank_statement")
    layouts = dict(read_mapping("{}", kind.parts))
    layouts[kind.parts[0].name] = replace(layouts[kind.parts[0].name], constants={"account": "BCO-ACNUR"})
    with stage.acting("concilia1") as work:
        request = ImportRequest(
            kind=kind.name, files={kind.parts[0].name: content}, style=stage.style, layouts=layouts
        )
        _require(import_files(work, request).accepted)
    head = "REFERENCIA;BENEFICIARIO;CUENTA;VALOR;ESTADO;COMPROBANTE;FECHA PROCESO"
    rows = [
        f"PG-2099-0001;{name(PAID)};{needles.make(What.ACCOUNT, PAID)};7,50;PAGADO;R-1;05/06/2026",
        f"PG-2099-0002;{name(restricted)};{account};7,50;PAGADO;R-2;05/06/2026",
    ]
    layout = json.loads((ROOT / "examples" / "payouts" / "bank_transfer_results.json").read_text("utf-8"))
    with stage.acting("finanzas1") as work:
        number = define_layout(work, decode(DefineLayout, {**layout, "key": stage.key("layout")})).number
    with stage.acting("aprueba1") as work:
        approve_layout(work, ApproveLayout(key=stage.key("layout in force"), number=number))
    content = "\n".join((head, *rows, "")).encode()
    with stage.acting("concilia1") as work:
        taken = import_results(work, ResultsRequest(content=content, layout="bank_transfer_results"))
        _require(taken.read == len(rows))


def _require(holds: object) -> None:
    """Stop where what was to be planted was not taken in."""
    if not holds:
        raise AssertionError("a file of the planting was not taken in")
