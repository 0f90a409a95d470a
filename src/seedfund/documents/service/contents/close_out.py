"""What the closing statement of a grant says: the figures it closed with, its payments, its lines. Must not write."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from seedfund.documents.content import (
    CloseOutcome,
    CloseOutContent,
    CloseOutLine,
    CloseOutPayment,
    Content,
    PaymentMethod,
    Signatory,
    SignRole,
)
from seedfund.documents.service.contents.acts import ActOf, act_of, names_of_actors
from seedfund.documents.service.parties import in_words
from seedfund.documents.service.signing import (
    Signing,
    organisation_signatory,
    participant_signatory,
    reading_fields,
)
from seedfund.grants.queries.endings import CloseOutRow, close_out_by_number, open_demands, write_offs_of
from seedfund.grants.queries.grants import GrantRow, grants_by_id
from seedfund.grants.queries.history import histories_of, taken_over
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.grants.queries.receipts import APPLIED, receipts_of
from seedfund.grants.rules.words import EndReason
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import items_of, open_version
from seedfund.plans.rules import FundedBy
from seedfund.store.unit import Unit

_OUTCOMES: Final = {
    EndReason.WITHDRAWN: CloseOutcome.WITHDRAWN,
    EndReason.RELOCATED: CloseOutcome.RELOCATED,
    EndReason.DECEASED: CloseOutcome.DECEASED,
    EndReason.COMPLETED: CloseOutcome.COMPLETED,
}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What who accompanied the participant has to say at the end; the words are the participant's secrets."""

    opinion: Secret
    achievements: Secret | None = None
    recommendations: Secret | None = None

    def secrets(self) -> tuple[Secret | None, ...]:
        """Every text in it."""
        return self.opinion, self.achievements, self.recommendations


@dataclass(frozen=True, kw_only=True)
class _Closed:
    """The figures a statement was closed with, in the grant's currency."""

    currency: str
    figures: dict[str, Any]

    def of(self, name: str) -> Money:
        """A figure of the whole grant."""
        return Money(self.figures["total"][name], self.currency)

    @property
    def own_spent(self) -> Money:
        """Own contribution in receipts, what never met a payment included."""
        return Money(self.figures["own_minor"] + self.figures["unapplied_minor"], self.currency)

    @property
    def given_up(self) -> Money:
        """What nobody claims: written off, or borne by the organisation itself."""
        return self.of("written_off") + self.of("borne_by_own")

    @property
    def still_open(self) -> Money:
        """What is to be justified or returned."""
        return self.of("refund_due") + self.of("to_justify")


def close_out_content(
    unit: Unit, number: str, *, signing: Signing, languages: tuple[str, ...], opinion: Opinion
) -> Content:
    """The content of a closing statement.

    Raises:
        NotFound: there is no such statement, or its person was erased.
        NotAllowed: its person is restricted.
        Refused: what every act of a grant is refused for.
    """
    row = close_out_by_number(unit, unit.programme.id, number)
    grant = grants_by_id(unit, [row.grant_id])[row.grant_id]
    act = act_of(unit, grant, number=row.number, languages=languages)
    closed = _Closed(currency=grant.currency, figures=json.loads(row.figures))
    outcome = _outcome(row, closed)
    plan = None if grant.plan_version_id is None else open_version(unit.work, grant.plan_version_id)
    nothing = Money(0, grant.currency)
    return CloseOutContent(
        **(act.fields | reading_fields(signing) | {"dated_on": row.closed_on}),
        **_given_up(unit, grant, closed),
        **_brought(unit, grant),
        signatories=_signatories(unit, act, signing, outcome),
        business_name=plan.title if plan is not None else "",
        outcome=outcome,
        awarded=closed.of("awarded"),
        committed=closed.of("committed"),
        disbursed=closed.of("disbursed"),
        justified=closed.of("justified"),
        returned=closed.of("returned"),
        open_amount=closed.still_open,
        own_planned=plan.sources.own_cash + plan.sources.own_kind if plan is not None else nothing,
        own_spent=closed.own_spent,
        refund_by=max((one.due_on for one in open_demands(unit, grant.id)), default=None),
        payments=_payments(unit, grant),
        lines=_lines(unit, grant, closed, act.frame.language),
        achievements=_text(opinion.achievements),
        recommendations=_text(opinion.recommendations),
        opinion=opinion.opinion.reveal(),
        keep_records_years=act.frame.terms.keep_records_years,
    )


def _outcome(row: CloseOutRow, closed: _Closed) -> CloseOutcome:
    found = _OUTCOMES.get(EndReason(row.outcome), CloseOutcome.TERMINATED)
    if found is not CloseOutcome.COMPLETED:
        return found
    if closed.still_open.minor:
        return CloseOutcome.REFUND_DUE
    return CloseOutcome.WRITTEN_OFF if closed.given_up.minor else found


def _given_up(unit: Unit, grant: GrantRow, closed: _Closed) -> dict[str, Any]:
    """What was written off, by which authority and why; borne by the organisation itself, it is not claimed either."""
    rows = write_offs_of(unit, [grant.id])[grant.id]
    team = names_of_actors(unit)
    return {
        "written_off": closed.given_up,
        "write_off_authority": ", ".join(dict.fromkeys(team[row.authorised_by] for row in rows)),
        "write_off_reason": " ".join(dict.fromkeys(_sentence(row.reason) for row in rows)),
    }


def _brought(unit: Unit, grant: GrantRow) -> dict[str, Any]:
    """What earlier books told of it: its number there, up to which day, and what was paid until then."""
    history = histories_of(unit, [grant.id]).get(grant.id)
    told = history or taken_over(unit, [grant.id]).get(grant.id)
    if told is None:
        return {}
    return {
        "brought_number": told.outside_number,
        "brought_up_to": told.cut_off,
        "brought_paid": Money(history.paid_minor, grant.currency) if history is not None else None,
    }


def _sentence(text: str) -> str:
    """What somebody wrote as a reason, with its full stop; the paper goes on after it."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _signatories(unit: Unit, act: ActOf, signing: Signing, outcome: CloseOutcome) -> tuple[Signatory, ...]:
    """The organisation, who accompanied, and the participant, unless the participant died."""
    ours = (
        organisation_signatory(act.frame.organisation),
        Signatory(role=SignRole.EXPERT, name=unit.actor.display_name),
    )
    if outcome is CloseOutcome.DECEASED:
        return ours
    return (*ours, participant_signatory(act.person, signing, role=SignRole.PARTICIPANT))


def _payments(unit: Unit, grant: GrantRow) -> tuple[CloseOutPayment, ...]:
    return tuple(
        CloseOutPayment(
            ordinal=row.position,
            paid_on=row.delivered_on or row.released_on or grant.awarded_on,
            method=PaymentMethod(row.method),
            reference=row.number,
            amount=Money(row.delivered_minor, grant.currency),
        )
        for row in payments_of_grants(unit, [grant.id])[grant.id]
        if row.delivered_minor
    )


def _lines(unit: Unit, grant: GrantRow, closed: _Closed, language: str) -> tuple[CloseOutLine, ...]:
    """What was justified by line of the plan, then what stands on none: both sum to what the books hold as spent.

    A receipt that never met a payment was paid by the participant: it is own contribution on its line too.
    """
    plan_line = {row.id: row.plan_line for row in receipts_of(unit, [grant.id])[grant.id]}
    applied: Counter[int | None] = Counter()
    met: Counter[Key] = Counter()
    for use in unit.all(APPLIED, grant=grant.id):
        applied[plan_line[use.line_id]] += use.amount
        met[use.line_id] += use.amount
    own: Counter[int | None] = Counter()
    for row in receipts_of(unit, [grant.id])[grant.id]:
        if row.state != "withdrawn":
            own[row.plan_line] += row.own_minor + row.accepted_minor - met[row.id]
    version = grant.plan_version_id
    items = items_of(unit, [version])[version] if version is not None else []
    lines = [
        CloseOutLine(
            description=item.description,
            approved=Money(item.total_minor if item.funded_by == FundedBy.GRANT else 0, grant.currency),
            justified=Money(applied[item.line], grant.currency),
            own=Money(own[item.line], grant.currency),
        )
        for item in items
    ]
    rest = closed.of("justified").minor - sum(line.justified.minor for line in lines)
    others = closed.own_spent.minor - sum(line.own.minor for line in lines)
    if not rest and not others:
        return tuple(lines)
    return (
        *lines,
        CloseOutLine(
            description=in_words("not by lines of a plan", language),
            approved=Money(0, grant.currency) if items else closed.of("committed"),
            justified=Money(rest, grant.currency),
            own=Money(others, grant.currency),
        ),
    )


def _text(secret: Secret | None) -> str:
    return "" if secret is None else secret.reveal()
