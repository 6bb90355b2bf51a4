"""The parts of the façade, by what the doors ask for; `agent.service.Service` is all of them together."""
