"""A small fine-tuned encoder that reads messages: which tools they ask for, and the part that each name plays."""
