"""What an operator may set, and what is refused."""

from __future__ import annotations

import pytest

from reviewer.errors import SettingsError
from reviewer.settings import Settings


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"window_characters": 999}, "window_characters is 999; it must be 1,000 or more."),
        ({"window_overlap": 12_000}, "window_overlap is 12000; it must be 0 or more, and less than half"),
        ({"window_overlap": -1}, "window_overlap is -1"),
        ({"max_output_tokens": 0}, "max_output_tokens is 0; it must be 1 or more."),
        ({"max_characters": 0}, "max_characters is 0; it must be 1 or more."),
    ],
)
def test_a_setting_that_cannot_be_meant_is_told(values: dict[str, int], message: str) -> None:
    """Windows that would never move on, or an answer without room, are refused by name."""
    with pytest.raises(SettingsError) as caught:
        Settings.model_validate(values)
    assert message in str(caught.value)


def test_the_settings_have_their_defaults() -> None:
    """What is left out is as the docs say."""
    made = Settings()
    assert (made.window_characters, made.window_overlap, made.max_output_tokens, made.mask) == (
        24_000,
        400,
        4_096,
        False,
    )
