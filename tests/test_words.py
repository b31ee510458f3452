"""Where words begin and end."""

from __future__ import annotations

import pytest

from reviewer import words

SPLIT = [
    ("", []),
    (" \t\n ", []),
    ("... -- !", []),
    ("we use it", ["we", "use", "it"]),
    ("watch-list, and so on", ["watch", "list", "and", "so", "on"]),
    ("don't", ["don", "t"]),
    ("the user's face", ["the", "user", "face"]),
    ("users' faces", ["users", "faces"]),
    ("'s", []),
    ("what's-her-name", ["what", "her", "name"]),
    ("'sure'", ["sure"]),
    ("snake_case", ["snake", "case"]),
    ("gpt-4o costs 3.50", ["gpt", "4o", "costs", "3", "50"]),
    ("u.s. police", ["u", "s", "police"]),
    ("a@b.example/c", ["a", "b", "example", "c"]),
    ("лицо и голос", ["лицо", "и", "голос"]),
    ("人脸识别", ["人", "脸", "识", "别"]),
    ("use 人脸 here", ["use", "人", "脸", "here"]),
    ("gpt人脸", ["gpt", "人", "脸"]),
    ("かな カナ", ["か", "な", "カ", "ナ"]),
    ("얼굴 인식", ["얼굴", "인식"]),
    ("हिन्दी", ["हिन्दी"]),
    ("☐ yes ☒ no", ["yes", "no"]),
    ("a\u2028b\u00a0c", ["a", "b", "c"]),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT, ids=[ascii(text) for text, _ in SPLIT])
def test_a_text_is_split_into_its_words(text: str, expected: list[str]) -> None:
    """Letters and digits make words; punctuation and a possessive s do not."""
    assert expected == words.split(text)


@pytest.mark.parametrize("text", [text for text, _ in SPLIT], ids=ascii)
def test_every_word_has_its_place(text: str) -> None:
    """The places are those of the words, in order."""
    assert words.split(text) == [text[start:end] for start, end in words.places(text)]


def test_places_are_half_open() -> None:
    """A place ends where the next character stands."""
    assert words.places("we use") == [(0, 2), (3, 6)]
