"""The cases of the scenario: which plan is meant to go which way, and the numbers it has got so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from seedfund.cli.demo.stage import Stage
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, parse_money, zero


@dataclass
class Case:
    """A row of the scenario, what the committee is to give it (zero for nothing), and what became of it."""

    row: Mapping[str, str]
    plan: str
    approved: Money
    grant: str = ""
    agreement: str = ""
    handovers: list[str] = field(default_factory=list)
    refunds: list[str] = field(default_factory=list)
    close_out: str = ""

    @property
    def key(self) -> str:
        """The example's own key of the plan."""
        return self.row["plan"]

    @property
    def path(self) -> str:
        """How the case is meant to go."""
        return self.row["path"]


@dataclass
class Cases:
    """All cases, by the example's key, with the accounts and people behind them."""

    by_key: dict[str, Case]
    accounts: Mapping[str, Key]
    people: Mapping[str, str]

    def awarded(self) -> list[Case]:
        """Those that have a grant."""
        return [case for case in self.by_key.values() if case.grant]


def read_cases(stage: Stage) -> Cases:
    """The scenario with the numbers its plans, accounts and people were given when they were imported."""
    rows = {row["plan"]: row for row in stage.rows("scenario")}
    plans = stage.numbers("plans", "plans", list(rows))
    accounts = [row["account"] for row in stage.part("payout_accounts", "payout_accounts")]
    owners = {row["plan"]: row["member"] for row in stage.part("plans", "plans")}
    members = stage.members(list(owners.values()))
    return Cases(
        by_key={key: Case(row, plans[key], _approved(stage, row)) for key, row in rows.items()},
        accounts={
            name: Key(account)
            for name, account in stage.numbers("payout_accounts", "payout_accounts", accounts).items()
        },
        people={key: members[owner] for key, owner in owners.items()},
    )


def _approved(stage: Stage, row: Mapping[str, str]) -> Money:
    text = row["approved"]
    return parse_money(text, stage.currency, style=stage.style.numbers) if text else zero(stage.currency)
