"""The desk: the page of the staff who talk to customers, and of those who watch over it."""
