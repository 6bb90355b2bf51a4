"""Driftline as a model behind OpenAI's chat completions, for the clients that speak them."""
