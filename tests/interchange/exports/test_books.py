"""The books as text: what the tools of plain-text accounting add up is our trial balance, and nobody is named."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.interchange.exports.books import FORMS, write_books
from seedfund.interchange.exports.journal import Head, balances, transactions
from seedfund.interchange.exports.names import ROOTS, AccountName, CodedAccount, component, named
from seedfund.interchange.exports.plaintext import plain, written
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import KINDS
from seedfund.reports.queries.rows import Booked
from tests.interchange.exports.tools import checked, codes, ran, summed
from tests.reports.naive import Counters, counters
from tests.reports.story import Story

BOTH = sorted(FORMS)
DAYS = [None, date(2026, 1, 10), date(2026, 1, 31), date(2026, 2, 20)]


def text_of(story: Story, form: str, actor: str = "auditor", **asked: Any) -> str:
    """The books of the story as text."""
    out = io.BytesIO()
    with story.house.work(actor) as work:
        write_books(work, out, form=form, **asked)
    return out.getvalue().decode()


def by_code(found: Mapping[str, Decimal], text: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Posted and held by the code of the account, where there is anything."""
    known = codes(text)
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for name, amount in found.items():
        posted, held = sums.get(known[name], (Decimal(0), Decimal(0)))
        is_held = name.startswith("Equity:Hold:")
        sums[known[name]] = (posted, held + amount) if is_held else (posted + amount, held)
    return {code: both for code, both in sums.items() if any(both)}


def expected(found: Mapping[str, Counters]) -> dict[str, tuple[Decimal, Decimal]]:
    """The same from single rows, read by other code."""
    sums = {
        code: (
            Decimal(one.debits - one.credits).scaleb(-2),
            Decimal(one.debits_held - one.credits_held).scaleb(-2),
        )
        for code, one in found.items()
    }
    return {code: both for code, both in sums.items() if any(both)}


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("form", BOTH)
def test_what_the_text_adds_up_to_is_the_trial_balance_of_the_day(
    story: Story, form: str, as_of: date | None
) -> None:
    text = text_of(story, form, as_of=as_of)
    sums, said = summed(text)

    assert by_code(sums, text) == expected(counters(story.house, as_of=as_of))
    assert said == sums


@pytest.mark.parametrize("as_of", [None, date(2026, 1, 10)])
@pytest.mark.parametrize("form", BOTH)
def test_the_tool_itself_accepts_the_books(
    story: Story, form: str, as_of: date | None, tmp_path: Path
) -> None:
    assert checked(form, text_of(story, form, as_of=as_of), tmp_path) == (0, "")


@pytest.mark.parametrize("form", BOTH)
def test_an_amount_altered_by_one_cent_is_found_by_the_tool(story: Story, form: str, tmp_path: Path) -> None:
    text = text_of(story, form)
    wrong = text.replace("-300.00 USD", "-300.01 USD", 1).replace("  300.00 USD", "  300.01 USD", 1)

    code, said = checked(form, wrong, tmp_path)

    assert wrong != text
    assert code != 0
    assert "balance" in said.lower()


def test_hledger_computes_our_balances(story: Story, tmp_path: Path) -> None:
    text = text_of(story, "hledger")
    path = tmp_path / "books.hledger"
    path.write_text(text, encoding="utf-8")

    code, printed = ran("hledger", "-f", str(path), "balance", "--flat", "--empty", "-O", "csv")

    found = dict(re.findall(r'^"([A-Z]\S*:\S+)","(-?[\d.]+)(?: USD)?"$', printed, flags=re.M))
    assert code == 0
    assert by_code({name: Decimal(amount) for name, amount in found.items()}, text) == expected(
        counters(story.house)
    )


@pytest.mark.parametrize("form", BOTH)
def test_the_same_books_give_the_same_text(story: Story, form: str) -> None:
    first = text_of(story, form)
    story.house.clock.advance(timedelta(hours=3))

    assert text_of(story, form, actor="manager") == first


@pytest.mark.parametrize("form", BOTH)
def test_the_books_as_they_were_known_are_written_again(story: Story, form: str) -> None:
    then = story.house.clock.now() - timedelta(days=57)

    text = text_of(story, form, as_known=then)

    assert by_code(summed(text)[0], text) == expected(counters(story.house, as_known=then))
    assert text != text_of(story, form)


@pytest.mark.parametrize("form", BOTH)
def test_no_reason_that_somebody_typed_and_no_name_leaves_with_the_books(story: Story, form: str) -> None:
    text = text_of(story, form, language="es")

    assert "comisión" not in text
    assert "Actor" not in text
    assert "pago entregado" in text
    assert "payment" not in text


@pytest.mark.parametrize("form", BOTH)
def test_a_journal_says_where_the_chains_it_was_written_from_end(story: Story, form: str) -> None:
    text = text_of(story, form, fund="UNHCR")

    assert re.search(r"^;+ Control code: UNHCR \d+ [0-9a-f]{64}$", text, flags=re.M)


def test_a_fund_that_is_none_and_a_stranger_get_nothing(story: Story) -> None:
    with pytest.raises(NotFound):
        text_of(story, "hledger", fund="NADA")
    with pytest.raises(NotAllowed):
        text_of(story, "hledger", actor="nobody")


# Names ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_account_stands_under_a_root() -> None:
    assert set(ROOTS) == set(KINDS)
    assert {root.partition(":")[0] for root in ROOTS.values()} == {
        "Assets",
        "Liabilities",
        "Equity",
        "Income",
        "Expenses",
    }


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("BANK", "BANK"),
        ("cash", "Cash"),
        ("write_offs", "Write-offs"),
        ("A1.1", "A1-1"),
        ("niños", "Niños"),
        ("-x", "X-x"),
        ("ß", "Xß"),
        ("²", "X-"),
        ("ไทย", "Xไทย"),
    ],
)
def test_a_part_of_a_name_is_what_both_tools_take(part: str, name: str) -> None:
    assert component(part) == name


def test_two_codes_that_would_have_one_name_are_told_apart_and_the_earlier_keeps_it() -> None:
    accounts = [CodedAccount(number, "F", code, "cash", "USD") for number, code in CODES_ALIKE]

    found = named(reversed(accounts))

    assert [found[number].posted for number, _ in CODES_ALIKE] == [
        "Assets:F:Cash:A-1",
        "Assets:F:Cash:A-1-2",
        "Assets:F:Cash:A-1-3",
    ]


CODES_ALIKE = ((1, "cash:A.1"), (2, "cash:A_1"), (3, "cash:A/1"))


@given(st.text(max_size=20))
def test_nothing_that_a_tool_reads_as_a_sign_stands_in_a_narration(text: str) -> None:
    assert not set(plain(text)) & set('"\\;|\n\r\t*!()[]{}@=')


# Random ledgers ---------------------------------------------------------------------------------------------------

LABELS = ("A1.1", "A1_1", "BANK", "niños", "ไทย", "x-y/z")
ACCOUNTS = tuple(
    CodedAccount(number, "ÑU", f"{kind}:{label}", kind, "JOD")
    for number, (kind, label) in enumerate(
        (kind, label) for kind in ("cash", "available") for label in LABELS
    )
)
MONEY, MEMO = range(len(LABELS)), range(len(LABELS), 2 * len(LABELS))
NAMES = named(ACCOUNTS)


def booked(seq: int, number: str, day: date, **more: Any) -> Booked:
    """A row with what a journal does not read left empty."""
    pair: dict[str, Any] = {
        "debit_id": None,
        "credit_id": None,
        "memo_debit_id": None,
        "memo_credit_id": None,
    }
    rest: dict[str, Any] = {
        "book_id": 1,
        "seq": seq,
        "entry_id": Key(number),
        "number": number,
        "hash": "0" * 64,
        "event": "payment_released",
        "subject": 'PG-1 "; |',
        "booking_date": day,
        "value_date": day,
        "reason": "secreto",
        "posted_by": "ana",
        "recipe": "x",
        "phase": "post",
        "amount": 1,
        "held": None,
        "resolves_seq": None,
        "reverses_seq": None,
    }
    return Booked(**(rest | pair | more))


@st.composite
def ledgers(draw: st.DrawFn) -> list[Booked]:
    """Rows of a book: posted, held, and what was held settled in part or whole, or void."""
    rows: list[Booked] = []
    waiting: list[Booked] = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        day = date(2026, 1, 1) + timedelta(days=seq // 3)
        number = f"JE-{(seq + 1) // 2}" if seq % 3 else f"JE-{seq}x"
        if draw(st.booleans()) and waiting:
            held = waiting.pop(draw(st.integers(0, len(waiting) - 1)))
            phase = draw(st.sampled_from(["settle", "void"]))
            amount = held.amount if phase == "void" else draw(st.integers(1, held.amount))
            legs = {
                name: getattr(held, name)
                for name in ("debit_id", "credit_id", "memo_debit_id", "memo_credit_id")
            }
            rows.append(booked(seq, number, day, phase=phase, amount=amount, held=held.amount, **legs))
            continue
        pairs = draw(st.sampled_from(["money", "memo", "both"]))
        legs = {}
        if pairs != "memo":
            legs |= dict(zip(("debit_id", "credit_id"), draw(_two(MONEY)), strict=True))
        if pairs != "money":
            legs |= dict(zip(("memo_debit_id", "memo_credit_id"), draw(_two(MEMO)), strict=True))
        phase = draw(st.sampled_from(["post", "hold"]))
        rows.append(booked(seq, number, day, phase=phase, amount=draw(st.integers(1, 10**12)), **legs))
        if phase == "hold":
            waiting.append(rows[-1])
    return rows


def _two(accounts: range) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(accounts), min_size=2, max_size=2, unique=True)


def counted(rows: list[Booked]) -> dict[int, tuple[int, int, int, int]]:
    """The four counters of every account, as the ledger defines them."""
    found: dict[int, list[int]] = {}
    for row in rows:
        posted = row.amount if row.phase in ("post", "settle") else 0
        pending = row.amount if row.phase == "hold" else -(row.held or 0)
        for side, account in enumerate((row.debit_id, row.credit_id, row.memo_debit_id, row.memo_credit_id)):
            if account is not None:
                four = found.setdefault(account, [0, 0, 0, 0])
                four[side % 2] += posted
                four[2 + side % 2] += pending
    return {account: (four[0], four[1], four[2], four[3]) for account, four in found.items()}


def journal(form: str, rows: list[Booked]) -> str:
    """The rows as text of a form."""
    head = Head("Prueba", date(2026, 1, 31), ("JOD",), ())
    lines = written(
        FORMS[form],
        head,
        transactions(rows, NAMES),
        balances(counted(rows).items(), NAMES),
        words=lambda word: word,
    )
    return "\n".join(lines) + "\n"


def standing(rows: list[Booked]) -> Iterator[tuple[str, Decimal]]:
    """What stands on every account by its name, where there is anything."""
    for account, (debits, credits, held_debits, held_credits) in counted(rows).items():
        name: AccountName = NAMES[account]
        for path, minor in ((name.posted, debits - credits), (name.held, held_debits - held_credits)):
            if minor:
                yield path, Decimal(minor).scaleb(-3)


@pytest.mark.parametrize("form", BOTH)
@given(rows=ledgers())
def test_any_ledger_is_written_so_that_its_balances_are_the_counters(form: str, rows: list[Booked]) -> None:
    text = journal(form, rows)
    sums, said = summed(text)

    assert {name: amount for name, amount in sums.items() if amount} == dict(standing(rows))
    assert {name: amount for name, amount in said.items() if amount} == dict(standing(rows))
    assert "secreto" not in text


@pytest.mark.parametrize("form", BOTH)
@settings(max_examples=4, deadline=None)
@given(rows=ledgers())
def test_any_ledger_is_accepted_by_the_tool(
    form: str, rows: list[Booked], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert checked(form, journal(form, rows), tmp_path_factory.mktemp("journal")) == (0, "")
