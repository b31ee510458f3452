"""Runs over many submissions."""
