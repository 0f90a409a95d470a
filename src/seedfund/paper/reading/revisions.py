"""Where a PDF may have ended before something was added to it, with the hash of the file up to there."""

import hashlib
import re
from typing import Final

REVISIONS_MOST: Final = 100
_END: Final = re.compile(rb"%%EOF(\r\n|\n|\r)?")


def revision_hashes(data: bytes) -> dict[str, int]:
    """SHA-256 in hex of every beginning of the file that ends where a PDF ends → its length, the whole file included.

    An update that is appended, as a signature is, leaves the bytes before it as they were.
    """
    running = hashlib.sha256()
    result: dict[str, int] = {}
    done = 0
    for count, found in enumerate(_END.finditer(data)):
        if count >= REVISIONS_MOST:
            break
        bare = found.start() + len(b"%%EOF")
        for end in sorted({bare, found.end()}):
            running.update(memoryview(data)[done:end])
            done = end
            result.setdefault(running.hexdigest(), end)
    return {**result, hashlib.sha256(data).hexdigest(): len(data)}
