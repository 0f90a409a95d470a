"""A programme with money, rules, households and plans, and grants at every step: through public verbs alone.

`prepared` fund, policy, benefit, eligibility and call · `approved_plan` a committee's decision · `awarded`, `agreed`
a grant · `Attach` the area of papers, played by a test.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Final

from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.service import approve_eligibility, set_eligibility
from seedfund.funds.service.eligibility import ApproveEligibility, SetEligibility
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.conditions import AgreementSigned, Condition
from seedfund.grants.rules.schedule import conditions_to_text
from seedfund.grants.rules.words import BasisKind, OwnerKind, Party, SignMethod
from seedfund.grants.service import (
    amend_agreement,
    award_grant,
    commit_award,
    draft_agreement,
    issue_agreement,
    record_signature,
    sign_agreement,
    write_agreement_paper,
)
from seedfund.grants.service.agreements import AgreementChanged, DraftAgreement, IssueAgreement
from seedfund.grants.service.amendments import AmendAgreement
from seedfund.grants.service.awards import AwardGrant, GrantAwarded
from seedfund.grants.service.lists import CommitAward
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.grants.service.signing import RecordSignature, SignAgreement
from seedfund.kernel.money import Money
from seedfund.people.rules import ConsentMethod, ConsentPurpose, DocumentKind, ExitReason
from seedfund.people.service import (
    ChangeParticipation,
    RecordConsent,
    change_participation,
    record_consent,
)
from seedfund.plans.queries import CallTerms
from seedfund.plans.rules import (
    BusinessPlan,
    CommitteePolicy,
    Criterion,
    Mark,
    Outcome,
    PlanPolicy,
    ScoringSheet,
)
from seedfund.plans.service import (
    ApproveCall,
    ConveneCommittee,
    DecidePlan,
    ProposeCall,
    ScorePlan,
    SubmitPlan,
    VerifyPlan,
    approve_call,
    convene_committee,
    decide_plan,
    plan_secret,
    propose_call,
    score_plan,
    submit_plan,
    verify_plan,
)
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import FileEvidence, NewPaper, PaperIssued, file_evidence, write_paper
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from tests.funds.support import benefit, funded, governed
from tests.people.samples import document, head, identity, person, register
from tests.plans.samples import bakery
from tests.plans.sittings import moved
from tests.support.benefits import SEED, TRANSFER
from tests.support.programme import House

KEYS = count(1)
TODAY: Final = date(2026, 1, 5)
SHA: Final = "ab" * 32
MINUTES: Final = "d5" * 32
MEMBERS: Final = ("member1", "member2", "member3")
SHEET: Final = ScoringSheet(
    code="S",
    version="1",
    criteria=(Criterion("market", "Market", 6_000), Criterion("skills", "Skills", 4_000)),
    scale_min=1,
    scale_max=5,
    pass_mark=6_000,
    reviewers_min=1,
)
GROUPS: Final = ("refugee", "host")


def key() -> str:
    """A fresh command key."""
    return f"grants:{next(KEYS)}"


def usd(units: int, cents: int = 0) -> Money:
    """Dollars and cents."""
    return Money(units * 100 + cents, "USD")


def prepared(house: House, *, received: int = 10_000, allotted: int = 3_000) -> None:
    """The fund UNHCR with cash and lines A1 and A2, a small policy, two benefits, who pays them, and a call."""
    funded(house, received=received, allotted=allotted)
    governed(house)
    for code, terms_of, series in (("seed", SEED, "SC"), ("transfer", TRANSFER, "CT")):
        benefit(house, code, terms_of, series=series)
        eligible(house, code, *(Eligible(population_group=group, fund="UNHCR") for group in GROUPS))
    call(house)


def eligible(house: House, code: str, *rules: Eligible) -> None:
    """Who pays a benefit for whom, under two persons."""
    with house.work("manager") as work:
        number = set_eligibility(work, SetEligibility(key=key(), benefit=code, rules=rules)).number
    with house.work("director") as work:
        approve_eligibility(work, ApproveEligibility(key=key(), number=number))


def call(house: House) -> None:
    """A call with scoring and a committee of three."""
    terms = CallTerms(PlanPolicy(version="1"), CommitteePolicy(version="1", quorum=2), SHEET)
    with house.work("expert") as work:
        proposed = propose_call(work, ProposeCall(key=key(), code="C1", version="1", terms=terms))
    with house.work("manager") as work:
        hashed = proposed.content_hash
        approve_call(work, ApproveCall(key=key(), code="C1", version="1", content_hash=hashed))


@dataclass(frozen=True)
class Home:
    """A household and its head, by number."""

    household: str
    head: str


def home(house: House) -> Home:
    """A registered household of a refugee woman who may receive: papers, a telephone, enrolled, consents given."""
    number = next(KEYS)
    sheet = identity("Rosa Elvira", "Prueba Cuasi", f"+593 99 {number:07d}")
    entry = person(sheet, document(f"EJ{number:06d}", DocumentKind.PASSPORT))
    found = register(house, head(replace(entry, language="es")))
    participant = found.members[0].participant
    may_receive(house, participant)
    return Home(found.household, participant)


def may_receive(house: House, participant: str) -> None:
    """Somebody is enrolled and consents to the registration and to what the bank is told."""
    participating(house, participant, "enrolled")
    with house.work("field") as work:
        for purpose in (ConsentPurpose.REGISTRATION, ConsentPurpose.BANK):
            consent = RecordConsent(
                key=key(),
                participant=participant,
                purpose=purpose,
                language="es",
                method=ConsentMethod.SIGNATURE,
                wording="2026-1",
            )
            record_consent(work, consent)


def participating(house: House, participant: str, state: str, reason: ExitReason | None = None) -> None:
    """Somebody's participation taken to a state."""
    with house.work("field") as work:
        change = ChangeParticipation(key=key(), participant=participant, state=state, reason=reason)
        change_participation(work, change)


def left(house: House, participant: str, reason: ExitReason) -> None:
    """Somebody whose participation ended early."""
    participating(house, participant, "exited", reason)


def approved_plan(house: House, owner: Home, plan: BusinessPlan | None = None) -> str:
    """The number of a plan that a committee approved for all it asks of the grant."""
    plan = plan or bakery()
    with house.work("expert") as work:
        submitting = SubmitPlan(
            key=key(),
            call="C1",
            participant=owner.head,
            household=owner.household,
            plan=plan_secret(plan),
        )
        number = submit_plan(work, submitting).number
    with house.work("field") as work:
        verify_plan(work, VerifyPlan(key=key(), number=number, visited_on=work.today()))
    with house.work("reviewer") as work:
        score_plan(work, ScorePlan(key=key(), number=number, marks=(Mark("market", 5), Mark("skills", 5))))
    decided(house, number, plan.sources.grant)
    return number


def decided(house: House, plan: str, amount: Money) -> None:
    """A committee's session that approves one plan."""
    with house.work("secretary") as work:
        convening = ConveneCommittee(
            key=key(), call="C1", held_on=work.today(), members=MEMBERS, present=MEMBERS, chair="member1"
        )
        sitting = convene_committee(work, convening).number
    deciding = DecidePlan(
        key=key(),
        session=sitting,
        plan=plan,
        outcome=Outcome.APPROVED,
        amount=amount,
        fund="UNHCR",
        line="A1",
    )
    moved(house, deciding, *MEMBERS)
    with house.work("secretary") as work:
        decide_plan(work, deciding)


def lines(*amounts: Money) -> tuple[AwardPart, ...]:
    """Parts on A1, then A2, of the fund UNHCR."""
    codes = ("A1", "A2")
    return tuple(
        AwardPart(fund="UNHCR", line=code, amount=amount)
        for code, amount in zip(codes, amounts, strict=False)
    )


def awarding(plan: str, *amounts: Money) -> AwardGrant:
    """The award a committee's decision on a plan calls for: 500 dollars from A1 unless told otherwise."""
    return AwardGrant(
        key=key(),
        benefit="seed",
        parts=lines(*(amounts or (usd(500),))),
        basis_kind=BasisKind.COMMITTEE_DECISION,
        basis_ref=plan,
    )


def referring(owner: Home, *amounts: Money) -> AwardGrant:
    """An award to a household on a referral, without a plan."""
    return AwardGrant(
        key=key(),
        benefit="seed",
        parts=lines(*(amounts or (usd(500),))),
        basis_kind=BasisKind.REFERRAL,
        basis_ref="RF-1",
        basis_sha256=SHA,
        owner_kind=OwnerKind.HOUSEHOLD,
        household=owner.household,
    )


def awarded(house: House, owner: Home | None = None, *amounts: Money) -> GrantAwarded:
    """A grant awarded on a referral; the programme has to be prepared."""
    with house.work("manager") as work:
        return award_grant(work, referring(owner or home(house), *amounts))


def awarded_on_plan(house: House, owner: Home | None = None) -> GrantAwarded:
    """A grant awarded on a committee's decision; the programme has to be prepared."""
    plan = approved_plan(house, owner or home(house))
    with house.work("secretary") as work:
        return award_grant(work, awarding(plan))


def tranche(amount: Money, *conditions: Condition, due_on: date | None = None) -> TrancheAsked:
    """A tranche as a command carries it."""
    return TrancheAsked(amount=amount, due_on=due_on, conditions=conditions_to_text(conditions))


@dataclass(frozen=True, kw_only=True)
class Attach(Command):
    """A paper for an issued agreement, as the area of papers would issue it."""

    number: str


@verb("test.attach_paper", roles=())
def attach(unit: Unit, command: Attach) -> PaperIssued:
    """Put a paper on the register and tie the agreement to it."""
    new = NewPaper(
        kind="agreement",
        number=command.number,
        languages=("es",),
        content={"number": command.number},
        template_version="test",
        chain_head="",
    )
    paper = write_paper(unit, new)
    write_agreement_paper(unit, command.number, paper)
    return paper


def drafted(
    house: House, grant: str, *tranches: TrancheAsked, amount: Money | None = None
) -> AgreementChanged:
    """A draft by the expert, with the benefit's own schedule unless tranches are given."""
    with house.work("expert") as work:
        return draft_agreement(work, DraftAgreement(key=key(), grant=grant, tranches=tranches, amount=amount))


def minuted(house: House, actor: str = "secretary") -> None:
    """The committee's minutes of a raise, on file."""
    filing = FileEvidence(key=key(), sha256=MINUTES, kind=EvidenceKind.MINUTES, description="acta CS-2")
    with house.work(actor) as work:
        file_evidence(work, filing)


def amended(house: House, grant: str, *tranches: TrancheAsked, raised: bool = False) -> AgreementChanged:
    """A draft of an adenda by the expert; a raise names the committee's minutes, which its secretary filed."""
    if raised:
        minuted(house)
    command = AmendAgreement(
        key=key(),
        grant=grant,
        tranches=tranches,
        basis_ref="CS-2" if raised else "",
        basis_sha256=MINUTES if raised else None,
    )
    with house.work("expert") as work:
        return amend_agreement(work, command)


def issued(house: House, grant: str) -> str:
    """The number of a grant's draft, issued with its paper."""
    with house.work("expert") as work:
        number = issue_agreement(work, IssueAgreement(key=key(), grant=grant)).number
        attach(work, Attach(key=key(), number=number))
    return number


def signing(agreement: str, party: Party = Party.PARTICIPANT, on: date = TODAY) -> RecordSignature:
    """A signature by hand."""
    return RecordSignature(
        key=key(),
        agreement=agreement,
        party=party,
        method=SignMethod.WET,
        signed_on=on,
        signed_by="signatory" if party is Party.ORGANISATION else "",
    )


def signed(house: House, agreement: str) -> AgreementChanged:
    """An issued agreement, signed by both sides today and in force."""
    with house.work("expert") as work:
        for party in Party:
            record_signature(work, signing(agreement, party, on=work.today()))
        return sign_agreement(work, SignAgreement(key=key(), agreement=agreement))


def agreed(house: House, *tranches: TrancheAsked, owner: Home | None = None) -> str:
    """The number of a grant in force: awarded 500 dollars on a referral, with the tranches given or one of 500."""
    grant = awarded(house, owner).number
    drafted(house, grant, *(tranches or (tranche(usd(500), AgreementSigned()),)))
    signed(house, issued(house, grant))
    return grant


def transfer_awarded(house: House, owner: Home | None = None, amount: Money | None = None) -> str:
    """The number of a cash transfer awarded to a household, on no signed list yet."""
    owner = owner or home(house)
    with house.work("manager") as work:
        command = AwardGrant(
            key=key(),
            benefit="transfer",
            parts=lines(amount or usd(60)),
            basis_kind=BasisKind.ELIGIBILITY_LIST,
            basis_ref="EL-1",
            basis_sha256=SHA,
            owner_kind=OwnerKind.HOUSEHOLD,
            household=owner.household,
        )
        return award_grant(work, command).number


def transferred(house: House, owner: Home | None = None, amount: Money | None = None) -> str:
    """The number of a cash transfer in force: no plan, no agreement, no receipts."""
    grant = transfer_awarded(house, owner, amount)
    with house.work("manager") as work:
        commit_award(work, CommitAward(key=key(), grant=grant, list_sha256=SHA))
    return grant
