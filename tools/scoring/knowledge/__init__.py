"""What is known about the items themselves, as a typed graph: people, series, remakes, sources, product lines."""
