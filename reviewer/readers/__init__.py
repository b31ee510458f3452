"""Paths and bytes to submissions; each format is read by a module of its own, imported on demand."""
