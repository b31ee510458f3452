"""How many of what, as a sentence begins with it."""

from __future__ import annotations


def plural(count: int, noun: str) -> str:
    """Give `1 picture` or `2 pictures`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def counted(count: int, noun: str) -> str:
    """Give `1 picture was` or `2 pictures were`, for what happened to them to follow."""
    return f"{plural(count, noun)} {'was' if count == 1 else 'were'}"
