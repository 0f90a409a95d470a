"""What a workbook's package may be, looked at before anything of it is unpacked into memory.

A few kilobytes can unpack to gigabytes, and a document type can expand without end: both are refused from the table of
contents and a stream of bounded size.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from seedfund.interchange.rules.refusals import FILE_PACKAGE_BROKEN, FILE_PACKAGE_UNSAFE, FILE_UNKNOWN_FORMAT
from seedfund.kernel.errors import Refusal

ENTRIES_MAX: Final = 2_000
UNPACKED_MAX: Final = 250_000_000
RATIO_MAX: Final = 150
SMALL: Final = 4_000_000
"""Below so many bytes a high ratio harms nobody."""
_CHUNK: Final = 1 << 20
_TAIL: Final = 64
_TYPES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", flags=re.IGNORECASE)
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
MERGED_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class Package:
    """A package that may be unpacked: by its parts, the merged ranges of each sheet."""

    merged: dict[str, tuple[str, ...]]


class Unsafe(Exception):
    """A package that must not be opened; carries the refusal."""

    def __init__(self, refusal: Refusal):
        self.refusal: Final = refusal
        super().__init__(refusal.code)


def inspect_package(content: bytes) -> Package:
    """Look through a workbook's package.

    Raises:
        Unsafe: it is no workbook, is broken, unpacks to too much, or declares a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _measure(package)
            return Package({info.filename: _looked_through(package, info) for info in _xml_of(package)})
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Unsafe(FILE_PACKAGE_BROKEN()) from None


def _measure(package: zipfile.ZipFile) -> None:
    infos = package.infolist()
    if "xl/workbook.xml" not in {info.filename for info in infos}:
        raise Unsafe(FILE_UNKNOWN_FORMAT())
    unpacked = sum(info.file_size for info in infos)
    swollen = any(
        info.file_size > SMALL and info.file_size > RATIO_MAX * max(info.compress_size, 1) for info in infos
    )
    if len(infos) > ENTRIES_MAX or unpacked > UNPACKED_MAX or swollen:
        raise Unsafe(FILE_PACKAGE_UNSAFE())


def _xml_of(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in package.infolist() if info.filename.endswith((".xml", ".rels"))]


def _looked_through(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Stream a part: no document type, no other encoding than UTF-8; its merged ranges."""
    merged: list[str] = []
    with package.open(info) as stream:
        tail, is_sheet = b"", "worksheets/" in info.filename
        while chunk := stream.read(_CHUNK):
            seen = tail + chunk
            if not tail and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in chunk[:64]):
                raise Unsafe(FILE_PACKAGE_UNSAFE())
            if _TYPES.search(seen):
                raise Unsafe(FILE_PACKAGE_UNSAFE())
            if is_sheet and len(merged) < MERGED_MAX:
                merged += [found.decode("ascii") for found in _MERGED.findall(seen)]
            tail = seen[-_TAIL:]
    return tuple(dict.fromkeys(merged))
