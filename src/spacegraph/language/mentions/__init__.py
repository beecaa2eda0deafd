"""Mentions: names, nominals, pronouns and values, each with its type. The component is :mod:`.component`."""
