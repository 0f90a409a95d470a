"""Who is taken in: rules of two hands, households screened, a list with its waiting list, a sample seen at the door."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from seedfund.accompaniment.queries.samples import samples_of
from seedfund.accompaniment.queries.selections import entries_of, selection_by_number
from seedfund.accompaniment.rules.criteria import (
    Criterion,
    CriterionKind,
    ScoreOrder,
    ScoreSource,
    SelectionTerms,
    TieRule,
)
from seedfund.accompaniment.rules.sampling import Difference, Finding
from seedfund.accompaniment.rules.selection import LeaveReason
from seedfund.accompaniment.service import (
    ApproveSelectionRules,
    CloseSelection,
    DrawVerificationSample,
    LeaveSelection,
    MakeSelection,
    PromoteNext,
    ProposeSelectionRules,
    RecordVerification,
    ScreenHousehold,
    approve_selection_rules,
    close_selection,
    draw_verification_sample,
    leave_selection,
    make_selection,
    promote_next,
    propose_selection_rules,
    record_verification,
    screen_household,
)
from seedfund.accompaniment.service.screenings import ToldOfHousehold
from seedfund.cli.demo.dated import Planned, Row, by_day, by_hand, listed
from seedfund.cli.demo.stage import Stage, secret
from seedfund.kernel.errors import InvalidInput

THOUSANDTHS: Final = 3


class Selections:
    """The selections of the example, by their own keys, with the numbers they were given."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.numbers: dict[str, str] = {}

    def _row(self, key: str) -> Row:
        return next(row for row in self.stage.rows("selections") if row["selection"] == key)

    def set_up(self, key: str) -> None:
        """The rules of a selection: one person proposes, another approves."""
        row = self._row(key)
        proposing = ProposeSelectionRules(key=self.stage.key("rules", key), code=key, terms=self._terms(row))
        with self.stage.acting(row["proposer"]) as work:
            number = propose_selection_rules(work, proposing).number
        with self.stage.acting(row["approver"]) as work:
            approving = ApproveSelectionRules(key=self.stage.key("rules +", key), number=number)
            approve_selection_rules(work, approving)

    def _terms(self, row: Row) -> SelectionTerms:
        own = [one for one in self.stage.rows("selection_criteria") if one["selection"] == row["selection"]]
        return SelectionTerms(
            criteria=tuple(self._criterion(one) for one in own),
            places=int(row["places"]),
            order=ScoreOrder(row["order"]),
            ties=tuple(TieRule(one) for one in listed(row["ties"])),
            others_least=int(row["others_least"]),
            sample_share=int(row["sample_share"]),
            sample_least=int(row["sample_least"]),
        )

    def _criterion(self, row: Row) -> Criterion:
        return Criterion(
            kind=CriterionKind(row["criterion"]),
            number=int(row["number"]) if row["number"] else None,
            income_below=self.stage.amount(row["income_below"]),
            among=tuple(listed(row["among"])),
            is_required=row["required"] == "yes",
        )

    def make(self, key: str) -> None:
        """The list of everybody screened by the day."""
        with self.stage.acting(self._row(key)["maker"]) as work:
            making = MakeSelection(key=self.stage.key("selection", key), code=key)
            self.numbers[key] = make_selection(work, making).number

    def draw(self, key: str) -> None:
        """The sample of those who hold a place, from a seed drawn in public."""
        row = self._row(key)
        with self.stage.acting(row["maker"]) as work:
            drawing = DrawVerificationSample(
                key=self.stage.key("sample", key), number=self.numbers[key], seed=row["seed"]
            )
            draw_verification_sample(work, drawing)

    def verify(self, key: str) -> None:
        """Each household of the sample is seen: as it was told, but for those the example says differ."""
        row, differing = self._row(key), self._differing()
        with self.stage.acting(row["verifier"]) as work:
            for home in self._sampled(key):
                told = differing.get(home)
                recording = RecordVerification(
                    key=self.stage.key("verified", key, home),
                    number=self.numbers[key],
                    household=home,
                    finding=Finding.DIFFERS if told else Finding.VERIFIED,
                    difference=Difference(told["difference"]) if told else None,
                    note=secret(told["note"]) if told else None,
                )
                record_verification(work, recording)

    def _differing(self) -> Mapping[str, Row]:
        """What differs, by the number of the household."""
        rows = self.stage.rows("verifications")
        numbers = self.stage.households([row["household"] for row in rows])
        return {numbers[row["household"]]: row for row in rows}

    def _sampled(self, key: str) -> list[str]:
        with self.stage.acting(self._row(key)["maker"]) as work:
            reader = work.reader()
            this = selection_by_number(reader, work.programme.id, self.numbers[key])
            homes = {one.position: one.household for one in entries_of(reader, [this.id])[this.id]}
            return [homes[one.entry] for one in samples_of(reader, [this.id])[this.id].households]

    def close(self, key: str, reason: str) -> None:
        """The waiting list ends; who holds a place keeps it."""
        with self.stage.acting(self._row(key)["maker"]) as work:
            closing = CloseSelection(
                key=self.stage.key("selection closed", key), number=self.numbers[key], reason=reason
            )
            close_selection(work, closing)

    def planned(self) -> Iterator[Planned]:
        """Screenings on their day, and places that are given up and given on."""
        for name, title, play in (
            ("screenings", "households screened", self._screen),
            ("selection_places", "places of the selection", self._move),
        ):
            rows = self.stage.rows(name) if self.stage.has(name) else []
            for day, found in by_day(rows, "on"):
                yield Planned(day, title, partial(play, found))

    def _screen(self, rows: list[Row]) -> None:
        numbers = self.stage.households([row["household"] for row in rows])
        for actor, found in by_hand(rows).items():
            with self.stage.acting(actor) as work:
                for row in found:
                    key = self.stage.key("screened", row["household"])
                    asking = ScreenHousehold(
                        key=key, household=numbers[row["household"]], told=self._told(row)
                    )
                    screen_household(work, asking)

    def _told(self, row: Row) -> ToldOfHousehold:
        return ToldOfHousehold(
            score=_thousandths(row["score"]) if row["score"] else None,
            score_source=ScoreSource(row["score_source"]) if row["score"] else None,
            income=self.stage.amount(row["income"]),
            income_source=ScoreSource(row["income_source"]) if row["income"] else None,
        )

    def _move(self, rows: list[Row]) -> None:
        for row in rows:
            home = self.stage.households([row["household"]])[row["household"]]
            number = self.numbers[row["selection"]]
            key = self.stage.key("place", row["selection"], row["household"], row["what"])
            with self.stage.acting(row["actor"]) as work:
                if row["what"] == "left":
                    leaving = LeaveSelection(
                        key=key,
                        number=number,
                        household=home,
                        why=LeaveReason(row["why"]),
                        reason=row["reason"],
                    )
                    leave_selection(work, leaving)
                else:
                    promoting = PromoteNext(key=key, number=number, household=home, reason=row["reason"])
                    promote_next(work, promoting)


def _thousandths(text: str) -> int:
    """A score in points, `24,315`, in thousandths of a point."""
    whole, _, part = text.replace(",", ".").partition(".")
    if len(part) > THOUSANDTHS:
        raise InvalidInput(
            field="score", problem=f"{text} is no score", remedy="give points with up to three decimals"
        )
    return int(whole) * 10**THOUSANDTHS + int(part.ljust(THOUSANDTHS, "0"))
