"""Who stands for a participant who died: the dead are no payee and sign nothing, a substitute signs in their place."""

from datetime import date

from seedfund.grants.queries.agreements import AgreementRow, SignatureRow, agreements_of, signatures_of
from seedfund.grants.queries.deaths import deaths_among
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.receiving import (
    DEATH_NOT_TOLD,
    PAYEE_DECEASED,
    SIGNATORY_DECEASED,
    SUBSTITUTE_MISSING,
)
from seedfund.grants.rules.words import Party
from seedfund.grants.service.common import people_place
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.records import parse_document
from seedfund.store.unit import Unit


def died_on(unit: Unit, grant: GrantRow) -> date | None:
    """The day the participant of a grant died, if that is on record anywhere."""
    return deaths_among(unit, [grant.participant_id]).days.get(grant.participant_id)


def check_payee_lives(unit: Unit, grant: GrantRow, payee: Key | None) -> list[Refusal]:
    """Why somebody is not paid for a grant any more."""
    day = None if payee is None else deaths_among(unit, [payee]).days.get(payee)
    return [] if day is None else [PAYEE_DECEASED(number=grant.number, day=day)]


def check_signatory_lives(
    unit: Unit, grant: GrantRow, *, party: Party, signatory: Secret | None, signed_on: date
) -> list[Refusal]:
    """Why a signature of the participant's side does not stand: it is dated when only a substitute could give it."""
    day = died_on(unit, grant) if party is Party.PARTICIPANT and signatory is None else None
    if day is None or signed_on < day:
        return []
    return [SIGNATORY_DECEASED(number=grant.number, day=day)]


def check_substitute_signed(unit: Unit, grant: GrantRow, agreement: AgreementRow) -> list[Refusal]:
    """Why an agreement does not bind: its participant is dead, and no substitute signed it."""
    day = died_on(unit, grant)
    if day is None or _is_by_substitute(unit, grant, signatures_of(unit, [agreement.id])[agreement.id], day):
        return []
    return [SIGNATORY_DECEASED(number=grant.number, day=day)]


def check_substituted(unit: Unit, grant: GrantRow) -> list[Refusal]:
    """Why payments do not go on: the participant is dead, and no agreement or adenda was signed by a substitute."""
    deaths = deaths_among(unit, [grant.participant_id])
    day = deaths.days.get(grant.participant_id)
    if day is None:
        return []
    if grant.id not in deaths.told:
        return [DEATH_NOT_TOLD(number=grant.number, day=day)]
    signed = [row.id for row in agreements_of(unit, [grant.id])[grant.id] if row.state == "signed"]
    signatures = [row for rows in signatures_of(unit, signed).values() for row in rows]
    is_there = _is_by_substitute(unit, grant, signatures, day)
    return [] if is_there else [SUBSTITUTE_MISSING(number=grant.number, day=day)]


def _is_by_substitute(unit: Unit, grant: GrantRow, signatures: list[SignatureRow], since: date) -> bool:
    """Whether one of these signatures was given for the participant by somebody else since a day."""
    return any(
        row.party == Party.PARTICIPANT and row.signed_on >= since and _has_signatory(unit, grant, row)
        for row in signatures
    )


def _has_signatory(unit: Unit, grant: GrantRow, row: SignatureRow) -> bool:
    if row.people is None:
        return False
    opened = unit.vault(grant.participant_id).open(row.people, people_place(row.id))
    return bool(parse_document(opened.reveal())["signatory"])
