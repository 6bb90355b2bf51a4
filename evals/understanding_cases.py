"""Labelled messages: what each means, over the films of evals/sample_films.py.

``wants`` names topics that must be wished for ("Thriller" is a genre; others are written out); "" means none at all.
``limits`` are the exact hard limits as `Constraints.parts` names them, separated by "; ". Everything else is exact too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One message and its meaning; names are separated by ", ".

    Attributes:
        sample: whether the label holds over the sample films alone, as it depends on which titles there are.
    """

    text: str
    intents: str
    likes: str = ""
    dislikes: str = ""
    seen: str = ""
    faded: str = ""
    others: str = ""
    similar: str = ""
    subjects: str = ""
    forgets: str = ""
    wants: str = ""
    limits: str = ""
    without: str = ""
    k: int | None = None
    resets: str = ""
    unresolved: str = ""
    ambiguous: str = ""
    sample: bool = False


CASES: tuple[Case, ...] = (
    # tastes
    Case("I loved Alien and Fargo", "record", likes="Alien, Fargo"),
    Case("i loved alien and fargo", "record", likes="Alien, Fargo"),
    Case("i absolutely adored the godfather", "record", likes="The Godfather"),
    Case("I hated Titanic", "record", dislikes="Titanic"),
    Case("titanic was boring", "record", dislikes="Titanic"),
    Case("Titanic bored me to tears", "record", dislikes="Titanic"),
    Case("Didn't like Prometheus at all", "record", dislikes="Prometheus"),
    Case("i dont like musicals", "record", dislikes="Musical"),
    Case("I can't stand musicals", "record", dislikes="Musical"),
    Case("I'm not a fan of westerns", "record", dislikes="Western"),
    Case("wasn't a fan of Inception", "record", dislikes="Inception"),
    Case("isn't Fargo great? I love it", "record", likes="Fargo"),
    Case("isn't alien great", "record", likes="Alien"),
    Case("my favourite film is Blade Runner", "record", likes="Blade Runner"),
    Case("Casablanca is my favorite", "record", likes="Casablanca"),
    Case("my least favourite film is The Notebook", "record", dislikes="The Notebook"),
    Case("I'm a big fan of Ridley Scott", "record", likes="director:Ridley Scott"),
    Case("i love thrillers and sci-fi", "record", likes="Thriller, Sci-Fi"),
    Case("i like comedies but not romantic ones", "record", likes="Comedy", dislikes="Romance"),
    Case("I liked Alien but not Aliens", "record", likes="Alien", dislikes="Aliens"),
    Case("Loved Memento, hated Gravity", "record", likes="Memento", dislikes="Gravity"),
    Case("alien, fargo, seven", "record", likes="Alien, Fargo, Seven"),
    Case("alien, jaws, gladiator", "record", likes="Alien, Jaws, Gladiator"),
    Case("Alien and The Matrix", "record", likes="Alien, The Matrix"),
    Case("i've seen the matrix and inception already", "record", seen="The Matrix, Inception"),
    Case("Saw Zodiac last week", "record", seen="Zodiac"),
    Case("watched jaws yesterday, it was great", "record", likes="Jaws"),
    Case("Saw Fargo yesterday and loved it", "record", likes="Fargo"),
    Case("I watched Titanic. Hated it.", "record", dislikes="Titanic"),
    Case("I finished Zodiac. It was too long.", "record", dislikes="Zodiac"),
    Case("I'd give Inception 9/10", "record", likes="Inception"),
    Case("gravity: 3/10", "record", dislikes="Gravity"),
    Case("I used to love horror", "record", faded="Horror"),
    Case("I used to be into westerns but now I love documentaries", "record", faded="Western", likes="Documentary"),
    Case("i'm tired of action movies", "record", faded="Action"),
    Case("I no longer like musicals", "record", faded="Musical"),
    Case("I've lost interest in war films", "record", faded="War"),
    Case("when i was a kid i loved E.T.", "record", faded="E.T. the Extra-Terrestrial"),
    Case("My daughter adored Frozen", "record", others="Frozen"),
    Case("my wife loves The Notebook but I hated it", "record", others="The Notebook", dislikes="The Notebook"),
    Case("my son hates musicals", "record", others="Musical"),
    Case("lately i'm into documentaries", "record", likes="Documentary"),
    Case("Se7en is a masterpiece", "record", likes="Seven"),
    Case("se7en blew me away", "record", likes="Seven"),
    Case("I couldn't finish Gladiator", "record", dislikes="Gladiator"),
    Case("Alien wasn't bad", "record", likes="Alien"),
    Case("not a fan of tom cruise", "record", dislikes="actor:Tom Cruise"),
    Case("i liked Heat (1995) a lot", "record", likes="Heat"),
    Case('I loved "Blorgon Returns"', "record", unresolved="Blorgon Returns"),
    Case("I loved Heat", "record", ambiguous="Heat", sample=True),
    Case("loved Toy Story as a family film", "record", likes="Toy Story"),
    Case("I enjoyed Alien as a horror film", "record", likes="Alien"),
    Case("Casablanca as a romance left me cold", "record", dislikes="Casablanca"),
    Case("I don't like horror any more", "record", faded="Horror"),
    # requests
    Case("recommend me something", "recommend"),
    Case("what should i watch tonight?", "recommend"),
    Case(
        "something tense but not gory, after 1990",
        "recommend",
        wants="Thriller",
        limits="not genre: Horror; year >= 1991",
    ),
    Case(
        "I loved Alien and Fargo, something tense but not gory, after 1990",
        "record, recommend",
        likes="Alien, Fargo",
        wants="Thriller",
        limits="not genre: Horror; year >= 1991",
    ),
    Case("three films like Memento", "recommend", similar="Memento", k=3),
    Case("something like alien but funny", "recommend", similar="Alien", wants="Comedy"),
    Case("movies similar to blade runner", "recommend", similar="Blade Runner"),
    Case("more like fargo please", "recommend", similar="Fargo"),
    Case("top 5 thrillers", "recommend", wants="Thriller", limits="genre: Thriller", k=5),
    Case("give me a comedy", "recommend", wants="Comedy", limits="genre: Comedy"),
    Case("a 90s thriller", "recommend", wants="Thriller", limits="genre: Thriller; year 1990 to 1999"),
    Case(
        "a romantic comedy from the nineties",
        "recommend",
        wants="Comedy, Romance",
        limits="genre: Comedy; year 1990 to 1999",
    ),
    Case("french films only", "recommend", limits="language: French"),
    Case("any good french comedies?", "recommend", wants="Comedy", limits="language: French; genre: Comedy"),
    Case("a film by christopher nolan", "recommend", limits="director: Christopher Nolan"),
    Case("something with Tom Hanks", "recommend", limits="actor: Tom Hanks"),
    Case("not by nolan please", "recommend", limits="not director: Christopher Nolan"),
    Case(
        "a thriller without tom cruise", "recommend", wants="Thriller", limits="genre: Thriller; not actor: Tom Cruise"
    ),
    Case("no horror", "recommend", limits="not genre: Horror"),
    Case("no horror or romance please", "recommend", limits="not genre: Horror, Romance"),
    Case("no horror, war or romance", "recommend", limits="not genre: Horror, War, Romance"),
    Case("anything but romance", "recommend", limits="not genre: Romance"),
    Case("anything except musicals", "recommend", limits="not genre: Musical"),
    Case("something funny instead of sad", "recommend", wants="Comedy"),
    Case("a drama rather than a comedy", "recommend", wants="Drama", limits="genre: Drama; not genre: Comedy"),
    Case("under two hours", "recommend", limits="runtime <= 119"),
    Case("a comedy, 90 minutes or less", "recommend", wants="Comedy", limits="genre: Comedy; runtime <= 90"),
    Case("no longer than 100 min", "recommend", limits="runtime <= 100"),
    Case("nothing too long", "recommend", limits="runtime <= 120"),
    Case("something short and funny", "recommend", wants="Comedy", limits="runtime <= 90"),
    Case("i only have an hour and a half", "recommend", limits="runtime <= 90"),
    Case("before 2000", "recommend", limits="year <= 1999"),
    Case("since 1990", "recommend", limits="year >= 1990"),
    Case("from 1990 on", "recommend", limits="year >= 1990"),
    Case("between 1990 and 2000", "recommend", limits="year 1990 to 2000"),
    Case("from the 1980s", "recommend", limits="year 1980 to 1989"),
    Case("70s or 80s sci-fi", "recommend", wants="Sci-Fi", limits="genre: Sci-Fi; year 1970 to 1989"),
    Case("something recent", "recommend", limits="year >= 2010"),
    Case("an old western", "recommend", wants="Western", limits="genre: Western; year <= 1989"),
    Case("nothing older than 1980", "recommend", limits="year >= 1980"),
    Case("oscar winning dramas", "recommend", wants="Drama", limits="genre: Drama; oscars >= 1"),
    Case("something light-hearted for my kids", "recommend", wants="Family, Comedy", limits="genre: Family"),
    Case("a scary film for halloween", "recommend", wants="Horror"),
    Case("not too scary", "recommend", limits="not genre: Horror"),
    Case("something gripping, nothing violent", "recommend", wants="Thriller", limits="not genre: Action, Horror, War"),
    Case("feel-good film for date night", "recommend", wants="Comedy, Romance"),
    Case("I'm in the mood for a heist movie", "recommend", wants="Crime"),
    Case("something mind-bending like inception", "recommend", similar="Inception", wants="Mystery"),
    Case(
        "i want a slow burn mystery, no murder",
        "recommend",
        wants="Drama, Mystery",
        limits="genre: Mystery; not genre: Crime",
    ),
    Case("a foreign film", "recommend", limits="not language: English"),
    Case("british crime films", "recommend", wants="Crime", limits="genre: Crime; country: United Kingdom"),
    Case("i like thrillers, recommend three", "record, recommend", likes="Thriller", k=3),
    Case("something like Alien but not Aliens", "recommend", similar="Alien", without="Aliens"),
    Case("I've seen Alien, give me something similar", "record, recommend", seen="Alien"),
    Case("i don't want horror", "recommend", limits="not genre: Horror"),
    Case("don't recommend any romance", "recommend", limits="not genre: Romance"),
    Case("id like a sci fi movie", "recommend", wants="Sci-Fi", limits="genre: Sci-Fi"),
    Case("just one film please, something sad", "recommend", wants="Drama", k=1),
    Case("a couple of westerns", "recommend", wants="Western", limits="genre: Western", k=2),
    Case("surprise me", "recommend"),
    Case("my daughter adored Frozen, what should we watch tonight?", "record, recommend", others="Frozen"),
    Case("sci-fi horror from the 80s", "recommend", wants="Sci-Fi, Horror", limits="genre: Horror; year 1980 to 1989"),
    Case(
        "I'd rather have a comedy than a drama", "recommend", wants="Comedy", limits="genre: Comedy; not genre: Drama"
    ),
    Case("i'd rather watch something funny than a thriller", "recommend", wants="Comedy", limits="not genre: Thriller"),
    Case("I'd rather see something newer than Jaws", "recommend", subjects="Jaws", limits="year >= 1976"),
    Case("I'd rather watch Alien than Aliens", "details", subjects="Alien", without="Aliens"),
    Case("not from the 80s", "recommend"),
    Case("a thriller, but not from the 80s", "recommend", wants="Thriller", limits="genre: Thriller"),
    # questions
    Case("who directed Alien?", "details", subjects="Alien"),
    Case("how long is the godfather", "details", subjects="The Godfather"),
    Case("when was jaws made", "details", subjects="Jaws"),
    Case("who is in pulp fiction?", "details", subjects="Pulp Fiction"),
    Case("tell me about Blade Runner", "details", subjects="Blade Runner"),
    Case("did gladiator win any oscars?", "details", subjects="Gladiator"),
    Case("is Amélie in French?", "details", subjects="Amélie"),
    Case("is alien good", "details", subjects="Alien"),
    Case("alien or jaws?", "compare", subjects="Alien, Jaws"),
    Case("why did you suggest Fargo?", "explain", subjects="Fargo"),
    Case("why?", "explain"),
    Case("would I like Blade Runner?", "explain", subjects="Blade Runner"),
    Case("Alien or Aliens?", "compare", subjects="Alien, Aliens"),
    Case("which is longer, Jaws or Psycho", "compare", subjects="Jaws", sample=True),
    Case("compare Memento and Inception", "compare", subjects="Memento, Inception"),
    Case("where is my taste heading?", "forecast"),
    Case("what will I like next month?", "forecast"),
    Case("what do you know about me?", "timeline"),
    Case("show my interests", "timeline"),
    Case("what's popular now?", "trending"),
    Case("whats hot right now", "trending"),
    Case("which films by ridley scott do you have?", "search", limits="director: Ridley Scott"),
    # house-keeping
    Case("forget that I liked Titanic", "edit", forgets="Titanic"),
    Case("remove Alien from my history", "edit", forgets="Alien"),
    Case("forget the year limit", "reset", resets="year"),
    Case("any year is fine", "reset", resets="year"),
    Case("the length doesn't matter", "reset", resets="runtime"),
    Case("start over", "reset", resets="*"),
    Case("Delete everything you know about me", "erase"),
    Case("please erase all my data", "erase"),
    Case("forget everything I told you", "erase"),
    Case("delete my history", "erase"),
    Case("wipe everything about me please", "erase"),
    Case("forget everything", "reset", resets="*"),
    Case("clear all my filters", "reset", resets="*"),
    Case("hi", "greeting"),
    Case("hello there!", "greeting"),
    Case("thanks!", "thanks"),
    Case("thank you so much", "thanks"),
    Case("what can you do?", "help"),
    Case("help", "help"),
    Case("how are you?", "small_talk"),
    Case("what's the weather in Paris?", "out_of_scope"),
    Case("hi, i loved jaws. what should i watch?", "greeting, record, recommend", likes="Jaws"),
    Case(
        "Why did you suggest Fargo? And show me something lighter.",
        "explain, recommend",
        subjects="Fargo",
        wants="Comedy",
    ),
)

HELD_OUT: tuple[Case, ...] = (
    Case("ok so i really enjoyed no country for old men", "record", likes="No Country for Old Men"),
    Case("Grease? never again, it was dreadful", "record", dislikes="Grease"),
    Case("we saw top gun on friday, quite liked it", "record", likes="Top Gun"),
    Case(
        "12 angry men is brilliant and 2001: a space odyssey is dull",
        "record",
        likes="12 Angry Men",
        dislikes="2001: A Space Odyssey",
    ),
    Case("romance isn't my thing", "record", dislikes="Romance"),
    Case("i'm fed up with superhero stuff", "record", faded="Action"),
    Case("im over horror these days", "record", faded="Horror"),
    Case("My husband can't stand Grease", "record", others="Grease"),
    Case("the dark knight 5 stars", "record", likes="The Dark Knight"),
    Case(
        "loved toy story and shrek as a family film, anything newer than 2005?",
        "record, recommend",
        likes="Toy Story, Shrek",
        limits="year >= 2006",
    ),
    Case(
        "Could you find me a documentary under 80 minutes?",
        "recommend",
        wants="Documentary",
        limits="genre: Documentary; runtime <= 79",
    ),
    Case("i fancy something dark but no horror", "recommend", wants="Crime", limits="not genre: Horror"),
    Case(
        "got anything with Sandra Bullock that isn't a comedy",
        "recommend",
        limits="actor: Sandra Bullock; not genre: Comedy",
    ),
    Case("westerns made before 1970, please", "recommend", wants="Western", limits="genre: Western; year <= 1969"),
    Case("Five feel good movies for a rainy sunday", "recommend", wants="Comedy", k=5),
    Case("not in english", "recommend", limits="not language: English"),
    Case(
        "japanese or korean films from this century",
        "recommend",
        limits="language: Japanese; year >= 2000",
        sample=True,
    ),
    Case("i need a laugh, nothing heavy", "recommend", wants="Comedy"),
    Case(
        "Something in the vein of Heat (1995), minus Robert De Niro",
        "recommend",
        similar="Heat",
        limits="not actor: Robert De Niro",
    ),
    Case(
        "love story, late 90s, max 2 hours",
        "recommend",
        wants="Romance",
        limits="genre: Romance; year 1997 to 1999; runtime <= 120",
    ),
    Case("a sad one and a happy one", "recommend", wants="Drama, Comedy"),
    Case("the godfather was amazing, what next?", "record, recommend", likes="The Godfather"),
    Case("give us two scary movies from the 2000s", "recommend", wants="Horror", limits="year 2000 to 2009", k=2),
    Case("action yes, war no", "recommend", wants="Action", limits="genre: Action; not genre: War"),
    Case("anything by the director of alien", "recommend", subjects="Alien"),
    Case("what's the runtime of Casablanca", "details", subjects="Casablanca"),
    Case("which year did The Shining come out?", "details", subjects="The Shining"),
    Case("who wrote Before Sunrise", "details", subjects="Before Sunrise"),
    Case("how come you picked Zodiac for me?", "explain", subjects="Zodiac"),
    Case("will i like gladiator", "explain", subjects="Gladiator"),
    Case("Is Jaws older than The Shining?", "compare", subjects="Jaws, The Shining"),
    Case("am I getting more into documentaries?", "forecast"),
    Case("predict my interests for the next three months", "forecast"),
    Case("what have i told you so far", "timeline"),
    Case("what are people watching at the moment", "trending"),
    Case("delete my rating of shrek", "edit", forgets="Shrek"),
    Case("i don't care about the year any more", "reset", resets="year"),
    Case("cheers, that's perfect", "thanks"),
    Case("good evening", "greeting"),
    Case("can you write python code?", "out_of_scope"),
)
