"""The behaviour model: the probability that a person clicks, buys, rates or likes an item, at a moment."""

from tools.scoring.behaviour.context import History, World
from tools.scoring.behaviour.fit import BehaviourOptions, fit_behaviour
from tools.scoring.behaviour.model import Behaviour, in_words, load, save

__all__ = ["Behaviour", "BehaviourOptions", "History", "World", "fit_behaviour", "in_words", "load", "save"]
