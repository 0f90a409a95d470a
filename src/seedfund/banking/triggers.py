"""What the database itself refuses of statements: changing what the bank told, reviving a match, closing unsigned.

Data only. A month is closed by the ledger, which knows no statements; so the database looks that every account with
statements of that month has its reconciliation signed.
"""

from typing import Final

from seedfund.banking.rules.footing import BARRING
from seedfund.store.triggers import Trigger, append_only, kept, refusing

_STANDING: Final = "a row that was undone never stands again, and nothing else of it changes"


def _only_undone(table: str, columns: tuple[str, ...]) -> tuple[Trigger, ...]:
    """A row of which only `is_standing` changes, and only to false."""
    short = table.removeprefix("sf_")
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
    return (
        refusing(
            f"sf_tr_{short}_fixed",
            table,
            when="BEFORE UPDATE",
            sentence=_STANDING,
            condition=f"{changed} OR (NEW.is_standing AND NOT OLD.is_standing)",
        ),
        refusing(f"sf_tr_{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"),
    )


_DAYS_OF_LINES: Final = (
    "SELECT {which}(COALESCE(l.booking_date, l.value_date)) FROM sf_bank_line l WHERE l.statement_id = s.id"
)
_UNTIL: Final = f"COALESCE(s.until_day, ({_DAYS_OF_LINES.format(which='MAX')}), s.from_day, s.recorded_on)"
_SINCE: Final = f"COALESCE(s.from_day, ({_DAYS_OF_LINES.format(which='MIN')}), s.until_day, s.recorded_on)"
"""A statement that names no day has those of its lines, else the one on which it was taken in."""
_UNSIGNED: Final = (
    "NEW.state = 'closed' AND EXISTS (SELECT 1 FROM sf_bank_statement s WHERE s.programme_id = NEW.programme_id "
    "AND s.state IN ('foots', 'reconciled', 'does_not_foot') "
    "AND ({first} <= NEW.month OR {last} <= NEW.month) AND ({first} >= NEW.month OR {last} >= NEW.month) "
    "AND NOT EXISTS (SELECT 1 FROM sf_bank_reconciliation r "
    "WHERE r.bank_account_id = s.bank_account_id AND r.month = NEW.month))"
)
_CLOSED_UNSIGNED: Final = "a month is not closed while an account with statements of it is not reconciled"


def _closing() -> Trigger:
    """Each database cuts the month out of a day in its own way."""
    name, table, when = "sf_tr_period_reconciled", "sf_period", "BEFORE UPDATE"
    on_sqlite = _UNSIGNED.format(first=f"substr({_SINCE}, 1, 7)", last=f"substr({_UNTIL}, 1, 7)")
    on_postgresql = _UNSIGNED.format(
        first=f"to_char({_SINCE}, 'YYYY-MM')", last=f"to_char({_UNTIL}, 'YYYY-MM')"
    )
    sqlite, postgresql = (
        refusing(name, table, when=when, sentence=_CLOSED_UNSIGNED, condition=condition)
        for condition in (on_sqlite, on_postgresql)
    )
    return Trigger(name, table, sqlite.sqlite, postgresql.postgresql)


_BARRED: Final = " OR ".join(
    f"replace(NEW.flags, '\"{flag}\"', '') <> NEW.flags" for flag in sorted(one.value for one in BARRING)
)

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_bank_statement_step", ("statement_id", "position")),
    *append_only("sf_bank_line", ("statement_id", "position")),
    *append_only("sf_bank_match_line", ("match_id", "position")),
    *append_only("sf_bank_match_item", ("match_id", "position")),
    *append_only("sf_bank_reconciliation", ("id",)),
    *kept(
        "sf_bank_statement",
        (
            *("id", "programme_id", "number", "bank_account_id", "bank_ref", "sequence", "version"),
            *("currency", "line_count", "content_digest", "flags", "recorded_by"),
        ),
        sentence="what the bank told is never changed",
    ),
    refusing(
        "sf_tr_bank_statement_explains",
        "sf_bank_statement",
        when="BEFORE UPDATE",
        sentence="a statement whose lines are matched is not set aside",
        condition="NEW.state IN ('set_aside', 'replaced') AND EXISTS (SELECT 1 FROM sf_bank_reconciled_line r "
        "WHERE r.statement_id = NEW.id AND r.is_standing)",
    ),
    refusing(
        "sf_tr_bank_statement_foots",
        "sf_bank_statement",
        when="BEFORE UPDATE",
        sentence="a statement that did not foot never becomes one that does",
        condition=f"NEW.state IN ('foots', 'reconciled') AND ({_BARRED})",
    ),
    refusing(
        "sf_tr_bank_reconciled_line_counts",
        "sf_bank_reconciled_line",
        when="BEFORE INSERT",
        sentence="a line of a statement that does not count is not matched",
        condition="NOT EXISTS (SELECT 1 FROM sf_bank_statement s WHERE s.id = NEW.statement_id "
        "AND s.state IN ('foots', 'reconciled'))",
    ),
    *kept(
        "sf_bank_match",
        (
            *("id", "programme_id", "number", "bank_account_id", "kind", "is_by_hand"),
            *("content_digest", "proposed_by"),
        ),
        sentence="what was proposed is never changed",
    ),
    *_only_undone("sf_bank_reconciled_line", ("match_id", "statement_id", "line", "position")),
    *_only_undone(
        "sf_bank_reconciled_item",
        ("match_id", "position", "entry_id", "bank_account_id", "amount_minor", "confirmed_by"),
    ),
    _closing(),
)
