"""Savings accounts at banks and cooperatives: invited, papers, opened, verified, in use; or refused with a reason."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.dated import Planned, Row, by_day
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.dates import parse_date
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.savings.rules.words import AccountKind, Proof, RefusedFor
from seedfund.savings.service import (
    InviteToAccount,
    OpenAccount,
    RecordAccountRefusal,
    RecordAccountStep,
    VerifyAccount,
    invite_to_account,
    open_account,
    record_account_refusal,
    record_account_step,
    verify_account,
)
from seedfund.savings.service.links import AccountStep
from seedfund.store.work import Work

REGISTRAR: Final = "campo1"
VERIFIER: Final = "coordina1"


class Accounts:
    """The accounts of the example, by their own key, with the numbers they were given."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.links: dict[str, str] = {}

    def planned(self) -> Iterator[Planned]:
        """A step for all accounts of a day."""
        rows = self.stage.rows("savings_links") if self.stage.has("savings_links") else []
        for column, (title, actor, act) in STEPS.items():
            for day, found in by_day(rows, column):
                yield Planned(day, title, partial(self._play, found, actor, act))

    def _play(self, rows: list[Row], actor: str, act: "Act") -> None:
        payout = [row["account"] for row in rows if row["account"]]
        accounts = self.stage.numbers("payout_accounts", "payout_accounts", payout)
        with self.stage.acting(actor) as work:
            for row in rows:
                act(self, work, row, accounts)

    def _invite(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        inviting = InviteToAccount(
            key=self.stage.key("account", row["link"]),
            participant=self.stage.members([row["member"]])[row["member"]],
            kind=AccountKind(row["kind"]),
            institution=row["institution"],
            currency=self.stage.currency,
        )
        self.links[row["link"]] = invite_to_account(work, inviting).link

    def _open(self, work: Work, row: Row, accounts: Mapping[str, str]) -> None:
        opening = OpenAccount(
            key=self.stage.key("opened", row["link"]),
            link=self.links[row["link"]],
            opened_on=parse_date(row["opened"]),
            number=None if row["account"] else Secret(row["number"]),
            payout_account=Key(accounts[row["account"]]) if row["account"] else None,
        )
        open_account(work, opening)

    def _verify(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        key, link = self.stage.key("verified", row["link"]), self.links[row["link"]]
        verify_account(work, VerifyAccount(key=key, link=link, proof=Proof.CERTIFICATE))

    def _refuse(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        refusing = RecordAccountRefusal(
            key=self.stage.key("refused", row["link"]),
            link=self.links[row["link"]],
            refused_for=RefusedFor(row["reason"]),
        )
        record_account_refusal(work, refusing)

    def _step(self, work: Work, row: Row, step: AccountStep) -> None:
        recording = RecordAccountStep(
            key=self.stage.key(step, row["link"]), link=self.links[row["link"]], step=step
        )
        record_account_step(work, recording)


Act = Callable[[Accounts, Work, Row, Mapping[str, str]], None]
STEPS: Final[Mapping[str, tuple[str, str, Act]]] = MappingProxyType(
    {
        "invited": ("savings accounts: invitations", REGISTRAR, Accounts._invite),
        "papers": (
            "savings accounts: papers",
            REGISTRAR,
            lambda accounts, work, row, _: accounts._step(work, row, AccountStep.DOCUMENTS),
        ),
        "opened": ("savings accounts: opened", REGISTRAR, Accounts._open),
        "refused": ("savings accounts: refused", REGISTRAR, Accounts._refuse),
        "verified": ("savings accounts: verified", VERIFIER, Accounts._verify),
        "in_use": (
            "savings accounts: in use",
            REGISTRAR,
            lambda accounts, work, row, _: accounts._step(work, row, AccountStep.ACTIVE),
        ),
    }
)
"""Column of the day, title, who does it, and what is done; an account is verified by another than who opened it."""
