"""Tests of the fakes that are shipped."""
