"""Workbooks under a password (extra `protected`): opened with it, and written under it. Must not know columns.

The password never stands on a command line, in a message or in a log; what is opened stays in memory.
"""

import io
from typing import Any, Final

from seedfund.interchange.reader.files import is_protected
from seedfund.interchange.reader.sheet import BYTES_MAX
from seedfund.interchange.rules.refusals import FILE_BROKEN_PROTECTION, FILE_PASSWORD_WRONG, FILE_TOO_LARGE
from seedfund.kernel.errors import MissingExtra, Refusal
from seedfund.kernel.secret import Secret

EXTRA: Final = "protected"
WHAT: Final = "A workbook under a password"


def opened(content: bytes, password: Secret | None) -> tuple[bytes, Refusal | None]:
    """What a protected workbook holds; other files, and all where no password is given, as they are.

    Raises:
        MissingExtra: the package that opens protected workbooks is not installed.
    """
    if password is None or not is_protected(content):
        return content, None
    if len(content) > BYTES_MAX:
        return content, FILE_TOO_LARGE(size=len(content), most=BYTES_MAX)
    office = _office()
    out = io.BytesIO()
    try:
        package = office.OfficeFile(io.BytesIO(content))
        package.load_key(password=password.reveal(), verify_password=True)
        package.decrypt(out)
    except office.exceptions.InvalidKeyError:
        return content, FILE_PASSWORD_WRONG()
    except Exception:  # noqa: BLE001 - a damaged package makes its reader fail in any way it likes
        return content, FILE_BROKEN_PROTECTION()
    return out.getvalue(), None


def locked(content: bytes, password: Secret) -> bytes:
    """A workbook under a password; other bytes each time, because a password is salted.

    Raises:
        MissingExtra: the package that protects workbooks is not installed.
    """
    office = _office()
    out = io.BytesIO()
    office.format.ooxml.OOXMLFile(io.BytesIO(content)).encrypt(password.reveal(), out)
    return out.getvalue()


def _office() -> Any:
    try:
        import msoffcrypto
        import msoffcrypto.exceptions
        import msoffcrypto.format.ooxml
    except ImportError:
        raise MissingExtra(extra=EXTRA, what=WHAT) from None
    return msoffcrypto
