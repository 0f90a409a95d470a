"""Who takes part from when on: the households of a phase, and who is left out of it."""

from collections.abc import Iterable, Mapping
from typing import Final

from seedfund.cli.demo.stage import Stage, detail
from seedfund.people.rules import Relationship
from seedfund.people.service import ChangeParticipation, change_participation

PROTECTION: Final = "proteccion1"


def heads(stage: Stage, suffix: str = "") -> list[Mapping[str, str]]:
    """The rows of the heads of the households of a phase."""
    rows = stage.part("households", "members", suffix)
    return [row for row in rows if row["relationship"] == Relationship.HEAD]


def excluded(stage: Stage) -> frozenset[str]:
    """Households that turned out to be registered twice."""
    told = [detail(event) for event in stage.rows("events")] if stage.has("events") else []
    return frozenset(one["excluded"] for one in told if "excluded" in one)


def is_restricted(row: Mapping[str, str]) -> bool:
    """Whether only named roles may see the person of a row."""
    return row["is_restricted"] == "yes"


def enrol(stage: Stage, suffix: str = "") -> None:
    """Every household of a phase takes part from here on; a restricted person is enrolled by the protection officer."""
    left_out = excluded(stage)
    chosen = [row for row in heads(stage, suffix) if row["household"] not in left_out]
    numbers = stage.members([row["member"] for row in chosen])
    for actor, rows in (
        ("inclusion1", [row for row in chosen if not is_restricted(row)]),
        (PROTECTION, [row for row in chosen if is_restricted(row)]),
    ):
        _enrol(stage, actor, [numbers[row["member"]] for row in rows])


def _enrol(stage: Stage, actor: str, people: Iterable[str]) -> None:
    with stage.acting(actor) as work:
        for person in people:
            key = stage.key("enrolled", person)
            change_participation(work, ChangeParticipation(key=key, participant=person, state="enrolled"))
