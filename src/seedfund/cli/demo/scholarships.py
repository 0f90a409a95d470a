"""Vocational scholarships: applied for, planned, awarded, agreed; fee by fee and month by month; work asked about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.dated import Planned, Row, by_day
from seedfund.cli.demo.payments import Source, pay_ready, paying_account
from seedfund.cli.demo.stage import Stage, evidence
from seedfund.cli.demo.training import Enrolments
from seedfund.documents.service import IssueAgreementPaper, issue_agreement_paper
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.words import Party, PaymentMethod, SignMethod
from seedfund.grants.service import record_signature, sign_agreement
from seedfund.grants.service.close_out import CloseGrant, close_grant
from seedfund.grants.service.payees import ApprovePayee, ProposePayee, approve_payee, propose_payee
from seedfund.grants.service.signing import RecordSignature, SignAgreement
from seedfund.kernel.dates import parse_date
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, parse_money, total
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.terms import FeePart, ScholarshipTerms, StipendTerms, tranches_of
from seedfund.scholarships.rules.words import Milestone, Outcome, Purpose, Witness
from seedfund.scholarships.rules.words import Work as Occupied
from seedfund.scholarships.service import (
    Answer,
    ApplyForScholarship,
    ApproveEmploymentPlan,
    AwardScholarship,
    BillLineAsked,
    CheckPlacement,
    ConfirmTranche,
    DecideBill,
    DraftScholarship,
    EndScholarship,
    InterviewApplicant,
    PlanEmployment,
    ProveEnrolment,
    RecordBill,
    apply_for_scholarship,
    approve_plan,
    award_scholarship,
    check_work,
    confirm_tranche,
    decide_bill,
    draft_scholarship,
    end_scholarship,
    interview_applicant,
    plan_employment,
    prove_enrolment,
    record_bill,
)
from seedfund.store.work import Work

EXPERT: Final = "inclusion2"
MANAGER: Final = "coordina1"
FEE_PARTS: Final = (
    FeePart(milestone=Milestone.ENROLMENT, share_bps=4_000),
    FeePart(milestone=Milestone.PROGRESS, share_bps=3_000, threshold_bps=7_000),
    FeePart(milestone=Milestone.CERTIFICATION, share_bps=3_000),
)
"""How the example's centres are paid: when the course begins, on the way, at its end (domain: scholarships)."""


@dataclass(slots=True)
class Case:
    """A scholarship of the example: its row, and the numbers it was given so far."""

    row: Row
    application: str = ""
    plan: str = ""
    grant: str = ""
    agreement: str = ""

    @property
    def key(self) -> str:
        """The example's own key."""
        return self.row["scholarship"]


class Scholarships:
    """The scholarships of the example; each step is taken for all of them that have it on a day."""

    def __init__(self, stage: Stage, enrolments: Enrolments):
        self.stage, self.enrolments = stage, enrolments
        rows = stage.rows("scholarships") if stage.has("scholarships") else []
        self.cases = {row["scholarship"]: Case(row) for row in rows}

    @property
    def agreements(self) -> list[str]:
        """The numbers of the agreements that were issued."""
        return [case.agreement for case in self.cases.values() if case.agreement]

    def planned(self) -> Iterator[Planned]:
        """A step for all scholarships of a day."""
        rows = [case.row for case in self.cases.values()]
        for column, (title, act) in STEPS.items():
            for day, found in by_day(rows, column):
                cases = [self.cases[row["scholarship"]] for row in found]
                yield Planned(day, title, partial(act, self, cases))

    def terms(self, row: Row) -> ScholarshipTerms:
        """What a scholarship promises."""
        return ScholarshipTerms(
            occupation=row["occupation"],
            course=row["course"],
            starts_on=parse_date(row["starts_on"]),
            ends_on=parse_date(row["ends_on"]),
            fee=self._money(row["fee"]),
            timetable=row["timetable"],
            kit=row["kit"],
            fee_parts=FEE_PARTS,
            stipend=StipendTerms(
                rate=self._money(row["rate"]), days_most=int(row["days_most"]), excused_most=1
            ),
        )

    def source(self, case: Case) -> Source:
        """Where a scholarship is paid from."""
        return case.row["fund"], paying_account(self.stage, case.row["fund"], PaymentMethod.BANK)

    def _money(self, text: str) -> Money:
        return parse_money(text, self.stage.currency, style=self.stage.style.numbers)

    def _each(self, cases: Iterable[Case], actor: str, act: Callable[[Work, Case], None]) -> None:
        with self.stage.acting(actor) as work:
            for case in cases:
                act(work, case)

    def _apply(self, cases: list[Case]) -> None:
        members = self.stage.members([case.row["member"] for case in cases])

        def act(work: Work, case: Case) -> None:
            applying = ApplyForScholarship(
                key=self.stage.key("application", case.key),
                participant=members[case.row["member"]],
                course=case.row["course"],
                occupation=case.row["occupation"],
            )
            case.application = apply_for_scholarship(work, applying).application

        self._each(cases, EXPERT, act)

    def _interview(self, cases: list[Case]) -> None:
        def act(work: Work, case: Case) -> None:
            telling = InterviewApplicant(
                key=self.stage.key("interview", case.key),
                application=case.application,
                is_recommended=True,
                is_within_income=True,
            )
            interview_applicant(work, telling)
            planning = PlanEmployment(
                key=self.stage.key("employment plan", case.key),
                application=case.application,
                terms=self.terms(case.row),
            )
            case.plan = plan_employment(work, planning).plan

        self._each(cases, EXPERT, act)

    def _award(self, cases: list[Case]) -> None:
        def approve(work: Work, case: Case) -> None:
            approve_plan(work, ApproveEmploymentPlan(key=self.stage.key("plan +", case.key), plan=case.plan))

        def award(work: Work, case: Case) -> None:
            row = case.row
            cost = total((one.amount for one in tranches_of(self.terms(row))), self.stage.currency)
            awarding = AwardScholarship(
                key=self.stage.key("scholarship", case.key),
                plan=case.plan,
                benefit=row["benefit"],
                parts=(AwardPart(fund=row["fund"], line=row["line"], amount=cost),),
            )
            case.grant = award_scholarship(work, awarding).scholarship

        def issue(work: Work, case: Case) -> None:
            drafting = DraftScholarship(key=self.stage.key("draft", case.key), scholarship=case.grant)
            draft_scholarship(work, drafting)
            issuing = IssueAgreementPaper(
                key=self.stage.key("issue", case.key), grant=case.grant, languages=("es",)
            )
            case.agreement = issue_agreement_paper(work, issuing).number

        self._each(cases, MANAGER, approve)
        self._each(cases, "secretaria1", award)
        self._each(cases, EXPERT, issue)

    def _sign(self, cases: list[Case]) -> None:
        day = self.stage.clock.now().date()

        def sign(work: Work, case: Case) -> None:
            for party, by in ((Party.PARTICIPANT, ""), (Party.ORGANISATION, "firma1")):
                signing = RecordSignature(
                    key=self.stage.key("signed", party, case.key),
                    agreement=case.agreement,
                    party=party,
                    method=SignMethod.WET,
                    signed_on=day,
                    signed_by=by,
                )
                record_signature(work, signing)
            key = self.stage.key("in force", case.key)
            sign_agreement(work, SignAgreement(key=key, agreement=case.agreement))

        self._each(cases, EXPERT, sign)
        self._payees(cases)

    def _payees(self, cases: list[Case]) -> None:
        """The centre is paid its fees, the trainee the stipend."""
        members = self.stage.members([case.row["member"] for case in cases])
        accounts = self.stage.numbers(
            "payout_accounts", "payout_accounts", [case.row["account"] for case in cases]
        )
        centres = {row["code"]: row["name"] for row in self.stage.rows("providers")}
        positions: list[tuple[str, int]] = []

        def propose(work: Work, case: Case) -> None:
            trainee = ProposePayee(
                key=self.stage.key("trainee", case.key),
                grant=case.grant,
                participant=members[case.row["member"]],
                method=PaymentMethod.BANK,
                account=Key(accounts[case.row["account"]]),
            )
            centre = ProposePayee(
                key=self.stage.key("centre", case.key),
                grant=case.grant,
                supplier=centres[case.row["provider"]],
                method=PaymentMethod.IN_KIND,
                document_sha256=evidence(f"offer of {case.row['provider']}"),
            )
            for one in (trainee, centre):
                positions.append((case.grant, propose_payee(work, one).payee))

        self._each(cases, "campo1", propose)
        with self.stage.acting(MANAGER) as work:
            for grant, position in positions:
                key = self.stage.key("payee +", grant, position)
                approve_payee(work, ApprovePayee(key=key, grant=grant, payee=position))

    def _prove(self, cases: list[Case]) -> None:
        def act(work: Work, case: Case) -> None:
            proving = ProveEnrolment(
                key=self.stage.key("proof", case.key),
                scholarship=case.grant,
                enrolment=self.enrolments[case.row["cohort"], case.row["member"]],
                proof_sha256=evidence(f"enrolment {case.key}"),
            )
            prove_enrolment(work, proving)

        self._each(cases, EXPERT, act)

    def _fees(self, cases: list[Case], milestone: Milestone) -> None:
        """What is reached is confirmed and billed by its centre; what is not is refused, and stops what comes later."""
        tranche = _position(self.terms(cases[0].row), Purpose.TUITION, milestone)
        reached = [case for case in cases if not _has_left(case.row, milestone)]
        lost = [case for case in cases if _has_left(case.row, milestone)]
        if milestone is Milestone.PROGRESS:
            self._confirm(lost, tranche, Outcome.REFUSED)
        self._confirm(reached, tranche)
        self._bill(reached, tranche)
        pay_ready(
            self.stage, f"fee {tranche} {cases[0].key}", {case.grant: self.source(case) for case in reached}
        )

    def _stipends(self, cases: list[Case], turn: int) -> None:
        """The days attended in a period, each at its rate."""
        tranche = _positions(self.terms(cases[0].row), Purpose.STIPEND)[turn]
        staying = [case for case in cases if turn == 0 or case.row["ending"] == Ending.COMPLETED]
        self._confirm(staying, tranche)
        sources = {case.grant: self.source(case) for case in staying}
        pay_ready(self.stage, f"stipend {tranche} {cases[0].key}", sources)

    def _confirm(self, cases: list[Case], tranche: int, outcome: Outcome = Outcome.CONFIRMED) -> None:
        def act(work: Work, case: Case) -> None:
            deciding = ConfirmTranche(
                key=self.stage.key("confirmed", case.key, tranche),
                scholarship=case.grant,
                tranche=tranche,
                outcome=outcome,
                reason="" if outcome is Outcome.CONFIRMED else "faltó a más sesiones de las que se admiten",
            )
            confirm_tranche(work, deciding)

        self._each(cases, EXPERT, act)

    def _bill(self, cases: list[Case], tranche: int) -> None:
        by_centre: dict[str, list[Case]] = {}
        for case in cases:
            by_centre.setdefault(case.row["provider"], []).append(case)
        for centre, found in by_centre.items():
            lines = tuple(
                BillLineAsked(
                    scholarship=case.grant,
                    tranche=tranche,
                    amount=tranches_of(self.terms(case.row))[tranche - 1].amount,
                )
                for case in found
            )
            label = f"{centre} {found[0].key} {tranche}"
            with self.stage.acting("finanzas1") as work:
                billing = RecordBill(
                    key=self.stage.key("bill", label),
                    provider=centre,
                    their_number=f"001-001-{self.stage.commands:09d}",
                    total=total((line.amount for line in lines), self.stage.currency),
                    file_sha256=evidence(f"bill {label}"),
                    lines=lines,
                )
                number = record_bill(work, billing).bill
            with self.stage.acting(MANAGER) as work:
                decide_bill(work, DecideBill(key=self.stage.key("bill +", label), bill=number))

    def _end(self, cases: list[Case]) -> None:
        def act(work: Work, case: Case) -> None:
            ending = Ending(case.row["ending"])
            closing = EndScholarship(
                key=self.stage.key("ended", case.key),
                scholarship=case.grant,
                ending=ending,
                reason="" if ending is Ending.COMPLETED else "dejó el curso por un empleo",
            )
            end_scholarship(work, closing)

        self._each(cases, EXPERT, act)

    def _check(self, cases: list[Case], month: int) -> None:
        def act(work: Work, case: Case) -> None:
            answer = Answer(
                work=Occupied(case.row[f"work_{month}"]),
                witness=Witness.TRAINEE if month == 1 else Witness.VISIT,
                is_relevant=case.row[f"work_{month}"] in (Occupied.EMPLOYED, Occupied.SELF_EMPLOYED),
            )
            key = self.stage.key("work", month, case.key)
            check_work(work, CheckPlacement(key=key, scholarship=case.grant, month=month, answer=answer))

        self._each(cases, EXPERT, act)

    def _close(self, cases: list[Case]) -> None:
        def act(work: Work, case: Case) -> None:
            close_grant(work, CloseGrant(key=self.stage.key("close", case.key), grant=case.grant))

        self._each(cases, "finanzas1", act)


def _positions(terms: ScholarshipTerms, purpose: Purpose) -> list[int]:
    return [place for place, one in enumerate(tranches_of(terms), start=1) if one.purpose is purpose]


def _position(terms: ScholarshipTerms, purpose: Purpose, milestone: Milestone) -> int:
    found = enumerate(tranches_of(terms), start=1)
    return next(place for place, one in found if (one.purpose, one.milestone) == (purpose, milestone))


def _has_left(row: Row, milestone: Milestone) -> bool:
    """Whether somebody who dropped out does not reach a milestone any more: only the beginning is behind them."""
    return row["ending"] != Ending.COMPLETED and milestone is not Milestone.ENROLMENT


Act = Callable[[Scholarships, list[Case]], None]
STEPS: Final[Mapping[str, tuple[str, Act]]] = MappingProxyType(
    {
        "applied_on": ("scholarships applied for", Scholarships._apply),
        "interviewed_on": ("scholarships: interviews and employment plans", Scholarships._interview),
        "awarded_on": ("scholarships awarded, agreements issued", Scholarships._award),
        "signed_on": ("scholarships signed", Scholarships._sign),
        "proven_on": ("scholarships: proofs of enrolment", Scholarships._prove),
        "fee_1_on": (
            "scholarships: fees for enrolment",
            lambda all_, cases: all_._fees(cases, Milestone.ENROLMENT),
        ),
        "stipend_1_on": ("scholarships: stipends", lambda all_, cases: all_._stipends(cases, 0)),
        "fee_2_on": (
            "scholarships: fees for progress",
            lambda all_, cases: all_._fees(cases, Milestone.PROGRESS),
        ),
        "stipend_2_on": ("scholarships: last stipends", lambda all_, cases: all_._stipends(cases, 1)),
        "fee_3_on": (
            "scholarships: fees for certification",
            lambda all_, cases: all_._fees(cases, Milestone.CERTIFICATION),
        ),
        "ended_on": ("scholarships completed or left", Scholarships._end),
        "check_1_on": ("work a month after the course", lambda all_, cases: all_._check(cases, 1)),
        "check_6_on": ("work six months after the course", lambda all_, cases: all_._check(cases, 6)),
        "closed_on": ("scholarships closed", Scholarships._close),
    }
)
"""Column of the day, title, and what is done for all scholarships of that day."""
