"""Vocabulary of the whole system: types, settings, errors, the pure timeline, privacy and telemetry."""
