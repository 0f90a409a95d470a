"""`seedfund agreement issue|print|list …`: agreements and every other paper, as PDF files whose names name nobody."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import click

from seedfund.cli.app import Settings
from seedfund.cli.commands.signed import COMMANDS as SIGNED
from seedfund.cli.counting import counter
from seedfund.cli.door import settings_of, work_of
from seedfund.cli.files import force_option, require_free
from seedfund.cli.output import format_option, print_result, print_rows
from seedfund.cli.press import Asked, one_of, print_many, require_two, target_of, write_whole
from seedfund.documents.content import Finger, SignMethod
from seedfund.documents.layouts import Arrangement
from seedfund.documents.rules import RECORD_LANGUAGES
from seedfund.documents.service import (
    IssueAgreementPaper,
    PaperPrinted,
    PaperWritten,
    Signing,
    attendance_register,
    issue_agreement_paper,
    printed,
)
from seedfund.grants.queries.agreements import agreements_of
from seedfund.grants.queries.grants import list_grants
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.paper.format import LOCALES
from seedfund.store.work import Work

LANGUAGE = click.Choice(list(LOCALES))


class Languages(click.ParamType[tuple[str, ...]]):
    """One language or several with commas: `es`, `th,my`."""

    name = "languages"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The codes, each once, or a usage error that names those there are."""
        asked = value if isinstance(value, tuple) else str(value).split(",")
        return tuple(dict.fromkeys(LANGUAGE.convert(one.strip(), param, ctx) for one in asked))


LANGUAGES = Languages()
layout_option = click.option(
    "--layout",
    type=click.Choice([one.value for one in Arrangement]),
    default=None,
    help="Two languages in one file: side by side, or one after the other.",
)
templates_option = click.option(
    "--templates",
    envvar="SEEDFUND_TEMPLATES",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of the programme's own wordings.",
)


@click.group("agreement")
def command() -> None:
    """Issue agreements, and print any paper by its number."""


@command.command("issue")
@click.argument("grant")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=LANGUAGES,
    help="Languages of the paper, as in th,my; the first prevails.",
)
@click.option(
    "--signs-by",
    type=click.Choice([one.value for one in SignMethod]),
    default="wet",
    help="How the participant will sign.",
)
@click.option(
    "--finger", type=click.Choice([one.value for one in Finger]), help="Which finger gives the print."
)
@click.option("--at-request", help="Who signs for a participant who cannot.")
@click.option("--at-request-document", help="The identity document of who signs for them.")
@click.option("--read-aloud-by", help="Who reads the agreement aloud.")
@click.option("--interpreter", help="Who interprets it.")
@click.option("--spoken-language", help="The language it is interpreted to.")
@click.option("--witness", "witnesses", multiple=True, help="Who witnesses the signature.")
@click.option(
    "--witness-document", "witness_documents", multiple=True, help="Their identity documents, in their order."
)
@click.option("--out", type=click.Path(path_type=Path), help="Also print it: a PDF file, or a folder for it.")
@click.option("--key", help="The key that makes a repeat harmless; made and printed when not given.")
@layout_option
@templates_option
@force_option
@format_option
@click.pass_context
def issue(
    ctx: click.Context,
    /,
    grant: str,
    languages: tuple[tuple[str, ...], ...],
    out: Path | None,
    key: str | None,
    layout: str | None,
    templates: Path | None,
    force: bool,
    output_format: str,
    **names: str | tuple[str, ...] | None,
) -> None:
    """Issue a grant's agreement with its paper."""
    made = key or f"documents.issue_agreement_paper-{secrets.token_hex(8)}"
    if key is None:
        click.echo(f"--key {made}", err=True)
    spoken = tuple(dict.fromkeys(one for some in languages for one in some))
    if layout is not None:
        require_two(spoken)
    asked = IssueAgreementPaper(
        key=made,
        grant=grant,
        languages=spoken,
        signing=_signing(names),
        templates_dir=str(templates) if templates is not None else "",
    )
    with work_of(settings_of(ctx)) as work:
        paper = issue_agreement_paper(work, asked)
        files = _files(work, paper, asked.languages, layout) if out is not None else []
        targets = [target_of(out, one) for one in files if out is not None]
        require_free(targets, force=force)
        work.commit()
    for target, one in zip(targets, files, strict=True):
        target.write_bytes(one.pdf)
    print_result({"paper": paper, "files": [str(target) for target in targets]}, output_format)


def _files(
    work: Work, paper: PaperWritten, languages: tuple[str, ...], layout: str | None
) -> list[PaperPrinted]:
    """The papers just issued, one for each language, or two languages in one."""
    if layout is None:
        return [printed(work, one) for one in (paper.number, *paper.translations)]
    return [one_of(work, paper.number, Asked(out=Path(), languages=languages, layout=layout))]


def _signing(names: dict[str, str | tuple[str, ...] | None]) -> Signing:
    def secret(name: str) -> Secret | None:
        return Secret(str(names[name])) if names[name] else None

    return Signing(
        method=SignMethod(str(names["signs_by"])),
        finger=Finger(str(names["finger"])) if names["finger"] else None,
        at_request=secret("at_request"),
        at_request_document=secret("at_request_document"),
        read_aloud_by=secret("read_aloud_by"),
        interpreter=secret("interpreter"),
        spoken_language=str(names["spoken_language"] or ""),
        witnesses=tuple(Secret(one) for one in names["witnesses"] or ()),
        witness_documents=tuple(Secret(one) for one in names["witness_documents"] or ()),
    )


@command.command("print")
@click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
@click.option("--all", "every", is_flag=True, help="The paper of every agreement and adenda.")
@click.option(
    "--from",
    "listed",
    metavar="FILE",
    type=click.File("r", encoding="utf-8-sig"),
    help="A file with a number on each line; - is what comes in.",
)
@click.option("--version", type=int, help="Which version; the latest when not given.")
@click.option(
    "--lang", "languages", type=LANGUAGES, help="A language it was issued in, or two in one file: th,my."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=".",
    help="A PDF file, or a folder for it; here when not given.",
)
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=1,
    show_default=True,
    help="Processes that print many papers; 0 for one a processor.",
)
@click.option("--go-on", "goes_on", is_flag=True, help="Leave out papers whose file is there already.")
@layout_option
@templates_option
@force_option
@format_option
@click.pass_context
def print_(
    ctx: click.Context,
    /,
    numbers: tuple[str, ...],
    every: bool,
    listed: TextIO | None,
    jobs: int,
    output_format: str,
    **how: Any,
) -> None:
    """Print any paper by its number, or many into a folder: agreement, adenda, handover, receipt, minutes."""
    asked = Asked(languages=how.pop("languages") or (), **how)
    settings = settings_of(ctx)
    wanted = [*numbers, *(line.strip() for line in listed or () if line.strip())]
    if every:
        with work_of(settings) as work:
            wanted += [row["number"] for row in _agreements(work) if row["has_paper"]]
    if every or listed is not None or len(wanted) != 1:
        _print_many(ctx, settings, wanted, asked, jobs=jobs, output_format=output_format)
        return
    with work_of(settings) as work:
        paper = one_of(work, wanted[0], asked)
    target = target_of(asked.out, paper)
    require_free([target], force=asked.force)
    write_whole(target, paper.pdf)
    facts = {"number": paper.number, "version": paper.version, "kind": paper.kind, "language": paper.language}
    print_result(facts | {"content_hash": paper.content_hash, "file": str(target)}, output_format)


def _print_many(
    ctx: click.Context,
    settings: Settings,
    numbers: Sequence[str],
    asked: Asked,
    *,
    jobs: int,
    output_format: str,
) -> None:
    """Print into a folder, say what became of each that was not printed, and how many were."""
    if not numbers:
        raise InvalidInput(
            field="number", problem="no paper was named", remedy="give numbers, --from FILE, or --all"
        )
    if not asked.out.is_dir():
        raise InvalidInput(field="out", problem="there is no such folder", remedy="make it first")
    outcomes = print_many(settings, numbers, asked, jobs=jobs, progress=counter(settings.language))
    failed = [one for one in outcomes if one.problem]
    counts = {
        "papers": len(outcomes),
        "printed": sum(bool(one.file) and not one.was_there for one in outcomes),
        "there_already": sum(one.was_there for one in outcomes),
        "not_printed": len(failed),
    }
    if output_format == "json":
        print_result({**counts, "files": [asdict(one) for one in outcomes]}, output_format)
    else:
        for one in failed:
            click.echo(f"{one.number}: {one.problem}", err=True)
        print_result(counts, output_format)
    if failed:
        ctx.exit(max(one.code for one in failed))


@command.command("register")
@click.argument("cohort")
@click.option("--lang", "language", type=click.Choice(RECORD_LANGUAGES), help="Language of the register.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A PDF file.")
@force_option
@click.pass_context
def register(ctx: click.Context, /, cohort: str, language: str | None, out: Path, force: bool) -> None:
    """Print the register of a cohort, to be signed: a row a person, a box a session."""
    with work_of(settings_of(ctx)) as work:
        pdf = attendance_register(work, cohort, language=language or "")
    require_free([out], force=force)
    out.write_bytes(pdf)


@command.command("list")
@format_option
@click.pass_context
def list_(ctx: click.Context, output_format: str) -> None:
    """List agreements and adendas with their grant, state, amount and paper."""
    with work_of(settings_of(ctx)) as work:
        rows = _agreements(work)
    print_rows(rows, output_format, empty="—")


def _agreements(work: Work) -> list[dict[str, Any]]:
    reader = work.reader()
    grants = {grant.id: grant for grant in list_grants(reader, work.programme.id)}
    return [
        {
            "number": row.shown,
            "kind": row.kind,
            "grant": grants[grant_id].number,
            "state": row.state,
            "amount": Money(row.amount_minor, grants[grant_id].currency),
            "signed_on": row.signed_on,
            "has_paper": row.paper_id is not None,
        }
        for grant_id, found in agreements_of(reader, list(grants)).items()
        for row in found
    ]


for one in SIGNED:
    command.add_command(one)
