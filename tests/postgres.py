"""A PostgreSQL server of the tests' own, without network, in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "postgres"
DEBIANS = Path("/usr/lib/postgresql")
# What a test loses when the machine fails is no loss, and nobody else is to be disturbed.
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=40 -c shared_buffers=16MB"
MISSING = (
    "no PostgreSQL server is installed (looked for 'initdb' on PATH and in /usr/lib/postgresql/*/bin);"
    " install it with: apt-get install postgresql, or leave these tests out with: -m 'not postgres'"
)


class Server(NamedTuple):
    """A running server: its binaries, its data, and the folder of its socket."""

    binaries: Path
    data: Path
    socket: Path
    user: str | None

    def url(self, database: str, user: str = USER) -> str:
        """Give the address of a database on it, as a user of the reviewer would write it."""
        return f"postgresql://{user}@/{quote(database)}?host={quote(str(self.socket), safe='')}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement behind the store's back."""
        with closing(self.connect(database)) as connection:
            connection.execute(statement.encode())

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """Connect as the owner."""
        return psycopg.connect(host=str(self.socket), user=USER, dbname=database, autocommit=True)

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """Make a database of this name for as long as it is used; gives its URL."""
        named = sql.Identifier(name)
        with closing(self.connect("postgres")) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
            try:
                yield self.url(name)
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))

    def control(self, *words: str) -> None:
        """Start or stop it, and wait until it has."""
        command: list[str | Path] = [
            self.binaries / "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-s",
            "-l",
            self.data / "log",
            *words,
        ]
        _run(command, self.user)

    def start(self) -> None:
        """Start it."""
        self.control("-o", f"{OPTIONS} -c unix_socket_directories={self.socket}", "start")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self.control("-m", "immediate", "stop")


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server in a temporary folder, and stop it at the end; raises `LookupError` where none is installed."""
    binaries, user = find(), USER if os.geteuid() == 0 else None
    # Not pytest's own folder: that is closed to other users, and too long a path for a socket.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if user:
            entry = pwd.getpwnam(user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        server = Server(binaries, folder / "data", folder, user)
        _run(
            [binaries / "initdb", "-D", server.data, "-U", USER, "-A", "trust", "-E", "UTF8", "-N", "--locale=C"], user
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()


def find() -> Path:
    """Give the folder of the newest installed server's programs."""
    if there := shutil.which("initdb"):
        return Path(there).resolve().parent
    found = sorted(DEBIANS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise LookupError(MISSING)
    return found[-1].parent


def _run(command: list[str | Path], user: str | None) -> None:
    """Run one of the server's programs, which refuse to be run by root."""
    subprocess.run(
        command, user=user, group=user and pwd.getpwnam(user).pw_gid, check=True, capture_output=True, cwd="/"
    )
