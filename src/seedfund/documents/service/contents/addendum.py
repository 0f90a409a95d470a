"""What an adenda says: what the agreement said before, what it says now, and why. Must not write."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from seedfund.documents.content import AddendumContent
from seedfund.documents.service.contents.agreement import plan_printed, tranche_lines
from seedfund.documents.service.contents.common import Frame, common_fields, frame_of
from seedfund.documents.service.parties import owner_of, person_of
from seedfund.documents.service.signing import Signing, signing_fields
from seedfund.grants.queries.agreements import AgreementRow, agreements_of
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.papers import agreement_facts
from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Corrupt, NotFound
from seedfund.kernel.secret import Secret
from seedfund.register.queries import read_paper
from seedfund.store.unit import Unit

_LAST_DAY: Final = ("ends_on_after", "ends_on")


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """Why an agreement is amended, what else changes beside schedule and money, and until when it runs now.

    The words are the participant's secrets. Without `ends_on` it runs as long as before, or until its last tranche.
    """

    reason: Secret
    changes: tuple[Secret, ...] = ()
    ends_on: date | None = None

    def secrets(self) -> tuple[Secret | None, ...]:
        """Every text in it."""
        return self.reason, *self.changes


def addendum_content(
    unit: Unit,
    number: str,
    *,
    signing: Signing,
    languages: tuple[str, ...],
    amendment: Amendment,
    drawn: str = "",
) -> AddendumContent:
    """The content of an issued adenda in one of its languages.

    Raises:
        NotFound: there is no such adenda, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `paper_terms_missing`, `paper_terms_without_language`, `language_without_words`.
    """
    frame = frame_of(unit, languages, drawn=drawn)
    facts = agreement_facts(unit.work, number, language=frame.language)
    grant = grant_by_number(unit, unit.programme.id, facts.grant)
    person = person_of(unit.work, grant.participant_id, frame.language)
    rows = [row for row in agreements_of(unit, [grant.id])[grant.id] if row.state in ("signed", "issued")]
    first, before = rows[0], _amended(rows, facts.amends)
    until = _until(unit, before, frame)
    funds = [(part.fund_name, part.donor) for part in facts.parts]
    return AddendumContent(
        **common_fields(unit, frame, number=facts.number, funds=funds),
        **signing_fields(frame.organisation, person, signing),
        ordinal=1 + [row.shown for row in rows if row.kind == "adenda"].index(facts.number),
        agreement_number=first.printed,
        agreement_date=first.signed_on or first.drafted_on,
        grant_number=facts.grant,
        owner=owner_of(unit.work, grant, person),
        decision_number=facts.raise_basis,
        decided_on=facts.drafted_on,
        reason=amendment.reason.reveal(),
        changes=tuple(one.reveal() for one in amendment.changes),
        amount_before=facts.before,
        amount_after=facts.amount,
        ends_on_before=until,
        ends_on_after=amendment.ends_on or _extended(until, facts.tranches[-1].due_on),
        plan_version=plan_printed(unit, facts, frame.language).version,
        plan_hash=facts.plan_hash,
        schedule_hash=facts.schedule_hash,
        tranches=tranche_lines(facts),
    )


def _extended(until: date, last_due: date | None) -> date:
    return until if last_due is None else max(until, last_due)


def _amended(rows: list[AgreementRow], number: str) -> AgreementRow:
    found = next((row for row in rows if row.shown == number), None)
    if found is None:
        raise Corrupt("an adenda amends no agreement of its grant; run: seedfund audit verify")
    return found


def _until(unit: Unit, before: AgreementRow, frame: Frame) -> date:
    """The last day as the paper before says it; one that was signed elsewhere runs for the months of the terms."""
    try:
        said = read_paper(unit.work, before.shown).values()
    except NotFound:
        start = before.signed_on or before.drafted_on
        return add_months(start, frame.terms.agreement_months) - timedelta(days=1)
    return next(date.fromisoformat(said[name]) for name in _LAST_DAY if name in said)
