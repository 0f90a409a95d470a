"""How tests ask for reports of the story, and read cells, columns, totals and sections of them."""

from seedfund.kernel.money import Money
from seedfund.reports.make import Asked, make_report
from seedfund.reports.value import Cell, Report, Row
from tests.reports.story import Story


def asked(story: Story, **more: object) -> Asked:
    """Everything a report may need, and more."""
    return Asked(**({"number": story.first, "fund": "UNHCR", "account": "BANK"} | more))  # type: ignore[arg-type]  # fields by name


def made(story: Story, name: str, actor: str = "manager", **more: object) -> Report:
    """A report of the story, as an actor sees it."""
    with story.house.work(actor) as work:
        return make_report(work, name, asked(story, **more))


def cell(report: Report, row: Row, name: str) -> Cell:
    """A cell by its column."""
    return row[[column.key for column in report.columns].index(name)]


def column(report: Report, name: str) -> list[Cell]:
    """A column's cells."""
    return [cell(report, row, name) for row in report.rows]


def total(report: Report, name: str) -> Cell:
    """The cell of the first total."""
    return cell(report, report.totals[0].cells, name)


def section(report: Report, title: str) -> list[Row]:
    """The rows of a part."""
    return next(
        list(part.rows) for part in report.sections if part.title is not None and part.title.text == title
    )


def minor(value: Cell) -> int:
    """Minor units of an amount, nothing for none."""
    return value.minor if isinstance(value, Money) else 0
