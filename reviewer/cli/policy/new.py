"""`reviewer policy new`: the beginning of an organisation's own policy, with rules of its own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import click

from reviewer import loading
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SKELETON = "_skeleton"
_PARTS = ("rules", "concepts", "cases")


@click.command()
@click.argument("name")
@click.option("--extends", metavar="PACK", help="Lay it over this policy, and add to it.")
@click.option("--version", default="1.0", show_default=True, help="The version to begin with.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=".", help="Write it into this folder.")
def new(name: str, extends: str | None, version: str, out: Path) -> None:
    """Begin a policy of your own, called NAME.

    It writes NAME/VERSION.toml with an example of each kind of clause, and
    NAME/_uses with a rule, its vocabulary and its cases. Each key is explained
    beside it; the result loads, checks and can be reviewed by as it is.
    """
    _refuse(name, version)
    folder = out / name
    if folder.exists():
        raise SettingsError(f"The folder {str(folder)!r} is there already; choose another name, or another --out.")
    values = {
        "name": name,
        "version": version,
        "title": f"{name.replace('-', ' ').capitalize()}: rules for AI",
        "extends": _extended(extends, folder) if extends else "",
        "path": (folder / f"{version}.toml").as_posix(),
    }
    written = [_write(file, Template(text).substitute(values)) for file, text in _files(folder, version, extends)]
    click.echo("\n".join(f"Wrote {file}" for file in written))
    click.echo(f"Change them, then run `reviewer policy check {values['path']}`.")


def _refuse(name: str, version: str) -> None:
    """Raise `SettingsError` for a name or a version that an address cannot have, or that is taken."""
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} cannot name a policy; use small letters, digits and hyphens, such as acme-ai.")
    if not _VERSION.fullmatch(version):
        raise SettingsError(f"{version!r} cannot be a version; use letters, digits, dots and hyphens, such as 1.0.")
    if taken := [known for known in loading.policies() if known.split("@")[0] == name]:
        raise SettingsError(f"{name!r} is taken by {taken[0]}; choose another name, and lay it over with --extends.")


def _extended(address: str, folder: Path) -> str:
    """Name the policy below, once it is known to load; a path is made to count from the new folder, if it can."""
    below = loading.policy(address)
    if not loading.is_path(address):
        return below.address
    if "@" in Path(address).name or Path(address).is_dir():
        raise SettingsError(f"--extends {address!r} names a folder; name one file of it, such as {address}/1.0.toml.")
    return f"./{Path(os.path.relpath(address, folder)).as_posix()}"


def _files(folder: Path, version: str, extends: str | None) -> Iterator[tuple[Path, str]]:
    """Give each file with its template."""
    skeleton = loading.packs() / _SKELETON
    templates = {folder / f"{version}.toml": "overlay" if extends else "own"}
    templates |= {folder / "_uses" / "en" / part / "own.toml": part for part in _PARTS}
    for file, template in templates.items():
        yield file, (skeleton / f"{template}.toml").read_text(encoding="utf-8")


def _write(file: Path, text: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"The file {str(file)!r} cannot be written: {error.strerror or error}; name another --out."
        raise SettingsError(message) from error
    return file
