"""`python -m dafu`: the same as the command `dafu`."""

from dafu.cli import main

if __name__ == "__main__":
    main()
