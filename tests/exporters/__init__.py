"""Tests of the exports of a run."""
