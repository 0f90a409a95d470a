"""`seedfund agreement attach|open-copy|sign`: signed copies of papers, from the scanner or with a key file."""

import hashlib
import os
import secrets
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from seedfund.assurance.papers.added import look_at_added
from seedfund.cli.door import settings_of, work_of
from seedfund.cli.files import force_option, open_private, read_file, require_free
from seedfund.cli.output import format_option, print_result
from seedfund.cli.rendering import day
from seedfund.documents.service import CopyKept, keep_copy, open_copy, printed
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.paper.electronic import KeyFile, sign_pdf
from seedfund.paper.reading import Unreadable
from seedfund.paper.rules import PDF_UNREADABLE
from seedfund.register.service import AttachScan, attach_scan
from seedfund.store.work import Work

PASSPHRASE_VARIABLE: Final = "SEEDFUND_SIGN_PASSPHRASE"  # noqa: S105 - the name of a variable
keep_option = click.option(
    "--keep",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that keeps the copy, sealed under the person's key.",
)
key_option = click.option(
    "--key", help="The key that makes a repeat harmless; made and printed when not given."
)


@click.command("attach")
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--received-on", type=day, help="The day it came in; today when not given.")
@keep_option
@key_option
@format_option
@click.pass_context
def attach(
    ctx: click.Context,
    /,
    number: str,
    file: Path,
    received_on: date | None,
    keep: Path | None,
    key: str | None,
    output_format: str,
) -> None:
    """Note the SHA-256 of a paper's signed copy, so that a changed one is found; --keep also keeps it, sealed."""
    content = read_file(file)
    sha256 = hashlib.sha256(content).hexdigest()
    made = _key(key, "register.attach_scan")
    with work_of(settings_of(ctx)) as work:
        asked = AttachScan(key=made, number=number.strip().upper(), sha256=sha256, received_on=received_on)
        filed = attach_scan(work, asked)
        kept = keep_copy(work, number, content) if keep is not None else None
        work.commit()
    stored = _store(kept, keep)
    print_result(
        {"number": asked.number, "sha256": sha256, "was_known": filed.was_known, "file": stored},
        output_format,
    )


@click.command("open-copy")
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@force_option
@format_option
@click.pass_context
def open_copy_(
    ctx: click.Context, /, number: str, file: Path, out: Path, force: bool, output_format: str
) -> None:
    """Bring back a signed copy that was kept sealed, as it was attached; one that was altered is refused."""
    stored = read_file(file)
    require_free([out], force=force)
    with work_of(settings_of(ctx)) as work:
        opened = open_copy(work, number, stored)
    with open_private(out) as target:
        target.write(opened.content)
    facts = {"number": opened.number, "version": opened.version, "sha256": opened.sha256}
    print_result(facts | {"file": str(out)}, output_format)


@click.command("sign")
@click.argument("number")
@click.option(
    "--with",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The signer's PKCS#12 file; its passphrase is asked for, or read from SEEDFUND_SIGN_PASSPHRASE.",
)
@click.option(
    "--on",
    "signed_before",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The copy another party has signed; the paper itself when not given.",
)
@click.option("--reason", default="", help="Why it is signed, as the signature tells it.")
@click.option("--place", default="", help="Where it is signed, as the signature tells it.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@key_option
@force_option
@format_option
@click.pass_context
def sign(
    ctx: click.Context,
    /,
    number: str,
    key_file: Path,
    signed_before: Path | None,
    reason: str,
    place: str,
    out: Path,
    key: str | None,
    force: bool,
    output_format: str,
) -> None:
    """Sign an issued paper with a certificate, and note the SHA-256 of the signed copy."""
    opener = KeyFile(read_file(key_file), _passphrase(), key_file.name)
    before = read_file(signed_before) if signed_before is not None else None
    require_free([out], force=force)
    made = _key(key, "register.attach_scan")
    with work_of(settings_of(ctx)) as work:
        base = _base(work, number, before, file=signed_before.name if signed_before else number)
        signed = _signed(base, opener, work, reason=reason, place=place)
        sha256 = hashlib.sha256(signed).hexdigest()
        attach_scan(work, AttachScan(key=made, number=number.strip().upper(), sha256=sha256))
        work.commit()
    out.write_bytes(signed)
    print_result({"number": number.strip().upper(), "sha256": sha256, "file": str(out)}, output_format)


COMMANDS: Final[Sequence[click.Command]] = (attach, open_copy_, sign)


def _key(given: str | None, operation: str) -> str:
    if given is not None:
        return given
    made = f"{operation}-{secrets.token_hex(8)}"
    click.echo(f"--key {made}", err=True)
    return made


def _store(kept: CopyKept | None, folder: Path | None) -> str | None:
    """Write a copy into its folder; one that is there already is the same copy, sealed anew."""
    if kept is None or folder is None:
        return None
    target = folder / kept.file_name
    target.write_bytes(kept.stored)
    return str(target)


def _passphrase() -> str:
    """The passphrase of the key file: from the environment, or asked for where somebody can answer.

    Raises:
        InvalidInput: nobody can.
    """
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InvalidInput(
            field="with",
            problem="there is no passphrase for the key file",
            remedy=f"set {PASSPHRASE_VARIABLE}, or run it where it can be asked for",
        )
    answer: str = click.prompt(PASSPHRASE_VARIABLE, hide_input=True, err=True)
    return answer


def _base(work: Work, number: str, before: bytes | None, *, file: str) -> bytes:
    """What is signed: the paper as it was issued, or a copy of it to which nothing but signatures was added.

    Raises:
        InvalidInput: the copy is not of this paper, or something else was added to it.
    """
    pdf = printed(work, number).pdf
    if before is None or before == pdf:
        return pdf
    if not before.startswith(pdf) or not look_at_added(pdf, before, trusted=()).is_signatures:
        raise InvalidInput(
            field="on",
            problem="it is not this paper with intact signatures and nothing else",
            remedy="run seedfund audit verify on it, and sign the paper itself",
            file=file,
        )
    return before


def _signed(base: bytes, key: KeyFile, work: Work, *, reason: str, place: str) -> bytes:
    try:
        return sign_pdf(base, key, reason=reason, place=place, now=work.clock.now())
    except Unreadable as error:
        raise Refused([PDF_UNREADABLE(file=key.name, problem=error)]) from None
