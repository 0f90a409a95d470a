"""Community activities, campaigns, fairs and meetings: planned ahead, held on their day, with those who came."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from seedfund.accompaniment.rules.activities import ActivityKind, AttendeeRole
from seedfund.accompaniment.service import HoldActivity, PlanActivity, hold_activity, plan_activity
from seedfund.accompaniment.service.activities import ActivityTold, Attendee, FairEmployer, Headcount
from seedfund.cli.demo.dated import Planned, Row, listed
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.dates import parse_date
from seedfund.kernel.secret import Secret
from seedfund.people.rules import PopulationGroup, Sex

ORGANISER: Final = "coordina1"
AHEAD: Final = timedelta(days=7)


def planned(stage: Stage, numbers: dict[str, str]) -> Iterator[Planned]:
    """Each activity of the example: planned a week before, then held; `numbers` takes their numbers up."""
    for row in stage.rows("activities") if stage.has("activities") else ():
        day = parse_date(row["held_on"])
        yield Planned(day - AHEAD, "activities planned", partial(_plan, stage, row, numbers))
        yield Planned(day, "activities held", partial(_hold, stage, row, numbers))


def _plan(stage: Stage, row: Row, numbers: dict[str, str]) -> None:
    with stage.acting(ORGANISER) as work:
        planning = PlanActivity(
            key=stage.key("activity", row["activity"]),
            kind=ActivityKind(row["kind"]),
            title=row["title"],
            locality=row["locality"],
            planned_on=parse_date(row["held_on"]),
            topic=row["topic"],
        )
        numbers[row["activity"]] = plan_activity(work, planning).number


def _hold(stage: Stage, row: Row, numbers: dict[str, str]) -> None:
    told = ActivityTold(
        attendees=tuple(_attendee(stage, text) for text in listed(row["attendees"])),
        headcounts=tuple(_headcount(text) for text in listed(row["heads"])),
        employers=tuple(_employer(text) for text in listed(row["employers"])),
    )
    with stage.acting(ORGANISER) as work:
        key = stage.key("held", row["activity"])
        hold_activity(work, HoldActivity(key=key, number=numbers[row["activity"]], told=told))


def _attendee(stage: Stage, text: str) -> Attendee:
    """`member` of a household, or `name/role/organisation/sex` of somebody from outside."""
    if "/" not in text:
        return Attendee(participant=stage.members([text])[text])
    name, role, organisation, sex = text.split("/")
    return Attendee(name=Secret(name), role=AttendeeRole(role), organisation=organisation, sex=Sex(sex))


def _headcount(text: str) -> Headcount:
    """`how many/group/sex`."""
    heads, group, sex = text.split("/")
    return Headcount(heads=int(heads), population_group=PopulationGroup(group), sex=Sex(sex))


def _employer(text: str) -> FairEmployer:
    """`name/posts`."""
    name, posts = text.split("/")
    return FairEmployer(name=name, posts=int(posts))
