"""`reviewer policy`: what the codes of conduct say, how they differ, and whether packs and rules hold."""

from __future__ import annotations

from importlib import import_module

import click

# Each command with the module that has it, the function there, and its line in the help.
COMMANDS = {
    "check": ("check", "check", "Check packs, rules and cases for mistakes."),
    "confirm": ("confirm", "confirm", "Record that somebody compared a clause with the official page."),
    "diff": ("diff", "diff", "Tell what differs between two policies, clause by clause."),
    "explain": ("show", "explain", "Explain a clause and the rules that look for it."),
    "import": ("take_in", "take_in", "Lay the official wording of a saved page over a policy."),
    "list": ("show", "list_policies", "List the policies that can be named."),
    "new": ("new", "new", "Begin a policy of your own."),
    "show": ("show", "show", "Show a policy's clauses."),
    "test": ("check", "test_cases", "Run every case of every rule."),
}


class PolicyCommands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=PolicyCommands)
def policy() -> None:
    """Show, explain, compare, check and test the policies, and make your own."""
