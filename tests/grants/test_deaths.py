"""After a death nothing is signed by the dead, nothing is paid to them, and a grant goes on with a substitute alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from seedfund.funds.rules.benefits import BenefitTerms
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.queries.why import explain_grant
from seedfund.grants.rules.words import BasisKind, EndReason, LifeEventKind, OwnerKind, Party, PaymentMethod
from seedfund.grants.service import (
    award_grant,
    commit_award,
    record_signature,
    sign_agreement,
)
from seedfund.grants.service.amendments import AmendAgreement, amend_agreement
from seedfund.grants.service.awards import AwardGrant, DeclineAward, decline_award
from seedfund.grants.service.common import GrantMoved
from seedfund.grants.service.course import ResumeGrant, resume_grant
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.lists import CommitAward
from seedfund.grants.service.payees import ApprovePayee, ProposePayee, approve_payee, propose_payee
from seedfund.grants.service.signing import SignAgreement
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from seedfund.people.rules import ExitReason
from tests.funds.support import benefit
from tests.grants.accounting_for import demanded, grant_of
from tests.grants.paying import (
    approved,
    at,
    listed,
    paid,
    payable,
    payee,
    release,
    released,
    spouse_of,
    stands_in,
    told,
    wish,
)
from tests.grants.test_receiving import gone
from tests.support.benefits import TRANSFER
from tests.support.grants import (
    GROUPS,
    SHA,
    Home,
    agreed,
    awarded,
    drafted,
    eligible,
    home,
    issued,
    key,
    left,
    lines,
    prepared,
    signed,
    signing,
    tranche,
    transfer_awarded,
    transferred,
    usd,
)
from tests.support.programme import House

SUBSTITUTE = Secret("Luis Ejemplo Prueba")


def died(house: House, grant: str) -> str:
    """The state of a grant after its participant's death."""
    with house.work("coach") as work:
        event = RecordLifeEvent(key=key(), grant=grant, kind=LifeEventKind.DEATH)
        return record_life_event(work, event).state


def left_dead(house: House, participant: str) -> None:
    """A participation that ended by death."""
    left(house, participant, ExitReason.DECEASED)


def resumed(house: House, grant: str) -> GrantMoved:
    with house.work("manager") as work:
        return resume_grant(work, ResumeGrant(key=key(), grant=grant, reason="the spouse goes on"))


def same_again(house: House, grant: str) -> str:
    """The number of an issued adenda that leaves the schedule of one tranche of 500 as it is."""
    with house.work("expert") as work:
        amend_agreement(work, AmendAgreement(key=key(), grant=grant, tranches=(tranche(usd(500)),)))
    return issued(house, grant)


def signed_by_substitute(house: House, agreement: str) -> None:
    with house.work("expert") as work:
        today = work.today()
        record_signature(work, replace(signing(agreement, on=today), signatory=SUBSTITUTE))
        record_signature(work, signing(agreement, Party.ORGANISATION, on=today))
        sign_agreement(work, SignAgreement(key=key(), agreement=agreement))


def spouse_paid(house: House, grant: str, owner: Home) -> str:
    """The spouse joins the household, is approved as payee in cash, and is paid all that is left."""
    stands_in(house, grant, spouse_of(house, owner))
    return paid(house, grant)


def test_a_grant_is_resumed_after_a_death_only_once_a_substitute_has_signed(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500)), owner=owner)
    died(house, grant)
    with pytest.raises(Refused) as caught:
        resumed(house, grant)
    assert caught.value.codes == ("substitute_missing",)

    signed_by_substitute(house, same_again(house, grant))

    assert resumed(house, grant).state == "in_force"
    spouse_paid(house, grant, owner)
    assert at(house, grant).advances["participant"] == 50_000


def test_an_adenda_signed_meanwhile_is_not_why_a_grant_is_suspended(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(500)))
    died(house, grant)
    signed_by_substitute(house, same_again(house, grant))

    with house.work("expert") as work:
        (explained,) = explain_grant(work, grant)
    (stopped,) = [one for one in explained.findings if one.code == "grant_in_force"]

    assert (stopped.event, stopped.evidence, stopped.evaluator) == ("death", "LE-2026-0001", "coach")


def test_the_dead_sign_no_adenda(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(500)))
    died(house, grant)

    with pytest.raises(Refused) as caught:
        signed(house, same_again(house, grant))

    assert caught.value.codes == ("signatory_deceased",)


def test_an_adenda_that_the_participant_signed_before_dying_needs_a_new_signature(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(500)))
    with house.work("expert") as work:
        lower = AmendAgreement(key=key(), grant=grant, tranches=(tranche(usd(400)),))
        amend_agreement(work, lower)
    agreement = issued(house, grant)
    with house.work("expert") as work:
        for party in Party:
            record_signature(work, signing(agreement, party, on=work.today()))
    died(house, grant)

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        sign_agreement(work, SignAgreement(key=key(), agreement=agreement))

    assert caught.value.codes == ("signatory_deceased",)


def test_a_signature_given_before_the_death_is_still_recorded(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(500)))
    agreement_day = house.clock.now().date()
    house.clock.advance(timedelta(days=2))
    died(house, grant)
    agreement = same_again(house, grant)

    with house.work("expert") as work:
        recorded = record_signature(work, signing(agreement, on=agreement_day))

    assert recorded.signed_on == agreement_day


def test_the_dead_are_not_proposed_or_approved_as_payee(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    wanted = ProposePayee(key=key(), grant=grant, participant=owner.head, method=PaymentMethod.CASH)
    with house.work("field") as work:
        position = propose_payee(work, wanted).payee
    died(house, grant)

    with house.work("manager") as work, pytest.raises(Refused) as approving:
        approve_payee(work, ApprovePayee(key=key(), grant=grant, payee=position))
    with house.work("field") as work, pytest.raises(Refused) as proposing:
        propose_payee(work, replace(wanted, key=key()))

    assert approving.value.codes == proposing.value.codes == ("payee_deceased",)


def test_who_left_the_programme_by_death_is_not_paid_by_a_list_approved_before(house: House) -> None:
    prepared(house)
    owner = home(house)
    sent = approved(house, wish(payable(house, owner)))
    left_dead(house, owner.head)

    with pytest.raises(Refused) as caught:
        release(house, sent.number)

    assert caught.value.codes == ("death_not_told", "payee_deceased")


def test_a_death_that_only_the_participation_tells_keeps_a_suspended_grant_from_being_resumed(
    house: House,
) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    with house.work("coach") as work:
        moving = RecordLifeEvent(key=key(), grant=grant, kind=LifeEventKind.RELOCATION)
        record_life_event(work, moving)
    left_dead(house, owner.head)

    with pytest.raises(Refused) as caught:
        resumed(house, grant)

    assert caught.value.codes == ("death_not_told",)


def test_a_death_told_on_one_grant_stops_the_others_of_the_same_person(house: House) -> None:
    prepared(house)
    owner = home(house)
    first, second = agreed(house, owner=owner), transferred(house, owner)
    payee(house, second, owner.head)
    died(house, first)

    with pytest.raises(Refused) as caught:
        listed(house, wish(second))

    assert caught.value.codes == ("death_not_told", "payee_deceased")


def test_an_award_to_a_household_binds_after_a_death_only_by_a_substitute(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner).number
    drafted(house, grant, tranche(usd(500)))
    agreement = issued(house, grant)
    assert died(house, grant) == "awarded"
    with pytest.raises(Refused) as caught:
        signed(house, agreement)
    assert caught.value.codes == ("signatory_deceased",)

    signed_by_substitute(house, agreement)

    spouse_paid(house, grant, owner)
    assert at(house, grant).advances["participant"] == 50_000


def test_no_substitute_signs_for_a_household_that_left(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner).number
    drafted(house, grant, tranche(usd(500)))
    agreement = issued(house, grant)
    died(house, grant)
    gone(house, owner.household)

    with pytest.raises(Refused) as caught:
        signed_by_substitute(house, agreement)

    assert caught.value.codes == ("household_not_active",)


def test_a_household_that_left_after_a_death_is_not_paid_by_its_substitute(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500)), owner=owner)
    died(house, grant)
    signed_by_substitute(house, same_again(house, grant))
    resumed(house, grant)
    gone(house, owner.household)

    with pytest.raises(Refused) as caught:
        spouse_paid(house, grant, owner)

    assert caught.value.codes == ("household_not_active",)


def test_an_award_to_a_household_is_declined_for_a_death(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    died(house, grant)

    with house.work("manager") as work:
        decline_award(work, DeclineAward(key=key(), grant=grant, reason=EndReason.DECEASED))

    assert (grant_of(house, grant).end_reason, at(house, grant).awarded) == ("deceased", 0)


def test_a_transfer_is_not_committed_to_a_household_whose_owner_died(house: House) -> None:
    prepared(house)
    grant = transfer_awarded(house)
    assert died(house, grant) == "awarded"

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        commit_award(work, CommitAward(key=key(), grant=grant, list_sha256=SHA))

    assert caught.value.codes == ("owner_deceased",)


def test_a_persons_own_award_lapses_with_the_death(house: House) -> None:
    prepared(house)
    stipend: BenefitTerms = replace(TRANSFER, unit=BenefitUnit.PERSON, purpose="stipend")
    benefit(house, "stipend", stipend, series="ST")
    eligible(house, "stipend", *(Eligible(population_group=group, fund="UNHCR") for group in GROUPS))
    awarding = AwardGrant(
        key=key(),
        benefit="stipend",
        parts=lines(usd(60)),
        basis_kind=BasisKind.ELIGIBILITY_LIST,
        basis_ref="EL-1",
        basis_sha256=SHA,
        owner_kind=OwnerKind.PERSON,
        participant=home(house).head,
    )
    with house.work("manager") as work:
        grant = award_grant(work, awarding).number

    assert died(house, grant) == "declined"
    assert (grant_of(house, grant).end_reason, at(house, grant).awarded) == ("deceased", 0)


def test_nothing_is_asked_back_where_only_the_participation_tells_of_the_death(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    (payment,) = released(house, wish(grant)).payments
    left_dead(house, owner.head)

    told(house, payment)

    assert at(house, grant).advances["participant"] == 50_000
    with pytest.raises(Refused) as caught:
        demanded(house, grant)
    assert caught.value.codes == ("demand_after_death",)
