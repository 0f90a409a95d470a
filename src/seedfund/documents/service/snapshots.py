"""Freezing the indicators: what was told on a day, kept with its definitions and the marks of its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.register.service import NewPaper, write_paper
from seedfund.reports.indicators.rules import dimensions_of
from seedfund.reports.indicators.snapshot import FORM, KIND
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.snapshots import freeze
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "IS"
FREEZERS: Final = (
    Role.ECONOMIC_INCLUSION_EXPERT,
    Role.PROGRAMME_MANAGER,
    Role.FINANCE_OFFICER,
    Role.DIRECTOR,
    Role.PROTECTION_OFFICER,
    Role.AUDITOR,
)
"""Who reports figures to others, and so freezes what was reported."""


@dataclass(frozen=True, kw_only=True)
class FreezeIndicators(Command):
    """The day the indicators are frozen as of (today if not given), and the dimensions they are told by.

    `by` as in `report indicators`: population group where none is named, every one for `all`.
    """

    as_of: date | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorsFrozen:
    """The snapshot's number, the day it holds for, how many lines it has, and the SHA-256 of its content."""

    number: str
    as_of: date
    line_count: int
    content_hash: str


@verb("documents.freeze_indicators", roles=FREEZERS)
def freeze_indicators(unit: Unit, command: FreezeIndicators) -> IndicatorsFrozen:
    """Freeze the indicators as of a day, each line with its definition and its rows, naming nobody.

    Raises:
        InvalidInput: the day is still to come, or there is no such dimension.
    """
    today = unit.work.today()
    as_of = command.as_of or today
    if as_of > today:
        raise InvalidInput(
            field="as_of", problem=f"{as_of} lies in the future", remedy="give today or an earlier day"
        )
    dimensions = dimensions_of(command.by)
    content = freeze(open_scope(unit.work, as_of=as_of), dimensions, salt=unit.key())
    paper = write_paper(
        unit,
        NewPaper(
            kind=KIND,
            number=unit.human_number(SERIES),
            languages=(),
            content=content,
            template_version=FORM,
            chain_head="",
        ),
    )
    return IndicatorsFrozen(
        number=paper.number, as_of=as_of, line_count=len(content["lines"]), content_hash=paper.content_hash
    )
