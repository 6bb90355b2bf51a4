"""What the HTTP API takes and gives beside the engine's own values; its server and its client share it."""
