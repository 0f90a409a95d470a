"""What the database itself insists on, whoever writes: chains, recipes, holds, closed months, counters moved once.

Each check is a name, a sentence and a condition over NEW and OLD that both databases understand; one list of checks
becomes one trigger on each. Must not know any verb.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.ledger.rules.accounts import FLOORS, KINDS
from seedfund.ledger.rules.chain import GENESIS
from seedfund.store.triggers import PREFIX, Trigger, append_only, refusing

_MONTH: Final[Mapping[str, str]] = {
    "sqlite": "substr(NEW.booking_date, 1, 7)",
    "postgresql": "to_char(NEW.booking_date, 'YYYY-MM')",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the database: refuse with `name: sentence` where `condition` holds (or cannot be told)."""

    name: str
    sentence: str
    condition: str

    def sqlite(self) -> str:
        """The step of an SQLite trigger."""
        condition = self.condition.format(month=_MONTH["sqlite"])
        return (
            f"SELECT RAISE(ABORT, '{PREFIX}{self.name}: {self.sentence}') WHERE COALESCE({condition}, TRUE);"
        )

    def postgresql(self) -> str:
        """The step of a PL/pgSQL function."""
        condition = self.condition.format(month=_MONTH["postgresql"])
        return (
            f"IF COALESCE({condition}, TRUE) THEN RAISE EXCEPTION '{PREFIX}{self.name}: {self.sentence}' "
            f"USING ERRCODE = '23514', CONSTRAINT = '{PREFIX}{self.name}'; END IF;"
        )


def _checking(name: str, table: str, when: str, checks: Sequence[Check]) -> Trigger:
    """A trigger that makes its checks in order."""
    name = f"{PREFIX}{name}"
    sqlite = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW BEGIN {' '.join(c.sqlite() for c in checks)} END"
    steps = " ".join(check.postgresql() for check in checks)
    return Trigger(name, table, sqlite, _function(name, table, when, f"{steps} RETURN NEW;"))


def _function(name: str, table: str, when: str, body: str) -> tuple[str, str]:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _kept(table: str, *, replaced_by: str) -> tuple[Trigger, ...]:
    """Rows that may change, but never vanish: DELETE, TRUNCATE and INSERT OR REPLACE are refused."""
    short = table.removeprefix("sf_")
    unreplaced = _unreplaced(short, table, replaced_by)
    return (
        unreplaced,
        refusing(
            f"{PREFIX}{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"
        ),
        refusing(
            f"{PREFIX}{short}_no_truncate",
            table,
            when="BEFORE TRUNCATE",
            sentence="rows are never deleted",
            statement=True,
        ),
    )


def _unreplaced(short: str, table: str, match: str) -> Trigger:
    """SQLite would delete the row in the way of an INSERT OR REPLACE past every other trigger."""
    condition = f"EXISTS (SELECT 1 FROM {table} x WHERE {match})"  # noqa: S608 - names of ours only
    found = refusing(
        f"{PREFIX}{short}_unreplaced",
        table,
        when="BEFORE INSERT",
        sentence="rows are never replaced",
        condition=condition,
    )
    return Trigger(found.name, table, found.sqlite, ())


# A transfer ---------------------------------------------------------------------------------------------------------

_SIDES: Final = ("debit", "credit", "memo_debit", "memo_credit")


def _same(left: str, right: str, pairs: Mapping[str, str]) -> str:
    """Whether two rows name the same accounts, side by side as given."""
    return " AND ".join(f"COALESCE({left}.{a}_id, 0) = COALESCE({right}.{b}_id, 0)" for a, b in pairs.items())


_STRAIGHT: Final = {side: side for side in _SIDES}
_SWAPPED: Final = {
    "debit": "credit",
    "credit": "debit",
    "memo_debit": "memo_credit",
    "memo_credit": "memo_debit",
}
_JOINED: Final = " ".join(
    f"LEFT JOIN sf_account {side} ON {side}.id = NEW.{side}_id AND {side}.book_id = NEW.book_id"
    for side in _SIDES
)
_KINDS_FIT: Final = " AND ".join(
    f"COALESCE(r.{side}_kind, '') = COALESCE({side}.kind, '')" for side in _SIDES
)

TRANSFER_CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "transfer_chain",
        "a row continues its book, one after the other",
        f"""EXISTS (SELECT 1 FROM sf_transfer x WHERE x.book_id = NEW.book_id AND x.seq = NEW.seq)
        OR NOT (NEW.seq = 1 AND NEW.prev_hash = '{GENESIS}' OR EXISTS (SELECT 1 FROM sf_transfer p
        WHERE p.book_id = NEW.book_id AND p.seq = NEW.seq - 1 AND p.hash = NEW.prev_hash))""",  # noqa: S608 - names of ours only
    ),
    Check(
        "transfer_entry",
        "a row has the date and the programme of its entry",
        """NOT EXISTS (SELECT 1 FROM sf_entry e JOIN sf_book b ON b.programme_id = e.programme_id
        WHERE e.id = NEW.entry_id AND b.id = NEW.book_id AND e.booking_date = NEW.booking_date)""",
    ),
    Check(
        "transfer_period",
        "the month is closed",
        """EXISTS (SELECT 1 FROM sf_book b JOIN sf_period p ON p.programme_id = b.programme_id
        WHERE b.id = NEW.book_id AND p.month >= {month} AND p.state = 'closed')""",
    ),
    Check(
        "transfer_recipe",
        "no recipe posts these kinds of accounts of this book in this phase",
        f"""NEW.reverses_seq IS NULL AND NOT EXISTS (SELECT 1 FROM sf_recipe r {_JOINED}
        WHERE r.code = NEW.recipe AND r.phase = NEW.phase AND {_KINDS_FIT})""",  # noqa: S608 - names of ours only
    ),
    Check(
        "transfer_hold",
        "it resolves no open hold of the same accounts and amount",
        f"""NEW.resolves_seq IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM sf_transfer h
        WHERE h.book_id = NEW.book_id AND h.seq = NEW.resolves_seq AND h.phase = 'hold' AND h.amount = NEW.held
        AND h.booking_date <= NEW.booking_date AND {_same("h", "NEW", _STRAIGHT)})
        OR EXISTS (SELECT 1 FROM sf_transfer x WHERE x.book_id = NEW.book_id AND x.resolves_seq = NEW.resolves_seq))""",  # noqa: S608 - names of ours only
    ),
    Check(
        "transfer_reversal",
        "it does not mirror a row of the entry that is reversed",
        f"""NEW.reverses_seq IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM sf_transfer o JOIN sf_entry e
        ON e.id = NEW.entry_id AND e.reverses = o.entry_id WHERE o.book_id = NEW.book_id AND o.seq = NEW.reverses_seq
        AND o.phase IN ('post', 'settle') AND o.reverses_seq IS NULL AND o.recipe = NEW.recipe
        AND o.amount = NEW.amount AND {_same("o", "NEW", _SWAPPED)})
        OR EXISTS (SELECT 1 FROM sf_transfer x WHERE x.book_id = NEW.book_id AND x.reverses_seq = NEW.reverses_seq))""",  # noqa: S608 - names of ours only
    ),
)

# The counters -------------------------------------------------------------------------------------------------------


def _moved(row: str, side: str) -> tuple[str, str]:
    """How far a row moves the posted and the pending counter of one side of the account `id`."""
    named = f"id IN ({row}.{side}_id, {row}.memo_{side}_id)"
    posted = f"CASE WHEN {named} AND {row}.phase IN ('post', 'settle') THEN {row}.amount ELSE 0 END"
    pending = (
        f"CASE WHEN {named} AND {row}.phase = 'hold' THEN {row}.amount "
        f"WHEN {named} AND {row}.phase <> 'post' THEN - {row}.held ELSE 0 END"
    )
    return posted, pending


def _sets() -> str:
    parts = []
    for side in ("debit", "credit"):
        posted, pending = _moved("NEW", side)
        parts.append(f"{side}s_posted = {side}s_posted + {posted}")
        parts.append(f"{side}s_pending = {side}s_pending + {pending}")
    return ", ".join((*parts, "moved_by = NEW.seq"))


def _move(side: str) -> str:
    return f"UPDATE sf_account SET {_sets()} WHERE id = NEW.{side}_id;"  # noqa: S608 - names of ours only


MOVE: Final = (
    f"UPDATE sf_account SET {_sets()} "  # noqa: S608 - names of ours only
    "WHERE id IN (NEW.debit_id, NEW.credit_id, NEW.memo_debit_id, NEW.memo_credit_id);"
)
MOVE_EACH: Final = " ".join(_move(side) for side in _SIDES)
"""The same in four steps: PostgreSQL would read the whole table for a list of four."""


def _cited() -> str:
    """The counters differ by exactly what the cited transfer says of this account.

    A later seq than the account's last is a transfer that has not been applied, because every transfer is applied when
    it is inserted; so no transfer can be cited twice, and a counter can only do what a transfer says.
    """
    parts = [
        "t.book_id = NEW.book_id",
        "t.seq = NEW.moved_by",
        "NEW.moved_by > OLD.moved_by",
        "OLD.id IN (t.debit_id, t.credit_id, t.memo_debit_id, t.memo_credit_id)",
    ]
    for side in ("debit", "credit"):
        for counter, change in zip(("posted", "pending"), _moved("t", side), strict=True):
            parts.append(
                f"NEW.{side}s_{counter} = OLD.{side}s_{counter} + {change.replace('id IN', 'OLD.id IN')}"
            )
    return f"NOT EXISTS (SELECT 1 FROM sf_transfer t WHERE {' AND '.join(parts)})"  # noqa: S608 - names of ours only


_FIXED: Final = "id, book_id, code, kind, floor, grant_id, line_id, bank_account_id, holder"
_COUNTERS: Final = "debits_posted, credits_posted, debits_pending, credits_pending, moved_by"
ACCOUNT_CHECKS: Final[tuple[Check, ...]] = (
    Check("account_counters", "counters are moved by transfers alone, once", _cited()),
)


def _floors() -> str:
    """The floor of each kind of account, so that no row is opened with a softer one."""
    listed = {
        floor: ", ".join(f"'{kind.name}'" for kind in KINDS.values() if kind.floor == floor)
        for floor in FLOORS
    }
    return " OR ".join(f"NEW.floor = '{floor}' AND NEW.kind IN ({kinds})" for floor, kinds in listed.items())


_ZERO: Final = (
    "debits_posted <> 0 OR NEW.credits_posted <> 0 OR NEW.debits_pending <> 0 OR NEW.credits_pending <> 0"
)
NEW_ACCOUNT_CHECKS: Final[tuple[Check, ...]] = (
    Check("account_empty", "an account begins with nothing", f"NEW.{_ZERO} OR NEW.moved_by <> 0"),
    Check("account_floor", "an account has a known kind and its floor", f"NOT ({_floors()})"),
)
_MOVES: Final = Trigger(
    f"{PREFIX}transfer_moves",
    "sf_transfer",
    f"CREATE TRIGGER {PREFIX}transfer_moves AFTER INSERT ON sf_transfer FOR EACH ROW BEGIN {MOVE} END",
    _function(f"{PREFIX}transfer_moves", "sf_transfer", "AFTER INSERT", f"{MOVE_EACH} RETURN NULL;"),
)

# Entries, heads, periods --------------------------------------------------------------------------------------------

ENTRY_CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "entry_reversal",
        "it reverses no entry of another hand in this programme that is none itself",
        """NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sf_entry o WHERE o.id = NEW.reverses
        AND o.programme_id = NEW.programme_id AND o.actor_id <> NEW.actor_id AND o.reverses IS NULL)""",
    ),
)
HEAD_CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "book_head_newest",
        "a head is the newest row of its book",
        """NEW.book_id <> OLD.book_id OR NOT EXISTS (SELECT 1 FROM sf_transfer t
        WHERE t.book_id = NEW.book_id AND t.seq = NEW.seq AND t.hash = NEW.hash)
        OR EXISTS (SELECT 1 FROM sf_transfer t WHERE t.book_id = NEW.book_id AND t.seq = NEW.seq + 1)""",
    ),
)
NEW_HEAD_CHECKS: Final[tuple[Check, ...]] = (
    Check("book_head_genesis", "a book begins at nothing", f"NEW.seq <> 0 OR NEW.hash <> '{GENESIS}'"),
)
PERIOD_CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "period_forward",
        "a month goes from closing to closed and is never reopened",
        "NOT (OLD.state = 'closing' AND NEW.state = 'closed' AND NEW.programme_id = OLD.programme_id "
        "AND NEW.month = OLD.month AND NEW.closing_by = OLD.closing_by)",
    ),
)
FROZEN_CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "period_frozen",
        "nothing is added to what is frozen",
        """NOT EXISTS (SELECT 1 FROM sf_period p WHERE p.programme_id = NEW.programme_id
        AND p.month = NEW.month AND p.state = 'closing')""",
    ),
)
NEW_PERIOD_CHECKS: Final[tuple[Check, ...]] = (
    Check("period_begins", "a month is closing before it is closed", "NEW.state <> 'closing'"),
)

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_book", ("programme_id", "code")),
    *append_only("sf_recipe", ("code",)),
    *append_only("sf_entry", ("id",)),
    _unreplaced(
        "entry",
        "sf_entry",
        "x.programme_id = NEW.programme_id AND x.number = NEW.number OR x.reverses = NEW.reverses",
    ),
    _checking("entry_checked", "sf_entry", "BEFORE INSERT", ENTRY_CHECKS),
    *(trigger for trigger in append_only("sf_transfer", ("book_id", "seq")) if "replace" not in trigger.name),
    _checking("transfer_checked", "sf_transfer", "BEFORE INSERT", TRANSFER_CHECKS),
    _MOVES,
    *_kept("sf_account", replaced_by="x.id = NEW.id OR x.book_id = NEW.book_id AND x.code = NEW.code"),
    _checking("account_begins", "sf_account", "BEFORE INSERT", NEW_ACCOUNT_CHECKS),
    refusing(
        f"{PREFIX}account_fixed",
        "sf_account",
        when=f"BEFORE UPDATE OF {_FIXED}",
        sentence="what an account is never changes",
    ),
    _checking("account_guarded", "sf_account", f"BEFORE UPDATE OF {_COUNTERS}", ACCOUNT_CHECKS),
    *_kept("sf_book_head", replaced_by="x.book_id = NEW.book_id"),
    _checking("book_head_begins", "sf_book_head", "BEFORE INSERT", NEW_HEAD_CHECKS),
    _checking("book_head_guarded", "sf_book_head", "BEFORE UPDATE", HEAD_CHECKS),
    *_kept("sf_period", replaced_by="x.programme_id = NEW.programme_id AND x.month = NEW.month"),
    _checking("period_begun", "sf_period", "BEFORE INSERT", NEW_PERIOD_CHECKS),
    _checking("period_guarded", "sf_period", "BEFORE UPDATE", PERIOD_CHECKS),
    _checking("period_book_frozen", "sf_period_book", "BEFORE INSERT", FROZEN_CHECKS),
    _checking("period_balance_frozen", "sf_period_balance", "BEFORE INSERT", FROZEN_CHECKS),
    *append_only("sf_period_book", ("programme_id", "month", "book_id")),
    *append_only("sf_period_balance", ("programme_id", "month", "account_id")),
)
