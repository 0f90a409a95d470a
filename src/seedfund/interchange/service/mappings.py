"""Keeping how a programme's files are written, under a name; a change is a further version."""

from dataclasses import dataclass

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.queries import LAST_VERSION
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.tables import ImportMapping
from seedfund.kernel.errors import InvalidInput
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

NAME_MAX = 60


@dataclass(frozen=True, kw_only=True)
class SaveMapping(Command):
    """How files of a kind are written, in JSON as `rules.mappings` has it, under a name of the programme's own."""

    kind: str
    name: str
    mapping: str


@dataclass(frozen=True, kw_only=True)
class MappingSaved:
    """The name and which version of it this is."""

    name: str
    version: int


@verb("interchange.save_mapping", roles=())
def save_mapping(unit: Unit, command: SaveMapping) -> MappingSaved:
    """Keep a mapping; it names columns and words of files and no person.

    Raises:
        NotFound: there is no such kind.
        InvalidInput: the name is empty or too long, or the mapping does not fit the kind.
    """
    kind = find_kind(command.kind)
    name = command.name.strip()
    if not 0 < len(name) <= NAME_MAX:
        raise InvalidInput(field="name", problem="it is empty or too long", remedy="give a short name")
    read_mapping(command.mapping, kind.parts)
    version = unit.one(LAST_VERSION, programme=unit.programme.id, kind=kind.name, name=name) + 1
    unit.insert(
        ImportMapping,
        id=unit.key(),
        programme_id=unit.programme.id,
        kind=kind.name,
        name=name,
        version=version,
        mapping=command.mapping,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created(
        "sf_import_mapping", f"{kind.name} {name} {version}", {"kind": kind.name, "version": version}
    )
    return MappingSaved(name=name, version=version)
