"""`seedfund init`: a database of this version, a key file only its owner reads, a programme, its administrator."""

from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from seedfund.cli.door import engine_of, keys_path, settings_of
from seedfund.cli.output import format_option, print_result
from seedfund.kernel.errors import NotPrepared
from seedfund.kernel.messages import translate
from seedfund.kernel.roles import Assurance
from seedfund.schema.upgrading import upgrade
from seedfund.store.pins import SetPin, pin_verifier, set_pin
from seedfund.store.programmes import FoundProgramme, found_programme, list_programmes
from seedfund.store.sealing.keyring import HOW_TO_KEEP, load_keyring, new_keyring, save_keyring
from seedfund.store.work import Work


@click.command("init")
@click.option(
    "--code", help="Short code of the programme, for example NB; without it only the database is set up."
)
@click.option("--name", help="Name of the programme.")
@click.option("--organisation", help="Who runs it.")
@click.option(
    "--zone", default="America/Guayaquil", show_default=True, help="IANA time zone of its calendar."
)
@click.option("--administrator", help="Handle of the first administrator.")
@click.option("--administrator-name", help="The administrator's name as papers print it.")
@click.option("--pin", envvar="SEEDFUND_PIN", help="The administrator's PIN, at least six characters.")
@format_option
@click.pass_context
def command(
    ctx: click.Context, /, output_format: str, pin: str | None, zone: str, **given: str | None
) -> None:
    """Set up a database, a key ring and a programme; what is there already is left as it is."""
    settings = settings_of(ctx)
    engine = engine_of(settings, must_exist=False)
    revision = upgrade(engine)
    path = keys_path(settings)
    made = _ensure_keys(path, engine)
    if made:
        click.echo(f"{path.name}: {translate(HOW_TO_KEEP, settings.language)}", err=True)
    result: dict[str, str | bool] = {"revision": revision, "key_file": path.name, "key_file_made": made}
    if given["code"]:
        result["programme"] = _found(
            ctx, path, zone, pin, {name: value or "" for name, value in given.items()}
        )
    engine.dispose()
    print_result(result, output_format)


def _ensure_keys(path: Path, engine: sa.Engine) -> bool:
    """Find the key file, or make one for a database in which nobody has worked yet.

    Raises:
        NotPrepared: the database was sealed under another key file: a new one would open none of it.
    """
    if path.exists():
        load_keyring(path)
        return False
    if list_programmes(engine):
        raise NotPrepared(
            f"this database was sealed under a key file, and {path.name} is not here; "
            "put the copy that was kept in its place: a new one opens nothing of it."
        )
    save_keyring(new_keyring(), path)
    return True


def _found(ctx: click.Context, path: Path, zone: str, pin: str | None, given: dict[str, str]) -> str:
    ring = load_keyring(path)
    founding = FoundProgramme(
        code=given["code"],
        name=given["name"],
        organisation=given["organisation"],
        zone=zone,
        administrator=given["administrator"],
        administrator_name=given["administrator_name"],
    )
    with Session(engine_of(settings_of(ctx))) as session:
        founded = found_programme(session, founding, keyring=ring)
        if pin:
            work = Work(session, founded.administrator, founded.code, ring, assurance=Assurance.CLAIMED)
            verifier = pin_verifier(pin)
            set_pin(
                work,
                SetPin(key=f"pin:{founded.administrator}", handle=founded.administrator, verifier=verifier),
            )
        session.commit()
    return founded.code
