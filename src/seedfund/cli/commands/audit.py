"""`seedfund audit verify`: is everything, or a paper in hand, still what was written?

`seedfund audit heads` and `audit anchor`: what others should keep, to compare with later.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import sqlalchemy as sa

from seedfund.assurance.anchors import heads_to_plain, load_heads
from seedfund.assurance.papers import (
    IssuedPaper,
    Known,
    PaperChecked,
    check_paper,
    check_scan,
    lists_papers,
    load_papers,
    open_papers,
    papers_to_plain,
    read_papers,
    with_anchored,
)
from seedfund.assurance.report import Verification
from seedfund.assurance.verify import SAMPLE, Request, driver_errors, read_heads, verify
from seedfund.cli.app import Settings
from seedfund.cli.door import engine_of, keys_path, settings_of, work_of
from seedfund.cli.files import read_file
from seedfund.cli.findings import EXIT_CORRUPT, print_verification
from seedfund.cli.output import format_option, print_rows
from seedfund.cli.rendering import keep
from seedfund.cli.verdicts import exit_code_of, print_verdicts
from seedfund.documents.service import printed
from seedfund.kernel.clock import SystemClock
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import translate
from seedfund.schema.check import check
from seedfund.store.revision import require_current
from seedfund.store.sealing.keyring import KeyRing, load_keyring

anchors_option = click.option(
    "--anchors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of heads noted earlier, as audit heads prints them.",
)
papers_anchors_option = click.option(
    "--anchors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Heads noted earlier by audit heads; or for PAPERS, without a database, the file of audit anchor.",
)


@click.group("audit")
def command() -> None:
    """Verify the books and the papers, and tell where their chains end."""


@command.command("verify")
@click.argument("papers", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@papers_anchors_option
@click.option("--scan-of", help="The paper whose signed copy the file should be, byte for byte.")
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Certificates (PEM or DER) of those whose word on electronic signatures is taken.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=SAMPLE,
    show_default=True,
    help="How many sealed values of a table are opened; tables with fewer are opened whole.",
)
@format_option
@click.pass_context
def verify_command(
    ctx: click.Context,
    /,
    papers: tuple[Path, ...],
    anchors: Path | None,
    scan_of: str | None,
    trusted: tuple[Path, ...],
    sample: int,
    output_format: str,
) -> None:
    """Recompute everything that is stored, or compare PAPERS with what was issued; exits with 4 when altered."""
    settings = settings_of(ctx)
    if papers or scan_of:
        checking = _Checking(settings, scan_of or "", [read_file(path) for path in trusted])
        checked = checking.papers(papers, anchors=anchors)
        print_verdicts(checked, output_format, settings.language)
        raise SystemExit(exit_code_of(checked))
    found = _whole(settings, anchors=anchors, sample=sample)
    print_verification(found, output_format, settings.language)
    if not found.is_sound:
        raise SystemExit(EXIT_CORRUPT)


def _whole(settings: Settings, *, anchors: Path | None, sample: int) -> Verification:
    engine = engine_of(settings)
    try:
        with driver_errors():
            require_current(engine)
        found = verify(
            engine,
            Request(
                keyring=keyring_if_there(settings),
                differences=differences_of(engine),
                anchors=load_heads(anchors) if anchors else (),
                sample=sample,
                progress=_progress(),
            ),
        )
        if anchors is None or not lists_papers(anchors):
            return found
        return with_anchored(found, engine, load_papers(anchors))
    finally:
        engine.dispose()


@dataclass(frozen=True)
class _Checking:
    """How papers in hand are checked: whose signed copy they should be, and which certificates are trusted."""

    settings: Settings
    scan_of: str
    trusted: Sequence[bytes]

    def papers(self, papers: Sequence[Path], *, anchors: Path | None) -> list[PaperChecked]:
        """The verdicts on files, from an anchor or from the database.

        Raises:
            InvalidInput: no file was named, one is not there, or signed copies are looked for in an anchor.
            Refused: a file is no PDF, or cannot be read.
        """
        if not papers:
            raise InvalidInput(field="papers", problem="no file was named", remedy="name the file to compare")
        if anchors is not None:
            if self.scan_of:
                raise InvalidInput(
                    field="scan-of", problem="an anchor lists no signed copies", remedy="leave --anchors out"
                )
            noted = load_papers(anchors)
            return [
                check_paper(read_file(path), file=path.name, known=noted, trusted=self.trusted)
                for path in papers
            ]
        engine = engine_of(self.settings)
        try:
            with driver_errors():
                require_current(engine)
            with open_papers(engine) as known:
                return [self._against_books(path, known) for path in papers]
        finally:
            engine.dispose()

    def _against_books(self, path: Path, known: Known) -> PaperChecked:
        data = read_file(path)
        if self.scan_of:
            return check_scan(data, file=path.name, number=self.scan_of.strip().upper(), known=known)
        # Without an actor nobody's words are shown beyond those the file itself carries.
        reprint = self._reprint if self.settings.actor else None
        return check_paper(data, file=path.name, known=known, reprint=reprint, trusted=self.trusted)

    def _reprint(self, paper: IssuedPaper) -> bytes:
        with work_of(self.settings) as work:
            return printed(work, paper.number, version=paper.version).pdf


@command.command("anchor")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@click.pass_context
def anchor_command(ctx: click.Context, out: Path) -> None:
    """Write a file that names nobody, with which others check papers without the database; keep it elsewhere."""
    settings = settings_of(ctx)
    engine = engine_of(settings)
    try:
        with driver_errors():
            require_current(engine)
        papers, heads = read_papers(engine), read_heads(engine)
    finally:
        engine.dispose()
    plain = papers_to_plain(papers, heads, made_at=SystemClock().now())
    content = json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    keep(content, out)
    said = translate("{papers} papers, {heads} chains; SHA-256 of the file: {sha256}", settings.language)
    sha256 = hashlib.sha256(content).hexdigest()
    click.echo(said.format(papers=len(papers), heads=len(heads), sha256=sha256))


@command.command("heads")
@format_option
@click.pass_context
def heads_command(ctx: click.Context, output_format: str) -> None:
    """Print where every chain ends; keep it with somebody else, such as the donor or the auditor."""
    engine = engine_of(settings_of(ctx))
    try:
        with driver_errors():
            require_current(engine)
        rows = heads_to_plain(read_heads(engine))
    finally:
        engine.dispose()
    print_rows(rows, output_format, empty="")


def differences_of(engine: sa.Engine) -> list[str]:
    """How the schema differs from that of this version, in words.

    Raises:
        Corrupt: the database cannot be read.
    """
    with driver_errors():
        return [str(difference) for difference in check(engine)]


def keyring_if_there(settings: Settings) -> KeyRing | None:
    """The key ring, when its file is there; without it sealed contents are counted as not opened.

    Raises:
        NotPrepared: the file is there and others can read it, or it is no key ring.
    """
    try:
        path = keys_path(settings)
    except InvalidInput:
        # On a server nothing tells where the key file is; the report says what was not opened.
        path = None
    if path is None or not path.exists():
        said = translate(
            "No key file was found; sealed contents are counted and not opened.", settings.language
        )
        click.echo(said, err=True)
        return None
    return load_keyring(path)


def _progress() -> Callable[[str, int], None] | None:
    """On a terminal, one line on stderr that says how far it is."""
    if not sys.stderr.isatty():
        return None
    return lambda check, rows: click.echo(f"\r{check}: {rows} …", nl=False, err=True)
