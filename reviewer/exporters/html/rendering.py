"""Templates to pages that stand alone: their styles and scripts lie in them, and nothing else may run or be fetched."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reviewer.exporters.html.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator


def render(template: str, styles: tuple[str, ...], script: str | None = None, **values: object) -> Iterator[str]:
    """Give a page piece by piece; every text in it is escaped, and shows what cannot be seen by its code.

    `styles` and `script` name files that lie beside the templates; the page allows them by their hashes.
    """
    css, js = "".join(map(_file, styles)), _file(script) if script else ""
    policy = f"default-src 'none'; style-src '{_hash(css)}'; base-uri 'none'; form-action 'none'"
    policy += f"; script-src '{_hash(js)}'" if js else ""
    yield from (
        _environment()
        .get_template(template)
        .generate(
            style=Markup(css),  # noqa: S704  our own file
            script=Markup(js),  # noqa: S704  our own file
            content_security_policy=policy,
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalized(value: object) -> object:
    """Show what cannot be seen by its code, but for our own markup, which holds none."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _file(name: str) -> str:
    return (resources.files("reviewer.exporters.html") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
