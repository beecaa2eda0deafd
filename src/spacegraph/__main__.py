"""``python -m spacegraph`` is the same as ``spacegraph``."""

from spacegraph.cli import main

if __name__ == "__main__":
    main()
