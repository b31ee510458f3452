"""The tests of the way to a model."""
