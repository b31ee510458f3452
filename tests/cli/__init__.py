"""The commands that stand on a store, as a person meets them."""
