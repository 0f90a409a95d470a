"""Savings accounts at banks and cooperatives: invited, papers, opened, verified, in use; or refused with a reason."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.dated import Planned, Row, by_day, day_of
from seedfund.cli.demo.stage import Stage
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
        rows = self.stage.rows("savings_links")
        for column, (title, actor, act) in STEPS.items():
            for day, found in by_day(rows, column):
                yield Planned(day, title, partial(self._play, found, actor, act))

    def _play(self, rows: list[Row], actor: str, act: "Act") -> None:
        payout = [row["cuenta"] for row in rows if row["cuenta"]]
        accounts = self.stage.numbers("payout_accounts", "payout_accounts", payout)
        with self.stage.acting(actor) as work:
            for row in rows:
                act(self, work, row, accounts)

    def _invite(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        inviting = InviteToAccount(
            key=self.stage.key("account", row["vinculacion"]),
            participant=self.stage.members([row["miembro"]])[row["miembro"]],
            kind=AccountKind(row["clase"]),
            institution=row["entidad"],
            currency="USD",
        )
        self.links[row["vinculacion"]] = invite_to_account(work, inviting).link

    def _open(self, work: Work, row: Row, accounts: Mapping[str, str]) -> None:
        opening = OpenAccount(
            key=self.stage.key("opened", row["vinculacion"]),
            link=self.links[row["vinculacion"]],
            opened_on=day_of(row["abierta"]),
            number=None if row["cuenta"] else Secret(row["numero"]),
            payout_account=Key(accounts[row["cuenta"]]) if row["cuenta"] else None,
        )
        open_account(work, opening)

    def _verify(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        key, link = self.stage.key("verified", row["vinculacion"]), self.links[row["vinculacion"]]
        verify_account(work, VerifyAccount(key=key, link=link, proof=Proof.CERTIFICATE))

    def _refuse(self, work: Work, row: Row, _: Mapping[str, str]) -> None:
        refusing = RecordAccountRefusal(
            key=self.stage.key("refused", row["vinculacion"]),
            link=self.links[row["vinculacion"]],
            refused_for=RefusedFor(row["motivo"]),
        )
        record_account_refusal(work, refusing)

    def _step(self, work: Work, row: Row, step: AccountStep) -> None:
        recording = RecordAccountStep(
            key=self.stage.key(step, row["vinculacion"]), link=self.links[row["vinculacion"]], step=step
        )
        record_account_step(work, recording)


Act = Callable[[Accounts, Work, Row, Mapping[str, str]], None]
STEPS: Final[Mapping[str, tuple[str, str, Act]]] = MappingProxyType(
    {
        "invitada": ("savings accounts: invitations", REGISTRAR, Accounts._invite),
        "papeles": (
            "savings accounts: papers",
            REGISTRAR,
            lambda accounts, work, row, _: accounts._step(work, row, AccountStep.DOCUMENTS),
        ),
        "abierta": ("savings accounts: opened", REGISTRAR, Accounts._open),
        "rechazada": ("savings accounts: refused", REGISTRAR, Accounts._refuse),
        "verificada": ("savings accounts: verified", VERIFIER, Accounts._verify),
        "en_uso": (
            "savings accounts: in use",
            REGISTRAR,
            lambda accounts, work, row, _: accounts._step(work, row, AccountStep.ACTIVE),
        ),
    }
)
"""Column of the day, title, who does it, and what is done; an account is verified by another than who opened it."""
