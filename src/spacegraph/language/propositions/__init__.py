"""Propositions: who did what to whom, and when. The component is :mod:`.component`."""
