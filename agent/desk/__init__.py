"""The desk: staff who talk to customers with Driftline beside them."""
