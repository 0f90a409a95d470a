"""What may be entered from the lines of an account that neither books nor proposals explain. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from seedfund.banking.queries.facts import LineRow, LineWords
from seedfund.banking.queries.known import Known, item_facts, known_of, match_digest, opened_lines
from seedfund.banking.queries.reads import hidden_lines, proposed_lines
from seedfund.banking.queries.statements import MATCHES_OF_ACCOUNT
from seedfund.banking.rules import LineFact, propose
from seedfund.banking.rules.to_enter import Books, PaidOut, Payer, Spoken, ToEnter, folded, to_enter
from seedfund.funds.queries import BankAccountFacts, lines_of, list_donors, list_funds
from seedfund.funds.rules.words import LineKind
from seedfund.grants.queries.history import numbers_taken_over
from seedfund.grants.queries.on_their_way import PaymentShown
from seedfund.store.statements import Reader
from seedfund.store.work import Work


def lines_to_enter(work: Work, bank: BankAccountFacts) -> Mapping[str, Sequence[ToEnter]]:
    """What may be entered, by the number of the line; of restricted people for those who see them alone.

    A line that may be something of the books, by the rules of matching, is none, unless that was rejected; nor is one
    of an amount that some entry without a line has, however long ago: it would be entered twice.
    """
    reader = work.reader()
    known = known_of(reader, work.programme.id, bank)
    opened = opened_lines(reader, work, known)
    rows = reader.all(MATCHES_OF_ACCOUNT, programme=work.programme.id, bank_account=bank.id)
    rejected = {row.content_digest for row in rows if row.state == "rejected"}
    facts = [fact for _, _, fact in opened]
    items = item_facts(known)
    entered = {item.amount for item in items if not item.is_open}
    likely = propose(facts, items)
    explained = {
        line for one in likely if match_digest(one.lines, one.items) not in rejected for line in one.lines
    }
    explained |= proposed_lines(reader, work, bank)
    hides = hidden_lines(work, bank.id)
    spoken = [
        _spoken(work, row, words, fact)
        for row, words, fact in opened
        if fact.id not in explained and fact.amount not in entered and not hides(row, words)
    ]
    found: dict[str, list[ToEnter]] = defaultdict(list)
    for one in to_enter(spoken, _books(reader, work, known)):
        found[one.line].append(one)
    return found


def _spoken(work: Work, row: LineRow, words: LineWords, fact: LineFact) -> Spoken:
    secrets = (words.counterparty, words.remittance, words.transactions)
    text = " ".join(secret.reveal() for secret in secrets if secret is not None)
    value = row.value_date or row.counted_on
    return Spoken(
        line=fact,
        value=value if value <= work.today() else row.counted_on,
        text=folded(text),
        code=row.code,
    )


def _books(reader: Reader, work: Work, known: Known) -> Books:
    programme, bank = work.programme.id, known.bank
    out: dict[str, int] = defaultdict(int)
    for entry in known.entries.values():
        out[entry.subject] -= entry.amount
    donors = {one.code: one.name for one in list_donors(reader, programme)}
    funds = [one for one in list_funds(reader, programme) if one.currency == bank.currency]
    return Books(
        account=bank.code,
        currency=bank.currency,
        payments=[_paid_out(one, out[one.number]) for one in known.told.values() if out[one.number] > 0],
        funds=[
            Payer(
                fund=one.code,
                words=(one.code, one.donor, donors.get(one.donor, "")),
                charges=tuple(
                    line.code for line in lines_of(reader, one.id) if line.kind is LineKind.CHARGES
                ),
            )
            for one in funds
        ],
        earlier=numbers_taken_over(reader, programme, bank.currency),
    )


def _paid_out(payment: PaymentShown, out: int) -> PaidOut:
    return PaidOut(
        number=payment.number,
        grant=payment.grant,
        out=out,
        account=payment.account_digest,
        reference=payment.provider_ref,
    )
