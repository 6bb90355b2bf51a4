"""Driftline as an agent bot of Chatwoot: its webhooks come in, its API takes the answers."""
