"""Measurements of speed and of how well the rules read; `python -m benchmarks` prints the table."""
