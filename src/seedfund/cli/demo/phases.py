"""The two phases of the programme: who is registered and enrolled in each, and who takes part from when on."""

from collections.abc import Iterable, Mapping

from seedfund.cli.demo.stage import Stage, detail
from seedfund.people.service import ChangeParticipation, change_participation

PROTECTION = "proteccion1"


def heads(stage: Stage, suffix: str = "") -> list[Mapping[str, str]]:
    """The rows of the heads of the households of a phase."""
    return [row for row in stage.rows(f"members{suffix}") if row["parentesco"] == "jefatura"]


def excluded(stage: Stage) -> frozenset[str]:
    """Households that turned out to be registered twice."""
    told = [detail(event) for event in stage.rows("events")]
    return frozenset(one["excluded"] for one in told if "excluded" in one)


def is_restricted(row: Mapping[str, str]) -> bool:
    """Whether only named roles may see the person of a row."""
    return row["reservada"] == "sí"


def enrol(stage: Stage, suffix: str = "") -> None:
    """Every household of a phase takes part from here on; a restricted person is enrolled by the protection officer."""
    left_out = excluded(stage)
    chosen = [row for row in heads(stage, suffix) if row["hogar"] not in left_out]
    numbers = stage.members([row["miembro"] for row in chosen])
    for actor, rows in (
        ("inclusion1", [row for row in chosen if not is_restricted(row)]),
        (PROTECTION, [row for row in chosen if is_restricted(row)]),
    ):
        _enrol(stage, actor, [numbers[row["miembro"]] for row in rows])


def _enrol(stage: Stage, actor: str, people: Iterable[str]) -> None:
    with stage.acting(actor) as work:
        for person in people:
            key = stage.key("enrolled", person)
            change_participation(work, ChangeParticipation(key=key, participant=person, state="enrolled"))


def second_phase(stage: Stage) -> None:
    """The households of the second phase are registered, with their consents and what the ministry pays them."""
    for kind in ("households", "consents", "external_transfers", "payout_accounts"):
        stage.bring(kind, "campo1", "_3" if kind == "payout_accounts" else "_2")
    enrol(stage, "_2")
