"""Runs tried under another policy."""
