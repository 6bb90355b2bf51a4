"""Fine-tuning of the small local model: its examples, written by us, the training, and the adapter that comes of it."""
