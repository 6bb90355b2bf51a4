"""From scored candidates to a list: greedy, one named part of the score for each thing that a list is good for."""
