"""The reconciliation of a bank account, by name. Nothing here writes."""

from seedfund.funds.queries import bank_account
from seedfund.kernel.errors import InvalidInput
from seedfund.reports.asked import NOW, Asked, scope_of
from seedfund.reports.books import reconciliation as book
from seedfund.reports.queries.reconciliation import compared
from seedfund.reports.value import Report
from seedfund.store.work import Work


def reconciliation(work: Work, account: str, *, asked: Asked = NOW) -> Report:
    """What the bank says of an account and what the books say, and everything between the two.

    Raises:
        NotFound: there is no such account.
        InvalidInput: an earlier knowledge is asked for.
    """
    if asked.as_known is not None:
        raise InvalidInput(
            field="as_known",
            problem="lines and books are compared as they are matched now",
            remedy="give a day with --as-of; what was signed then: `seedfund list reconciliations`",
        )
    bank = bank_account(work.reader(), work.programme.id, account)
    scope = scope_of(work, asked)
    return book.reconciliation(
        compared(scope, bank), scope=f"{bank.code} · {bank.name}", standing=scope.standing
    )
