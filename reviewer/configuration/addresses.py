"""Where to ask, by the variables that other programs use too; for what no variable or file of our own says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.configuration.layer import Layer, Told, given
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

_V1 = "/openai/v1"


def origin(address: object) -> str:
    """Give scheme, host and port of an address: what a key is meant for."""
    scheme, _, rest = str(address).lower().partition("://")
    for mark in "/?#":
        rest = rest.partition(mark)[0]
    return f"{scheme}://{rest}"


def fall_back(told: Layer, environ: Mapping[str, str]) -> Layer:
    """Give base URL, API version and model by `OPENAI_*` and `AZURE_OPENAI_*`, where they are to be used."""
    azure, openai = given(environ, "AZURE_OPENAI_ENDPOINT"), given(environ, "OPENAI_BASE_URL")
    deployment = given(environ, "AZURE_OPENAI_DEPLOYMENT")
    model: Layer = {"model": Told(deployment, "AZURE_OPENAI_DEPLOYMENT")} if deployment else {}
    if not (told.keys() | model.keys()) & {"model"}:
        return {}
    if "base_url" in told:
        return model if not azure or origin(azure) == origin(told["base_url"].value) else {}
    if azure and openai:
        message = (
            "AZURE_OPENAI_ENDPOINT and OPENAI_BASE_URL name two endpoints; say with REVIEWER_BASE_URL which is meant."
        )
        raise SettingsError(message)
    if azure:
        return model | _azure(azure, told, environ)
    if "model" not in told:
        message = "AZURE_OPENAI_DEPLOYMENT names a deployment, but nothing says where; set AZURE_OPENAI_ENDPOINT, too."
        raise SettingsError(message)
    return {"base_url": Told(openai, "OPENAI_BASE_URL")} if openai else {}


def _azure(endpoint: str, told: Layer, environ: Mapping[str, str]) -> Layer:
    """Give the newer address, which ends in /openai/v1/, unless somebody asks for a version of the older one."""
    plain = endpoint.rstrip("/").removesuffix(_V1).removesuffix("/openai")
    version = given(environ, "OPENAI_API_VERSION")
    layer = {"api_version": Told(version, "OPENAI_API_VERSION")} if version else {}
    older = "api_version" in told or version
    return layer | {"base_url": Told(plain if older else f"{plain}{_V1}/", "AZURE_OPENAI_ENDPOINT")}
