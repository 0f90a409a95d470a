"""Services, referrals, work and activities in tests, as short as a test wants them."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from seedfund.accompaniment.rules.activities import ActivityKind
from seedfund.accompaniment.rules.employment import (
    Contract,
    PlacementKind,
    RetentionResult,
    WagePer,
)
from seedfund.accompaniment.rules.services import ServiceKind, ServiceProviderKind
from seedfund.accompaniment.service import (
    ActivityTold,
    ArrangeInterview,
    HoldActivity,
    ListService,
    ListVacancy,
    OfferReferral,
    PlacementMoved,
    PlanActivity,
    RecordPlacement,
    RecordReferralStep,
    RecordRetention,
    ReferralMoved,
    arrange_interview,
    hold_activity,
    list_service,
    list_vacancy,
    offer_referral,
    plan_activity,
    record_placement,
    record_referral_step,
    record_retention,
)
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.rules import ConsentMethod, ConsentPurpose
from seedfund.people.service import RecordConsent, record_consent
from seedfund.store.commands import Verb
from tests.support.grants import home, key
from tests.support.programme import House

NEED: Final = "Control prenatal de prueba"
NOTE: Final = "Nota reservada de prueba"
WORK: Final = "Costura en el Taller Ejemplo"
TODAY: Final = date(2026, 1, 5)


def done(house: House, verb: Verb[Any, Any], command: Any, by: str = "coach") -> Any:
    """Carry a command out."""
    with house.work(by) as work:
        return verb(work, command)


def agreed(house: House, participant: str, by: str = "coach", **changes: Any) -> None:
    """A standing consent to share data with partners."""
    usual = RecordConsent(
        key=key(),
        participant=participant,
        purpose=ConsentPurpose.PARTNERS,
        language="es",
        method=ConsentMethod.SIGNATURE,
        wording="v1",
    )
    done(house, record_consent, replace(usual, **changes), by)


def somebody(house: House) -> str:
    """The head of a household, who agreed to share data with partners."""
    who = home(house).head
    agreed(house, who)
    return who


def service(house: House, **changes: Any) -> str:
    """A health service of the city."""
    usual = ListService(
        key=key(),
        name="Centro de salud Ejemplo",
        offered_by="Municipio de San Ejemplo",
        provider_kind=ServiceProviderKind.CITY,
        kind=ServiceKind.HEALTH,
        locality="EC0401",
    )
    number: str = done(house, list_service, replace(usual, **changes)).number
    return number


def offering(participant: str, to: str, **changes: Any) -> OfferReferral:
    """A referral to a service."""
    return replace(
        OfferReferral(key=key(), participant=participant, service=to, need=Secret(NEED)), **changes
    )


def referred(house: House, participant: str, to: str, by: str = "coach", **changes: Any) -> str:
    """The number of a fresh referral."""
    moved: ReferralMoved = done(house, offer_referral, offering(participant, to, **changes), by)
    return moved.number


def referral_step(house: House, number: str, state: str, by: str = "coach", **changes: Any) -> ReferralMoved:
    """What became of a referral."""
    command = replace(RecordReferralStep(key=key(), number=number, state=state), **changes)
    moved: ReferralMoved = done(house, record_referral_step, command, by)
    return moved


def vacancy(house: House, **changes: Any) -> str:
    """Two posts at a bakery."""
    usual = ListVacancy(
        key=key(),
        employer="Panadería Ejemplo",
        title="Ayudante de panadería",
        posts=2,
        wage_least=Money(46000, "USD"),
        wage_most=Money(50000, "USD"),
        wage_per=WagePer.MONTH,
        locality="EC0401",
        open_until=date(2026, 1, 31),
    )
    number: str = done(house, list_vacancy, replace(usual, **changes)).number
    return number


def interview(house: House, participant: str, by: str = "coach", **changes: Any) -> str:
    """An interview in three days."""
    usual = ArrangeInterview(key=key(), participant=participant, due_on=date(2026, 1, 8))
    number: str = done(house, arrange_interview, replace(usual, **changes), by).number
    return number


def placed(house: House, participant: str, by: str = "coach", **changes: Any) -> str:
    """A job for a wage that began today."""
    usual = RecordPlacement(
        key=key(),
        participant=participant,
        kind=PlacementKind.WAGE,
        work=Secret(WORK),
        weekly_hours=40,
        starts_on=TODAY,
        contract=Contract.VERBAL,
    )
    number: str = done(house, record_placement, replace(usual, **changes), by).number
    return number


def checked(
    house: House, number: str, months: int, result: RetentionResult, by: str = "coach", **changes: Any
) -> PlacementMoved:
    """A check of a placement."""
    usual = RecordRetention(key=key(), number=number, months=months, result=result)
    moved: PlacementMoved = done(house, record_retention, replace(usual, **changes), by)
    return moved


def activity(house: House, **changes: Any) -> str:
    """A planned community fair."""
    usual = PlanActivity(
        key=key(),
        kind=ActivityKind.COMMUNITY,
        title="Feria de convivencia",
        locality="EC0401",
        planned_on=date(2026, 1, 7),
    )
    number: str = done(house, plan_activity, replace(usual, **changes)).number
    return number


def held(house: House, number: str, by: str = "coach", **told: Any) -> None:
    """An activity held today."""
    done(house, hold_activity, HoldActivity(key=key(), number=number, told=ActivityTold(**told)), by)
