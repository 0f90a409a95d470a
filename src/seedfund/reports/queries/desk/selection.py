"""Rules of selections, screenings and selections as the desk shows them; restricted households for named roles only."""

from collections import Counter

from seedfund.accompaniment.queries.samples import SampleRow, finding_notes, samples_of
from seedfund.accompaniment.queries.screenings import list_screenings
from seedfund.accompaniment.queries.selections import (
    EntryRow,
    RulesRow,
    SelectionRow,
    entries_of,
    entry_steps,
    list_rules,
    list_selections,
    selection_by_number,
)
from seedfund.accompaniment.queries.showing import shown_households
from seedfund.accompaniment.rules.criteria import Criterion, points
from seedfund.accompaniment.rules.sampling import SampleFigures
from seedfund.kernel.errors import NotFound
from seedfund.people.queries import household_rows, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.store.work import Work


def _rules(one: RulesRow) -> Row:
    return {
        "version": one.version,
        "places": one.terms.places,
        "order": Word(one.terms.order.value),
        "criteria": len(one.terms.criteria),
        "holds_from": one.effective_from,
        "proposed_by": one.proposer,
        "approved_by": one.approver,
    }


def rules_rows(work: Work) -> list[Row]:
    """Every version of the rules of selections, with both hands."""
    return [{"code": one.code, **_rules(one)} for one in list_rules(work.reader(), work.programme.id)]


def show_rules(work: Work, code: str) -> Thing:
    """The newest version of the rules of a code: criteria, ties and the rule of the sample.

    Raises:
        NotFound: there are no rules of that code.
    """
    found = [one for one in list_rules(work.reader(), work.programme.id) if one.code == code]
    if not found:
        raise NotFound(what="selection rules", which=code)
    one = found[-1]
    fields = {
        **_rules(one),
        "others_least": one.terms.others_least,
        "sample_share": _percent(one.terms.sample_share),
        "sample_least": one.terms.sample_least,
        "content_hash": one.content_hash,
    }
    ties: list[Row] = [{"tie": Word(tie.value)} for tie in one.terms.ties]
    criteria = [_criterion(criterion) for criterion in one.terms.criteria]
    return Thing("selection rules", one.code, fields, {"criteria": criteria, "ties": ties})


def _criterion(one: Criterion) -> Row:
    return {
        "criterion": Word(one.kind.value),
        "limit": one.number,
        "income_below": one.income_below,
        "among": ", ".join(one.among),
        "is_required": Word("yes" if one.is_required else "no"),
    }


def screening_rows(work: Work) -> list[Row]:
    """The latest screening of each household the actor may see; what was not collected stays empty."""
    found = list_screenings(work)
    homes = household_rows(work.reader(), [one.household_id for one in found])
    rows: list[Row] = [
        {
            "household": homes[one.household_id].number,
            "version": one.version,
            "score": None if one.score is None else points(one.score),
            "score_source": None if one.score_source is None else Word(one.score_source.value),
            "income_per_person": one.income,
            "income_source": None if one.income_source is None else Word(one.income_source.value),
            "screened_on": one.screened_on,
            "reason": one.reason or None,
            "actor": one.recorder,
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: str(row["household"]))


def _percent(share: int) -> str:
    """Hundredths of a percent as they are read: `12.50 %`."""
    return f"{share // 100}.{share % 100:02d} %"


def _differing(figures: SampleFigures | None) -> str | None:
    if figures is None or figures.differing is None:
        return None
    return f"{figures.differ}/{figures.looked_at} ({_percent(figures.differing)})"


def _state(state: str) -> Word:
    """How a household stands; to leave a selection is not to leave the programme."""
    return Word("gave_up" if state == "left" else state)


def _selection(one: SelectionRow, entries: list[EntryRow], sample: SampleRow | None) -> Row:
    states = Counter(entry.state for entry in entries)
    return {
        "rules": f"{one.code} v{one.version}",
        "made_on": one.made_on,
        "places": one.places,
        "selected": states["selected"],
        "waiting": states["waiting"],
        "refused": states["refused"],
        "gave_up": states["left"],
        "sampled": None if sample is None else sample.size,
        "differing": _differing(None if sample is None else sample.figures),
        "state": Word(one.state),
    }


def selection_rows(work: Work) -> list[Row]:
    """Every selection in figures, restricted households counted as all are."""
    reader = work.reader()
    found = list_selections(reader, work.programme.id)
    ids = [one.id for one in found]
    entries, samples = entries_of(reader, ids), samples_of(reader, ids)
    return [{"number": one.number, **_selection(one, entries[one.id], samples.get(one.id))} for one in found]


def show_selection(work: Work, number: str) -> Thing:
    """A selection with the households the actor may see: the list, why not, who moved, and the sample."""
    reader = work.reader()
    one = selection_by_number(reader, work.programme.id, number.upper())
    entries = entries_of(reader, [one.id])[one.id]
    sample = samples_of(reader, [one.id]).get(one.id)
    shown = shown_households(work, [entry.household_id for entry in entries])
    seen = {entry.position: entry for entry in entries if entry.household_id in shown}
    fields = {**_selection(one, entries, sample), "actor": one.recorder, "content_hash": one.content_hash}
    if sample is not None:
        fields |= {"seed": sample.seed, "drawn_from": sample.drawn_from, "drawn_on": sample.drawn_on}
    parts = {
        "households": [_entry(one, entry) for entry in seen.values()],
        "refused": [row for entry in seen.values() for row in _reasons(one, entry)],
        "moves": _moves(work, one, seen),
        "sample": [] if sample is None else _sampled(work, sample, seen),
    }
    return Thing("selection", one.number, fields, parts)


def _entry(one: SelectionRow, entry: EntryRow) -> Row:
    kept = one.listed[entry.household]
    return {
        "position": entry.position,
        "household": entry.household,
        "state": _state(entry.state),
        "score": None if kept.score is None else points(kept.score),
        "income_per_person": kept.income,
        "members": kept.size,
        "children": kept.children,
    }


def _reasons(one: SelectionRow, entry: EntryRow) -> list[Row]:
    return [
        {
            "household": entry.household,
            "because": Word(reason.shortfall.value),
            "criterion": None if reason.criterion is None else Word(reason.criterion.value),
            "found": reason.fact or None,
        }
        for reason in one.listed[entry.household].reasons
    ]


def _moves(work: Work, one: SelectionRow, seen: dict[int, EntryRow]) -> list[Row]:
    """Who left and who was promoted, day by day; the first step of each is the list itself."""
    steps = entry_steps(work.reader(), [one.id])[one.id]
    return [
        {
            "on": step.happened_on,
            "household": seen[step.entry].household,
            "state": _state(step.to_state),
            "why": None if step.why is None else Word(step.why.value),
            "reason": step.reason or None,
            "out_of_turn": Word("yes" if step.is_override else "no"),
            "actor": step.recorder,
        }
        for step in sorted(steps, key=lambda step: step.happened_on)
        if step.position > 1 and step.entry in seen
    ]


def _sampled(work: Work, sample: SampleRow, seen: dict[int, EntryRow]) -> list[Row]:
    homes = [one for one in sample.households if one.entry in seen]
    found = [one.last for one in homes if one.last is not None]
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    notes = finding_notes(work, found) if may_read else [None] * len(found)
    told = {row.position: note for row, note in zip(found, notes, strict=True)}
    return [
        {
            "position": one.position,
            "household": seen[one.entry].household,
            "state": Word(one.state),
            "on": None if one.last is None else one.last.found_on,
            "difference": None
            if one.last is None or one.last.difference is None
            else Word(one.last.difference.value),
            "note": told.get(one.position),
            "actor": None if one.last is None else one.last.recorder,
        }
        for one in homes
    ]
