"""The HTTP API: explainable recommendation queries, the timeline, and chat, over one Service."""
