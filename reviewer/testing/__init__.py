"""Fakes for tests of programs that use the reviewer; the reviewer's own tests use them, too.

`ScriptedModel` takes a model's place and needs no server::

    from reviewer import Reviewer
    from reviewer.testing import ScriptedModel, finding, reply

    def test_a_ticket_is_rejected():
        found = finding("emotion-inference", "whether the agents are sad or angry")
        model = ScriptedModel([reply("reject", found)])
        ticket = "It listens to the calls of our staff and tells their supervisor whether the agents are sad or angry."
        verdict = Reviewer(model=model).review(ticket)
        assert (verdict.decision, verdict.decided_by) == ("reject", "model")
        assert len(model.calls) == 1

`FakeEndpoint` is a real server on this machine, which answers by the shipped rules or misbehaves as told::

    from reviewer.testing import FakeEndpoint, behaviours

    with FakeEndpoint([behaviours.too_many(retry_after=1), behaviours.by_rules()]) as fake:
        ...  # a client of fake.base_url is refused once and answered then
        assert [asked.path for asked in fake.requests] == ["/v1/chat/completions"] * 2

`python -m reviewer.testing` starts one to try commands against.
"""

from __future__ import annotations

from reviewer.call import Failure, ModelCall, Reply
from reviewer.testing import behaviours
from reviewer.testing.endpoint import Asked, FakeEndpoint
from reviewer.testing.exchange import Behaviour, Line, Request, Response
from reviewer.testing.form import finding, reply
from reviewer.testing.scripted import ScriptedModel, ScriptExhausted

__all__ = [
    "Asked",
    "Behaviour",
    "Failure",
    "FakeEndpoint",
    "Line",
    "ModelCall",
    "Reply",
    "Request",
    "Response",
    "ScriptExhausted",
    "ScriptedModel",
    "behaviours",
    "finding",
    "reply",
]
