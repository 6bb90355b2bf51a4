"""Examples of writing for the small model: forms written by us, filled from a catalogue, where the check agrees."""
