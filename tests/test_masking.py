"""What is hidden before a text leaves the machine, and what must stay readable."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import SettingsError
from reviewer.masking import Hides, Masked, masked, recounted

# Tokens are put together here, so that no scanner of this repository takes an example for a real one.
LETTERS = "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv"
KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{LETTERS * 2}\n{LETTERS}==\n-----END RSA PRIVATE KEY-----"
EMAILS = ["ann@firm.example", "ann.lee+forms@mail.firm.example", "o_brien-x@firm-one.example", "mailbox@bücher.example"]
TELEPHONES = [
    "202-555-0143",
    "(202) 555-0143",
    "202.555.0143",
    "2025550143",
    "1-800-555-0199",
    "+1 202 555 0143",
    "+12025550143",
    "+44 20 7946 0958",
    "020 7946 0958",
    "+49 (0)30 901820",
    "0049 30 901820",
    "030 901820",
    "(030) 901820",
    "030/901820",
    "01 99 00 12 34",
    "+33 1 99 00 12 34",
    "+91 98765 43210",
    "098765 43210",
    "0491 570 006",
    "+81 3-1234-5678",
    "+41\u00a044\u00a0668\u00a018\u00a000",
]
SECRETS = [
    f"sk-proj-{LETTERS}",
    f"sk-{LETTERS}",
    f"sk-ant-api03-{LETTERS}",
    f"sk_live_{LETTERS}",
    "AKIA" + "IOSFODNN7EXAMPLE",
    f"ghp_{LETTERS}{LETTERS}",
    f"github_pat_{LETTERS}_{LETTERS}",
    f"glpat-{LETTERS}",
    f"xoxb-12345678901-{LETTERS}",
    f"AIza{LETTERS}123",
    f"hf_{LETTERS}{LETTERS}",
    f"SG.{LETTERS[:22]}.{LETTERS}{LETTERS}",
    f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{LETTERS}",
    f"{LETTERS * 3}"[:86] + "==",
    KEY,
]
# What is before the value, the value, what is after it.
NAMED = [
    ("password = ", "hunter2", ""),
    ("password: ", "hunter2", "."),
    ("DB_PASSWORD=", "correcthorse", "\n"),
    ("Server=db;Uid=app;Pwd=", "correct-horse", ";Database=x"),
    ('{"password": "', "correcthorse", '"}'),
    ("AZURE_CLIENT_SECRET='", "abc~defghijk", "'"),
    ("api_key: ", LETTERS, ""),
    ("AccountKey=", "abcd/efgh+1234==", ";EndpointSuffix=x"),
    ("Authorization: Bearer ", LETTERS, ""),
    ("Authorization: Basic ", "YW5uOmh1bnRlcjI=", ""),
    ("postgresql://app:", "s3cret", "@db.example/forms"),
    ("amqp://app:", "p@ss", "@queue.example"),
    ("The password is ", "Welcome2you!", " for all of us"),
    ("https://hooks.slack.com/services/", "T00000000/B00000000/XXXXXXXX", ""),
]
ORDINARY = [
    "On 2024-05-02 at 10:30 we begin.",
    "Open 10:30-12:00 and 09.00-12.30 14.00-18.00.",
    "From 01.02.2023 to 03.04.2024, 5/2/2024, 20240502103000, 01.02.2024 10:30.",
    "It costs 1,000,000 or 12,345,678.90 or 1.000.000,00 or 1 000 000 000 a year.",
    "It costs $2025550143, 2 125 550 143 in all, or 2025550143 EUR.",
    "IBAN DE89 3704 0044 0532 0130 00 and GB29 NWBK 6016 1331 9268 19.",
    "IBAN BE68 5390 0754 7034, card 4111 1111 1111 1111.",
    "Article 22(1) of Regulation (EU) 2016/679, clause 5.1.2.3, ISO 27001:2022, Regulation (EU) 2024/1689.",
    "Order 2025550143, invoice no. 2025550143, ticket #2025550143.",
    "ISBN 978-0-306-40615-7, doi 10.1145/3292500.3330701, 0000-0002-1825-0097.",
    "192.168.100.200, 2001:0db8:85a3:0000:0000:8a2e:0370:7334, 550e8400-e29b-41d4-a716-446655440000.",
    "Pi is 3.1415926535 and we stand at 40.7127837, -74.0059413; the share is 0.2025550143.",
    "Pages 211-227 (2003), years 2020-2021-2022, 12345678-1234-1234-1234-123456789012.",
    "Under microsoft-ai-services@4.0 we ask @ann, who paid 3 @ 5.00.",
    "Password: required. Secret: none. Token: each person gets one. API key: kept by the platform.",
    "The password is reset monthly, and the secret is safe. One token = roughly four letters.",
    "Passwords: 12 characters. Password: 90-day rotation. password=required, token: GPT-4o-mini.",
    "password = ${DB_PASSWORD} or <your password> or [masked] or ****.",
    "The bearer of this letter, bearer authentication-between-services, sk-learn, basic understanding.",
    "See https://forms.example:8080/people/@ann and https://forms.example/a:b.",
]
PIECES = [
    *EMAILS,
    *TELEPHONES,
    *SECRETS[:4],
    *"@.+-:/=[]*'\" \n10a",
    "password=",
    "://u:",
    "bearer ",
    "secret",
    "[tel***]",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def only(text: str) -> tuple[Hides, str]:
    """Give the kind and the words of the single thing that is hidden in a text."""
    (hidden,) = masked(text).hidden
    return hidden.kind, text[hidden.start : hidden.end]


@pytest.mark.parametrize("address", EMAILS)
def test_addresses_are_hidden(address: str) -> None:
    """An e-mail address goes, and the full stop after it stays."""
    assert only(f"Write to <{address}>, or to nobody.") == (Hides.EMAIL, address)
    assert only(f"Write to {address}.") == (Hides.EMAIL, address)


@pytest.mark.parametrize("number", TELEPHONES)
def test_telephone_numbers_are_hidden(number: str) -> None:
    """A number that can be dialled goes, however it is written, and whatever number follows it."""
    assert only(f"Call {number}.") == (Hides.TELEPHONE, number)
    assert only(f"Call {number}, 24 hours a day.") == (Hides.TELEPHONE, number)


def test_a_number_is_hidden_before_other_digits() -> None:
    """Digits in the next words do not make a telephone number unreadable to us."""
    assert only("Call 202 555 0143 24 hours a day") == (Hides.TELEPHONE, "202 555 0143")
    assert only("Call +44 20 7946 0958 24 hours a day") == (Hides.TELEPHONE, "+44 20 7946 0958")


@pytest.mark.parametrize("secret", SECRETS)
def test_published_shapes_are_hidden(secret: str) -> None:
    """A key that says by its shape whose it is goes, wherever it stands."""
    assert only(f"We use {secret} here.") == (Hides.SECRET, secret)


@pytest.mark.parametrize(("before", "secret", "after"), NAMED)
def test_named_secrets_are_hidden(before: str, secret: str, after: str) -> None:
    """What is called a password or a key goes, and its name stays for the reader."""
    assert only(before + secret + after) == (Hides.SECRET, secret)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays(text: str) -> None:
    """Dates, times, money, clauses, identifiers and talk about passwords stay, as the same object."""
    assert masked(text) == Masked(text)
    assert masked(text).text is text


def test_a_mask_can_be_read() -> None:
    """A model sees what kind of thing stood there, and every offset stays where it was."""
    text = "Mail ann@firm.example or call 202-555-0143; password=hunter2."
    assert masked(text).text == "Mail [e-mail********] or call [tel*******]; password=[secre]."


def test_an_unended_key_takes_no_prose() -> None:
    """A private key without its last line hides the lines that look like a key, and not the proposal after it."""
    text = f"-----BEGIN PRIVATE KEY-----\n{LETTERS * 2}\nThe assistant answers questions - not more."
    assert masked(text).text.endswith("]\nThe assistant answers questions - not more.")


def test_what_overlaps_is_hidden_as_one() -> None:
    """An address or a number inside of a secret leaves nothing of the secret behind."""
    text = "password='x(202) 555-0143' and amqp://app:ann@firm.example@queue.example"
    assert masked(text).text == "password='[secret*******]' and amqp://app:[secret********]@queue.example"
    assert {hidden.kind for hidden in masked(text).hidden} == {Hides.SECRET}


def test_neighbours_are_all_hidden() -> None:
    """Numbers and addresses that only a mark sets apart all go."""
    text = "202-555-0143/202-555-0144/202-555-0145, ann@firm.example+bob@firm.example+eve@firm.example"
    assert [hidden.kind for hidden in masked(text).hidden] == [Hides.TELEPHONE] * 3 + [Hides.EMAIL] * 3


@pytest.mark.parametrize(
    ("words", "original"),
    [
        ("write to [e-mail********] today", "write to ann@firm.example today"),
        ("Write  to [e-mail**]", "write to ann@firm.example"),
        ("[e-mail***********************] today, she\u2019s in", "ann@firm.example today, she's in"),
    ],
)
def test_quotes_are_mapped_back(words: str, original: str) -> None:
    """A quote from the masked text leads to the words of the original, also where the model miscounts the stars."""
    text = "Please write to ann@firm.example today, she's in."
    shown = masked(text).text
    start = shown.find(recounted(words, shown))
    assert text[start : start + len(original)] == original


def test_an_invented_quote_is_not_mapped() -> None:
    """Words around a mask must stand in the text; if they do not, they stay as they are and are found nowhere."""
    shown = masked("Please write to ann@firm.example today.").text
    for words in ("phone [e-mail********]", "please write", "write to [tel***]"):
        assert recounted(words, shown) == words


@given(TEXTS)
def test_masking_keeps_every_place(text: str) -> None:
    """The length stays, what is not hidden stays, and masks lie apart and in order."""
    mask = masked(text)
    assert len(mask.text) == len(text)
    done = 0
    for hidden in mask.hidden:
        assert done <= hidden.start < hidden.end
        assert mask.text[done : hidden.start] == text[done : hidden.start]
        done = hidden.end
    assert mask.text[done:] == text[done:]


@given(TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    """A mask is nothing that would have to be hidden, and brings nothing to light beside it."""
    once = masked(text).text
    assert masked(once).text == once


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "@",
        "a@",
        "a@a.",
        "a-",
        "1 ",
        "(1",
        "+1-",
        "0",
        "://a:",
        "password ",
        '"',
        "eyJ",
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_no_text_hangs_it(piece: str) -> None:
    """A hundred thousand characters made to be slow come to an end; in more than linear time they would not."""
    text = piece * (100_000 // len(piece))
    assert len(masked(text).text) == len(text)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, masking says what to install, and sends nothing unmasked."""
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(SettingsError, match=r"use-case-reviewer\[mask\]"):
        masked("Call 202-555-0177.")
