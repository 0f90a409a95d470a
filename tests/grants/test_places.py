"""Accounts that do not go with what came into them or went out of them are taken in and named."""

from seedfund.funds.rules.words import BankAccountKind
from seedfund.funds.service import move_cash, open_bank_account, record_instalment
from seedfund.funds.service.cash import MoveCash
from seedfund.funds.service.instalments import RecordInstalment
from seedfund.funds.service.opening import OpenBankAccount
from seedfund.grants.rules.places import PlaceIrregularity
from seedfund.grants.rules.words import PaymentMethod
from seedfund.grants.service.refunds import RecordRefund, RefundRecorded, record_refund
from seedfund.kernel.messages import translate
from seedfund.reports.make import Asked, make_report
from seedfund.reports.value import Word
from tests.funds.support import opened
from tests.grants.accounting_for import (
    exceptions,
    figures,
)
from tests.grants.paying import (
    approved,
    paid_grant,
    payable,
    release,
    wish,
)
from tests.support.grants import (
    key,
    prepared,
    usd,
)
from tests.support.programme import House


def account(house: House, code: str, kind: BankAccountKind) -> None:
    with house.work("finance") as work:
        open_bank_account(work, OpenBankAccount(key=key(), code=code, name=code, kind=kind, currency="USD"))


def taken(house: House, grant: str, into: str, method: PaymentMethod) -> RefundRecorded:
    with house.work("cashier") as work:
        taking = RecordRefund(key=key(), grant=grant, amount=usd(50), bank_account=into, method=method)
        return record_refund(work, taking)


def test_cash_that_came_back_straight_into_a_bank_account_is_taken_in_and_named(house: House) -> None:
    prepared(house)
    account(house, "BOX", BankAccountKind.PETTY_CASH)
    grant = paid_grant(house)
    before = len(exceptions(house))

    boxed = taken(house, grant, "BOX", PaymentMethod.CASH)
    banked = taken(house, grant, "BANK", PaymentMethod.CASH)

    assert (boxed.irregular, banked.irregular) == ((), (PlaceIrregularity.OTHER_KIND_OF_ACCOUNT,))
    assert exceptions(house)[before:] == [(banked.number, "other_kind_of_account")]
    with house.work("auditor") as work:
        page = make_report(work, "exceptions", Asked())
    (why,) = {cell for row in page.sections[2].rows for cell in row if isinstance(cell, Word)} & {
        Word("other kind of account")
    }
    assert translate(why.text, "es") == "cuenta de otra clase que la del medio de pago"
    assert figures(house, grant).total.returned == usd(100)


def test_money_of_one_donor_in_the_account_of_another_is_named_each_time(house: House) -> None:
    prepared(house)
    opened(house, "HOST")
    for code in ("HOSTBANK", "SHARED"):
        account(house, code, BankAccountKind.BANK)
        with house.work("finance") as work:
            coming = RecordInstalment(key=key(), fund="HOST", bank_account=code, amount=usd(900))
            record_instalment(work, coming)
    with house.work("finance") as work:
        move_cash(
            work, MoveCash(key=key(), fund="UNHCR", bank_account="BANK", to_account="SHARED", amount=usd(10))
        )
    grant = paid_grant(house)
    before = len(exceptions(house))

    found = [taken(house, grant, "HOSTBANK", PaymentMethod.BANK) for _ in range(2)]
    shared = taken(house, grant, "SHARED", PaymentMethod.BANK)

    assert [one.irregular for one in found] == [(PlaceIrregularity.ACCOUNT_OF_OTHER_FUND,)] * 2
    assert shared.irregular == ()
    assert exceptions(house)[before:] == [(one.number, "account_of_other_fund") for one in found]


def test_cash_paid_out_of_a_bank_account_is_named_once_for_its_list(house: House) -> None:
    prepared(house)
    account(house, "ENVELOPES", BankAccountKind.ENVELOPE)
    with house.work("finance") as work:
        moving = MoveCash(
            key=key(), fund="UNHCR", bank_account="BANK", to_account="ENVELOPES", amount=usd(500)
        )
        move_cash(work, moving)
    grants = [payable(house) for _ in range(3)]

    banked = release(house, approved(house, *(wish(grant) for grant in grants[:2])).number)
    packed = release(house, approved(house, wish(grants[2]), bank="ENVELOPES").number)

    assert (banked.irregular, packed.irregular) == ((PlaceIrregularity.OTHER_KIND_OF_ACCOUNT,), ())
    assert exceptions(house) == [(banked.number, "other_kind_of_account")]
