"""What of a row may change once it is written, table by table; from it, triggers that refuse everything else.

Raw SQL past every verb changes a state at most, never who is paid, how much, or whose hand decided; it deletes nothing,
and replaces nothing. Must not know any verb: a test holds these columns against every statement the verbs have.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from seedfund.store.triggers import PREFIX, Trigger, refusing

CHANGING: Final[Mapping[str, str]] = {
    "sf_account": "debits_posted credits_posted debits_pending credits_pending moved_by",
    "sf_activity": "state",
    "sf_actor_role": "until_day",
    "sf_agreement": "state number issued_on issued_by voided_on voided_by signed_on signed_by paper_id paper_hash",
    "sf_approval_request": "state",
    "sf_attendance_mark": "mark missed make_up_id irregular decision decided_by marked_by marked_at version",
    "sf_audit_head": "seq hash",
    "sf_bank_match": "state decided_on decided_by reason",
    "sf_bank_reconciled_item": "is_standing",
    "sf_bank_reconciled_line": "is_standing",
    "sf_bank_statement": "state",
    "sf_book_head": "seq hash",
    "sf_call": "approved_by approved_at",
    "sf_close_out": "paper_id paper_hash",
    "sf_cohort": "state ended_on",
    "sf_committee_session": "state",
    "sf_counter": "last",
    "sf_data_key": "ring_key wrapped",
    "sf_delegation": "until_day",
    "sf_disbursement": "state details delivered_minor delivered_on confirmed_by provider_ref is_irregular "
    "released_on released_by expires_on retry_of",
    "sf_disbursement_part": "delivered_minor hold_seq",
    "sf_duplicate_flag": "digest state decision excluded_household reason decided_by decided_at",
    "sf_eligibility_rule": "until_day",
    "sf_employment_plan": "state approved_on approved_by",
    "sf_enrolment": "state ended_on left_for",
    "sf_graduation": "state decided_on decided_by reason",
    "sf_grant": "state end_reason ended_on agreed_minor schedule_version plan_version_id",
    "sf_handover_act": "paper_id paper_hash",
    "sf_household": "state country community locality phase",
    "sf_household_goal": "state",
    "sf_household_member": "until_day",
    "sf_household_plan": "state closed_on",
    "sf_interview": "state",
    "sf_justification_line": "state accepted_minor own_minor observation reviewed_on reviewed_at reviewed_by",
    "sf_likely_pair": "state",
    "sf_merged_household": "until_day",
    "sf_merged_participant": "until_day",
    "sf_participant": "erased_at erasure_ground is_restricted sex age_source birth_date birth_year birth_age "
    "birth_asked_on population_group nationality legal_status language disability disability_answers",
    "sf_participation": "state reason ended_on",
    "sf_payee": "state approved_on approved_by",
    "sf_payment_list": "state content_hash count total_minor released_on released_by finished_on",
    "sf_payout_account": "state verified_by verified_at usable_from retired_by retired_at",
    "sf_payout_exception": "state",
    "sf_period": "state closed_at closed_by",
    "sf_placement": "state ended_on",
    "sf_plan": "state approved_minor current_version",
    "sf_provider_bill": "state decided_on decided_by reason",
    "sf_provider_complaint": "state closed_on closed_by finding",
    "sf_referral": "state",
    "sf_refund_demand": "state resolved_on resolved_by",
    "sf_savings_cycle": "state ended_on",
    "sf_savings_link": "state opened_on opened_by account_number payout_account_id verified_by closed_on",
    "sf_savings_member": "left_on",
    "sf_savings_plan": "state reached_on ended_on",
    "sf_scholarship": "state enrolment_id proof_sha256 proven_on proven_by ended_on ended_by end_reason",
    "sf_scholarship_application": "state closed_for closed_on",
    "sf_schooling": "state",
    "sf_selection": "state",
    "sf_selection_entry": "state",
    "sf_service": "state",
    "sf_training_session": "state held_by reason",
    "sf_vacancy": "state",
    "sf_visit": "state",
}
"""The columns of each table that a verb changes; no other column ever does, and of a table not named here none."""
ONCE: Final[Mapping[str, str]] = {
    "sf_agreement": "number issued_on issued_by voided_on voided_by signed_on signed_by",
    "sf_actor_role": "until_day",
    "sf_call": "approved_by approved_at",
    "sf_disbursement": "released_on released_by expires_on",
    "sf_employment_plan": "approved_on approved_by",
    "sf_graduation": "decided_on decided_by",
    "sf_payee": "approved_on approved_by",
    "sf_payment_list": "released_on released_by",
    "sf_payout_account": "verified_by verified_at usable_from retired_by retired_at",
    "sf_provider_bill": "decided_on decided_by",
    "sf_provider_complaint": "closed_on closed_by",
    "sf_scholarship": "proof_sha256 proven_on proven_by ended_on ended_by end_reason",
    "sf_training_session": "held_by",
}
"""Of these, what is set once: whose hand it was, and when. A paper is not: a corrected one takes its place."""
ERASABLE: Final = ("sf_data_key", "sf_identity_index")
"""What an erasure destroys."""
REWRITTEN: Final = ("sf_counter", "sf_identity_index")
"""Where a row may be written over: a counter goes on by an upsert, and an index is made again from its sheet."""
CHAINED: Final = ("sf_transfer", "sf_entry", "sf_account")
"""Tables whose own checks find whatever stands in the way of a new row."""
STAYS: Final = "what was set down is never changed"
SET_ONCE: Final = "what was decided, and by whom, is set once"
KEPT: Final = "rows are never deleted"
UNREPLACED: Final = "rows are never replaced"

_Key = tuple[tuple[str, ...], str]
"""The columns of a unique key, and the condition of an index over some of its rows."""


def keeping(tables: Iterable[sa.Table], present: Sequence[Trigger]) -> tuple[Trigger, ...]:
    """The triggers that keep the rows of these tables, beside those that areas declare for themselves."""
    declared = {trigger.name: trigger for trigger in present}
    found: list[Trigger] = []
    for table in tables:
        found += _unchanged(table, declared)
        found += _undeleted(table, declared)
        if table.name not in REWRITTEN:
            found += _unreplaced(table, declared)
    return tuple(found)


def _short(table: sa.Table) -> str:
    return PREFIX + table.name.removeprefix("sf_")


def _unchanged(table: sa.Table, declared: Mapping[str, Trigger]) -> list[Trigger]:
    """What never changes is not named by an UPDATE at all: a verb's own UPDATE pays nothing for it."""
    if f"{_short(table)}_no_update" in declared:
        return []
    changing = CHANGING.get(table.name, "").split()
    fixed = ", ".join(column.name for column in table.columns if column.name not in changing)
    stays = refusing(f"{_short(table)}_stays", table.name, when=f"BEFORE UPDATE OF {fixed}", sentence=STAYS)
    once = ONCE.get(table.name, "").split()
    if not once:
        return [stays]
    altered = " OR ".join(
        f"OLD.{name} IS NOT NULL AND (NEW.{name} IS NULL OR NEW.{name} <> OLD.{name})" for name in once
    )
    return [
        stays,
        refusing(
            f"{_short(table)}_set_once",
            table.name,
            when=f"BEFORE UPDATE OF {', '.join(once)}",
            sentence=SET_ONCE,
            condition=altered,
        ),
    ]


def _undeleted(table: sa.Table, declared: Mapping[str, Trigger]) -> list[Trigger]:
    if table.name in ERASABLE:
        return []
    delete, truncate = f"{_short(table)}_no_delete", f"{_short(table)}_no_truncate"
    found = []
    if delete not in declared:
        found.append(refusing(delete, table.name, when="BEFORE DELETE", sentence=KEPT))
    if truncate not in declared:
        found.append(refusing(truncate, table.name, when="BEFORE TRUNCATE", sentence=KEPT, statement=True))
    return found


def _unreplaced(table: sa.Table, declared: Mapping[str, Trigger]) -> list[Trigger]:
    """SQLite would delete the row in the way of an INSERT OR REPLACE or UPDATE OR REPLACE past any other trigger."""
    keys, changing = _keys(table), CHANGING.get(table.name, "").split()
    guarded = " ".join(trigger.sqlite for trigger in declared.values() if trigger.table == table.name)
    matches = [
        _match(table, *key) for key in keys if table.name not in CHAINED and not _is_guarded(key, guarded)
    ]
    found = [_overwriting(table, "insert", "BEFORE INSERT", matches)] if matches else []
    moving = [key for key in keys if _named(changing, " ".join((*key[0], key[1])))]
    if moving:
        named = dict.fromkeys(
            name for key in moving for name in _named(changing, " ".join((*key[0], key[1])))
        )
        other = " OR ".join(f"x.{column.name} <> OLD.{column.name}" for column in table.primary_key.columns)
        matches = [f"({other}) AND {_match(table, *key)}" for key in moving]
        found.append(_overwriting(table, "update", f"BEFORE UPDATE OF {', '.join(named)}", matches))
    return found


def _is_guarded(key: _Key, guarded: str) -> bool:
    """Whether the area itself looks for a row of this key before each INSERT."""
    return any(
        f"WHERE {' AND '.join(f'{row}{name} = NEW.{name}' for name in key[0])}" in guarded
        for row in ("", "x.")
    )


def _overwriting(table: sa.Table, what: str, when: str, matches: Sequence[str]) -> Trigger:
    condition = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table.name} x WHERE {match})"  # noqa: S608 - names of ours only
        for match in matches
    )
    name = f"{_short(table)}_overwriting_{what}"
    found = refusing(name, table.name, when=when, sentence=UNREPLACED, condition=condition)
    return Trigger(name, table.name, found.sqlite, ())


def _keys(table: sa.Table) -> list[_Key]:
    """The unique keys of a table: their columns, and the condition of an index over some of its rows."""
    keys: dict[tuple[str, ...], str] = {tuple(column.name for column in table.primary_key.columns): ""}
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            keys[tuple(column.name for column in constraint.columns)] = ""
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"]["where"]
            keys[tuple(column.name for column in index.columns)] = "" if where is None else str(where)
    wider = {key for key in keys for other in keys if not keys[other] and set(other) < set(key)}
    return sorted((key, where) for key, where in keys.items() if key not in wider)


def _match(table: sa.Table, key: Sequence[str], where: str) -> str:
    """How a row that is there, x, is in the way of a new one by a key."""
    same = " AND ".join(f"x.{name} = NEW.{name}" for name in key)
    if not where:
        return same
    named = re.compile(rf"\b({'|'.join(column.name for column in table.columns)})\b")
    there, new = (named.sub(rf"{row}.\1", where) for row in ("x", "NEW"))
    return f"{same} AND ({there}) AND ({new})"


def _named(columns: Sequence[str], text: str) -> list[str]:
    return [name for name in columns if re.search(rf"\b{name}\b", text)]
