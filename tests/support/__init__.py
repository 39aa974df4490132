"""What the tests stand on: servers, databases, people, orders."""
