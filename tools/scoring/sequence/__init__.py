"""A causal self-attention network over the events of a person (SASRec's family), trained on everybody's log."""
