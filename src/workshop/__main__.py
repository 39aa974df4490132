"""`python -m workshop`: the same door as the command `workshop`."""

from workshop.cli import main

if __name__ == "__main__":
    main()
