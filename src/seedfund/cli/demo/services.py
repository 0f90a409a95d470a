"""Services of cities and others, and the referrals to them: offered, taken in, served, or declined with a barrier."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from seedfund.accompaniment.rules.referrals import Barrier, DeclinedBy
from seedfund.accompaniment.rules.services import ServiceKind, ServiceProviderKind
from seedfund.accompaniment.service import (
    ListService,
    OfferReferral,
    RecordReferralStep,
    list_service,
    offer_referral,
    record_referral_step,
)
from seedfund.cli.demo.dated import Planned, Row, by_day
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work

ORGANISER: Final = "coordina1"


class Referrals:
    """The catalogue and the referrals of the example, by their own keys, with the numbers they were given."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.services: dict[str, str] = {}
        self.numbers: dict[str, str] = {}

    def list_services(self) -> None:
        """The catalogue."""
        with self.stage.acting(ORGANISER) as work:
            for row in self.stage.rows("services"):
                listing = ListService(
                    key=self.stage.key("service", row["service"]),
                    name=row["name"],
                    offered_by=row["provider"],
                    provider_kind=ServiceProviderKind(row["provider_kind"]),
                    kind=ServiceKind(row["kind"]),
                    locality=row["locality"],
                    open_to=row["open_to"],
                )
                self.services[row["service"]] = list_service(work, listing).number

    def planned(self) -> Iterator[Planned]:
        """A step for all referrals of a day."""
        rows = self.stage.rows("referrals") if self.stage.has("referrals") else []
        for column, (title, act) in STEPS.items():
            for day, found in by_day(rows, column):
                yield Planned(day, title, partial(self._play, found, act))

    def _play(self, rows: list[Row], act: "Act") -> None:
        by_actor: dict[str, list[Row]] = {}
        for row in rows:
            by_actor.setdefault(row["actor"], []).append(row)
        for actor, found in by_actor.items():
            with self.stage.acting(actor) as work:
                for row in found:
                    act(self, work, row)

    def _offer(self, work: Work, row: Row) -> None:
        offering = OfferReferral(
            key=self.stage.key("referral", row["referral"]),
            participant=self.stage.members([row["member"]])[row["member"]],
            service=self.services[row["service"]],
            need=Secret(row["need"]),
        )
        self.numbers[row["referral"]] = offer_referral(work, offering).number

    def _step(self, work: Work, row: Row, state: str) -> None:
        declined = state == "declined"
        recording = RecordReferralStep(
            key=self.stage.key(state, row["referral"]),
            number=self.numbers[row["referral"]],
            state=state,
            barrier=Barrier(row["barrier"]) if declined else None,
            declined_by=DeclinedBy.SERVICE if declined else None,
        )
        record_referral_step(work, recording)


Act = Callable[[Referrals, Work, Row], None]
STEPS: Final[Mapping[str, tuple[str, Act]]] = MappingProxyType(
    {
        "offered": ("referrals offered", Referrals._offer),
        "accepted": ("referrals accepted", lambda all_, work, row: all_._step(work, row, "accepted")),
        "declined": ("referrals declined", lambda all_, work, row: all_._step(work, row, "declined")),
        "done": ("services given", lambda all_, work, row: all_._step(work, row, "done")),
    }
)
"""Column of the day, title, and what is done."""
