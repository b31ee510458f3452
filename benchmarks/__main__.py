"""`python -m benchmarks [INVENTORY.csv]`: every figure that compares, as ratios measured in one run.

Without an inventory, the labelled descriptions are read, which are shorter and hit more often than real ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import processes, rules_speed, spacy_peer
from benchmarks.texts import texts


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inventory", nargs="?", type=Path, help="a CSV file with the columns of the federal inventory")
    parser.add_argument("--without-spacy", action="store_true", help="leave out the peer that needs an environment")
    options = parser.parse_args()
    read = texts(options.inventory)
    characters = sum(map(len, read)) // len(read)
    print(f"{len(read):,} descriptions of {characters:,} characters on average\n")
    print("| measure | figure |\n| --- | ---: |")
    for measure in (rules_speed.rows(read), [] if options.without_spacy else spacy_peer.rows(read), processes.rows()):
        for name, figure in measure:
            print(f"| {name} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
