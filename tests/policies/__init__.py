"""Policies as a library: what differs between them, what a saved page gives, and how an own one begins."""
