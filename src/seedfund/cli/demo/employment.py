"""Work: what employers offer, who is interviewed at a fair or elsewhere, who began, and who still has the job."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from seedfund.accompaniment.rules.employment import (
    RETENTION_MONTHS,
    Contract,
    InterviewResult,
    LostFor,
    PlacementKind,
    RetentionResult,
    WagePer,
)
from seedfund.accompaniment.service import (
    ArrangeInterview,
    CloseVacancy,
    ListVacancy,
    RecordInterview,
    RecordPlacement,
    RecordRetention,
    arrange_interview,
    close_vacancy,
    list_vacancy,
    record_interview,
    record_placement,
    record_retention,
)
from seedfund.cli.demo.dated import Planned, Row, by_day, by_hand
from seedfund.cli.demo.stage import Stage, secret
from seedfund.kernel.dates import parse_date
from seedfund.kernel.money import parse_money
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work


class Employment:
    """Vacancies, interviews and placements of the example, by their own keys, with the numbers they were given."""

    def __init__(self, stage: Stage, fairs: Mapping[str, str]):
        self.stage = stage
        self.fairs = fairs
        self.vacancies: dict[str, str] = {}
        self.interviews: dict[str, str] = {}
        self.placements: dict[str, str] = {}

    def planned(self) -> Iterator[Planned]:
        """Each step on its day."""
        for name, column, title, act in STEPS:
            rows = self.stage.rows(name) if self.stage.has(name) else []
            for day, found in by_day(rows, column):
                yield Planned(day, title, partial(self._play, found, act))

    def _play(self, rows: list[Row], act: "Act") -> None:
        for actor, found in by_hand(rows).items():
            self.stage.members([row["member"] for row in found if "member" in row])
            with self.stage.acting(actor) as work:
                for row in found:
                    act(self, work, row)

    def _fair(self, row: Row) -> str | None:
        return self.fairs[row["fair"]] if row["fair"] else None

    def offer(self, work: Work, row: Row) -> None:
        """An employer offers posts."""
        least, most = (
            parse_money(row[name], self.stage.currency, style=self.stage.style.numbers)
            for name in ("wage_least", "wage_most")
        )
        listing = ListVacancy(
            key=self.stage.key("vacancy", row["vacancy"]),
            employer=row["employer"],
            title=row["title"],
            posts=int(row["posts"]),
            wage_least=least,
            wage_most=most,
            wage_per=WagePer(row["wage_per"]),
            locality=row["locality"],
            open_until=parse_date(row["open_until"]),
            fair=self._fair(row),
        )
        self.vacancies[row["vacancy"]] = list_vacancy(work, listing).number

    def close(self, work: Work, row: Row) -> None:
        """The posts are filled, or the employer gave them up."""
        closing = CloseVacancy(
            key=self.stage.key("vacancy closed", row["vacancy"]),
            number=self.vacancies[row["vacancy"]],
            is_filled=row["filled"] == "yes",
        )
        close_vacancy(work, closing)

    def arrange(self, work: Work, row: Row) -> None:
        """An interview is arranged."""
        arranging = ArrangeInterview(
            key=self.stage.key("interview", row["interview"]),
            participant=self.stage.people[row["member"]],
            due_on=parse_date(row["due_on"]),
            vacancy=self.vacancies[row["vacancy"]] if row["vacancy"] else None,
            fair=self._fair(row),
        )
        self.interviews[row["interview"]] = arrange_interview(work, arranging).number

    def interview(self, work: Work, row: Row) -> None:
        """What came of an interview."""
        recording = RecordInterview(
            key=self.stage.key("interviewed", row["interview"]),
            number=self.interviews[row["interview"]],
            state=row["state"],
            result=InterviewResult(row["result"]) if row["result"] else None,
            note=secret(row["note"]),
        )
        record_interview(work, recording)

    def place(self, work: Work, row: Row) -> None:
        """Somebody began to work."""
        recording = RecordPlacement(
            key=self.stage.key("placement", row["placement"]),
            participant=self.stage.people[row["member"]],
            kind=PlacementKind(row["kind"]),
            work=Secret(row["work"]),
            weekly_hours=int(row["weekly_hours"]),
            starts_on=parse_date(row["starts_on"]),
            contract=Contract(row["contract"]) if row["contract"] else None,
            vacancy=self.vacancies[row["vacancy"]] if row["vacancy"] else None,
            interview=self.interviews[row["interview"]] if row["interview"] else None,
        )
        self.placements[row["placement"]] = record_placement(work, recording).number

    def ask(self, work: Work, row: Row, months: int) -> None:
        """Whether somebody still has the job; `lost/why` where not."""
        result, _, why = row[f"check_{months}"].partition("/")
        recording = RecordRetention(
            key=self.stage.key("retention", row["placement"], months),
            number=self.placements[row["placement"]],
            months=months,
            result=RetentionResult(result),
            reason=LostFor(why) if why else None,
        )
        record_retention(work, recording)


Act = Callable[[Employment, Work, Row], None]


def _asked_after(months: int) -> Act:
    return lambda all_, work, row: all_.ask(work, row, months)


STEPS: Final[tuple[tuple[str, str, str, Act], ...]] = (
    ("vacancies", "listed_on", "vacancies listed", Employment.offer),
    ("interviews", "arranged_on", "interviews arranged", Employment.arrange),
    ("interviews", "told_on", "interviews held", Employment.interview),
    ("placements", "told_on", "people placed", Employment.place),
    *(
        ("placements", f"check_{months}_on", "jobs asked about", _asked_after(months))
        for months in RETENTION_MONTHS
    ),
    ("vacancies", "closed_on", "vacancies closed", Employment.close),
)
"""File, column of the day, title, and what is done."""
