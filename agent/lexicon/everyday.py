"""Everyday words, which are rarely meant as titles."""

from __future__ import annotations

import re

COMMON_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
a an and are after all any about again alone always another anything away back bad be because been before best
better big black blue both boy boys brother brothers but by can car change child children city come could crazy dad
daughter dark day days dead deep did do dog down dream dreams easy eight else end even evening ever every everything
face
fame family fast father fear feel few fine first five for four free freedom friend friends from fun funny game games
get girl girls give go gold gone good got great guy guys had happy hard has have he heart heat hello help her here
hi high him his home hope hot house how i if in into is it its jazz joy just kid kids kind know last late later less
let life light like little live long look lost love luck mad made man many maybe me mean men mine moment money
monster month more most mother movie much music my name near never new next nice night nine no none not nothing now
of off oh ok okay old on once one only or other our out over paid paper party past people perfect play please pretty
promise quick quiet quite rain ready real really recent red ride right romance room run sad safe said same say
school sea secret see seven sex she short show sing sister six sleep slow small so some someone something sometimes
son soon sorry space speed spring star start stay still stop story strange street strong such summer sun super sure
sweet taken takers tell ten than thanks that the their them then there these they thing things think this those
three thriller tidy time times to today together tomorrow tonight too top tough town tragic true truth try turn
twelve twenty two ugly under up us very wait walk want war was watch water way we weather week weekend weird well
went were west what when where which while white who why wild will win winter wish with without woman women wonder
wonderful word words work world would wrong year years yes yesterday you young your zero film films movie movies
horror comedy drama action tense scary interest interests taste idea ideas sounds sound
""",
    )
)
"""Everyday words: a title made of them alone is believed only where the words around it point at a title."""
