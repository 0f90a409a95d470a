"""Reads of visits by number, by people, and of what is due; words are opened only for those who may see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts, sees_restricted
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work
from seedfund.visits.queries.facts import OwedVisit, ReportRow, VisitOpened, VisitRow
from seedfund.visits.queries.statements import FACTS, OWED, REPORTS, STEPS, VISIT, VISITS
from seedfund.visits.rules import VisitFact


def report_place(visit: Key, version: int, field: str) -> Place:
    """Where a report's sealed words stand; a version's words open nowhere else."""
    return Place("sf_visit_report", f"{visit}:{version}", field)


def visit_by_number(reader: Reader, programme: Key, number: str) -> VisitRow:
    """A visit; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(VISIT, programme=programme, number=number)
    if found is None:
        raise NotFound(what="visit", which=number)
    return found


def report_of(reader: Reader, visit: Key) -> ReportRow | None:
    """The report of a visit that holds, or None where it was not held."""
    return next(iter(reader.among(REPORTS, "visits", [visit])), None)


def visit_facts(
    reader: Reader, people: Sequence[Key], households: Sequence[Key]
) -> Mapping[Key, Mapping[str, VisitFact]]:
    """Visits held or owed, by the key of the person or the household, then by number."""
    found: dict[Key, dict[str, VisitFact]] = defaultdict(dict)
    for subjects, fact in reader.among_any(FACTS, people=people, households=households):
        for subject in subjects:
            found[subject][fact.number] = fact
    return found


def list_visits(work: Work) -> list[VisitRow]:
    """Every visit of the programme, by number; those of restricted people only for named roles."""
    rows = work.reader().all(VISITS, programme=work.programme.id)
    shown = _shown(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def owed_visits(work: Work, until: date) -> list[OwedVisit]:
    """Visits due until a day (included) and not held, the oldest first; of restricted people only for named roles."""
    rows = work.reader().all(OWED, programme=work.programme.id, until=until)
    shown = _shown(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def open_visit(work: Work, number: str) -> VisitOpened:
    """A visit with its words, for those who may see the person.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Corrupt: the words were altered.
    """
    reader = work.reader()
    visit = visit_by_number(reader, work.programme.id, number)
    if visit.participant_id not in _shown(work, [visit.participant_id]):
        raise NotAllowed(f"{number} is restricted; ask the protection officer or the director.")
    report = report_of(reader, visit.id)
    vault = open_vaults(reader, work, [visit.participant_id]).get(visit.participant_id)
    findings = actions = None
    if report is not None and vault is not None:
        findings = vault.open(report.findings, report_place(visit.id, report.version, "findings"))
        if report.actions is not None:
            actions = vault.open(report.actions, report_place(visit.id, report.version, "actions"))
    return VisitOpened(visit, report, findings, actions, tuple(reader.all(STEPS, visit=visit.id)))


def _shown(work: Work, people: Sequence[Key]) -> frozenset[Key]:
    """Those of `people` whom the actor may see."""
    sees_all = sees_restricted(work)
    facts = participant_facts(work.reader(), list(dict.fromkeys(people)))
    return frozenset(key for key, one in facts.items() if sees_all or not one.is_restricted)
