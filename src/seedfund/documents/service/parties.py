"""Whom a paper names: the organisation, the person who stands for the owner, the payee. Names are opened here.

Must not know any kind of paper.
"""

from collections.abc import Collection

from seedfund.documents.content import Organisation, Owner, OwnerKind, Payee, PaymentMethod, Person
from seedfund.documents.rules.terms import PaperTerms, said_in
from seedfund.funds.queries import BenefitInForce
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.payees import PayeeRow, payees_of
from seedfund.grants.rules.words import Delivery
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.messages import FACT, phrase
from seedfund.people.queries import (
    PayoutAccountFacts,
    PersonName,
    documents_of,
    household_facts,
    identity_of,
    names_of,
    open_accounts,
    payout_accounts,
)
from seedfund.store.work import Work

PAPER = "paper"
"""The gettext context of the few words a content is put together from."""
_TAIL = 4
_BY_ACCOUNT = (PaymentMethod.BANK, PaymentMethod.MOBILE_MONEY)


def in_words(text: str, language: str, **facts: str) -> str:
    """A phrase of ours in the language of a paper."""
    return phrase(text, language, context=PAPER).format_map(facts)


def organisation_of(work: Work, terms: PaperTerms, language: str) -> Organisation:
    """The organisation as papers name it.

    Raises:
        Refused: `paper_terms_without_language`.
    """
    said = said_in(terms, language)
    return Organisation(
        name=work.programme.organisation,
        tax_id=terms.tax_id,
        address=terms.address,
        representative=terms.representative,
        representative_document=_with_kind(terms.representative_document, language),
        representative_position=said["representative_position"],
        authority=said["authority"],
    )


def _with_kind(document: str, language: str) -> str:
    """A document as papers print it: a bare number is said to be of an identity document."""
    return document if " " in document else in_words("identity document {number}", language, number=document)


def require_named(name: PersonName) -> PersonName:
    """The name, if whoever acts may see it: a paper with a number in place of a name binds nobody.

    Raises:
        NotFound: the person was erased.
        NotAllowed: the person is restricted.
    """
    if name.is_erased:
        raise NotFound(what="identity of", which=name.number)
    if name.is_hidden:
        raise NotAllowed(f"{name.number} is restricted; ask the protection officer or the director.")
    return name


def person_of(work: Work, participant_id: Key, language: str) -> Person:
    """A participant as papers name one: name, newest document that has a number, address.

    Raises:
        NotFound: there is no such participant, or the identity was erased.
        NotAllowed: the participant is restricted.
    """
    name = names_of(work, [participant_id]).get(participant_id)
    if name is None:
        raise NotFound(what="participant", which=participant_id)
    require_named(name)
    address = identity_of(work, name.number).address
    shown = [one for one in documents_of(work, name.number) if one.number is not None]
    document = ""
    if shown and shown[-1].number is not None:
        kind = phrase(shown[-1].kind.value, language, context=FACT).replace("_", " ")
        document = f"{kind} {shown[-1].number.reveal()}"
    return Person(
        name=name.printed.reveal(), document=document, address=address.reveal() if address is not None else ""
    )


def owner_of(work: Work, grant: GrantRow, person: Person) -> Owner:
    """Whose grant it is, and who stands for it; a household is named by its number."""
    name = grant.owner_name
    if grant.household_id is not None and not name:
        name = household_facts(work.reader(), [grant.household_id])[grant.household_id].number
    return Owner(kind=OwnerKind(grant.owner_kind), person=person, name=name)


def payee_of(
    work: Work,
    grant: GrantRow,
    owner: Person,
    *,
    benefit: BenefitInForce,
    deliveries: Collection[Delivery],
    language: str,
) -> Payee:
    """Who is paid: the participant approved as payee last, else the supplier.

    Before anybody is approved it is the owner: in kind where no tranche is money, else by the verified account, else
    by the benefit's first method that needs none.
    """
    approved = [row for row in payees_of(work.reader(), [grant.id])[grant.id] if row.state == "approved"]
    if approved:
        people = [row for row in approved if row.participant_id is not None]
        return payee_printed(work, (people or approved)[-1], owner, language=language)
    if Delivery.MONEY not in deliveries:
        in_kind = Delivery.IN_KIND in deliveries
        return Payee(person=owner, method=PaymentMethod.IN_KIND if in_kind else PaymentMethod.VOUCHER)
    accounts = payout_accounts(work.reader(), [grant.participant_id])[grant.participant_id]
    usable = [one for one in accounts if one.state == "verified" and one.method in benefit.terms.methods]
    if usable:
        method = PaymentMethod(usable[-1].method.value)
        return Payee(person=owner, method=method, account=_masked(work, usable[-1], language))
    return Payee(person=owner, method=_first_without_account(benefit))


def _first_without_account(benefit: BenefitInForce) -> PaymentMethod:
    """Without an account nobody can be paid into one; the benefit's first way that needs none, if it has any."""
    methods = [PaymentMethod(one) for one in benefit.terms.methods]
    return next((one for one in methods if one not in _BY_ACCOUNT), methods[0])


def payee_printed(work: Work, row: PayeeRow, owner: Person, *, language: str) -> Payee:
    """A payee as papers name one; `owner` is the person the grant stands on.

    Raises:
        NotFound: the payee was erased.
        NotAllowed: the payee is restricted.
    """
    method = PaymentMethod(row.method)
    if row.participant_id is None:
        relation = in_words("supplier", language)
        return Payee(person=Person(name=row.supplier), method=method, relation=relation)
    account = ""
    if row.payout_account_id is not None:
        known = payout_accounts(work.reader(), [row.participant_id])[row.participant_id]
        account = next((_masked(work, one, language) for one in known if one.id == row.payout_account_id), "")
    if row.is_owner:
        return Payee(person=owner, method=method, account=account)
    return Payee(
        person=person_of(work, row.participant_id, language),
        method=method,
        account=account,
        relation=in_words("authorised collector", language),
    )


def _masked(work: Work, account: PayoutAccountFacts, language: str) -> str:
    opened = open_accounts(work, [account.id]).get(account.id)
    tail = opened.number.reveal()[-_TAIL:] if opened is not None else ""
    return in_words(
        "{institution}, account ending in {tail}", language, institution=account.institution, tail=tail
    )
