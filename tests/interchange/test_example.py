"""The example programme is read whole: every file of its set-up, its people and its plans, without one refusal."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from seedfund.approvals.service import approve_policy
from seedfund.approvals.service.policies import ApprovePolicy
from seedfund.funds.service import approve_benefit_type, approve_eligibility
from seedfund.funds.service.benefits import ApproveBenefitType
from seedfund.funds.service.eligibility import ApproveEligibility
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.queries import imported_numbers
from seedfund.interchange.rules import CellStyle, DateOrder
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.money import SPANISH
from seedfund.plans.queries import CALL
from seedfund.plans.service import ApproveCall, VerifyPlan, approve_call, verify_plan
from tests.interchange.files import codes
from tests.support.programme import House

FOLDER: Final = Path(__file__).parents[2] / "examples" / "northern-border"
STYLE: Final = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")


def files(kind: str, suffix: str = "") -> Mapping[str, bytes]:
    paths = {part.name: FOLDER / f"{part.name}{suffix}.csv" for part in find_kind(kind).parts}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def brought(house: House, kind: str, actor: str, suffix: str = "") -> ImportResult:
    with house.work(actor) as work:
        result = import_files(work, ImportRequest(kind=kind, files=files(kind, suffix), style=STYLE))
    assert codes(result) == []
    assert result.read == result.accepted
    return result


def approve(house: House) -> None:
    """Bring what was proposed into force with other hands."""
    with house.work("direccion1") as work:
        benefits = imported_numbers(
            work, "benefit_types", "benefit_types", ["seed_capital", "cash_transfer", "scholarship"]
        )
        policy = imported_numbers(work, "policy", "policy", ["USD"])
        approve_policy(work, ApprovePolicy(key="policy+", number=policy["USD"]))
        for code, number in benefits.items():
            approve_benefit_type(work, ApproveBenefitType(key=f"{code}+", number=number))


def test_the_example_is_taken_row_by_row(house: House) -> None:
    brought(house, "team", "admin")
    brought(house, "policy", "admin")
    for kind in ("donors", "funds", "budget_lines", "bank_accounts"):
        brought(house, kind, "finanzas1")
    brought(house, "benefit_types", "coordina1")
    approve(house)
    eligibility = brought(house, "eligibility", "coordina1")
    with house.work("direccion1") as work:
        numbers = imported_numbers(work, "eligibility", "eligibility", ["E-01", "E-06"])
        for code, number in numbers.items():
            approve_eligibility(work, ApproveEligibility(key=f"{code}+", number=number))
    house.clock.set(datetime(2026, 1, 23, 15, tzinfo=UTC))
    households = brought(house, "households", "campo1")
    brought(house, "consents", "campo1")
    brought(house, "payout_accounts", "campo1")
    brought(house, "calls", "inclusion1")
    with house.work("direccion1") as work:
        call = work.reader().first(CALL, programme=work.programme.id, code="SEMILLA-2025", version="1")
        assert call is not None
        approve_call(
            work,
            ApproveCall(key="call+", code="SEMILLA-2025", version="1", content_hash=call.content_hash),
        )
    house.clock.set(datetime(2026, 2, 9, 15, tzinfo=UTC))
    plans = brought(house, "plans", "inclusion1")
    with house.work("campo2") as work:
        keys = [f"P-{number:03d}" for number in range(1, 75)]
        numbers = imported_numbers(work, "plans", "plans", keys)
        for key, number in numbers.items():
            if key != "P-054":
                verify_plan(work, VerifyPlan(key=f"{key}+", number=number, visited_on=work.today()))
    brought(house, "scores", "evalua1")

    assert eligibility.accepted == 11
    assert households.read > 300
    assert len(numbers) == 74
    assert plans.read > 600
