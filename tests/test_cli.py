"""The command line as a person or a gate meets it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reviewer import Verdict
from reviewer.cli import run
from reviewer.cli.status import Status, gravest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BREACH = "Officers wear cameras, and the app compares the faces of passers-by live with the sheriff's wanted list."
MAIN = "from reviewer.cli import main; main()"
QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."


@pytest.fixture(name="pipe_in")
def _pipe_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give a function that lays bytes into standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Give a function that writes a file and names it."""

    def write(name: str, content: str | bytes) -> str:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(file)

    return write


def test_a_breach_is_rejected_with_clause_and_words(
    write: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal shows recommendation, reader, clause number, standing and the quoted words in their sentence."""
    assert run(["review", "--offline", write("case.txt", BREACH)]) == Status.REJECT
    shown = " ".join(capsys.readouterr().out.split())
    assert "Reject under Microsoft Enterprise AI Services Code of Conduct, version 4.0" in shown
    assert "Read by: keyword rules only: the review was asked to stay offline." in shown
    assert "[us-police-facial-recognition]" in shown
    assert "\u00ab" in shown
    assert "not checked against the official page" in shown
    assert "What would change it:" in shown


def test_json_is_one_verdict_a_line(
    write: Callable[[str, str], str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Programs get the published fields, one object a line, in the order of the files."""
    files = [write("breach.txt", BREACH), write("quiet.txt", QUIET)]
    assert run(["review", "--offline", "--format", "json", *files]) == Status.REJECT
    lines = capsysbinary.readouterr().out.decode().splitlines()
    verdicts = [Verdict.model_validate_json(line) for line in lines]
    assert [verdict.decision for verdict in verdicts] == ["reject", "refer"]
    finding = json.loads(lines[0])["findings"][0]
    quote = finding["quotes"][0]
    assert BREACH[quote["start"] : quote["end"]] == quote["text"]
    assert (finding["kind"], finding["found_by"]) == ("fail", "rules")
    assert files == [verdict.submission.source.file for verdict in verdicts]


def test_markdown_cannot_be_formatted_by_the_text(
    write: Callable[[str, str], str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What the submitter writes stays text: no link, no heading, no HTML."""
    text = BREACH.replace("live", "live <img src=x> [here](http://evil.example) **now**")
    run(["review", "--offline", "--format", "md", write("case.md", text)])
    shown = capsysbinary.readouterr().out.decode()
    assert "## Reject under" in shown
    assert "<img" not in shown.replace("\\<img", "")
    assert "[here](" not in shown
    assert "http://" not in shown


def test_control_characters_are_shown_not_obeyed(
    write: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """An escape sequence in a submission cannot paint or move on the reader's terminal."""
    run(["review", "--offline", write("case.txt", BREACH.replace("live", "live\x1b[2J"))])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown


def test_standard_input_is_read(pipe_in: Callable[[bytes], None], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A dash, or nothing at all with a pipe, is standard input."""
    for arguments in (["-"], []):
        pipe_in(BREACH.encode())
        assert run(["review", "--offline", "--format", "json", *arguments]) == Status.REJECT
        assert b'"file":"standard input"' in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "there is no text in it"),
        (b" \n\t ", "there is no text in it"),
        (b"%PDF-1.7 \x00", "it is damaged or no PDF"),
        (b"PK\x03\x04\x00\x00", "it is an archive"),
        (b"abc\x00def", "binary data"),
        ("caf\u00e9 ".encode() + "caf\u00e9".encode("latin-1"), "it mixes encodings: UTF-8 at byte 3"),
        (b"\xff\xfea", "is no utf-16 text"),
        (b"x" * 1001, "limit of 1,000"),
        ("\u00e9".encode() * 5000, "limit of 1,000"),
    ],
    ids=["empty", "blank", "PDF", "ZIP", "binary", "mixed", "half UTF-16", "long", "very long"],
)
def test_unreadable_input_is_one_sentence_and_status_5(
    write: Callable[[str, bytes], str], capsys: pytest.CaptureFixture[str], content: bytes, says: str
) -> None:
    """The sentence names the file and the cure; nothing goes to standard output."""
    file = write("case.txt", content)
    assert run(["review", "--offline", "--max-characters", "1000", file]) == Status.INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Error: {file}: ")
    assert says in err
    assert err.count("\n") == 1


def test_old_windows_files_are_read(
    write: Callable[[str, bytes], str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A file in Windows-1252 or UTF-16 is text like any other."""
    for encoding in ("windows-1252", "utf-16", "utf-8-sig"):
        file = write("case.txt", f"Caf\u00e9 \u2013 {QUIET}".encode(encoding))
        assert run(["review", "--offline", "--format", "json", file]) == Status.REFER
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert len({json.loads(line)["submission"]["sha256"] for line in lines}) == 1


def test_one_bad_file_stops_no_other(write: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is reviewed, and the graver status is left with."""
    assert run(["review", "--offline", write("no.txt", ""), "nowhere.txt", write("yes.txt", QUIET)]) == Status.INPUT
    out, err = capsys.readouterr()
    assert "Refer to a person" in out
    assert ["no.txt: there is no text" in err, "nowhere.txt: cannot be read: no such file" in err] == [True, True]


def test_exit_zero_forgives_verdicts_only(write: Callable[[str, str], str]) -> None:
    """A rejected text is no failure of the command then; an unreadable one still is."""
    breach = write("breach.txt", BREACH)
    assert run(["review", "--offline", "--exit-zero", breach]) == 0
    assert run(["review", "--offline", "--exit-zero", breach, write("empty.txt", "")]) == Status.INPUT


def test_rules_can_be_kept_from_rejecting(write: Callable[[str, str], str]) -> None:
    """With --rules-only-refer a strong hit goes to a person."""
    assert run(["review", "--offline", "--rules-only-refer", write("case.txt", BREACH)]) == Status.REFER


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["review", "--policy", "nobody", "x"], "There is no policy 'nobody'; known are anthropic-usage@2025-09-15"),
        (["review", "--policy", "./none.toml", "x"], "none.toml: cannot be read: No such file"),
        (["review", "--format", "yaml", "x"], "'yaml' is not one of"),
        (["review", "--max-characters", "0", "x"], "0 is not in the range"),
        (["revue"], "No such command 'revue'"),
        (["policy", "explain", "no-such"], "has no clause 'no-such'"),
        (["policy", "explain", "emotion-inferenc"], "did you mean 'emotion-inference'?"),
    ],
)
def test_wrong_use_is_status_2(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the operator got wrong is said in a sentence with the cure."""
    assert run(arguments) == Status.USAGE
    assert says in capsys.readouterr().err


def test_a_broken_pack_tells_all_its_issues(
    write: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every issue at once, with file and key."""
    file = write("pack.toml", 'name = "x"\nversion = 4\n[[clauses]]\nid = "a"\neffect = "maybe"\n')
    assert run(["review", "--policy", file, "x"]) == Status.USAGE
    err = capsys.readouterr().err
    assert [f"{file}: {key}" in err for key in ("version", "title", "clauses.0.effect", "clauses.0.remedy")] == [
        True
    ] * 4


def test_policy_commands_show_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    """List, show and explain name policies, clauses, standing, rules and what they cost."""
    assert run(["policy", "list"]) == 0
    assert "microsoft-ai-services@4.0" in capsys.readouterr().out
    assert run(["policy", "show"]) == 0
    assert "us-police-facial-recognition" in capsys.readouterr().out
    assert run(["policy", "explain", "us-police-facial-recognition"]) == 0
    shown = capsys.readouterr().out
    assert ["Standing:" in shown, "Remedy:" in shown, "False positives:" in shown] == [True] * 3


def test_the_shipped_rules_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """No issue, and every case of every rule does what it says."""
    assert run(["policy", "check"]) == 0
    assert "no issue." in capsys.readouterr().out
    assert run(["policy", "test"]) == 0
    assert " 0 do not; " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([], 0),
        ([0, 3, 4], 4),
        ([3, 0], 3),
        ([4, 5], 5),
        ([5, 6], 6),
        ([6, 1], 1),
    ],
)
def test_the_gravest_status_wins(statuses: list[int], status: int) -> None:
    """Of several, 1 before 6, 5, 4, 3, 0."""
    assert gravest(map(Status, statuses)) == status


@pytest.mark.parametrize("arguments", [["--version"], ["review", "--offline", "--exit-zero", "-"]])
def test_no_openai_and_no_socket(arguments: list[str]) -> None:
    """Neither the version nor an offline review imports the model's client or opens a socket."""
    code = (
        "import sys\n"
        "def audit(event, details):\n"
        "    if event.startswith('socket.'): sys.exit(f'opened a socket: {event}')\n"
        "sys.addaudithook(audit)\n"
        "from reviewer.cli import run\n"
        f"status = run({arguments!r})\n"
        "sys.exit('openai' in sys.modules or status)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=BREACH, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_pipe_is_no_traceback(write: Callable[[str, str], str]) -> None:
    """`reviewer review ... | head -1` ends quietly."""
    files = [write("case.txt", BREACH)] * 400
    command = [sys.executable, "-c", MAIN, "review", "--offline", "--format", "json"]
    with subprocess.Popen([*command, *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_console_without_the_letters_is_no_crash(write: Callable[[str, str], str]) -> None:
    """What the console cannot show is shown by its code."""
    file = write("case.txt", BREACH.replace("live", "live \u2603"))
    command = [sys.executable, "-c", MAIN, "review", "--offline", file]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="cp1252", check=False)
    assert (done.returncode, done.stderr) == (Status.REJECT, "")
    assert "\\u2603" in done.stdout


def test_a_file_with_a_foreign_name_is_reviewed(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A name in an old encoding is shown by its bytes."""
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    file.write_text(QUIET)
    assert run(["review", "--offline", "--format", "json", str(file)]) == Status.REFER
    assert json.loads(capsysbinary.readouterr().out)["submission"]["source"]["file"].endswith("caf\\xe9.txt")


def test_an_interrupt_is_status_130() -> None:
    """Ctrl-C while a text is being read ends with one word."""
    command = [sys.executable, "-c", MAIN, "review", "--offline", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"word " * 100_000)  # more than a pipe holds: it returns when somebody reads
        process.stdin.flush()
        time.sleep(0.5)  # a signal that comes between two reads is heard at the end of the second
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == Status.INTERRUPTED
        assert process.stderr.read().strip() == b"Interrupted."


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is larger than any document costs no more memory than the limit."""
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(100_000_000_000)
    assert run(["review", "--offline", str(file)]) == Status.INPUT
    assert "limit of 100,000,000 bytes" in capsys.readouterr().err


def test_an_empty_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in which there is nothing to review is no success."""
    assert run(["review", "--offline", str(tmp_path)]) == Status.INPUT
    assert "there is no document in this folder" in capsys.readouterr().err
