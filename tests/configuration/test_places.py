"""Who may say what, and whose word wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reviewer import configuration
from reviewer.configuration import Configuration
from reviewer.errors import SettingsError
from reviewer.settings import Settings
from tests.configuration.house import AZURE, KEY, MODEL, OWN, House

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_given_is_nothing_sent(house: House) -> None:
    """Without a word from anybody, all is at its default and no model is asked."""
    assert house.configure({}) == Configuration()


@pytest.mark.parametrize(
    "environ",
    [
        {"OPENAI_API_KEY": KEY},
        {"REVIEWER_API_KEY": KEY, "REVIEWER_BASE_URL": OWN},
        {"AZURE_OPENAI_ENDPOINT": AZURE, "AZURE_OPENAI_API_KEY": KEY},
        {"REVIEWER_MODEL": " ", "OPENAI_API_KEY": KEY},
    ],
)
def test_a_key_alone_sends_nothing(house: House, environ: dict[str, str]) -> None:
    """A key that lies in the environment for another program is no order to send texts with it."""
    assert house.configure(environ).endpoint is None


def test_later_places_win(house: House) -> None:
    """An option beats a variable, that the file that is named, that the folder's, and that the user's own."""
    house.user.write_text(
        '[review]\nmax_characters = 1\npolicy = "a"\n[model]\nmodel = "m1"\ntimeout = 1\nattempts = 1\n'
    )
    house.here.write_text('[review]\nmax_characters = 2\npolicy = "b"\n')
    assert house.configure({}).settings.max_characters == 2
    house.config.write_text('[review]\npolicy = "c"\n[model]\nmodel = "m3"\ntimeout = 3\ndeadline = 3\n')
    assert house.configure({}).policies == ("c",)
    environ = {"REVIEWER_MODEL": "m4", "REVIEWER_TIMEOUT": "4.5", "REVIEWER_POLICY": "d"}
    made = house.configure(environ, model="m5", policy=None)
    assert made.endpoint is not None
    assert (made.endpoint.model, made.endpoint.timeout, made.endpoint.deadline) == ("m5", 4.5, 3)
    assert (made.endpoint.attempts, made.policies, made.settings.max_characters) == (1, ("d",), 2)
    assert made.told["model"] == "the option 'model'"
    assert made.told["timeout"] == "REVIEWER_TIMEOUT"
    assert made.told["deadline"] == f"{house.config}: model.deadline"
    assert made.told["max_characters"] == f"{house.here}: review.max_characters"


def test_every_variable_is_read(house: House, tmp_path: Path) -> None:
    """What can be said by a variable arrives in its form."""
    environ = {
        "REVIEWER_MODEL": "east",
        "REVIEWER_BASE_URL": OWN,
        "REVIEWER_API_KEY": f"{KEY}\n",
        "REVIEWER_API_VERSION": "2024-10-21",
        "REVIEWER_MODEL_NAME": "gpt",
        "REVIEWER_TRANSPORT": "aiohttp",
        "REVIEWER_TIMEOUT": "1",
        "REVIEWER_DEADLINE": "2",
        "REVIEWER_IN_FLIGHT": "3",
        "REVIEWER_MAX_COST": "4",
        "REVIEWER_MAX_CALLS": "5",
        "REVIEWER_ALLOWED_HOSTS": "models.house.example, other.example,",
        "REVIEWER_PRICE": "0.5, 2",
        "REVIEWER_POLICY": "house.toml",
        "REVIEWER_CACHE": str(tmp_path / "r.db"),
    }
    made = house.configure(environ)
    assert made.endpoint is not None
    assert made.endpoint.model_dump(exclude={"temperature", "attempts", "max_reply_bytes"}) == {
        "model": "east",
        "base_url": OWN,
        "api_key": SecretStr(KEY),
        "api_version": "2024-10-21",
        "model_name": "gpt",
        "transport": "aiohttp",
        "timeout": 1.0,
        "deadline": 2.0,
        "in_flight": 3,
        "max_cost": 4.0,
        "max_calls": 5,
        "allowed_hosts": ("models.house.example", "other.example"),
        "price": (0.5, 2.0),
    }
    assert (made.policies, made.cache) == (("house.toml",), tmp_path / "r.db")


def test_the_users_file_may_say_everything_but_a_key(house: House) -> None:
    """Endpoint, budget, cache and review options; paths in it are meant from its own folder."""
    house.user.write_text(
        f'[review]\npolicy = "./house.toml"\nmask = true\n[store]\ncache = "kept/replies.db"\n'
        f'[model]\nmodel = "gpt"\nbase_url = "{OWN}"\nprice = [1, 2.5]\nallowed_hosts = ["models.house.example"]\n'
    )
    made = house.configure({})
    assert made.endpoint is not None
    assert (made.endpoint.price, made.endpoint.host) == ((1, 2.5), "models.house.example")
    assert made.policies == (str(house.user.parent / "house.toml"),)
    assert made.cache == house.user.parent / "kept" / "replies.db"
    assert made.settings == Settings(mask=True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f'[model]\nbase_url = "{OWN}"', "model.base_url"),
        ('[model]\nmodel = "gpt"', "model.model"),
        ("[model]\ntimeout = 1", "model.timeout"),
        ('[model]\nanything = "x"', "model.anything"),
        ('[store]\ncache = "/tmp/x"', "store.cache"),
        ('[review]\ncache = "/tmp/x"', "review.cache"),
        (f'[review]\nbase_url = "{OWN}"', "review.base_url"),
        ('[model]\napi_key_env = "HOME"', "model.api_key_env"),
        (f'base_url = "{OWN}"', "base_url"),
        ("model = 'gpt'", "model"),
    ],
)
def test_a_strangers_folder_cannot_redirect_text(house: House, text: str, place: str) -> None:
    """A file that merely lies where one works names no endpoint, model or place; it is refused with file and key."""
    house.here.write_text(text)
    with pytest.raises(SettingsError, match="may set review options only") as caught:
        house.configure(MODEL)
    assert str(caught.value).startswith(f"{house.here}: {place}: ")


def test_a_strangers_folder_cannot_take_the_mask_off(house: House) -> None:
    """Who asks for masking in the own file gets it in every folder; elsewhere a folder may set it."""
    house.here.write_text("[review]\nmask = false")
    assert not house.configure({}).settings.mask
    house.user.write_text("[review]\nmask = true")
    with pytest.raises(SettingsError, match=r"review\.mask is false, but .* asks for masking"):
        house.configure({})


def test_a_file_that_the_user_names_is_trusted_wherever_it_lies(house: House) -> None:
    """`--config reviewer.toml` is the user's own word, as is working in the folder of the own file."""
    house.here.write_text('[model]\nmodel = "gpt"')
    assert configuration.configure({}, config=house.here, folder=house.folder, user=house.user).endpoint is not None
    assert configuration.configure({}, folder=house.folder, user=house.here).endpoint is not None


@pytest.mark.parametrize("table", ["", "[model]\n", "[review]\n"])
@pytest.mark.parametrize("place", ["user", "here", "config"])
def test_no_file_may_hold_a_key(house: House, place: str, table: str) -> None:
    """The sentence says where a key goes instead, and does not repeat it."""
    getattr(house, place).write_text(f'{table}api_key = "{KEY}"')
    with pytest.raises(SettingsError, match=r"no file may hold a key; put it into the environment") as caught:
        house.configure(MODEL)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[review]\nmax_charakters = 1", "review.max_charakters is unknown; did you mean 'max_characters'?"),
        ('[model]\nbaseurl = "x"', "model.baseurl is unknown; did you mean 'base_url'?"),
        ("[review]\nqqq = 1", "review.qqq is unknown; known are as_of, mask, max_bytes, max_characters"),
        ("[reviews]\nmask = true", "reviews is unknown; did you mean 'review'?"),
        ("mask = true", "mask stands outside of its table; put it below [review]."),
        ("review = 3", "review must be a table: [review], and its keys below."),
        ("[review\n", "is no TOML"),
        ("x = " + "[" * 5000, "is no TOML"),
        ("[review]\nmax_characters = 0", "max_characters is 0; it must be 1 or more."),
        ('[review]\nmax_characters = "many"', "review.max_characters is 'many': Input should be a valid integer"),
        ("[review]\npolicy = 3", "review.policy is 3; it must be a text, or a list of texts."),
        ("[store]\ncache = 3", "store.cache is 3; it must be a text."),
        ('[store]\ncache = "~nobody-of-that-name/x"', "there is no such home folder"),
        ('[model]\nmodel = "gpt"\nprice = [1]', "model.price is [1]: "),
    ],
)
def test_a_mistake_in_a_file_is_told_with_file_and_key(house: House, text: str, message: str) -> None:
    """Whoever mistypes a key reads which, where, and what was probably meant."""
    house.config.write_text(text)
    with pytest.raises(SettingsError) as caught:
        house.configure({})
    assert message in str(caught.value)
    assert message.startswith("max_characters is") or str(house.config) in str(caught.value)


def test_a_file_in_a_broken_encoding_is_told(house: House) -> None:
    """A byte-order mark is read over, as Windows writes it; other bytes that are no UTF-8 are named."""
    house.user.write_bytes(b"\xef\xbb\xbf[review]\nmask = true")
    assert house.configure({}).settings.mask
    house.user.write_bytes(b"[review]\npolicy = '\xff'")
    with pytest.raises(SettingsError, match="is no TOML"):
        house.configure({})


def test_a_named_file_must_be_there(house: House) -> None:
    """The user's and the folder's file may be missing; one that was asked for may not."""
    with pytest.raises(SettingsError, match=r"house\.toml: cannot be read: No such file"):
        configuration.configure({}, config=house.config, folder=house.folder, user=house.user)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("REVIEWER_TIMEOUT", "soon", "REVIEWER_TIMEOUT is 'soon': Input should be a valid number"),
        ("REVIEWER_TIMEOUT", "0", "REVIEWER_TIMEOUT is '0': Input should be greater than 0."),
        ("REVIEWER_DEADLINE", "inf", "REVIEWER_DEADLINE is 'inf': Input should be a finite number."),
        ("REVIEWER_IN_FLIGHT", "2.5", "REVIEWER_IN_FLIGHT is '2.5': Input should be a valid integer"),
        ("REVIEWER_MAX_COST", "nan", "REVIEWER_MAX_COST is 'nan': Input should be a finite number."),
        ("REVIEWER_MAX_CALLS", "-1", "REVIEWER_MAX_CALLS is '-1': Input should be greater than or equal to 0."),
        ("REVIEWER_PRICE", "1", "REVIEWER_PRICE is ('1',): "),
        ("REVIEWER_PRICE", "1,-2", "REVIEWER_PRICE is ('1', '-2'): Input should be greater than or equal to 0."),
        ("REVIEWER_TRANSPORT", "pigeon", "REVIEWER_TRANSPORT is 'pigeon': Input should be 'httpx' or 'aiohttp'"),
        ("REVIEWER_BASE_URL", "ftp://x", "'ftp://x' is no web address"),
        ("REVIEWER_BASE_URL", "http://[x", "its host or its port cannot be read"),
        ("REVIEWER_ALLOWED_HOSTS", "a.example", "is not among allowed_hosts"),
        ("REVIEWER_API_KEY", "two words", "REVIEWER_API_KEY holds blanks or letters that no key has (9 characters)"),
    ],
)
def test_a_mistake_in_a_variable_is_told_by_name(house: House, variable: str, value: str, message: str) -> None:
    """A number that is none, or a limit that limits nothing, is told and not guessed at; a key is never shown."""
    with pytest.raises(SettingsError) as caught:
        house.configure({**MODEL, variable: value})
    assert message in str(caught.value)
    assert "two words" not in str(caught.value)
    assert caught.value.__context__ is None or variable != "REVIEWER_API_KEY"


def test_an_option_that_is_none_is_told(house: House) -> None:
    """A name that nothing is known by is an error, and empty options count as not given."""
    with pytest.raises(SettingsError, match=r"the option 'modle' is unknown; did you mean 'mode"):
        house.configure({}, modle="gpt")
    assert house.configure({}, model="", allowed_hosts=(), cache=None).told == {}


def test_offline_leaves_the_endpoint_out(house: House) -> None:
    """Who asks for no model is not bothered with what is wrong about one."""
    environ = {**MODEL, "REVIEWER_TIMEOUT": "soon", "REVIEWER_POLICY": "a"}
    made = house.configure(environ, offline=True)
    assert (made.endpoint, made.policies) == (None, ("a",))
