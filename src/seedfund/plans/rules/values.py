"""What a business plan is made of, as frozen values. Must not know how they are judged or stored.

Money is exact; quantities are thousandths of a unit; seasons and shares are basis points (10,000 = as
usual, = all). Texts of a plan may not name a person: names belong to sealed sheets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.kernel.dates import Month
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money

EVEN_YEAR: Final = (10_000,) * 12
"""Twelve months like each other, January first."""


class OwnerKind(StrEnum):
    """Whose business it is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GROUP = "group"
    ORGANISATION = "organisation"


class BusinessStage(StrEnum):
    """Whether the business is begun with the grant or made stronger by it."""

    NEW = "new"
    EXISTING = "existing"


class FundedBy(StrEnum):
    """Where the money, or the thing, of a start-up item comes from."""

    GRANT = "grant"
    OWN_CASH = "own_cash"
    OWN_KIND = "own_kind"
    OTHER = "other"


class Category(StrEnum):
    """What kind of thing a start-up item is; programmes cap or exclude kinds."""

    EQUIPMENT = "equipment"
    TOOLS = "tools"
    FURNITURE = "furniture"
    WORK_VEHICLE = "work_vehicle"
    ANIMALS = "animals"
    PREMISES_WORKS = "premises_works"
    PREMISES = "premises"
    RENT_IN_ADVANCE = "rent_in_advance"
    LICENCES = "licences"
    MARKETING = "marketing"
    STAFF_TRAINING = "staff_training"
    RAW_MATERIAL = "raw_material"
    MERCHANDISE = "merchandise"
    WORKING_CAPITAL = "working_capital"
    DEBT_REPAYMENT = "debt_repayment"
    LAND_AND_BUILDINGS = "land_and_buildings"
    HOUSING_REPAIR = "housing_repair"
    PRIVATE_VEHICLE = "private_vehicle"
    OTHER = "other"


class StartUpPart(StrEnum):
    """The four parts of a start-up total (domain: business plan, computations)."""

    FIXED_ASSETS = "fixed_assets"
    PRE_OPENING = "pre_opening"
    FIRST_STOCK = "first_stock"
    WORKING_CAPITAL = "working_capital"


_FIXED_ASSETS: Final = (
    *(Category.EQUIPMENT, Category.TOOLS, Category.FURNITURE, Category.WORK_VEHICLE, Category.ANIMALS),
    *(Category.PREMISES_WORKS, Category.PREMISES, Category.LAND_AND_BUILDINGS, Category.HOUSING_REPAIR),
    *(Category.PRIVATE_VEHICLE, Category.OTHER),
)
PART_OF: Final[Mapping[Category, StartUpPart]] = MappingProxyType(
    dict.fromkeys(Category, StartUpPart.PRE_OPENING)
    | dict.fromkeys(_FIXED_ASSETS, StartUpPart.FIXED_ASSETS)
    | dict.fromkeys((Category.RAW_MATERIAL, Category.MERCHANDISE), StartUpPart.FIRST_STOCK)
    | {Category.WORKING_CAPITAL: StartUpPart.WORKING_CAPITAL}
)
"""The part of the start-up total each kind of thing belongs to."""


class CostKind(StrEnum):
    """What a monthly cost line is, and so where it counts."""

    VARIABLE = "variable"
    FIXED = "fixed"
    DRAWINGS = "drawings"
    DEBT = "debt"
    FAMILY_LABOUR = "family_labour"


@dataclass(frozen=True)
class PlanItem:
    """A line of the start-up list: what is bought or brought in, and who pays.

    `quantity_thousandths` counts thousandths of the unit (1,500 = one and a half). `month` is the month of
    the plan it is bought in, 0 the first. `life_months` spreads a fixed asset over its life for profit; 0
    does not spread it.
    """

    line: int
    description: str
    category: Category
    quantity_thousandths: int
    unit_price: Money
    supplier: str
    quote_ref: str
    funded_by: FundedBy
    unit: str = ""
    month: int = 0
    life_months: int = 0

    @property
    def total(self) -> Money:
        """Quantity × unit price, rounded half up to a minor unit."""
        return Money(
            (self.unit_price.minor * self.quantity_thousandths + 500) // 1_000, self.unit_price.currency
        )


@dataclass(frozen=True)
class SalesLine:
    """What is sold each month: quantity, price, what one unit costs to make or buy, and its seasons.

    `season` holds twelve factors in basis points, January first. Of the sales, `credit_share` (basis
    points) is paid `credit_months` later, the rest at once.
    """

    line: int
    description: str
    monthly_quantity_thousandths: int
    unit_price: Money
    unit_cost: Money
    season: tuple[int, ...] = EVEN_YEAR
    credit_share: int = 0
    credit_months: int = 0

    def __post_init__(self) -> None:
        _require_season(self.season)
        if not 0 <= self.credit_share <= 10_000 or self.credit_months < 0:
            raise InvalidInput(
                field="credit_share",
                problem="credit sales are not a share of all sales, paid in later months",
                remedy="give 0 to 10000 basis points and 0 or more months",
            )


@dataclass(frozen=True)
class CostLine:
    """A monthly cost: its kind tells whether it is a cost of the business, of the family, or of a debt.

    `season` holds twelve factors in basis points, January first. `FAMILY_LABOUR` is what unpaid work of the
    family would have cost; it is never cash.
    """

    line: int
    description: str
    kind: CostKind
    monthly: Money
    season: tuple[int, ...] = EVEN_YEAR

    def __post_init__(self) -> None:
        _require_season(self.season)


@dataclass(frozen=True)
class PlannedTranche:
    """A part of the grant, and the month of the plan it is counted on (0 the first)."""

    month: int
    amount: Money


@dataclass(frozen=True)
class Sources:
    """Where the start-up total is said to come from, as the participant declares it."""

    grant: Money
    own_cash: Money
    own_kind: Money
    other: Money

    def of(self, source: FundedBy) -> Money:
        """The amount declared for one source."""
        return {
            FundedBy.GRANT: self.grant,
            FundedBy.OWN_CASH: self.own_cash,
            FundedBy.OWN_KIND: self.own_kind,
            FundedBy.OTHER: self.other,
        }[source]


@dataclass(frozen=True)
class Risk:
    """What could go wrong, and what would be done then."""

    description: str
    mitigation: str


@dataclass(frozen=True)
class BusinessPlan:
    """One version of a business plan, complete in itself: what is hashed, scored, approved and bound to.

    `start` is the month 0 of items, tranches and cash flow. `opening_cash` is what an existing business has
    in hand.
    """

    title: str
    stage: BusinessStage
    sector: str
    owner_kind: OwnerKind
    currency: str
    start: Month
    items: tuple[PlanItem, ...]
    sources: Sources
    opening_cash: Money
    tranches: tuple[PlannedTranche, ...] = ()
    sales: tuple[SalesLine, ...] = ()
    costs: tuple[CostLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    training_needs: tuple[str, ...] = ()
    is_home_based: bool = False


@dataclass(frozen=True)
class Undefined:
    """A figure that does not exist for this plan, with the reason as a code of `UNDEFINED_REASONS`."""

    reason: str

    def __post_init__(self) -> None:
        if self.reason not in UNDEFINED_REASONS:
            raise ValueError(f"{self.reason} is no declared reason")


CONTRIBUTION_RATIO_NOT_POSITIVE: Final = "contribution_ratio_not_positive"
NO_SALES: Final = "no_sales"
NOT_REACHED_IN_HORIZON: Final = "not_reached_in_horizon"
NO_START_UP_COST: Final = "no_start_up_cost"
NOTHING_SCORED: Final = "nothing_scored"
UNDEFINED_REASONS: Final = (
    *(CONTRIBUTION_RATIO_NOT_POSITIVE, NO_SALES, NOT_REACHED_IN_HORIZON),
    *(NO_START_UP_COST, NOTHING_SCORED),
)


def _require_season(season: tuple[int, ...]) -> None:
    if len(season) != 12 or any(factor < 0 for factor in season):
        raise InvalidInput(
            field="season",
            problem="a season needs twelve factors of 0 or more",
            remedy="give one factor for each month, January first, 10000 for a usual month",
        )
