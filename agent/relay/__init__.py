"""Conversations that a program relays whole with every message, as OpenAI's chat completions do."""
