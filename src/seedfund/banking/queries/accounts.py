"""Which account of ours is meant by what a bank's table writes: its code, its name, or the bank's number of it.

Numbers are sealed. One is known by the blind index that statements of the account left; nothing is opened.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.banking.rules import OUT_OF_IT
from seedfund.banking.tables import BankStatement
from seedfund.funds.queries import bank_accounts
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.rules import number_key
from seedfund.store.statements import Query
from seedfund.store.work import Work

_NUMBERS: Final = Query(
    lambda digest, bank: (str(digest), Key(bank)),
    lambda: (
        sa.select(col(BankStatement.number_digest), col(BankStatement.bank_account_id))
        .where(
            col(BankStatement.programme_id) == sa.bindparam("programme"),
            col(BankStatement.number_digest).is_not(None),
            col(BankStatement.state).not_in(OUT_OF_IT),
        )
        .distinct()
        .order_by(col(BankStatement.number_digest), col(BankStatement.bank_account_id))
    ),
)


@dataclass(frozen=True)
class OurAccounts:
    """Codes by what an account is called, folded, and by the blind index of a number that statements told of it.

    `titles` are codes and names as they are written.
    """

    titles: tuple[str, ...]
    names: Mapping[str, str]
    numbers: Mapping[str, str]

    def called(self, written: str) -> str | None:
        """The account of a code or a name; None where none or several are called so."""
        return self.names.get(written.strip().casefold())

    def numbered(self, work: Work, written: str) -> str | None:
        """The account of which a statement told this number; None where none did, or of several."""
        digest = digest_of_number(work, Secret(written))
        return None if digest is None else self.numbers.get(digest)

    def has_number(self, code: str) -> bool:
        """Whether the bank's number of an account is known."""
        return code in self.numbers.values()


def digest_of_number(work: Work, number: Secret) -> str | None:
    """The blind index of an account's number, None where there is no digit in it."""
    try:
        return work.blinder.index("account", number_key(number, field="account"))
    except InvalidInput:
        return None


def our_accounts(work: Work) -> OurAccounts:
    """What our accounts are called, and the numbers that statements which count told of them."""
    banks = bank_accounts(work.reader(), work.programme.id)
    codes = {one.id: one.code for one in banks}
    called: dict[str, set[str]] = defaultdict(set)
    for one in banks:
        called[one.name.strip().casefold()].add(one.code)
    told: dict[str, set[Key]] = defaultdict(set)
    for digest, bank in work.reader().all(_NUMBERS, programme=work.programme.id):
        told[digest].add(bank)
    return OurAccounts(
        titles=tuple(title for one in banks for title in (one.code, one.name)),
        names={
            **{name: min(several) for name, several in called.items() if len(several) == 1},
            **{one.code.casefold(): one.code for one in banks},
        },
        numbers={digest: codes[min(several)] for digest, several in told.items() if len(several) == 1},
    )
