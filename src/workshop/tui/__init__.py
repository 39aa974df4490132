"""Floor 4: the terminal. Screens call `Gateway` and nothing below it; they know commands and frozen views, no tables.

To add a workplace: a `Workplace` in `places/`, and its line in `places/__init__.py`. To show an act nothing is needed:
the forms and the lists of acts come from the commands themselves.
"""
