"""Where settings and the endpoint come from."""
