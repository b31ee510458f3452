"""Properties that hold for any text, not only for the examples."""
