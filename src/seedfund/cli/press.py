"""Many papers at once, over several processes if asked. Must not know commands.

Each process opens the database for itself and keeps what papers of one wording have in common. A paper that cannot be
printed is told and keeps no other back; a file is there whole or not at all, so that a night that was cut short is
gone on with.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from seedfund.cli.app import Settings
from seedfund.cli.door import work_of
from seedfund.cli.faults import as_text, exit_code
from seedfund.documents.layouts import Arrangement
from seedfund.documents.service import PaperPrinted, Setters, named, printed, printed_together
from seedfund.kernel.errors import InvalidInput, SeedfundError
from seedfund.store.work import Work

SOME: Final = 50
"""Papers that a process takes on at a time."""
_PART: Final = ".part"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How papers are printed: languages, arrangement of two of them, version, wordings, and where to.

    `goes_on` leaves papers out whose file is there; `force` writes over them.
    """

    out: Path
    languages: tuple[str, ...] = ()
    layout: str | None = None
    version: int | None = None
    templates: Path | None = None
    force: bool = False
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one: its file (`was_there`: it was left), or why there is none with the exit code."""

    number: str
    file: str = ""
    content_hash: str = ""
    problem: str = ""
    code: int = 0
    was_there: bool = False


def one_of(work: Work, number: str, asked: Asked, setters: Setters | None = None) -> PaperPrinted:
    """One paper as it was asked for.

    Raises:
        InvalidInput: a layout was named, and not two languages.
        Refused, NotFound, NotAllowed, Corrupt: as `printed` and `printed_together`.
    """
    if asked.layout is None and len(asked.languages) < 2:
        (language,) = asked.languages or ("",)
        return printed(
            work,
            number,
            version=asked.version,
            language=language,
            templates_dir=asked.templates,
            setters=setters,
        )
    require_two(asked.languages)
    first, second = asked.languages
    return printed_together(
        work,
        number,
        languages=(first, second),
        arrangement=Arrangement(asked.layout or Arrangement.SIDE),
        version=asked.version,
        setters=setters,
    )


def print_many(
    settings: Settings,
    numbers: Sequence[str],
    asked: Asked,
    *,
    jobs: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[Outcome]:
    """Print papers into a folder, in the order they were asked for; 0 jobs are as many as there are processors.

    Raises:
        NotPrepared, NotAllowed, StorageError: the database cannot be opened or read by this actor.
        InvalidInput: a layout was named, and not two languages.
    """
    if asked.layout is not None or len(asked.languages) > 1:
        require_two(asked.languages)
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    parts = [wanted[start : start + SOME] for start in range(0, len(wanted), SOME)]
    found: dict[str, Outcome] = {}
    for outcomes in _printed_parts(settings, parts, asked, jobs=jobs or os.cpu_count() or 1):
        found |= {one.number: one for one in outcomes}
        if progress is not None:
            progress(len(found), len(wanted))
    return [found[number] for number in wanted]


def _printed_parts(
    settings: Settings, parts: Sequence[list[str]], asked: Asked, *, jobs: int
) -> Iterator[list[Outcome]]:
    if min(jobs, len(parts)) <= 1:
        for part in parts:
            yield print_some(settings, part, asked)
        return
    with work_of(settings):
        # Who may not, or names no database, is told so here: such an error does not travel between processes.
        pass
    # A process that is a copy of this one would share its connections.
    with ProcessPoolExecutor(min(jobs, len(parts)), mp_context=get_context("spawn")) as pool:
        running = [pool.submit(print_some, settings, part, asked) for part in parts]
        for done in as_completed(running):
            yield done.result()


def print_some(settings: Settings, numbers: Sequence[str], asked: Asked) -> list[Outcome]:
    """Print papers one after the other, in this process."""
    setters = Setters()
    with work_of(settings) as work:
        return [_printed(work, settings, number, asked, setters=setters) for number in numbers]


def _printed(work: Work, settings: Settings, number: str, asked: Asked, *, setters: Setters) -> Outcome:
    try:
        if asked.goes_on and (there := _there(work, number, asked)) is not None:
            return Outcome(number=number, file=str(there), was_there=True)
        paper = one_of(work, number, asked, setters)
        target = target_of(asked.out, paper)
        if target.exists() and not asked.force:
            raise InvalidInput(
                field="out", problem=f"{target.name} exists already", remedy="give --go-on, or --force"
            )
        write_whole(target, paper.pdf)
    except SeedfundError as error:
        return Outcome(number=number, problem=as_text(error, settings.language), code=exit_code(error))
    return Outcome(number=number, file=str(target), content_hash=paper.content_hash)


def _there(work: Work, number: str, asked: Asked) -> Path | None:
    """The file of a paper that was printed before, if it is there."""
    is_both = len(asked.languages) > 1
    language = asked.languages[0] if len(asked.languages) == 1 else ""
    found, version = named(work, number, version=asked.version, language=language)
    path = asked.out / name_of(found, version, ",".join(asked.languages) if is_both else "")
    return path if path.exists() else None


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        InvalidInput: it cannot be written there.
    """
    part = target.with_name(target.name + _PART)
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise InvalidInput(
            field="out",
            problem=f"{target.name} cannot be written",
            remedy="give another folder, or make room",
        ) from None


def target_of(out: Path, paper: PaperPrinted) -> Path:
    """Where a paper goes: the file as told, or in a folder one named after it."""
    return out / name_of(paper.number, paper.version, paper.language) if out.is_dir() else out


def name_of(number: str, version: int, language: str) -> str:
    """The name of a paper's file: its number, its two languages where it has two, its later version."""
    both = f"-{language.replace(',', '+')}" if "," in language else ""
    return f"{number}{both}{f'-v{version}' if version > 1 else ''}.pdf"


def require_two(languages: tuple[str, ...]) -> None:
    """Do nothing when there are two languages to lay out.

    Raises:
        InvalidInput: there are fewer or more.
    """
    if len(languages) != 2:
        raise InvalidInput(
            field="lang", problem="a layout takes two languages", remedy="give two, as in --lang th,my"
        )
