"""What all tests share."""

pytest_plugins = ["support.databases", "support.shop", "support.busy_shop", "support.acting"]
