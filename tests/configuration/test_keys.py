"""Where text goes by the usual variables, and which key goes there."""

from __future__ import annotations

import pytest

from reviewer.errors import SettingsError
from tests.configuration.house import AZURE, AZURE_MODEL, KEY, MODEL, OWN, House, base_url, key

HOMES: dict[str, tuple[dict[str, str], str, str | None]] = {
    "ours goes to the default": ({"REVIEWER_API_KEY": KEY}, "https://api.openai.com/v1", KEY),
    "ours goes where ours says": ({"REVIEWER_API_KEY": KEY, "REVIEWER_BASE_URL": OWN}, OWN, KEY),
    "ours before theirs": ({"REVIEWER_API_KEY": KEY, "OPENAI_API_KEY": "no"}, "https://api.openai.com/v1", KEY),
    "theirs goes to the default": ({"OPENAI_API_KEY": KEY}, "https://api.openai.com/v1", KEY),
    "theirs goes where theirs says": ({"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": OWN}, OWN, KEY),
    "theirs goes where ours says": ({"OPENAI_API_KEY": KEY, "REVIEWER_BASE_URL": OWN}, OWN, KEY),
    "ours before their address": (
        {"REVIEWER_BASE_URL": OWN, "AZURE_OPENAI_ENDPOINT": AZURE, "AZURE_OPENAI_API_KEY": KEY},
        OWN,
        None,
    ),
    "azure": ({"AZURE_OPENAI_ENDPOINT": AZURE, "AZURE_OPENAI_API_KEY": KEY}, f"{AZURE}/openai/v1/", KEY),
    "azure before openai": (
        {"AZURE_OPENAI_ENDPOINT": f"{AZURE}/", "AZURE_OPENAI_API_KEY": KEY, "OPENAI_API_KEY": "no"},
        f"{AZURE}/openai/v1/",
        KEY,
    ),
    "azure in full": (
        {"AZURE_OPENAI_ENDPOINT": f"{AZURE}/openai/v1/", "AZURE_OPENAI_API_KEY": KEY},
        f"{AZURE}/openai/v1/",
        KEY,
    ),
    "azure with our key": ({"AZURE_OPENAI_ENDPOINT": AZURE, "REVIEWER_API_KEY": KEY}, f"{AZURE}/openai/v1/", KEY),
    "azure by our address": (
        {
            "REVIEWER_BASE_URL": f"{AZURE}/openai/v1/",
            "AZURE_OPENAI_ENDPOINT": AZURE.replace("house", "House"),
            "AZURE_OPENAI_API_KEY": KEY,
        },
        f"{AZURE}/openai/v1/",
        KEY,
    ),
    "azure's key without azure": ({"AZURE_OPENAI_API_KEY": KEY}, "https://api.openai.com/v1", None),
    "azure's older way": (
        {"AZURE_OPENAI_ENDPOINT": f"{AZURE}/", "AZURE_OPENAI_API_KEY": KEY, "OPENAI_API_VERSION": "2024-10-21"},
        AZURE,
        KEY,
    ),
}


@pytest.mark.parametrize(("environ", "address", "sent"), HOMES.values(), ids=HOMES)
def test_each_key_goes_to_its_own_address(
    house: House, environ: dict[str, str], address: str, sent: str | None
) -> None:
    """A key reaches the provider that it is for, and no other."""
    made = house.configure({**MODEL, **environ})
    assert (base_url(made), key(made)) == (address, sent)


def test_the_usual_key_does_not_go_to_an_address_from_a_file(house: House) -> None:
    """OPENAI_API_KEY is for OpenAI; a file or an option that names another host does not get it, and that is told."""
    house.config.write_text(f'[model]\nbase_url = "{OWN}"')
    environ = {**MODEL, "OPENAI_API_KEY": KEY}
    made = house.configure(environ)
    assert (base_url(made), key(made)) == (OWN, None)
    assert made.told["api_key"] == "OPENAI_API_KEY kept back: not meant for https://models.house.example"
    assert key(house.configure(environ, base_url="https://else.example")) is None
    assert key(house.configure({**MODEL, "REVIEWER_API_KEY": KEY})) == KEY


def test_our_key_stays_with_our_address(house: House) -> None:
    """Where the environment says what its key is for, an option that names another host does not get it."""
    environ = {**MODEL, "REVIEWER_API_KEY": KEY, "REVIEWER_BASE_URL": OWN}
    assert key(house.configure(environ, base_url=f"{OWN}/beta")) == KEY
    assert key(house.configure(environ, base_url=OWN.replace("https", "http"))) is None
    assert key(house.configure(environ, base_url="https://else.example", api_key="other")) == "other"


def test_a_file_names_the_variable_of_its_key(house: House) -> None:
    """The key stands in the environment, under a name of the file's choice, and goes to the file's address only."""
    house.user.write_text(f'[model]\nmodel = "gpt"\nbase_url = "{OWN}"\napi_key_env = "HOUSE_KEY"')
    made = house.configure({"HOUSE_KEY": KEY, "OPENAI_API_KEY": "no"})
    assert (key(made), made.told["api_key"]) == (KEY, "HOUSE_KEY")
    assert key(house.configure({"HOUSE_KEY": KEY, "REVIEWER_BASE_URL": "https://else.example"})) is None
    house.config.write_text('[model]\nbase_url = "https://else.example"')
    assert key(house.configure({"HOUSE_KEY": KEY})) is None
    with pytest.raises(SettingsError, match=r"api_key_env names 'HOUSE_KEY', which is not set"):
        house.configure({})


def test_a_key_in_place_of_its_variable_is_not_shown(house: House) -> None:
    """Who mistakes `api_key_env` for the key does not find it in a log."""
    house.user.write_text(f'[model]\nmodel = "gpt"\napi_key_env = "{KEY}"')
    with pytest.raises(SettingsError, match="names a variable that is not set") as caught:
        house.configure({})
    assert KEY not in str(caught.value)


def test_the_deployment_is_the_model(house: House) -> None:
    """On Azure the deployment's name is what is asked for, unless a model is named."""
    environ = {**AZURE_MODEL, "AZURE_OPENAI_API_KEY": KEY}
    for named, expected in (({}, "eastern"), (MODEL, "gpt")):
        made = house.configure({**environ, **named})
        assert made.endpoint is not None
        assert (made.endpoint.model, made.endpoint.api_version) == (expected, None)
    older = house.configure({**environ, "REVIEWER_API_VERSION": "2024-06-01", "OPENAI_API_VERSION": "2024-10-21"})
    assert older.endpoint is not None
    assert (older.endpoint.base_url, older.endpoint.api_version) == (AZURE, "2024-06-01")


def test_a_deployment_is_asked_for_at_azure_only(house: House) -> None:
    """Its name is none that another provider knows: without Azure's address nothing is sent anywhere."""
    with pytest.raises(SettingsError, match="set AZURE_OPENAI_ENDPOINT, too"):
        house.configure({"AZURE_OPENAI_DEPLOYMENT": "eastern", "OPENAI_API_KEY": KEY})
    assert house.configure({**AZURE_MODEL, "REVIEWER_BASE_URL": OWN}).endpoint is None
    named = house.configure({"AZURE_OPENAI_DEPLOYMENT": "eastern", "REVIEWER_BASE_URL": OWN})
    assert named.endpoint is not None
    assert named.endpoint.model == "eastern"


def test_two_endpoints_are_told_and_not_chosen_between(house: House) -> None:
    """Where text goes is never guessed."""
    environ = {**MODEL, "AZURE_OPENAI_ENDPOINT": AZURE, "OPENAI_BASE_URL": OWN}
    with pytest.raises(SettingsError, match="say with REVIEWER_BASE_URL which is meant"):
        house.configure(environ)
    assert base_url(house.configure({**environ, "REVIEWER_BASE_URL": OWN})) == OWN


def test_an_address_in_a_file_beats_the_usual_variables(house: House) -> None:
    """A variable that is there for other programs does not redirect text from where the user's file sends it."""
    house.user.write_text(f'[model]\nmodel = "gpt"\nbase_url = "{OWN}"')
    assert base_url(house.configure({"OPENAI_BASE_URL": "https://else.example"})) == OWN
    assert base_url(house.configure({"AZURE_OPENAI_ENDPOINT": AZURE})) == OWN
