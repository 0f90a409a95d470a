"""A released payment list to the file its provider wants: logged by who makes it, and handed out as it was logged.

The file holds names and accounts, so only those who pay make it, with an assured identity; where a payee is restricted,
only those of them who may see restricted people.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.funds.queries import bank_accounts
from seedfund.grants.queries.payees import PayeeRow, payees_of
from seedfund.grants.queries.payment_lists import PaymentListRow, list_by_number, list_payment_lists
from seedfund.grants.queries.payments import PaymentRow, payments_of_list
from seedfund.grants.service.releases import PAYERS
from seedfund.interchange.exports.provider_file import FileAbout, PayoutLine, provider_file, rewritten
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refusal, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.payouts.queries import file_by_number, layout_by_id, layout_in_force, list_files
from seedfund.payouts.rules import Direction, FileForm, LayoutField, LayoutTerms
from seedfund.payouts.rules.refusals import (
    FILE_CHANGED,
    LAYOUT_OF_OTHER_WAY,
    LIST_NOT_RELEASED,
    OTHER_OWN_ACCOUNT,
    WITHOUT_ACCOUNT,
)
from seedfund.payouts.service import FileWritten, next_number, write_file
from seedfund.people.queries import (
    AccountOpened,
    documents_of,
    identity_of,
    names_of,
    open_accounts,
    roles_of,
)
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Reader
from seedfund.store.unit import Unit
from seedfund.store.work import Work

MAKERS: Final = (*PAYERS, Role.DIRECTOR)
"""Who pays; and the director, who may see restricted people."""
_RELEASED: Final = ("released", "finished")


@dataclass(frozen=True, kw_only=True)
class ExportPaymentList(Command):
    """A released list, the layout of its provider's file, and whether the workbook is to be under a password.

    `execute_on` is the day on which the bank is asked to pay, in a message of ISO 20022 and in no other file.
    """

    number: str
    layout: str
    is_protected: bool = False
    execute_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentListExported:
    """The file's number, the control totals, the SHA-256 of its bytes before any password, and files made before it.

    `rewritten` are the payments of which it tells a name, a bank or a concept in other letters than our books.
    """

    number: str
    list_number: str
    layout: str
    count: int
    total: Money
    sha256: str
    earlier: tuple[str, ...]
    rewritten: tuple[str, ...] = ()


@verb("interchange.export_payment_list", roles=MAKERS, moves_money=True)
def export_payment_list(unit: Unit, command: ExportPaymentList) -> PaymentListExported:
    """Write a released list as its provider's file and log who did; the same list gives the same bytes.

    A layout whose records hold the file's number gives other bytes for each file, and nothing else differs.

    Raises:
        NotFound: there is no such list or layout.
        NotAllowed: a payee is restricted, and the actor does not see restricted people.
        InvalidInput: a file that is no workbook is to be under a password; the day of execution is missing, lies before
            the file is made, or is given for a file that has none.
        Refused: `payout_list_not_released`, `payout_layout_direction`, `payout_without_account`,
            `payout_does_not_fit`, `payout_letters_unknown`, `payout_record_does_not_fit`,
            `payout_other_own_account`.
    """
    listed = list_by_number(unit, unit.programme.id, command.number)
    layout = layout_in_force(unit, unit.programme.id, command.layout)
    terms = layout.terms
    if command.is_protected and terms.form is not FileForm.XLSX:
        raise InvalidInput(
            field="is_protected", problem="only a workbook has a password", remedy="use a layout of form xlsx"
        )
    _check_day(unit, terms, command.execute_on)
    payments = payments_of_list(unit, listed.id)
    refuse([*_check(listed, layout.code, terms), *_check_own_account(unit, listed, payments, terms)])
    number = next_number(unit)
    wanted = _Wanted(listed, terms, _About(number, unit.occurred_on, command.execute_on))
    lines = _lines(unit.work, unit, wanted)
    content = _content(wanted, lines)
    earlier = [one for one in list_files(unit, unit.programme.id) if one.list_id == listed.id]
    written = FileWritten(
        number=number,
        list_id=listed.id,
        layout_id=layout.id,
        count=len(payments),
        total=listed.total,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        is_protected=command.is_protected,
        execute_on=command.execute_on,
    )
    write_file(unit, written)
    return PaymentListExported(
        number=number,
        list_number=listed.number,
        layout=f"{layout.code} v{layout.version}",
        count=written.count,
        total=written.total,
        sha256=written.sha256,
        earlier=tuple(one.number for one in earlier),
        rewritten=rewritten(terms, lines),
    )


def payment_file(work: Work, number: str) -> bytes:
    """The bytes of a file that was made, as they were logged and before any password.

    Raises:
        NotFound: there is no such file.
        NotAllowed: the actor is none of those who make such files, or a payee is restricted.
        Refused: `payout_file_changed`.
    """
    if roles_of(work).isdisjoint(MAKERS):
        raise NotAllowed("files with accounts are handed out to those who pay; ask the cashier.")
    reader = work.reader()
    row = file_by_number(reader, work.programme.id, number)
    listed = next(one for one in list_payment_lists(reader, work.programme.id) if one.id == row.list_id)
    terms = layout_by_id(reader, work.programme.id, row.layout_id).terms
    wanted = _Wanted(listed, terms, _About(row.number, row.exported_on, row.execute_on))
    content = _content(wanted, _lines(work, reader, wanted))
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Refused([FILE_CHANGED(number=row.number)])
    return content


def _check(listed: PaymentListRow, code: str, terms: LayoutTerms) -> list[Refusal]:
    refusals = []
    if listed.state not in _RELEASED:
        refusals.append(LIST_NOT_RELEASED(number=listed.number, state=listed.state))
    if terms.direction is not Direction.OUT:
        refusals.append(LAYOUT_OF_OTHER_WAY(layout=code, direction=terms.direction))
    return refusals


def _check_day(unit: Unit, terms: LayoutTerms, execute_on: date | None) -> None:
    if (execute_on is not None) != (terms.form is FileForm.ISO20022):
        problem = "it is missing" if execute_on is None else "the file has no place for it"
        raise InvalidInput(
            field="execute_on",
            problem=problem,
            remedy="give it for a layout of form iso20022, and for no other",
        )
    if execute_on is not None and execute_on < unit.occurred_on:
        raise InvalidInput(
            field="execute_on",
            problem=f"{execute_on} lies before {unit.occurred_on}, when the file is made",
            remedy="give the day on which the bank is to pay, today or later",
        )


def _check_own_account(
    unit: Unit, listed: PaymentListRow, payments: Sequence[PaymentRow], terms: LayoutTerms
) -> list[Refusal]:
    """A layout that names an account of ours is for lists that are paid from it."""
    if terms.ours is None:
        return []
    banks = {bank.id: bank.code for bank in bank_accounts(unit, unit.programme.id)}
    found = sorted({banks[one.bank_account_id] for one in payments} - {terms.ours.bank_account})
    return [
        OTHER_OWN_ACCOUNT(number=listed.number, found=other, wanted=terms.ours.bank_account)
        for other in found[:1]
    ]


@dataclass(frozen=True)
class _About:
    """The number of a file, the day it was made, the day on which the bank is asked to pay."""

    number: str
    made_on: date
    execute_on: date | None


@dataclass(frozen=True)
class _Wanted:
    """A list, how its file is written, and what the file says of itself."""

    listed: PaymentListRow
    terms: LayoutTerms
    about: _About


def _lines(work: Work, reader: Reader, wanted: _Wanted) -> list[PayoutLine]:
    """The payments of the list as they go out."""
    listed, terms = wanted.listed, wanted.terms
    payments = payments_of_list(reader, listed.id)
    payees = payees_of(reader, list(dict.fromkeys(one.grant_id for one in payments)))
    opened = _Opened(work, payments, terms)
    lines = [
        PayoutLine(
            payment=one.number,
            amount=one.amount,
            released_on=_day_of(listed),
            texts=_texts(listed, one, opened, payees[one.grant_id]),
        )
        for one in payments
    ]
    refuse(_check_accounts(payments, lines) if terms.has(LayoutField.ACCOUNT) else [])
    return lines


def _content(wanted: _Wanted, lines: Sequence[PayoutLine]) -> bytes:
    own = wanted.about
    about = FileAbout(
        number=own.number, day=_day_of(wanted.listed), made_on=own.made_on, execute_on=own.execute_on
    )
    return provider_file(wanted.terms, lines, about)


def _day_of(listed: PaymentListRow) -> date:
    if listed.released_on is None:
        raise AssertionError("a list that was released has its day")
    return listed.released_on


def _check_accounts(payments: Sequence[PaymentRow], lines: Sequence[PayoutLine]) -> list[Refusal]:
    """A payment in person has no account, and neither has one of somebody who was erased."""
    return [
        WITHOUT_ACCOUNT(payment=payment.number, method=payment.method)
        for payment, line in zip(payments, lines, strict=True)
        if not line.texts.get(LayoutField.ACCOUNT)
    ]


class _Opened:
    """What is sealed of the payees, opened as far as the layout asks for it and no further."""

    def __init__(self, work: Work, payments: Sequence[PaymentRow], terms: LayoutTerms):
        self._work, self._terms = work, terms
        people = [one.payee_participant_id for one in payments if one.payee_participant_id is not None]
        accounts = [one.payout_account_id for one in payments if one.payout_account_id is not None]
        self._names = names_of(work, people)
        hidden = sorted(name.number for name in self._names.values() if name.is_hidden)
        if hidden:
            raise NotAllowed(f"{hidden[0]} is restricted; ask the director.")
        wants = any(terms.has(field) for field in _OF_ACCOUNT)
        self._accounts = open_accounts(work, accounts) if wants else {}

    def account(self, key: Key | None) -> AccountOpened | None:
        """The account that is paid, if there is one."""
        return None if key is None else self._accounts.get(key)

    def person(self, key: Key | None) -> Mapping[LayoutField, str]:
        """Name, document and telephone of a person who is paid."""
        if key is None:
            return {}
        name = self._names[key]
        texts = {LayoutField.NAME: name.printed.reveal()}
        if self._terms.has(LayoutField.DOCUMENT):
            numbers = [one.number for one in documents_of(self._work, name.number) if one.number is not None]
            texts[LayoutField.DOCUMENT] = numbers[0].reveal() if numbers else ""
        if self._terms.has(LayoutField.PHONE) and not name.is_erased:
            phones = identity_of(self._work, name.number).phones
            texts[LayoutField.PHONE] = (
                "".join(sign for sign in phones[0].reveal() if sign.isdigit()) if phones else ""
            )
        return texts


_OF_ACCOUNT: Final = (
    *(LayoutField.ACCOUNT, LayoutField.BANK, LayoutField.ACCOUNT_TYPE),
    LayoutField.NAME,
)


def _texts(
    listed: PaymentListRow, payment: PaymentRow, opened: _Opened, payees: Sequence[PayeeRow]
) -> Mapping[LayoutField, str]:
    texts = {
        LayoutField.PAYMENT: payment.number,
        LayoutField.LIST: listed.number,
        LayoutField.GRANT: payment.grant,
        LayoutField.CONCEPT: listed.purpose or listed.number,
        LayoutField.ACCOUNT_TYPE: payment.method,
        LayoutField.NAME: next((one.supplier for one in payees if one.id == payment.payee_id), ""),
        **opened.person(payment.payee_participant_id),
    }
    account = opened.account(payment.payout_account_id)
    if account is not None:
        texts[LayoutField.ACCOUNT] = account.number.reveal()
        texts[LayoutField.BANK] = account.institution
        texts[LayoutField.ACCOUNT_TYPE] = account.method
        if account.holder is not None:
            texts[LayoutField.NAME] = account.holder.reveal()
    return texts


COMMANDS: Final = (export_payment_list,)
