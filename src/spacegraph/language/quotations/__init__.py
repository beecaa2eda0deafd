"""Quotations: who says what to whom, in every style. The component is :mod:`.component`."""
