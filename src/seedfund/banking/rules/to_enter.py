"""What a line of a bank may be that the books do not know yet: proposals of a verb with its fields. Pure.

Nothing is booked by a proposal: a person reads it, fills in what no line tells, and carries the verb out; another one
confirms the match. Where several fit, all are told and none is chosen (accounting: rows 1, 3, 4, 19, 24).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.banking.rules.matching import LineFact, marks_in
from seedfund.banking.rules.words import EnterAs, EnterReason, LineIs
from seedfund.kernel.money import Money

VERBS: Final = {
    EnterAs.RETURNED: "grants.record_bounce",
    EnterAs.REFUND: "grants.record_refund",
    EnterAs.INSTALMENT: "funds.record_instalment",
    EnterAs.CHARGE: "banking.enter_line",
    EnterAs.INTEREST: "banking.enter_line",
}
PER_LINE_MAX: Final = 5
NAME_LEAST: Final = 4
"""A shorter code or name is found in a bank's text by chance."""
_RETURNED: Final = re.compile(
    r"\b(devol\w*|devuel\w*|retorn\w*|rechaz\w*|return\w*|reject\w*|bounced?|rtrn)\b"
)
_CHARGE: Final = re.compile(
    r"\b(comision\w*|commission\w*|fees?|charges?|tarifa\w*|mantenimiento|gastos? bancarios?)\b"
)
_INTEREST: Final = re.compile(r"\b(interes(es)?|interests?)\b")
_CODES_RETURNED: Final = frozenset({"RRTN", "NRTI"})
_CODES_CHARGE: Final = frozenset({"CHRG", "COMM", "FEES", "NCHG", "NCOM", "FCHG"})
_CODES_INTEREST: Final = frozenset({"INTR", "NINT"})


def folded(text: str) -> str:
    """A text without case and accents, blanks made single."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A line that nothing explains, with what its bank says of it, folded, and the bank's code of its kind."""

    line: LineFact
    value: date
    text: str = ""
    code: str = ""

    def says(self, words: re.Pattern[str], codes: frozenset[str]) -> bool:
        """Whether text or code tell of a kind."""
        return bool(words.search(self.text)) or bool(
            codes.intersection(re.split("[^A-Z]+", self.code.upper()))
        )


@dataclass(frozen=True, kw_only=True)
class PaidOut:
    """A payment that left an account: what of it stays out in minor units, to which account, under which reference."""

    number: str
    grant: str
    out: int
    account: str | None = None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Payer:
    """A fund in the account's currency: words by which its donor is known, and its budget lines for charges."""

    fund: str
    words: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ToEnter:
    """What may be entered from a line: the verb, its fields as they are set, those a person fills in, and why.

    `about` is the number of the payment or grant, or the code of the fund.
    """

    line: str
    what: EnterAs
    verb: str
    fields: tuple[tuple[str, str], ...]
    to_fill: tuple[str, ...]
    reasons: tuple[EnterReason, ...]
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Books:
    """What the books know beside a line: the account's code and currency, payments out of it, funds.

    `earlier` are grants that were paid before our books began: none of their payments is ours, and money comes back.
    """

    account: str
    currency: str
    payments: Sequence[PaidOut] = ()
    funds: Sequence[Payer] = ()
    earlier: Sequence[str] = ()


def to_enter(lines: Iterable[Spoken], books: Books) -> list[ToEnter]:
    """What may be entered from lines that nothing explains, line by line, the likeliest first.

    A line that another statement told already is none: it would be entered twice.
    """
    found: list[ToEnter] = []
    for one in lines:
        if one.line.was_told or not one.line.amount:
            continue
        told = _came_in(one, books) if one.line.amount > 0 else _charge(one, books)
        found += sorted(told, key=lambda each: -len(each.reasons))[:PER_LINE_MAX]
    return found


def _came_in(one: Spoken, books: Books) -> Iterator[ToEnter]:
    is_returned = one.line.is_reversal or one.says(_RETURNED, _CODES_RETURNED)
    returned = list(_returned(one, books, is_returned=is_returned))
    yield from returned
    if is_returned and not returned:
        # What a participant pays back is called a devolución too.
        yield from _refund(one, books, by=(EnterReason.NAMES_GRANT, EnterReason.FROM_ACCOUNT))
    if not is_returned:
        yield from _refund(one, books)
        yield from _instalment(one, books)
        yield from _interest(one, books)


def _speaks_of(one: Spoken, payment: PaidOut) -> tuple[EnterReason, ...]:
    line = one.line
    is_named = bool(marks_in(payment.number) & line.marks) or bool(
        line.reference and line.reference == payment.reference
    )
    found = {
        EnterReason.NAMES_PAYMENT: is_named,
        EnterReason.NAMES_GRANT: bool(marks_in(payment.grant) & line.marks),
        EnterReason.FROM_ACCOUNT: line.account is not None and line.account == payment.account,
    }
    return tuple(reason for reason, is_so in found.items() if is_so)


def _returned(one: Spoken, books: Books, *, is_returned: bool) -> Iterator[ToEnter]:
    """A payment of which no more comes back than is out; by its amount alone where only one is of that amount.

    A line that speaks of another payment or grant is no word about it.
    """
    amount = one.line.amount
    alike = [payment for payment in books.payments if payment.out == amount]
    names_any = bool(_named_grants(one, books)) or any(_speaks_of(one, payment) for payment in books.payments)
    is_only = len(alike) == 1 and not names_any
    for payment in books.payments:
        spoken = _speaks_of(one, payment)
        is_whole = payment.out == amount
        is_likely = EnterReason.NAMES_PAYMENT in spoken or (
            is_whole and (EnterReason.FROM_ACCOUNT in spoken or (is_returned and (spoken or is_only)))
        )
        if amount > payment.out or not is_likely:
            continue
        reasons = (
            *spoken,
            *((EnterReason.SAME_AMOUNT,) if is_whole else ()),
            *((EnterReason.SAYS_RETURNED,) if is_returned else ()),
        )
        fields = {
            "payment": payment.number,
            "amount": _money(one, books),
            "value_date": one.value.isoformat(),
        }
        if one.line.reference:
            fields["reference"] = one.line.reference
        yield _told(one, EnterAs.RETURNED, fields, reasons, about=payment.number)


def _named_grants(one: Spoken, books: Books) -> list[str]:
    """The grants of before our books that a line names."""
    return [grant for grant in books.earlier if marks_in(grant) & one.line.marks]


def _refund(
    one: Spoken, books: Books, *, by: Sequence[EnterReason] = tuple(EnterReason)
) -> Iterator[ToEnter]:
    grants: dict[str, dict[EnterReason, None]] = {}
    for payment in books.payments:
        spoken = _speaks_of(one, payment)
        if payment.out > 0 and any(reason in by for reason in spoken):
            grants.setdefault(payment.grant, {}).update(dict.fromkeys(spoken))
    for grant in _named_grants(one, books):
        grants.setdefault(grant, {})[EnterReason.NAMES_GRANT] = None
    for grant, reasons in grants.items():
        fields = {
            "grant": grant,
            "amount": _money(one, books),
            "bank_account": books.account,
            "method": "bank",
            "occurred_on": one.line.day.isoformat(),
        }
        yield _told(one, EnterAs.REFUND, fields, tuple(reasons), about=grant)


def _instalment(one: Spoken, books: Books) -> Iterator[ToEnter]:
    for fund in books.funds:
        words = [folded(word) for word in fund.words]
        if any(len(word) >= NAME_LEAST and _holds(one.text, word) for word in words):
            fields = {
                "fund": fund.fund,
                "bank_account": books.account,
                "amount": _money(one, books),
                "received_on": one.value.isoformat(),
            }
            yield _told(one, EnterAs.INSTALMENT, fields, (EnterReason.NAMES_DONOR,), about=fund.fund)


def _charge(one: Spoken, books: Books) -> Iterator[ToEnter]:
    if one.says(_CHARGE, _CODES_CHARGE):
        fields = _of_line(one, books, LineIs.CHARGE)
        charges = books.funds[0].charges if len(books.funds) == 1 else ()
        if len(charges) == 1:
            fields["budget_line"] = charges[0]
        fill = ("fund", "budget_line", "reason")
        yield _told(one, EnterAs.CHARGE, fields, (EnterReason.SAYS_CHARGE,), fill=fill)


def _interest(one: Spoken, books: Books) -> Iterator[ToEnter]:
    if one.says(_INTEREST, _CODES_INTEREST):
        fields = _of_line(one, books, LineIs.INCOME) | {"income": "interest"}
        yield _told(one, EnterAs.INTEREST, fields, (EnterReason.SAYS_INTEREST,), fill=("fund", "reason"))


def _of_line(one: Spoken, books: Books, what: LineIs) -> dict[str, str]:
    """The fields of `enter_line`, which reads amount and day from the line itself; the fund where there is only one."""
    fund = {"fund": books.funds[0].fund} if len(books.funds) == 1 else {}
    return {"account": books.account, "line": one.line.id, "what": what.value, **fund}


def _told(
    one: Spoken,
    what: EnterAs,
    fields: dict[str, str],
    reasons: Sequence[EnterReason],
    *,
    about: str = "",
    fill: Sequence[str] = (),
) -> ToEnter:
    return ToEnter(
        line=one.line.id,
        what=what,
        verb=VERBS[what],
        fields=tuple(fields.items()),
        to_fill=tuple(name for name in fill if name not in fields),
        reasons=tuple(reasons),
        about=about or fields.get("fund", ""),
    )


def _money(one: Spoken, books: Books) -> str:
    return str(Money(one.line.amount, books.currency))


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
