"""Cash transfers to refugee households: awarded from an eligibility list, paid month by month, and closed."""

from collections.abc import Mapping
from typing import Final

from seedfund.cli.demo.payments import pay_ready, paying_account
from seedfund.cli.demo.phases import is_restricted
from seedfund.cli.demo.stage import Stage, evidence
from seedfund.grants.queries.why import explain_grant
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.words import BasisKind, OwnerKind, PaymentMethod
from seedfund.grants.service import award_grant
from seedfund.grants.service.awards import AwardGrant
from seedfund.grants.service.close_out import CloseGrant, close_grant
from seedfund.grants.service.lists import CommitAward, commit_award
from seedfund.grants.service.payees import ApprovePayee, ProposePayee, approve_payee, propose_payee
from seedfund.kernel.ids import Key
from seedfund.kernel.money import parse_money

Row = Mapping[str, str]
DIRECTOR: Final = "direccion1"


class Transfers:
    """The transfers of one phase: its file, and the grants that came of it by the file's own keys."""

    def __init__(self, stage: Stage, suffix: str = ""):
        self.stage, self.suffix = stage, suffix
        self.grants: dict[str, str] = {}

    @property
    def rows(self) -> list[Row]:
        """The rows of the file."""
        return list(self.stage.rows(f"transfers{self.suffix}"))

    def award(self) -> None:
        """Set the money of each household aside, as the approved list has it, and name who is paid."""
        stage = self.stage
        households = stage.numbers("households", "households", [row["household"] for row in self.rows])
        members = stage.part("households", "members", self.suffix)
        hidden = {row["member"] for row in members if is_restricted(row)}
        open_rows = [row for row in self.rows if row["member"] not in hidden]
        restricted = [row for row in self.rows if row["member"] in hidden]
        for rows, actors in (
            (open_rows, ("secretaria1", "campo1", "coordina1")),
            (restricted, (DIRECTOR, "campo1", DIRECTOR)),
        ):
            if rows:
                self._award(rows, actors[0], households)
                self._commit(rows)
                self._payees(rows, proposes=actors[1], approves=actors[2])

    def _award(self, rows: list[Row], actor: str, households: Mapping[str, str]) -> None:
        members = self.stage.members([row["member"] for row in rows])
        listed = f"Lista de elegibilidad{self.suffix.replace('_', ' ')}"
        with self.stage.acting(actor) as work:
            for row in rows:
                amount = parse_money(row["amount"], self.stage.currency, style=self.stage.style.numbers)
                awarding = AwardGrant(
                    key=self.stage.key("award", row["transfer"]),
                    benefit=row["benefit"],
                    parts=(AwardPart(fund=row["fund"], line=row["line"], amount=amount),),
                    basis_kind=BasisKind.ELIGIBILITY_LIST,
                    basis_ref=listed,
                    basis_sha256=evidence(listed),
                    owner_kind=OwnerKind.HOUSEHOLD,
                    household=households[row["household"]],
                    participant=members[row["member"]],
                )
                self.grants[row["transfer"]] = award_grant(work, awarding).number

    def _commit(self, rows: list[Row]) -> None:
        """A transfer needs no agreement: the signed list commits its money."""
        with self.stage.acting("coordina1") as work:
            for row in rows:
                key, grant = self.stage.key("promised", row["transfer"]), self.grants[row["transfer"]]
                commit_award(
                    work, CommitAward(key=key, grant=grant, list_sha256=evidence(f"signed {self.suffix}"))
                )

    def _payees(self, rows: list[Row], *, proposes: str, approves: str) -> None:
        stage = self.stage
        members = stage.members([row["member"] for row in rows])
        accounts = stage.numbers(
            "payout_accounts", "payout_accounts", [row["account"] for row in rows if row["account"]]
        )
        positions = {}
        with stage.acting(proposes) as work:
            for row in rows:
                key = row["transfer"]
                proposing = ProposePayee(
                    key=stage.key("payee", key),
                    grant=self.grants[key],
                    participant=members[row["member"]],
                    method=PaymentMethod(row["method"]),
                    account=Key(accounts[row["account"]]) if row["account"] else None,
                )
                positions[key] = propose_payee(work, proposing).payee
        with stage.acting(approves) as work:
            for key, position in positions.items():
                approving = ApprovePayee(
                    key=stage.key("payee +", key), grant=self.grants[key], payee=position
                )
                approve_payee(work, approving)

    def pay(self, tranche: int) -> None:
        """A turn of the transfers."""
        sources = {
            self.grants[row["transfer"]]: (
                row["fund"],
                paying_account(self.stage, row["fund"], row["method"]),
            )
            for row in self.rows
        }
        pay_ready(self.stage, f"transfers{self.suffix} {tranche}", sources, tranche=tranche)

    def close(self) -> None:
        """Nothing has to be justified: a transfer is done when all of it was delivered; the others stay open."""
        with self.stage.acting("finanzas1") as work:
            done = [
                grant
                for grant in self.grants.values()
                if not any(one.rest for one in explain_grant(work, grant))
            ]
            for grant in done:
                close_grant(work, CloseGrant(key=self.stage.key("close", grant), grant=grant))
