"""Keeps one throw-away PostgreSQL server alive for exactly as long as the process that asked for it.

It starts the server and reads its own standard input; when that ends (the asker closed it, or died) the
server is stopped and its folder removed, so that no test run leaves a server behind. It is a program of
its own and knows nothing but its arguments: the folder, the ids of user and group to run as (or "-"
twice), and the command line.
"""

import signal
import subprocess
import sys
import threading
from pathlib import Path
from shutil import rmtree

STOP_SECONDS_MAX = 20
LOG_CHARACTERS_SHOWN = 4000


def start_server(folder: Path, owner: tuple[int, int] | None, command: list[str]) -> subprocess.Popen[bytes]:
    """Start the server in its folder, its words in `server.log` there."""
    user, group = owner or (None, None)
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=user,
            group=group,
            extra_groups=None if owner is None else [],
        )


def stop_when_input_ends(server: subprocess.Popen[bytes], asked: threading.Event) -> None:
    """Wait for the end of standard input, then stop without ceremony: the data are worth nothing."""
    sys.stdin.buffer.read()
    asked.set()
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.kill()


def main(arguments: list[str]) -> int:
    """Run until the server ends: 0 when we were told to stop it, 1 when it ended by itself."""
    folder, user, group, command = Path(arguments[0]), arguments[1], arguments[2], arguments[3:]
    server = start_server(folder, None if user == "-" else (int(user), int(group)), command)
    asked = threading.Event()
    threading.Thread(target=stop_when_input_ends, args=(server, asked), daemon=True).start()
    server.wait()
    if not asked.is_set():
        log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
        sys.stderr.write(log[-LOG_CHARACTERS_SHOWN:])
    rmtree(folder, ignore_errors=True)
    return 0 if asked.is_set() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
