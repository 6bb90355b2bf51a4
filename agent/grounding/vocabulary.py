"""Words that a reply may use without asserting anything about an item, beside those of taste and of the evidence.

A sentence about an item made of other words asserts something that the evidence cannot show: a plot, a performance,
a place. Words are listed in their base form; `familiar` also accepts their common inflections.
"""

from __future__ import annotations

import re

_WORDS = re.findall(
    r"\S+",
    """
a about above absolutely across actual actually add after afternoon again ahead all almost alone along already also
although always am among an and another answer any anymore anyone anything appeal appear are around as ask aside at
available away back bad balance based be because become been before begin behind being below beside best better
between beyond big bit bold both bring broad build but by call can cannot care carry case cast catalogue change
check choice choose chosen clear close come comfortable compare complete consider contain could country couple
course credit critic critics cross current date day deal decide decade depend detail did different difficult direct
directed director dislike do does done doubt down draw drop each earlier early easy either else end english enjoy
enough entirely era especially even evening ever every everyone everything exact example except explore extra face
fair fall familiar far favour favourite favorite feature feel feeling few figure film final find fine finish first
fit five flavour flick follow fond for forget found four free fresh friend from full fun further future gap gather
gem gentle genre get give glad go good got grab great group guess had half hand handful happen happy hard has have
having hear heard help her here hide high his history hit hold honest hope hour how however idea if imagine in
include indeed instead interest interesting into introduce is isn it item its itself join just keep kind know knew
language large last late later latest lean learn least leave left length less let level life like likely limit line
list little live long look lot love lovely low made main make many mark match matter maximum may maybe me mean meant
meet mention might mind minute miss mix mixed moment month mood more most mostly move movie much must my name near
nearly need never new next nice night no nobody nominate nomination none nor not note nothing now number of off
offer often ok okay old on once one only open option or order oscar other otherwise our out outside over overall own
pace part particular past pattern people per perfect perhaps person pick picture place plan play please pleasure
plenty point popular possible pretty prefer preference previous probably produce promise prompt put quick quiet
quite range rank rate rather rating reach read ready real really reason recent recently recommend recommendation
record release remain remember remind remove reply request respect rest result return review right round run runtime
running safe said same satisfy save say score screen search second see seem seen sense separate set seven several
shade shall share she shift short should show side similar similarly simple simply since single sit six slate slight
slightly small so some someone something sometimes somewhat soon sorry sort sound space spend spot stand start state
stay step stick still stop story strength strong style such suggest suggestion suit suitable sure surprise switch
take talk taste tell ten tend than thank thanks that the their them then there therefore these they thing think
third this those though thought three through throughout tie time timeline title to together told tomorrow tonight
too top topic total touch toward towards treat tried try turn twelve twist two type under understand unfortunately
unless until up upon us use usual usually vary very version view viewing want warm was watch way we week weekend
welcome well went were what whatever when where whether which while who whole why wide will win wish with within
without won word work world worth would write written wrong year yes yet you young your yourself zero nine eight
hello hi hey bye goodbye morning evening night cheers delighted afraid apologise apologize tricky trouble worry chat
question questions anytime assist assistance actor actress writer dialogue spoken adventurous favourites liking
loves loving liked hated tailored personal personalised personalized curious keen intrigued excited wonder wonderful
wonderfully stretch hunt hour's today enjoyable solid bet gladly bang spread aim aimed angle blend combine offers
enter entry heads heading drift drifting rise rising fade fading grow growing forecast predict prediction share
shares percent percentage expect expected projection uncertain uncertainty interval likely error measured sitting
history rated ratings liking watched watch note noted saved kept recorded undo edit exclude excluded excluding metascore
include included including avoid avoiding constraint filter limit limits relax drop dropped leaving
he him did does doing neither nor isn aren wasn weren don doesn didn haven hasn hadn won't couldn wouldn shouldn
lie somewhere alongside together screenplay script helm pen penned co besides respectively altogether roughly nearly
exactly almost count against ground steady stable home shortlist lineup selection trio quartet pairing duo title titled
clock last length long-ish belong into away behind apart per nothing else anybody somebody whoever whichever
wherever whenever against versus compare comparison similarity besides above below upper lower middle centre
plan ready able unable aware unsure certain sure specific general usual typical main chief major minor key core
top bottom front gain hold held remain stay kept rest rise
cost costs price priced budget pay article product goods brand
thing stuff everything bring brought carry went gone seem appear turn narrow narrower widen broaden broader
tonight's evening's mention mentioned named naming call called say says said told tell telling ask asks wonder
begin start end finish continue follow pass past since yet still even indeed rather quite somewhat fairly pretty
simply merely purely mainly mostly partly largely basically essentially honestly frankly personally
suggests recommending recommends handpick handpicked pick-me-up rewatch revisit sample skip scroll browse
runner runners stretch half third quarter dozen pair couple several single sole solely alone both either
production fan vein spirit line-up himself herself themselves contrast
worth worthwhile fine decent sound nice neat handy helpful useful relevant related unrelated relation
late early soon quick quicker brief briefly shortly nap bedtime lunch dinner
minus plus add added extra total sum average around within beyond upto overall whole entire complete
decide decision choice choices chosen chooses alternate alternative alternatively instead otherwise
mean means reckon suppose believe guess bet doubt sense hunch idea thought thoughts
welcome glad happy pleased sorry afraid hopefully unfortunately luckily thankfully
""",
)

KNOWN = frozenset(_WORDS)

_IRREGULAR = {
    "ran": "run",
    "kept": "keep",
    "felt": "feel",
    "chose": "choose",
    "took": "take",
    "gave": "give",
    "wrote": "write",
    "won": "win",
    "came": "come",
    "saw": "see",
    "went": "go",
    "made": "make",
    "found": "find",
    "meant": "mean",
}
_CONTRACTED = re.compile(r"(?:n't|'(?:ve|d|ll|re|m))$")
_SUFFIXES = {
    "'s": ("",),
    "s": ("",),
    "es": ("",),
    "ed": ("", "e"),
    "ing": ("", "e"),
    "ly": ("", "le", "e"),
    "er": ("", "e"),
    "est": ("", "e"),
    "ier": ("y",),
    "iest": ("y",),
    "ily": ("y",),
    "ies": ("y",),
    "ied": ("y",),
    "able": ("", "e"),
}
"""Endings of a word, and what its base form may have in their place."""


def familiar(word: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a lower-case word, or its base form, is a word without a claim of its own or among ``extra``."""
    word = _CONTRACTED.sub("", word)
    if word in KNOWN or word in extra or _IRREGULAR.get(word, "") in KNOWN:
        return True
    for suffix, endings in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            stem = word[: -len(suffix)]
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and suffix in {"ed", "ing", "er", "est"}
            bases = [stem + ending for ending in endings] + ([stem[:-1]] if doubled else [])
            if any(base in KNOWN or base in extra for base in bases):
                return True
    return False


def words_of(text: str) -> list[str]:
    """Lower-case words of a text, apostrophes kept."""
    return re.findall(r"[a-zà-öø-ÿ]+(?:'[a-z]+)?", text.casefold())
