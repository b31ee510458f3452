"""`reviewer policy import`: the official wording of a saved page, laid over a policy."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import loading
from reviewer.cli.policy.rules import with_own
from reviewer.errors import PolicyError, ReviewerError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.aligning import Alignment, Match
    from reviewer.policy import Policy

_FILE = click.Path(path_type=Path, dir_okay=False)
_MOST_SHOWN = 70
# Of a policy's clauses; a page that has fewer of them is another page.
_FEWEST = 1 / 4


@click.command("import")
@click.argument("file", type=_FILE)
@click.option("--onto", "address", required=True, metavar="PACK", help="The policy that the page is the text of.")
@click.option("--out", type=_FILE, help="Write this file.  [default: NAME.toml]")
@click.option("--name", help="The name of the policy that it makes.  [default: PACK-verbatim]")
@click.option("--by", metavar="NAME", help="Record that NAME has held each clause of the list against the page.")
@click.option("--force", is_flag=True, help="Write the file even if it is there already.")
def take_in(file: Path, address: str, out: Path | None, name: str | None, by: str | None, *, force: bool) -> None:
    """Lay the official wording of the saved page FILE over a policy.

    FILE is HTML or Markdown. Its items are aligned with the clauses by number,
    heading and likeness of words; what is left on either side is listed. The
    result is a policy of its own that extends PACK, checked before it is kept.
    """
    from reviewer.aligning import align
    from reviewer.readers import pages

    pack = loading.policy(address)
    name = name or f"{pack.name}-verbatim"
    out = out or Path(f"{name}.toml")
    if out.exists() and not force:
        message = f"The file {str(out)!r} is there already; name another with --out, or write over it with --force."
        raise SettingsError(message)
    data, items = pages.read(file)
    found = align(items, pack.clauses)
    if len(found.matches) < len(pack.clauses) * _FEWEST:
        message = (
            f"{str(file)!r} does not look like the page of {pack.address}: of its {len(items)} items, "
            f"{len(found.matches)} are like one of the {len(pack.clauses)} clauses; "
            f"save the page at {pack.url}, in English, or name another policy with --onto."
        )
        raise SettingsError(message)
    click.echo("\n".join(_told(found, pack)))
    imported = {"file": file.name, "sha256": hashlib.sha256(data).hexdigest()}
    _write(out, _overlay(found, pack, name, _extended(address, out), imported, by), pack)
    click.echo(f"\nWrote {out}; review by it with --policy {_as_path(out)}.")


def _told(found: Alignment, pack: Policy) -> Iterator[str]:
    from reviewer.aligning import How
    from reviewer.exporters.outline import visible

    yield f"{len(found.matches)} of {len(pack.clauses)} clauses of {pack.address} have their official wording:"
    yield from (f"  {_match(match)}" for match in found.matches)
    if others := sum(match.other_number is not None for match in found.matches):
        yield f"Numbered otherwise than our clauses: {others}; the page may be of another version."
    if guessed := sum(match.how is How.WORDS for match in found.matches):
        cure = "until `reviewer policy confirm` says that somebody compared them"
        yield f"Matched by likeness of words alone: {guessed}; they count no surer than before, {cure}."
    if found.clauses_left:
        yield f"\nClauses without an item on the page: {len(found.clauses_left)}"
        yield from (f"  - {clause}" for clause in found.clauses_left)
    if found.items_left:
        yield f"\nItems of the page without a clause: {len(found.items_left)}"
        for item in found.items_left:
            where = " > ".join(filter(None, (*item.sections, item.number, item.heading)))
            yield f"  - {visible(where)}{': ' if where else ''}{_short(visible(item.text))}"


def _match(match: Match) -> str:
    from reviewer.exporters.outline import visible

    item = match.item
    is_headed = item.heading and not item.text.startswith(item.heading)
    text = _short(f"{item.heading}: {item.text}" if is_headed else item.text)
    named = f"{item.number}. {text}" if item.number else text
    differs = "; numbered otherwise than our clause" if match.other_number else ""
    return f"{match.clause}: {visible(named)} (by {match.how}; words alike {match.likeness:.2f}{differs})"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."


def _extended(address: str, out: Path) -> str:
    """Name what is extended so that it is found from where the overlay lies."""
    if not loading.is_path(address):
        return loading.policy(address).address
    # A leading `./` keeps a bare file name a path.
    return f"./{Path(os.path.relpath(address, out.parent)).as_posix()}"


def _as_path(out: Path) -> str:
    return str(out) if loading.is_path(str(out)) else f"./{out}"


def _overlay(
    found: Alignment, pack: Policy, name: str, extends: str, imported: Mapping[str, str], by: str | None
) -> dict[str, object]:
    """Give the overlay's tables, in the order of the file; what was matched by likeness alone is no certainty."""
    from reviewer.aligning import How

    today = datetime.now(UTC).date()
    tables: dict[str, object] = {
        "name": name,
        "version": pack.version,
        "title": f"{pack.title} ({len(found.matches)} of {len(pack.clauses)} clauses in official wording)",
        "publisher": pack.publisher,
        "extends": extends,
        "imported": {**imported, "on": today},
        "verbatim": {
            match.clause: {
                "text": match.item.text,
                **({"heading": match.item.heading} if match.item.heading else {}),
                **({"guessed": True} if match.how is How.WORDS else {}),
            }
            for match in found.matches
        },
    }
    if by:
        sure = (match.clause for match in found.matches if match.how is not How.WORDS)
        tables["confirmed"] = {clause: {"by": by, "on": today} for clause in sure}
    return tables


def _write(out: Path, tables: dict[str, object], pack: Policy) -> None:
    """Write the file beside its place, and put it there once it loads and checks; raises what is wrong with it."""
    import tomli_w

    draft = out.with_name(f".{out.stem}.{os.getpid()}.toml")
    try:
        draft.write_text(tomli_w.dumps(tables), encoding="utf-8")
        _check(draft, pack)
        draft.replace(out)
    except OSError as error:
        message = f"The file {str(out)!r} cannot be written: {error.strerror or error}; name another with --out."
        raise SettingsError(message) from error
    finally:
        draft.unlink(missing_ok=True)


def _check(draft: Path, pack: Policy) -> None:
    """Raise `PolicyError` for what is wrong with the result and was not wrong with the policy below it."""
    from reviewer.checking import check_policy

    try:
        made = loading.pack(str(draft))
    except ReviewerError as error:
        raise PolicyError("What the page gives is no policy that can be used; nothing was written.", [error]) from error
    library = with_own(made)
    known = check_policy(pack, library)
    if issues := [issue for issue in check_policy(made.policy, library) if issue not in known]:
        raise PolicyError("What the page gives does not check; nothing was written.", issues)
