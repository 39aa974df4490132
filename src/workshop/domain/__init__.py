"""Floor 1: the shop's regulation as pure Python. It knows no database, no screen and no clock."""
