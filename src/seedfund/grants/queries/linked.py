"""Accounts that payees linked at third parties, as a tranche's condition sees them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from seedfund.grants.queries.tranches import ConditionRow
from seedfund.grants.rules.conditions import AccountLinked
from seedfund.grants.rules.facts import AccountUnderWay, LinkedAccount
from seedfund.kernel.ids import Key
from seedfund.savings import queries as savings
from seedfund.store.statements import Reader

if TYPE_CHECKING:
    from seedfund.savings.queries import AccountOnDay

NEAREST_FIRST: Final = ("opened", "documents", "invited", "refused", "closed")
"""States of accounts that are not linked, by how near they are to being it."""


def read_links(
    reader: Reader, conditions: Mapping[Key, Sequence[ConditionRow]], people: Sequence[Key], on: date
) -> dict[Key, tuple["AccountOnDay", ...]]:
    """The accounts these people linked, where a condition asks for one: payment lists of thousands mostly do not."""
    # A condition inside another one stands in its plain form too.
    is_asked = any(AccountLinked.code in row.params for rows in conditions.values() for row in rows)
    return savings.payable_accounts(reader, people, on) if is_asked else {}


def linked_account(links: Sequence["AccountOnDay"], handles: Mapping[Key, str]) -> LinkedAccount | None:
    """The first account that is open and verified."""
    for link in links:
        if link.is_linked and link.verified_on is not None:
            return LinkedAccount(
                ref=link.link,
                usable_from=link.verified_on,
                verified_by=handles.get(link.verified_by or Key(""), ""),
            )
    return None


def account_under_way(links: Sequence["AccountOnDay"]) -> AccountUnderWay | None:
    """The account that came nearest to being linked; None where there is none on the way."""
    waiting = [link for link in links if not link.is_linked]
    if not waiting:
        return None
    last = min(waiting, key=lambda link: (NEAREST_FIRST.index(link.state), link.link))
    return AccountUnderWay(ref=last.link, state=last.state, since=last.since, refused_for=last.refused_for)
