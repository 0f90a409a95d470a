"""How the grants are paid: from which account, by whose hands, and again where a payment failed."""

from collections.abc import Mapping
from typing import Final

from seedfund.approvals.rules.policy import Stage as ApprovalStage
from seedfund.cli.demo.cases import Case, Cases
from seedfund.cli.demo.stage import Stage
from seedfund.grants.queries.payments import payments_by_number
from seedfund.grants.queries.why import explain_grant
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import PaymentMethod
from seedfund.grants.service.codes import RecordPaymentCode, record_payment_code
from seedfund.grants.service.deliveries import ConfirmPayments, PaymentResult, confirm_payments
from seedfund.grants.service.listing import PaymentWish
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    PaymentListSent,
    PreparePaymentList,
    approve_payment_list,
    prepare_payment_list,
)
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.grants.service.retries import RetryPayments, retry_payments
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work

Source = tuple[str, str]
"""The fund a grant is paid by, and the account its money lies in."""


def paying_account(stage: Stage, fund: str, method: str) -> str:
    """The account of ours that a fund pays by a method from; where none is named for the method, its bank account."""
    accounts = {(row["fund"], row["method"]): row["account"] for row in stage.rows("paying_accounts")}
    return accounts.get((fund, method)) or accounts[fund, ""]


def source_of(stage: Stage, case: Case) -> Source:
    """Where a case is paid from."""
    fund = case.row["fund"]
    return fund, paying_account(stage, fund, case.row["method"])


def pay(stage: Stage, cases: Cases, tranche: int) -> dict[str, int]:
    """Pay a tranche wherever nothing stands in its way: a list an account, prepared, approved, released by three hands.

    Tells how many of each fund were paid.
    """
    ready: dict[Source, list[Case]] = {}
    for case in cases.awarded():
        if _is_payable(stage, case, tranche):
            ready.setdefault(source_of(stage, case), []).append(case)
    paid: dict[str, int] = {}
    for (fund, account), found in sorted(ready.items()):
        wishes = tuple(PaymentWish(grant=case.grant, tranche=tranche) for case in found)
        with stage.acting("finanzas1") as work:
            key = stage.key("list", fund, account, tranche)
            sent = prepare_payment_list(
                work, PreparePaymentList(key=key, bank_account=account, payments=wishes)
            )
        approve_and_release(stage, sent)
        paid[fund] = paid.get(fund, 0) + len(found)
    return paid


def pay_ready(stage: Stage, label: str, sources: Mapping[str, Source], *, tranche: int | None = None) -> None:
    """Pay what nothing stands in the way of: a list a source, by three hands; the bank's answer comes by a fourth.

    `sources` says of each grant where it is paid from; without `tranche` any of its tranches is paid.
    """
    lists: dict[Source, list[PaymentWish]] = {}
    with stage.acting("finanzas1") as work:
        for grant, source in sources.items():
            for one in explain_grant(work, grant):
                if one.is_payable and one.rest and tranche in (None, one.position):
                    lists.setdefault(source, []).append(PaymentWish(grant=grant, tranche=one.position))
    for (fund, account), wishes in sorted(lists.items()):
        with stage.acting("finanzas1") as work:
            preparing = PreparePaymentList(
                key=stage.key("ready", label, fund, account), bank_account=account, payments=tuple(wishes)
            )
            sent = prepare_payment_list(work, preparing)
        approve_and_release(stage, sent)
        _confirm_all(stage, sent)


def _confirm_all(stage: Stage, sent: PaymentListSent) -> None:
    """Everything of a list arrived."""
    results = tuple(
        PaymentResult(payment=number, outcome=Outcome.FULL, reference=f"EJ-{number[-7:]}")
        for number in sorted(sent.payments)
    )
    with stage.acting("concilia1") as work:
        confirm_payments(work, ConfirmPayments(key=stage.key("arrived", sent.number), results=results))


def _is_payable(stage: Stage, case: Case, tranche: int) -> bool:
    with stage.acting("finanzas1") as work:
        found = [one for one in explain_grant(work, case.grant) if one.position == tranche]
    return bool(found) and found[0].is_payable and bool(found[0].rest)


APPROVERS: Final = ("aprueba1", "aprueba2", "direccion1", "coordina1", "direccion2", "evalua1")


def approve_and_release(stage: Stage, sent: PaymentListSent) -> None:
    """Each stage of a list is decided by whoever the policy lets decide it; then the cashier releases it."""
    for step in sent.stages:
        _approve_stage(stage, sent.number, step)
    with stage.acting("caja1") as work:
        release_payment_list(
            work, ReleasePaymentList(key=stage.key("release", sent.number), number=sent.number)
        )
        _record_codes(stage, work, sent)


def _record_codes(stage: Stage, work: Work, sent: PaymentListSent) -> None:
    """What is withdrawn by code has its code once the provider issued it."""
    payments = payments_by_number(work.reader(), work.programme.id, sent.payments)
    for number, payment in payments.items():
        if payment.method == PaymentMethod.WITHDRAWAL_CODE:
            code = Secret(f"EJ-{number[-4:]}")
            record_payment_code(
                work, RecordPaymentCode(key=stage.key("code", number), payment=number, code=code)
            )


def _approve_stage(stage: Stage, number: str, step: ApprovalStage) -> None:
    """Ask one after the other until the stage is passed; who may not decide it is refused and nothing is lost."""
    refused: Refused | None = None
    for actor in APPROVERS:
        try:
            with stage.acting(actor) as work:
                deciding = ApprovePaymentList(
                    key=stage.key("approve", number, step, actor), number=number, stage=step
                )
                moved = approve_payment_list(work, deciding)
        except Refused as error:
            refused = error
            continue
        if moved.waits_for != step:
            return
    raise refused or AssertionError(f"nobody could approve {number}")


def retry(stage: Stage, payments: list[str], account: str) -> None:
    """Failed payments are paid again, each linked to the one that failed."""
    with stage.acting("finanzas1") as work:
        again = RetryPayments(
            key=stage.key("retry", *payments), payments=tuple(payments), bank_account=account
        )
        sent = retry_payments(work, again)
    approve_and_release(stage, sent)
