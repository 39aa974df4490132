"""What everybody may know of the made-up shop of `workshop demo`."""

from typing import Final

DEMO_PIN: Final = "2580"
"""The PIN of everybody in the demo; its sign-in screen shows it."""
