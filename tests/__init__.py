"""The tests; every one says in a sentence what must hold."""
