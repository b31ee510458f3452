"""What a model is asked with, and the texts that it is calibrated with."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.errors import PolicyError, SettingsError
from reviewer.loading.packs import packs
from reviewer.loading.tables import rows, table, valid

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from reviewer.calibrating import Control
    from reviewer.call import Prompts

_PROMPTS = {"system": "review.system.md", "user": "review.user.md", "repair": "repair.user.md"}


def prompts() -> Prompts:
    """Load the prompts: those of the wheel, else those of the checkout that an editable install runs from."""
    shipped = resources.files("reviewer") / "_shipped" / "prompts"
    folder = shipped if shipped.is_dir() else Path(__file__).resolve().parents[2] / "prompts"
    return prompts_from(folder)


def prompts_from(folder: Traversable) -> Prompts:
    """Load the prompts in `folder`; raises `SettingsError` if one is missing."""
    from reviewer.call import Prompts

    try:
        return Prompts(**{name: (folder / file).read_text(encoding="utf-8") for name, file in _PROMPTS.items()})
    except (OSError, UnicodeDecodeError) as error:
        message = f"The prompts in {str(folder)!r} cannot be read: {error}; install the package again."
        raise SettingsError(message) from error


@cache
def controls(language: str = "en") -> tuple[Control, ...]:
    """Load the control texts that a model is calibrated with; raises `PolicyError` with every issue."""
    from reviewer.calibrating import Control

    issues: list[str] = []
    file = packs() / "_controls" / f"{language}.toml"
    found = rows(table(file, issues).get("control", []), list, f"{file}: control", issues)
    read = [valid(Control, row, f"{file}: control {place}", issues) for place, row in enumerate(found)]
    if issues:
        message = f"The control texts in {str(file)!r} cannot be used:"
        raise PolicyError(message, issues)
    return tuple(control for control in read if control)
