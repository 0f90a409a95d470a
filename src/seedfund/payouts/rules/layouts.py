"""How a provider's file is written, as data: form, columns in their order, words, what amounts and fees mean. Pure.

A layout decides where an account number stands and which word says that money arrived; so it comes into force under
two persons, and every version is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.payouts.rules.iso20022 import BANK_MAX, FIELDS, NAME_MAX, is_account, is_text
from seedfund.payouts.rules.letters import Letters, is_reference, written
from seedfund.payouts.rules.records import REFUSALS as OF_RECORDS
from seedfund.payouts.rules.records import WIDTH_MAX, LayoutRecord, OwnAccount, Records, check_records
from seedfund.payouts.rules.values import Manner
from seedfund.payouts.rules.words import (
    IN_FIELDS,
    OUT_FIELDS,
    REPEATABLE,
    Align,
    AmountMeaning,
    DayForm,
    Direction,
    FeesAre,
    FileForm,
    LayoutField,
    NumberForm,
    Told,
)

ENCODINGS: Final = ("utf-8", "cp1252", "latin-1")
DELIMITERS: Final = (",", ";", "\t", "|")

COLUMNS_WRONG: Final = RefusalCode(
    "payout_layout_columns",
    "The layout names {field} never, or twice.",
    "Name the payment's number and the amount once each, and every other field once at most.",
)
FIELD_NOT_FOR: Final = RefusalCode(
    "payout_layout_field",
    "A file that goes {direction} has no {field}.",
    "Use one of: {possible}.",
)
WIDTHS_WRONG: Final = RefusalCode(
    "payout_layout_widths",
    "The column {title} has no width between 1 and {most}, or is filled with more than one character.",
    "A file of fixed width needs the width of every column and one character to fill it with.",
)
STATUSES_WRONG: Final = RefusalCode(
    "payout_layout_statuses",
    "The layout's words of a result do not fit its columns.",
    "Give a column for the result together with words for it, each of them once.",
)
FEES_WRONG: Final = RefusalCode(
    "payout_layout_fees",
    "The layout's fees do not fit its columns.",
    "Give a column for the fee together with where the fee is, and the fund and line of charges it falls on.",
)
TITLES_WRONG: Final = RefusalCode(
    "payout_layout_titles",
    "The columns cannot be told apart by their titles.",
    "Give every column a title of its own; a workbook always has them.",
)
GROWING_WRONG: Final = RefusalCode(
    "payout_layout_growing",
    "The layout says that its files grow, and its amounts do not tell what each row brought.",
    "Say so only of files that come in and tell each part by itself; totals grow without it.",
)
FORM_WRONG: Final = RefusalCode(
    "payout_layout_form",
    "The encoding or the delimiter is none that is written.",
    "Use one of {encodings}, and one of: comma, semicolon, tab, bar.",
)
CURRENCY_WRONG: Final = RefusalCode(
    "payout_layout_currency",
    "Nothing tells the currency of the amounts.",
    "Give a column for it, or the one currency of the layout.",
)
ISO_WRONG: Final = RefusalCode(
    "payout_layout_iso20022",
    "A layout of form iso20022 has something of its own that the message fixes, or lacks the account of ours.",
    "Leave out columns, titles, statuses, numbers, days, amounts and fees; one that goes out needs `ours` with an "
    "account, and a name of 70 letters at most.",
)
LETTERS_WRONG: Final = RefusalCode(
    "payout_layout_letters",
    "The name, the bank or the number of our account has letters that banks do not exchange, or the letters are told "
    "of a file that is no message going out.",
    "Write them as the bank does; give `letters` only in a layout of form iso20022 that goes out.",
)
REFUSALS: Final = (
    *(COLUMNS_WRONG, FIELD_NOT_FOR, WIDTHS_WRONG, STATUSES_WRONG, FEES_WRONG, TITLES_WRONG, FORM_WRONG),
    *(CURRENCY_WRONG, GROWING_WRONG, ISO_WRONG, LETTERS_WRONG, *OF_RECORDS),
)


@dataclass(frozen=True, kw_only=True)
class LayoutColumn:
    """A column: its title in the file, what it holds, and for fixed width how wide it is and how it is filled.

    `constant` is what a column of that kind always says.
    """

    title: str
    field: LayoutField
    width: int = 0
    align: Align = Align.LEFT
    fill: str = " "
    constant: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusWord:
    """What the provider writes, and what it means; compared without case, accents or outer spaces."""

    text: str
    told: Told


@dataclass(frozen=True, kw_only=True)
class LayoutTerms:
    """How a provider's file is written.

    `has_titles`: its first row names the columns. `currency` where no column tells it. `fee_fund` and `fee_line` are
    codes of the fund and the line of charges that bear the provider's fees. `files_grow`: each file tells again what
    the files before it told, so a row to the letter as before is that row, and a second one in the same file another.
    `lead_in` and `trailer` are records before and after the rows; `ours` is the account of ours that they name.
    `letters` are those that the bank takes in a message of ISO 20022.
    """

    title: str
    direction: Direction
    form: FileForm
    columns: tuple[LayoutColumn, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    has_titles: bool = True
    numbers: NumberForm = NumberForm.PLAIN
    days: DayForm = DayForm.YMD
    currency: str = ""
    statuses: tuple[StatusWord, ...] = ()
    amounts: AmountMeaning = AmountMeaning.TOTAL
    rest_stays_open: bool = False
    fees: FeesAre = FeesAre.NONE
    fee_fund: str = ""
    fee_line: str = ""
    files_grow: bool = False
    lead_in: tuple[LayoutRecord, ...] = ()
    trailer: tuple[LayoutRecord, ...] = ()
    ours: OwnAccount | None = None
    letters: Letters = Letters.LATIN

    @property
    def records(self) -> Records:
        """What stands before and after its rows."""
        return Records(lead_in=self.lead_in, trailer=self.trailer)

    @property
    def manner(self) -> Manner:
        """What its amounts and fees mean."""
        return Manner(
            amounts=self.amounts,
            fees=self.fees,
            rest_stays_open=self.rest_stays_open,
            files_grow=self.files_grow,
        )

    def has(self, field: LayoutField) -> bool:
        """Whether a column holds it."""
        if self.form is FileForm.ISO20022:
            return field in FIELDS[self.direction]
        return any(column.field is field for column in self.columns)


def check_layout(terms: LayoutTerms) -> list[Refusal]:
    """Why a layout cannot be used, in the declared order."""
    if terms.form is FileForm.ISO20022:
        return [
            *_check_iso(terms),
            *_check_letters(terms),
            *check_records(terms.records, terms.form, terms.ours),
        ]
    return [
        *_check_columns(terms),
        *_check_fields(terms),
        *_check_widths(terms),
        *_check_statuses(terms),
        *_check_fees(terms),
        *_check_titles(terms.columns, is_needed=terms.has_titles or terms.form is FileForm.XLSX),
        *_check_form(terms),
        *_check_currency(terms),
        *_check_growing(terms),
        *_check_letters(terms),
        *check_records(terms.records, terms.form, terms.ours),
    ]


def _check_iso(terms: LayoutTerms) -> list[Refusal]:
    """The message says where everything stands and what its words mean; a layout says who pays."""
    bare = LayoutTerms(
        title=terms.title,
        direction=terms.direction,
        form=terms.form,
        columns=(),
        has_titles=terms.has_titles,
        currency=terms.currency,
        rest_stays_open=terms.rest_stays_open,
        lead_in=terms.lead_in,
        trailer=terms.trailer,
        ours=terms.ours,
        letters=terms.letters,
    )
    ours = terms.ours
    can_pay = (
        ours is not None
        and is_account(ours.number)
        and is_text(ours.name, NAME_MAX)
        and (not ours.bank or is_text(ours.bank, BANK_MAX))
    )
    fits = terms == bare and (can_pay or terms.direction is Direction.IN)
    return [] if fits else [ISO_WRONG()]


def _check_columns(terms: LayoutTerms) -> list[Refusal]:
    fields = [column.field for column in terms.columns]
    wrong = [field for field in (LayoutField.PAYMENT, LayoutField.AMOUNT) if fields.count(field) != 1]
    wrong += [
        field
        for field in dict.fromkeys(fields)
        if fields.count(field) > 1 and field not in (*REPEATABLE, *wrong)
    ]
    return [COLUMNS_WRONG(field=field) for field in wrong]


def _check_fields(terms: LayoutTerms) -> list[Refusal]:
    allowed = OUT_FIELDS if terms.direction is Direction.OUT else IN_FIELDS
    possible = ", ".join(field.value for field in allowed)
    strange = dict.fromkeys(column.field for column in terms.columns if column.field not in allowed)
    return [FIELD_NOT_FOR(direction=terms.direction, field=field, possible=possible) for field in strange]


def _check_widths(terms: LayoutTerms) -> list[Refusal]:
    if terms.form is not FileForm.FIXED:
        return []
    return [
        WIDTHS_WRONG(title=column.title, most=WIDTH_MAX)
        for column in terms.columns
        if not 0 < column.width <= WIDTH_MAX or len(column.fill) != 1 or not column.fill.isprintable()
    ]


def _check_statuses(terms: LayoutTerms) -> list[Refusal]:
    words = [word.text.strip().casefold() for word in terms.statuses]
    fits = terms.has(LayoutField.STATUS) == bool(words) and len(set(words)) == len(words)
    return [] if fits else [STATUSES_WRONG()]


def _check_fees(terms: LayoutTerms) -> list[Refusal]:
    has_fees = terms.fees is not FeesAre.NONE
    is_named = bool(terms.fee_fund.strip() and terms.fee_line.strip())
    return [] if has_fees == terms.has(LayoutField.FEE) == is_named else [FEES_WRONG()]


def _check_titles(columns: Sequence[LayoutColumn], *, is_needed: bool) -> list[Refusal]:
    titles = [column.title.strip().casefold() for column in columns]
    return [TITLES_WRONG()] if is_needed and (not all(titles) or len(set(titles)) < len(titles)) else []


def _check_form(terms: LayoutTerms) -> list[Refusal]:
    fits = terms.encoding in ENCODINGS and (terms.form is not FileForm.CSV or terms.delimiter in DELIMITERS)
    has_titles = terms.has_titles or terms.form is not FileForm.XLSX
    return [] if fits and has_titles else [FORM_WRONG(encodings=", ".join(ENCODINGS))]


def _check_currency(terms: LayoutTerms) -> list[Refusal]:
    is_told = bool(terms.currency) or terms.has(LayoutField.CURRENCY)
    return [CURRENCY_WRONG()] if terms.direction is Direction.IN and not is_told else []


def _check_growing(terms: LayoutTerms) -> list[Refusal]:
    fits = terms.direction is Direction.IN and terms.amounts is AmountMeaning.EACH
    return [GROWING_WRONG()] if terms.files_grow and not fits else []


def _check_letters(terms: LayoutTerms) -> list[Refusal]:
    """What a message says of us has to be written in the letters the bank takes; other files have an encoding."""
    if terms.form is not FileForm.ISO20022 or terms.direction is not Direction.OUT:
        return [LETTERS_WRONG()] if terms.letters is not Letters.LATIN else []
    return [] if terms.ours is None or can_be_told(terms.ours, terms.letters) else [LETTERS_WRONG()]


def can_be_told(ours: OwnAccount, letters: Letters) -> bool:
    """Whether a message can say who we are in the letters that the bank takes."""
    return (
        written(ours.name, letters) is not None
        and written(ours.bank, letters) is not None
        and is_reference(ours.number, letters)
    )
