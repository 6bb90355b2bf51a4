"""What the simulated people say, act by act; names and figures stand in braces.

{title}, {other}: films. {genre}: a kind in the plural ("westerns"). {a_genre}: one film of it ("a western").
{mood}: a wish in soft words. {person}: who made it or acts in it. {decade}: "1980s". {from}, {before_from}: the first
year that is wanted and the one before. {to}, {after_to}: the last one and the one after. {minutes}: most minutes.
{place}: "French", "British". {which}: "the second one", or a title.
"""

from __future__ import annotations

# --- a kind, in other words ---------------------------------------------------------------------------------------
PLURALS: dict[str, str] = {
    "Drama": "dramas",
    "Comedy": "comedies",
    "Action": "action films",
    "Thriller": "thrillers",
    "Romance": "romances",
    "Crime": "crime films",
    "Sci-Fi": "sci-fi",
    "Horror": "horror",
    "Adventure": "adventure films",
    "Fantasy": "fantasy",
    "Family": "family films",
    "Animation": "animated films",
    "Mystery": "mysteries",
    "War": "war films",
    "Western": "westerns",
    "Musical": "musicals",
    "Biography": "biopics",
    "History": "historical films",
    "Documentary": "documentaries",
}
SINGLES: dict[str, str] = {
    "Drama": "a drama",
    "Comedy": "a comedy",
    "Action": "an action movie",
    "Thriller": "a thriller",
    "Romance": "a love story",
    "Crime": "a crime movie",
    "Sci-Fi": "a science fiction film",
    "Horror": "a horror film",
    "Adventure": "an adventure movie",
    "Fantasy": "a fantasy film",
    "Family": "a family film",
    "Animation": "a cartoon",
    "Mystery": "a whodunit",
    "War": "a war movie",
    "Western": "a western",
    "Musical": "a musical",
    "Biography": "a biopic",
    "History": "a historical film",
    "Documentary": "a documentary",
}
MOODS: dict[str, tuple[str, ...]] = {
    "Drama": ("something moving", "something serious for once", "something with real depth", "a slow, thoughtful one"),
    "Comedy": ("something funny", "a good laugh", "something silly", "something to cheer me up", "something witty"),
    "Action": ("something with plenty of action", "something fast and loud", "something with explosions"),
    "Thriller": ("something tense", "something gripping", "something suspenseful", "something that keeps me guessing"),
    "Romance": ("something romantic", "something for a date night", "something sweet"),
    "Crime": ("something gritty", "something with gangsters", "something about a heist"),
    "Sci-Fi": ("something set in space", "something futuristic", "something with robots"),
    "Horror": ("something scary", "something creepy", "something that gives me nightmares"),
    "Adventure": ("something adventurous", "something epic", "a big swashbuckling thing"),
    "Fantasy": ("something magical", "something with dragons or wizards", "something like a fairy tale"),
    "Family": ("something I can watch with the kids", "something for the whole family"),
    "Animation": ("something animated", "something drawn, not filmed"),
    "Mystery": ("something mysterious", "a puzzle to solve"),
    "War": ("something with soldiers in it", "something set in the war"),
    "Western": ("something with cowboys", "something set in the wild west"),
    "Musical": ("something with songs", "something with singing and dancing"),
    "Biography": ("something about a real person", "something based on a true story"),
    "History": ("something from the past, with costumes", "a period piece"),
    "Documentary": ("something where I learn something", "something real, no actors"),
}
PLACES: dict[tuple[str, str], str] = {
    ("country", "United Kingdom"): "British",
    ("country", "Australia"): "Australian",
    ("country", "Canada"): "Canadian",
    ("country", "Ireland"): "Irish",
    ("country", "France"): "French",
    ("country", "Italy"): "Italian",
    ("country", "Denmark"): "Danish",
    ("country", "Spain"): "Spanish",
    ("country", "Japan"): "Japanese",
    ("country", "Sweden"): "Swedish",
    ("language", "Cantonese"): "Cantonese",
}

# --- beginnings ---------------------------------------------------------------------------------------------------
OPEN_ENDED = (
    "What should I watch tonight?",
    "Can you recommend me a film?",
    "I have no idea what to watch, help me out",
    "Got any ideas for a film tonight?",
    "I'm bored, what have you got for me?",
    "Pick a film for me",
    "We're having a movie night. Suggestions?",
    "What would suit me?",
)
OPEN_LOVED_ONE = (
    "I loved {title}, what else is there?",
    "{title} is one of my favourite films. What should I watch next?",
    "The best thing I ever saw is {title}. Anything in that direction?",
    "I really enjoyed {title}. Can you suggest something similar?",
    "I'm a big fan of {title}, recommend me something",
    "Something like {title} please",
    "I could watch {title} again and again. What else would I like?",
    "More films like {title}?",
)
OPEN_LOVED_TWO = (
    "I loved {title} and {other}. Any ideas?",
    "Two of my favourites are {title} and {other}, what would you suggest?",
    "{title} and {other} were both great. What's next for me?",
    "I'm into things like {title} or {other}",
    "Big fan of {title} and {other} here. What should I see?",
)
OPEN_LOVED_HATED = (
    "I loved {title} but hated {other}. What should I watch?",
    "{title} was wonderful, {other} bored me. Ideas?",
    "I enjoyed {title}. {other} not so much. Recommend me something.",
    "Give me something more like {title} than like {other}",
)
OPEN_GENRE = (
    "I'm in the mood for {a_genre}",
    "I feel like {a_genre} tonight",
    "Recommend me {a_genre}",
    "Any good {genre}?",
    "I'm looking for {a_genre}",
    "Show me some {genre}",
    "What {genre} would you recommend?",
    "Hi! I'd love to see {a_genre}",
    "{genre}, please",
)
OPEN_MOOD = (
    "I want {mood}",
    "I'm in the mood for {mood}",
    "Can you find me {mood}?",
    "{mood} please",
    "Tonight I need {mood}",
    "It's been a long day, give me {mood}",
)
OPEN_PERSON = (
    "Do you have anything with {person}?",
    "I like {person}. What should I watch?",
    "I'm a fan of {person}, any suggestions?",
    "Which films by or with {person} do you know?",
    "Something with {person} please",
)
OPEN_DECADE = (
    "I only watch films from the {decade}. Any tips?",
    "Something from the {decade} please",
    "What are good {decade} movies for me?",
    "I'm feeling nostalgic, show me something from the {decade}",
)

# --- limits, alone or behind a wish -------------------------------------------------------------------------------
LIMIT_FROM = (
    "nothing before {from}",
    "nothing older than {from}",
    "from {from} or later",
    "made after {before_from}",
    "no films from before {from}",
    "only films from {from} onwards",
)
LIMIT_TO = (
    "nothing after {to}",
    "nothing newer than {to}",
    "from before {after_to}",
    "made before {after_to}",
    "no later than {to}",
)
LIMIT_DECADE = (
    "from the {decade}",
    "only from the {decade}",
    "it should be from the {decade}",
)
LIMIT_SHORT = (
    "under {minutes} minutes",
    "no longer than {minutes} minutes",
    "at most {minutes} minutes",
    "not longer than {minutes} minutes",
    "it must not run over {minutes} minutes",
    "I only have {minutes} minutes",
)
LIMIT_WITHOUT = (
    "no {genre}",
    "no {genre} please",
    "anything but {genre}",
    "without {genre}",
    "please leave out {genre}",
    "nothing with {genre}",
    "spare me the {genre}",
)
LIMIT_PLACE = (
    "it should be {place}",
    "only {place} films",
    "something {place}",
)

# --- why the cards will not do ------------------------------------------------------------------------------------
TOO_OLD = (
    "Those are too old for me, {limit}",
    "Too old. {limit}, please",
    "I don't watch films that old: {limit}",
    "Hmm, these are ancient. {limit}",
)
TOO_OLD_VAGUE = (
    "Too old for me, something more recent?",
    "These are all so old. Anything newer?",
    "Newer please",
    "Something more modern",
    "Don't you have anything more recent?",
)
TOO_NEW = (
    "Too recent, {limit}",
    "I prefer older films, {limit}",
    "Not so new please: {limit}",
)
TOO_NEW_VAGUE = (
    "Too new, something older please",
    "I'd rather have something older",
    "Older please",
    "Do you have older ones?",
)
TOO_LONG = (
    "Too long. {limit} please",
    "That's too long for tonight, {limit}",
    "I can't sit still for that long, {limit}",
)
TOO_LONG_VAGUE = (
    "Something shorter?",
    "These are too long for me, shorter please",
    "Anything shorter?",
)
NOT_THAT_KIND = (
    "Not into {genre}. Something else?",
    "I don't like {genre}, show me something different",
    "I'm not a fan of {genre}. What else?",
    "I can't stand {genre}, what else do you have?",
    "{genre} bore me. Something else please",
    "I hate {genre}. Other ideas?",
)
NO_MORE_OF_KIND = (
    "No {genre} please, something else",
    "Anything but {genre}",
    "Leave out the {genre} please",
    "Fewer {genre}... actually none at all",
    "Stop showing me {genre}",
    "That's too much {genre}. None of that please",
)
RATHER_MOOD = (
    "Not quite. I'd like {mood}",
    "Nah. {mood} instead",
    "Hmm, {mood} would be better",
    "None of these. I meant {mood}",
    "Close, but make it {mood}",
    "Not really what I'm after, {mood} please",
)
NOTHING_FITS = (
    "None of these appeal to me. What else?",
    "Not convinced. Others?",
    "Nope, try again",
    "Not my thing. Something else?",
    "Meh. Anything else?",
    "I don't fancy any of those",
    "These don't do it for me, next please",
)
SEEN = (
    "I've already seen {title}. What else?",
    "I have seen {title}, something else please",
    "{title} I know already. What else?",
    "Saw {title} years ago. Others?",
)

# --- narrowing and more -------------------------------------------------------------------------------------------
NARROW = (
    "Nice, but {limit}",
    "And {limit}",
    "Can you narrow it down? {limit}",
    "Good direction. {limit} though",
    "One more thing: {limit}",
    "Okay, but {limit} please",
    "Also {limit}",
)
NARROW_GENRE = (
    "Make it {a_genre}",
    "Which of your {genre} would fit me?",
    "I'd like {a_genre}",
    "Let's go for {a_genre}",
    "Rather {a_genre}",
    "Any {genre}?",
)
NARROW_PERSON = (
    "Something with {person} maybe?",
    "Is there one with {person}?",
    "I like {person}, anything there?",
    "What about films with {person}?",
)
MORE = (
    "What else?",
    "More please",
    "Show me more",
    "Any others?",
    "Give me some more",
    "Next",
    "Anything else?",
    "Other suggestions?",
    "Do you have more like these?",
)
MORE_LIKE = (
    "More like {which}",
    "{which} looks good, what else is like it?",
    "Something similar to {which}",
    "I like the sound of {which}. More of that kind?",
)

# --- changes of mind ----------------------------------------------------------------------------------------------
CHANGE_GENRE = (
    "Actually, I'm more in the mood for {a_genre} now",
    "I changed my mind, {a_genre} please",
    "Let's try something different: {a_genre}",
    "On second thoughts, rather {a_genre}",
    "No, wait, I'd prefer {a_genre}",
)
CHANGE_LOVED = (
    "Let's start over. I loved {title}, something like that",
    "Start again: what is like {title}?",
)
LIFT_YEAR = (
    "Any year is fine now",
    "Actually the year doesn't matter",
    "Forget about the year",
    "I don't care about the year any more, what else?",
    "Ok, any decade is fine",
)
LIFT_RUNTIME = (
    "The length doesn't matter after all",
    "Any length is fine",
    "Forget the running time",
    "I have more time now, any length is ok",
)
LIFT_GENRE = (
    "Actually I do like {genre} now",
    "{genre} are fine after all",
    "I take that back, {genre} are okay",
    "You know what, show me {genre} after all",
    "Okay, {genre} are allowed again",
)
LIFT_PLACE = (
    "Any country is fine",
    "The country doesn't matter after all",
    "It can be from anywhere",
)

# --- questions ----------------------------------------------------------------------------------------------------
WHY = (
    "Why {which}?",
    "Why did you pick {which}?",
    "Why would I like {which}?",
    "What makes you think I'd like {which}?",
    "How come you suggest {which}?",
)
WHO_DIRECTED = ("Who directed {which}?", "Who made {which}?", "Who is the director of {which}?")
HOW_LONG = ("How long is {which}?", "What's the running time of {which}?")
WHEN = ("When did {which} come out?", "What year is {which} from?")
WHO_ACTS = ("Who is in {which}?", "Who plays in {which}?")
TELL_ME = ("Tell me more about {which}", "What is {which} about?", "What kind of film is {which}?")
ABOUT_ME = ("What do you know about me?", "What do you think I like?", "Show me my timeline", "Describe my taste")
HEADING = ("Where is my taste heading?", "How have my interests changed?")
POPULAR = ("What's popular right now?", "What is everybody watching?")

# --- tastes -------------------------------------------------------------------------------------------------------
TASTE_LOVED = (
    "I loved {title}",
    "By the way, {title} is great",
    "{title} is one of my favourites",
    "I gave {title} five stars",
    "Oh, and I adore {title}",
)
TASTE_HATED = (
    "I didn't like {title}",
    "{title} was awful",
    "By the way, I hated {title}",
    "I thought {title} was boring",
)

# --- endings ------------------------------------------------------------------------------------------------------
ACCEPT = (
    "{title} sounds perfect, thanks!",
    "Great, I'll watch {title}. Thank you",
    "{which} it is, thanks",
    "I'll take {title}",
    "{title}! Yes, that's the one. Thanks a lot",
    "Perfect, {title} tonight",
)
THE_YEAR = ("the {year} one", "The one from {year}", "{title} ({year})", "the {year} film")
EITHER = ("I don't mind", "whichever", "not important")
