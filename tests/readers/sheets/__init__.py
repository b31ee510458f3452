"""Sheets with one submission a row."""
