"""The documentation tells what the program does: headings, tables, help texts and examples, all held against it."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING

import click
import jsonschema
import pytest
from click.testing import CliRunner

import reviewer
from reviewer import (
    PhraseError,
    ReviewerError,
    Settings,
    Tier,
    Verdict,
    checking,
    deciding,
    errors,
    loading,
    policy,
    receipt,
    rule,
    submission,
    verdict,
)
from reviewer.cli import commands
from reviewer.cli.status import Status, gravest
from reviewer.filing import index
from reviewer.folding import fold
from reviewer.grammar import Grammar
from reviewer.quoting import locate, read
from reviewer.vocabulary import Vocabulary
from reviewer.words import split
from tests.pages import (
    DOCS,
    PAGES,
    ROOT,
    blocks,
    headings,
    lines,
    marked,
    page,
    run,
    section,
    sections,
    slug,
    unfenced,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.value import Value

SHAPES: dict[str, type[Value]] = {
    "": verdict.Verdict,
    "model.": verdict.ModelRef,
    "receipt.": receipt.Receipt,
    "policy.": verdict.PolicyRef,
    "submission.": verdict.SubmissionRef,
    "finding.": verdict.Finding,
    "clause.": verdict.ClauseRef,
    "confirmation.": policy.Confirmation,
    "deviation.": policy.Deviation,
    "quote.": verdict.Quote,
    "sentence.": verdict.Passage,
    "source.": submission.Source,
    "question.": verdict.Question,
    "condition.": verdict.Condition,
    "warning.": verdict.Warning,
}


def walk(command: click.Command, name: str = "reviewer") -> Iterator[tuple[str, click.Command]]:
    """Give every command under its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            assert found is not None
            yield from walk(found, f"{name} {sub}")


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Give an error and all that are derived from it."""
    yield kind
    for sub in kind.__subclasses__():
        yield from subclasses(sub)


COMMANDS = dict(walk(commands))


@pytest.fixture(name="grammar", scope="module")
def _grammar() -> Grammar:
    """Give the English grammar as it is shipped."""
    (english,) = (language for language in loading.library().languages if language.id == "en")
    return Grammar(english)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_heading_and_help(name: str) -> None:
    """The page quotes the help of every command as the program prints it."""
    assert name in headings("docs/cli.md")
    shown = CliRunner().invoke(commands, [*name.split()[1:], "--help"], prog_name="reviewer", terminal_width=80).output
    assert f"$ {name} --help\n{shown}" in blocks("docs/cli.md", "text")


def test_no_help_is_left_over() -> None:
    """A command that is gone leaves no help behind."""
    assert len(blocks("docs/cli.md", "text")) == len(COMMANDS)


def test_each_format_and_option_is_explained() -> None:
    """What the help does not say of an option, the prose does."""
    prose = unfenced(page("docs/cli.md"))
    for name, command in COMMANDS.items():
        for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
            assert f"`{option.opts[0]}" in prose, f"{name} {option.opts[0]}"
            if isinstance(option.type, click.Choice):
                assert all(f"`{option.opts[0]} {choice}`" in prose for choice in option.type.choices)


def test_each_exit_status_is_told() -> None:
    """The page has a heading for every status, README a row, and both the order of gravity."""
    told = [f"{status.value}: {status.name.lower().replace('_', ' ')}" for status in sorted(Status)]
    assert [heading for heading in headings("docs/cli.md") if heading[0].isdigit()] == told
    rows = re.findall(r"^\| (\d+) \| ", page("README.md"), re.MULTILINE)
    assert sorted(map(int, rows)) == sorted(Status)
    (order,) = re.findall(r"gravest counts: (.+)\.$", page("docs/cli.md"), re.MULTILINE)
    (again,) = re.findall(r"gravest counts: (.+)\.$", page("README.md"), re.MULTILINE)
    told_order = [Status(int(number)) for number in re.findall(r"\d+", order)]
    assert order == again
    assert told_order == [gravest(told_order[at:]) for at in range(len(told_order))]
    assert {*told_order, Status.USAGE, Status.INTERRUPTED} == set(Status)


def test_the_decision_table_is_the_one_that_decides() -> None:
    """Reason, decision and tier stand in the docs as in the program, in the same order."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\d) \|$", page("docs/verdict.md"), re.MULTILINE)
    assert rows == [(reason.value, row.decision.value, str(row.tier.value)) for reason, row in deciding.TABLE.items()]


def test_each_word_of_a_verdict_has_its_heading() -> None:
    """Decisions, tiers, reasons, kinds, contexts and standings are all explained."""
    words = (
        verdict.Decision,
        verdict.Reason,
        verdict.Kind,
        verdict.Context,
        verdict.Calibration,
        policy.Standing,
    )
    wanted = [word.value for kind in words for word in kind]
    wanted += [f"Tier {tier.value}: {tier.name.lower().replace('_', ' ')}" for tier in Tier]
    assert set(wanted) <= set(headings("docs/verdict.md"))
    told = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", page("docs/verdict.md"), re.MULTILINE)
    assert told == [reason.value for reason in receipt.WhyNotModel]
    assert all(f"`{reader.value}`" in page("docs/verdict.md") for reader in verdict.FoundBy)


def test_each_field_of_a_verdict_has_its_heading() -> None:
    """Every field of the JSON is explained, and none that is not there."""
    fields = {f"{prefix}{field}" for prefix, shape in SHAPES.items() for field in shape.model_fields}
    known = headings("docs/verdict.md")
    assert fields <= set(known)
    assert {heading for heading in known if re.fullmatch(r"[a-z]+\.\w+", heading)} <= fields


def test_the_json_example_fits_the_published_schema() -> None:
    """The two files that the page links fit each other, and the example is a verdict."""
    assert {"[verdict.schema.json](verdict.schema.json)", "[verdict.example.json](verdict.example.json)"} <= set(
        re.findall(r"\[verdict\.\w+\.json\]\(verdict\.\w+\.json\)", page("docs/verdict.md"))
    )
    example = page("docs/verdict.example.json")
    jsonschema.Draft202012Validator(json.loads(page("docs/verdict.schema.json"))).validate(json.loads(example))
    Verdict.model_validate_json(example)


def test_every_shape_of_a_verdict_is_told() -> None:
    """A value that is added to the verdict needs its section."""
    shapes = {shape.__name__ for shape in SHAPES.values()}
    schema = Verdict.model_json_schema(mode="serialization")["$defs"]
    assert shapes - {"Verdict"} == {name for name, shape in schema.items() if shape["type"] == "object"}


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("docs/rules.md", rule.Concept),
        ("docs/rules.md", rule.Rule),
        ("docs/rules.md", rule.Cue),
        ("docs/rules.md", rule.Case),
        ("docs/rules.md", rule.Language),
        ("docs/rules.md", rule.Scale),
        ("docs/rules.md", rule.Weights),
        ("docs/rules.md", rule.Stance),
        ("docs/policies.md", policy.Policy),
        ("docs/policies.md", policy.Clause),
    ],
)
def test_each_field_of_rules_and_policies_has_its_heading(name: str, shape: type[Value]) -> None:
    """The pages for authors explain every field, in the order of the program, and none that is not there."""
    prefix = f"{shape.__name__}."
    told = [heading.removeprefix(prefix) for heading in headings(name) if heading.startswith(prefix)]
    assert told == list(shape.model_fields)


def test_each_word_of_rules_and_policies_is_told() -> None:
    """What may stand in a field with a choice of words is listed."""
    for name, kinds in {
        "docs/rules.md": (rule.Level, rule.Shows, rule.Status),
        "docs/policies.md": (policy.Effect, policy.Needs, policy.Role, policy.Standing),
    }.items():
        for kind in kinds:
            assert all(f"`{word.value}`" in page(name) for word in kind)


def test_each_setting_has_its_heading() -> None:
    """Every setting is explained, with its default, and where an option sets it, with that."""
    told = sections("docs/python.md")
    options = {parameter.name for parameter in COMMANDS["reviewer review"].params}
    for name, value in Settings():
        shown = f"{value:,}" if type(value) is int else str(value).lower()
        assert f"The default is {shown}" in told[name], name
        assert name not in options or f"`--{name.replace('_', '-')}`" in page("docs/cli.md")


def test_each_error_has_its_heading() -> None:
    """Every error says what to do, and the tree is the one that the program draws."""
    public = {kind.__name__ for kind in subclasses(ReviewerError) if kind.__module__ == errors.__name__}
    assert public <= set(headings("docs/python.md"))
    drawn = inspect.cleandoc(str(errors.__doc__)).split("::\n\n")[1]
    assert inspect.cleandoc(drawn) + "\n" in blocks("docs/python.md", "text")


def test_the_doors_have_their_headings() -> None:
    """What a program calls is explained under its name."""
    doors = {"Reviewer", "from_env", "review_many", "AsyncReviewer", "Endpoint", "Submission", "Source"}
    doors |= {"Batch", "Intake", "Store"}
    assert doors <= set(headings("docs/python.md"))


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_the_python_examples_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each block stands on its own, and imports only public names."""
    examples = blocks(name, "python")
    assert examples
    for example in examples:
        run(example, {"__name__": "example"})
        for names in re.findall(r"^from reviewer import (.+)$", example, re.MULTILINE):
            assert set(names.split(", ")) <= set(reviewer.__all__)
    assert capsys.readouterr().out


@pytest.mark.parametrize(("phrase", "outcome", "words"), lines("docs/rules.md", "phrases"))
def test_the_phrase_examples_behave_as_said(phrase: str, outcome: str, words: str, grammar: Grammar) -> None:
    """A phrase finds a text, leaves it alone, or is refused with this message."""
    if outcome == "refused":
        with pytest.raises(PhraseError, match=re.escape(words)):
            index([(phrase, ("it",))])
        return
    found = Vocabulary(index([(phrase, ("it",))]), grammar.barriers).scan(split(fold(words).text))
    assert ("it" in found.names) == {"finds": True, "leaves": False}[outcome]


@pytest.mark.parametrize(("context", "text"), lines("docs/rules.md", "contexts"))
def test_the_context_examples_behave_as_said(context: str, text: str, grammar: Grammar) -> None:
    """The words stand in their sentence as the page says."""
    given = submission.Submission.of(text)
    quote = locate("face recognition", given, read(given, grammar), fought=True)
    assert quote.context is verdict.Context(context)


def test_the_rule_example_holds(tmp_path: Path) -> None:
    """The rule of the page loads with its concepts, has no issue, and every case but the known miss holds."""
    for file in re.findall(r"^<!-- file: (\S+) -->$", page("docs/rules.md"), re.MULTILINE):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(marked("docs/rules.md", f"file: {file}"), encoding="utf-8")
    english = (loading.uses() / "en" / "language.toml").read_text(encoding="utf-8")
    (tmp_path / "en" / "language.toml").write_text(english, encoding="utf-8")
    library, cases = loading.library_from(tmp_path), loading.cases_from(tmp_path)
    assert checking.check_library(library, cases) == ()
    assert {result.holds for result in checking.run_cases(library, cases) if not result.case.todo} == {True}
    assert {case.todo for case in cases} == {True, False}


def test_the_policy_example_holds(tmp_path: Path) -> None:
    """The policy of the page loads from a file and has no issue with the shipped rules."""
    file = tmp_path / "house.toml"
    file.write_text(marked("docs/policies.md", "file: house.toml"), encoding="utf-8")
    assert checking.check_policy(loading.policy(str(file)), loading.library()) == ()


@pytest.mark.parametrize("address", loading.policies())
def test_each_shipped_policy_is_named(address: str) -> None:
    """Each has a heading, its title, and the day from which it holds."""
    shipped = loading.policy(address)
    assert address in headings("docs/policies.md")
    assert shipped.title in page("docs/policies.md")
    assert (
        str(shipped.effective or shipped.attested_from or shipped.attested_in) in sections("docs/policies.md")[address]
    )


def test_each_language_of_the_rules_has_its_row() -> None:
    """The table names the languages that there are rules for, and tells those that look for some uses only."""
    rows = re.findall(r"^\| [A-Z]\w+ \| `(\w+)` \| (.+) \|$", section("docs/rules.md", "Languages"), re.MULTILINE)
    known = loading.library().languages
    assert {code for code, _ in rows} == {language.id for language in known}
    assert {code for code, told in rows if "Language.uses" in told} == {one.id for one in known if one.uses}


def test_the_kinds_of_case_are_told() -> None:
    """The page lists the four lists that a case file may have, and no other."""
    rows = re.findall(r"^\| `((?:todo-)?(?:no-)?match)` \|", page("docs/rules.md"), re.MULTILINE)
    assert rows == ["match", "no-match", "todo-match", "todo-no-match"]


def test_the_places_for_figures_are_there() -> None:
    """The benchmarks have a place for each table, under the command that prints it."""
    text = page("docs/benchmarks.md")
    for command, mark in (
        ("python -m benchmarks [INVENTORY.csv]", "table"),
        ("python -m benchmarks.model_path", "model"),
        ("reviewer eval --offline fixtures/descriptions/english.jsonl --split score", "quality"),
    ):
        assert 0 <= text.index(f"\n{command}\n") < text.index(f"<!-- {mark} -->")


def test_every_page_is_in_the_index() -> None:
    """No page of the docs is hard to find: the index has them all, and README links the index and each page."""
    for file in DOCS:
        name = file.relative_to(ROOT / "docs").as_posix()
        if name != "index.md":
            assert f"]({name}" in page("docs/index.md")
        assert f"](docs/{name}" in page("README.md")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_every_relative_link_resolves(file: Path) -> None:
    """A link leads to a file that is there, and its anchor to a heading on it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", unfenced(file.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (file.parent / path).resolve() if path else file
        assert linked.is_file(), f"{file.name}: {target}"
        if anchor:
            known = map(slug, headings(linked.relative_to(ROOT).as_posix()))
            assert anchor in known, f"{file.name}: {target}"


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_prose_is_one_sentence_a_line(file: Path) -> None:
    """Outside of tables and fenced blocks, no line goes on after a full stop, and no long dash stands."""
    text = unfenced(file.read_text(encoding="utf-8"))
    assert "\u2014" not in text
    for line in text.splitlines():
        assert line.startswith("|") or not re.search(r"[a-z`)][.!?] [A-Z]", line), line
