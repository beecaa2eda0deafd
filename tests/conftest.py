"""What all tests share: how long hypothesis may take is measured in benchmarks/, not here."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A busy machine makes neither an example nor its generation wrong.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
