"""E-mail addresses, telephone numbers, keys and passwords, hidden before a text leaves the machine.

A mask is exactly as long as what it hides, in code points,
so that every offset into the masked text is one into the original, and no map has to be kept.

Telephone numbers are checked by the library `phonenumbers` (the extra `mask`).
Its own `PhoneNumberMatcher` reads one country at a time and gives up on "202 555 0143 24 hours a day",
so candidates are cut out here, and the library says which of them can be dialled:
American ones, international ones, and those that begin with the 0 of the countries in `TRUNK_REGIONS`.

Secrets are known by the shapes that their issuers publish, and by the name in front of them.
`detect-secrets` was weighed and left aside: it keeps its settings in a global of the process,
gives values without places, reads line by line (a private key has many), takes two milliseconds for a kilobyte,
and its test of entropy takes ordinary words for secrets.
So a random string without a published shape and without a name in front of it stays; this is a net, not a wall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRUNK_REGIONS = ("GB", "DE", "FR", "AU", "IN")
LEAST_TRUNK_DIGITS = 9
LEAST_DIGITS, MOST_DIGITS = 7, 15
MOST_GROUPS_LEFT_OFF = 2
MOST_ROUNDS = 8
LOOK_BACK = 40
LEAST_TOKEN = 16
LEAST_PASSWORD, LEAST_HYPHENATED_PASSWORD = 6, 8


class Hides(StrEnum):
    """What a mask stands for; where two overlap, the earlier in this list names it."""

    SECRET = "secret"  # noqa: S105  the name of a kind
    EMAIL = "e-mail"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch that is masked: `text[start:end]`, in code points of the masked text and of the original alike."""

    kind: Hides
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with masks in it, and where they are."""

    text: str
    hidden: tuple[Hidden, ...] = ()


_LABELS = {Hides.SECRET: "secret", Hides.EMAIL: "e-mail", Hides.TELEPHONE: "tel"}
_ORDER = list(Hides)
_CUT = "|".join(label[:end] for label in _LABELS.values() for end in range(len(label), 0, -1))
_MASK = re.compile(rf"\[({_CUT})\**\]")
_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013", "''\"\"---")

# No quantifier here can give back what it took, and none starts in the middle of a run, so all of this is linear.
# One that is no address is passed over as a whole.
_EMAIL = re.compile(r"\w++(?:[.+%&'-]\w++)*+(?P<host>@\w++(?:-++\w++)*+(?:\.\w++(?:-++\w++)*+)++)?+")

_KEY_BLOCK = r"-----{} [A-Z ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----"
_PUBLISHED = tuple(
    re.compile(shape)
    for shape in (
        r"\bsk-(?:(?:proj|svcacct|admin|ant|or)-[\w-]{16,}+|[A-Za-z0-9]{20,}+)",  # OpenAI, Anthropic and their likes
        r"\b(?:[rps]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}+",  # Stripe
        r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",  # AWS
        r"\bgh[pousr]_[A-Za-z0-9]{30,}+|\bgithub_pat_\w{22,}+|\bglpat-[\w-]{20,}+",  # GitHub and GitLab
        r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}+|\bxapp-\d-[A-Za-z0-9-]{10,}+",  # Slack
        r"(?<=hooks\.slack\.com/services/)[\w/]{20,}+",  # Slack's webhooks
        r"\bAIza[\w-]{35}|\bya29\.[\w-]{20,}+",  # Google
        r"\bhf_[A-Za-z0-9]{30,}+|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[\w-]{50,}+",  # model hubs and package registries
        r"\bSG\.[\w-]{20,24}\.[\w-]{40,}+",  # SendGrid
        r"\beyJ[\w-]{8,}+\.[\w-]{4,}+(?:\.[\w-]*+){1,3}+",  # JSON web tokens, signed or encrypted
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==",  # Azure's storage keys
        # A block that never ends takes only the lines that look like a key.
        _KEY_BLOCK.format("BEGIN")
        + r"(?:(?:[^-]|-(?!----))*+"
        + _KEY_BLOCK.format("END")
        + r"|(?:\s*+[A-Za-z0-9+/=]{40,}+)*+)",
        r"(?i:\bauthorization\W{1,4}basic\s{1,3})(?P<value>[A-Za-z0-9+/]{8,}+={0,2})",
        r"(?i:\bbearer\s{1,3})(?=[\w.~+/-]{0,200}\d)(?P<value>[\w.~+/-]{16,}+=*+)",
        r"://[^\s:/@]{0,64}+:(?P<value>[^\s/\[]{3,256})@",  # the password in the address of a database
        # "The password is Welcome2you!": capitals, small letters and a digit, for ordinary words follow it, too.
        r"(?i:\bpassword\s(?:is|was)\s)(?=\S{0,60}[a-z])(?=\S{0,60}[A-Z])(?=\S{0,60}\d)(?P<value>[^\s\[-]{6,64})(?=\s|$)",
    )
)
_NAMED = re.compile(
    r"(?P<password>pass(?:word|wd|phrase)|pwd)|"
    r"(?:(?:api|access|account|auth|bearer|client|private|refresh|shared|signing|storage)[_ -]?)"
    r"(?:access[_ -]?)?(?:key|secret|token)|secret|token",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[\"']?(?P<sign>\s{0,3}(?::=|=>|=|:)\s{0,3})"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\s\"'<{\[$*][^\s\"']{3,255})(?P=quote)|(?P<plain>[^\s\"'<>{}\[\]$*,;&()]{4,256}))"
)
_NO_VALUE = re.compile(
    "changeme|empty|false|hidden|masked|none|null|optional|redacted|required|str|string|text|true|undefined",
    re.IGNORECASE,
)

_GAP = r"[ \t\u00a0\u2007\u2009\u202f().\u2010\u2011\u2013/-]"
_AMERICAN = re.compile(
    rf"(?<![\w+])(?<!\d[.,:-])\(?(?:1{_GAP}{{1,2}})?\(?[2-9]\d\d{_GAP}{{0,2}}[2-9]\d\d{_GAP}?\d{{4}}(?!\w|[.,-]\d)"
)
_FURTHER = re.compile(
    rf"(?<![\w+])(?<!\d[.,:-])\(?(?:[+\uff0b]{_GAP}?\d|0)\d{{0,14}}+(?:{_GAP}{{1,3}}+\d{{1,14}}+){{0,7}}+"
)
_GROUP_END = re.compile(r"\d(?!\w)")

_CURRENCY = r"(?:[$\u20ac\u00a3\u00a5\u20b9]|\b(?:USD|EUR|GBP|CHF|JPY|INR|AUD|CAD))"
_NO_NUMBER = re.compile(
    r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+"  # 2 125 550 143
    r"|\d[.,]\d{5,}"  # 0.2025550143
    r"|.*\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b.*"  # 01.02.2024 10
    r"|.*\d\d\.\d\d[ \u2013-]+\d\d\.\d\d.*"  # 09.00-12.30 14
)
_NO_NUMBER_BEFORE = re.compile(
    rf"{_CURRENCY}\s?$"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4})* ?$"  # the start of an IBAN
    r"|(?i:\b(?:account|article|asset|batch|case|customer|document|ean|id|invoice|isbn|item|order|part|patent|"
    r"record|ref|reference|serial|sku|ticket)(?:\W{1,2}(?:id|no|nr|number))?\W{0,3}$)"
)
_NO_NUMBER_AFTER = re.compile(rf"\s?(?:{_CURRENCY}|%)")


def masked(text: str) -> Masked:
    """Mask what should not leave the machine; `SettingsError` where the extra `mask` is not installed.

    Secrets go first, so that what is left of "://user:password@host" is no e-mail address;
    and a mask may set free what stood too close to be told apart, so that the text is read until nothing is found.
    """
    mask = Masked(text)
    for _ in range(MOST_ROUNDS):
        before = mask
        for find in (_secrets, _emails, _telephones):
            mask = _with(mask, tuple(find(mask.text)), text)
        if mask is before:
            break
    return mask


def _with(mask: Masked, found: tuple[Hidden, ...], text: str) -> Masked:
    if not found:
        return mask
    hidden = tuple(_apart((*mask.hidden, *found)))
    parts, done = [], 0
    for one in hidden:
        parts += [text[done : one.start], _mask(one)]
        done = one.end
    return Masked("".join((*parts, text[done:])), hidden)


def recounted(words: str, shown: str) -> str:
    """Give words quoted from a masked text with their masks as long as they stand there.

    A model seldom counts stars; words that stand nowhere in `shown` stay as they are.
    """
    if not _MASK.search(words):
        return words
    pattern = r"\s+".join(map(_with_masks, words.translate(_PLAIN).split()))
    found = re.search(pattern, shown.translate(_PLAIN), re.IGNORECASE)
    return found.group() if found else words


def _with_masks(word: str) -> str:
    """Give the pattern of a word; every second piece of a split one is the label of a mask."""
    pieces = enumerate(_MASK.split(word))
    return "".join(rf"\[{re.escape(piece)}\**\]" if place % 2 else re.escape(piece) for place, piece in pieces)


def _mask(hidden: Hidden) -> str:
    """Give a label in brackets, filled up or cut to length."""
    room = hidden.end - hidden.start - 2
    return f"[{_LABELS[hidden.kind][:room]:*<{room}}]"


def _apart(found: Iterable[Hidden]) -> Iterator[Hidden]:
    """Join what overlaps, in order of place."""
    last: Hidden | None = None
    for one in sorted(found, key=lambda hidden: (hidden.start, hidden.end)):
        if last and one.start < last.end:
            kind = min(last.kind, one.kind, key=_ORDER.index)
            last = Hidden(kind, last.start, max(last.end, one.end))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _emails(text: str) -> Iterator[Hidden]:
    """Find addresses; what ends in a digit is a version (`policy@4.0`)."""
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        if match["host"] and match["host"].rpartition(".")[2][0].isalpha():
            yield Hidden(Hides.EMAIL, *match.span())


def _secrets(text: str) -> Iterator[Hidden]:
    for shape in _PUBLISHED:
        group = "value" if "value" in shape.groupindex else 0
        yield from (Hidden(Hides.SECRET, *match.span(group)) for match in shape.finditer(text))
    for name in _NAMED.finditer(text):
        if (value := _VALUE.match(text, name.end())) and (span := _named_secret(name, value)):
            yield Hidden(Hides.SECRET, *span)


def _named_secret(name: re.Match[str], value: re.Match[str]) -> tuple[int, int] | None:
    """Give the span of the value after a name, unless an ordinary word may stand there.

    "password=correcthorse" is one, "password: needed by all" and "one token = roughly four letters" are none.
    """
    found = value["quoted"] or value["plain"].rstrip(".:!?")
    start = value.start("quoted" if value["quoted"] else "plain")
    if _NO_VALUE.fullmatch(found):
        return None
    assigned = value["sign"] == "=" or (name["password"] and "=" in value["sign"])
    if value["quoted"] or assigned or _is_random(found, password=bool(name["password"])):
        return start, start + len(found)
    return None


def _is_random(value: str, *, password: bool) -> bool:
    least = LEAST_HYPHENATED_PASSWORD if "-" in value else LEAST_PASSWORD
    if len(value) < (least if password else LEAST_TOKEN):
        return False
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _telephones(text: str) -> Iterator[Hidden]:
    for match in _AMERICAN.finditer(text):
        if _is_telephone(text, match.start(), match.end()):
            yield Hidden(Hides.TELEPHONE, *match.span())
    for match in _FURTHER.finditer(text):
        for end in _ends(match):
            if _is_telephone(text, match.start(), end):
                yield Hidden(Hides.TELEPHONE, match.start(), end)
                break


def _ends(match: re.Match[str]) -> list[int]:
    """Give where a number may end, the longest first: other digits may follow it ("24 hours a day")."""
    ends = [end.end() for end in _GROUP_END.finditer(match.string, match.start(), match.end())]
    return ends[: -MOST_GROUPS_LEFT_OFF - 2 : -1]


def _is_telephone(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    if _NO_NUMBER.fullmatch(number) or _NO_NUMBER_AFTER.match(text, end):
        return False
    if "+" not in number and _NO_NUMBER_BEFORE.search(text[max(0, start - LOOK_BACK) : start]):
        return False
    return LEAST_DIGITS <= sum(map(str.isdigit, number)) <= MOST_DIGITS and _can_be_dialled(number)


def require_library() -> None:
    """Raise `SettingsError` where the extra `mask` is not installed, before any text has been read."""
    try:
        import phonenumbers  # noqa: F401  whether it is there is the question
    except ModuleNotFoundError as error:
        message = "Masking needs the library 'phonenumbers': pip install 'use-case-reviewer[mask]'."
        raise SettingsError(message) from error


@lru_cache(maxsize=65_536)
def _can_be_dialled(number: str) -> bool:
    """Ask the library, from the United States, or from where numbers begin with a 0."""
    require_library()
    import phonenumbers

    def dialled(region: str) -> bool:
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
        except phonenumbers.NumberParseException:
            return False

    digits = [character for character in number if character.isdigit()]
    national = digits[0] == "0" and "+" not in number and "\uff0b" not in number
    if national and (len(digits) < LEAST_TRUNK_DIGITS):
        return False
    return any(map(dialled, TRUNK_REGIONS if national else ("US",)))
