"""Why an item stands where it stands: reasons, contrasts, counterfactuals, and why not."""
