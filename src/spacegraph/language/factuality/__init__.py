"""Factuality: how an article puts things, and by whom. The component is :mod:`.component`."""
