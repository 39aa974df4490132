"""A small shop and helpers to act in it, for tests."""
