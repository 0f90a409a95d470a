"""Accounts that do not go with what money went out of them or came into them: named on the exceptions page."""

from collections.abc import Iterable

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BankAccountFacts
from seedfund.grants.rules.places import PlaceIrregularity
from seedfund.store.unit import Unit


def list_irregular(
    unit: Unit,
    found: Iterable[PlaceIrregularity],
    *,
    subject_kind: str,
    subject_number: str,
    bank: BankAccountFacts,
) -> None:
    """Put each of them on the exceptions page, in a row of its own."""
    for one in found:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind=subject_kind,
            subject_number=subject_number,
            reason=one.value,
            facts={"account": bank.code, "account_kind": bank.kind.value},
        )
