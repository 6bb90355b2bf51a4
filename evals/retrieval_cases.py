"""Written cases for the title resolver and for names in free text, over the film catalogue. Our own sentences."""

from __future__ import annotations

from typing import NamedTuple


class TitleCase(NamedTuple):
    """What somebody may type for a film. ``expected`` is "Title (year)", or "ambiguous" or "unknown"."""

    text: str
    expected: str


TITLES: tuple[TitleCase, ...] = tuple(
    TitleCase(text, expected)
    for text, expected in (
        # as written, in any case, with and without articles
        ("Alien", "Alien (1979)"),
        ("fargo", "Fargo (1996)"),
        ("the matrix", "The Matrix (1999)"),
        ("matrix", "The Matrix (1999)"),
        ("Matrix, The", "The Matrix (1999)"),
        ("THE SHAWSHANK REDEMPTION", "The Shawshank Redemption (1994)"),
        ("silence of the lambs", "The Silence of the Lambs (1991)"),
        ("usual suspects", "The Usual Suspects (1995)"),
        ("a beautiful mind", "A Beautiful Mind (2001)"),
        ("beautiful mind", "A Beautiful Mind (2001)"),
        ("Her", "Her (2013)"),
        ("up", "Up (2009)"),
        ("Big", "Big (1988)"),
        ("Titanic", "Titanic (1997)"),
        # with a year
        ("matrix 1999", "The Matrix (1999)"),
        ("The Fly (1986)", "The Fly (1986)"),
        ("the fly from 1958", "The Fly (1958)"),
        ("king kong 2005", "King Kong (2005)"),
        ("King Kong, 1976", "King Kong (1976)"),
        ("hamlet 1996", "Hamlet (1996)"),
        ("scarface 1983", "Scarface (1983)"),
        ("2012", "2012 (2009)"),
        ("2001 a space odyssey", "2001: A Space Odyssey (1968)"),
        ("crash 2004", "Crash (2004)"),
        # subtitles and series
        ("lord of the ring fellowship", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("Lord of the Rings: The Fellowship of the Ring", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("fellowship of the ring", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("the two towers", "The Lord of the Rings: The Two Towers (2002)"),
        ("return of the king", "The Lord of the Rings: The Return of the King (2003)"),
        ("the empire strikes back", "Star Wars: Episode V – The Empire Strikes Back (1980)"),
        ("star wars 1977", "Star Wars: Episode IV – A New Hope (1977)"),
        ("star wars a new hope", "Star Wars: Episode IV – A New Hope (1977)"),
        ("harry potter goblet of fire", "Harry Potter and the Goblet of Fire (2005)"),
        ("harry potter prisoner azkaban", "Harry Potter and the Prisoner of Azkaban (2004)"),
        (
            "pirates of the caribbean curse of the black pearl",
            "Pirates of the Caribbean: The Curse of the Black Pearl (2003)",
        ),
        ("borat", "Borat (2006)"),
        ("dr strangelove", "Dr. Strangelove (1964)"),
        ("E.T.", "E.T. the Extra-Terrestrial (1982)"),
        ("et the extra terrestrial", "E.T. the Extra-Terrestrial (1982)"),
        ("monty python holy grail", "Monty Python and the Holy Grail (1975)"),
        # numbers
        ("godfather 2", "The Godfather Part II (1974)"),
        ("the godfather part two", "The Godfather Part II (1974)"),
        ("rocky 4", "Rocky IV (1985)"),
        ("toy story three", "Toy Story 3 (2010)"),
        ("terminator two judgment day", "Terminator 2: Judgment Day (1991)"),
        ("terminator 2", "Terminator 2: Judgment Day (1991)"),
        ("kill bill vol 2", "Kill Bill: Volume 2 (2004)"),
        ("kill bill 1", "Kill Bill: Volume 1 (2003)"),
        ("seven", "Seven (1995)"),
        ("twelve monkeys", "12 Monkeys (1995)"),
        ("back to the future part 3", "Back to the Future Part III (1990)"),
        ("deathly hallows part 2", "Harry Potter and the Deathly Hallows – Part 2 (2011)"),
        # punctuation, accents, joined words
        ("amelie", "Amélie (2001)"),
        ("pans labyrinth", "Pan's Labyrinth (2006)"),
        ("wall e", "WALL-E (2008)"),
        ("spiderman", "Spider-Man (2002)"),
        ("xmen", "X-Men (2000)"),
        ("oceans twelve", "Ocean's Twelve (2004)"),
        ("mr and mrs smith 2005", "Mr. & Mrs. Smith (2005)"),
        ("la confidential", "L.A. Confidential (1997)"),
        ("schindlers list", "Schindler's List (1993)"),
        ("lock stock & two smoking barrels", "Lock, Stock and Two Smoking Barrels (1998)"),
        # misspelt
        ("sidwalks of new york", "Sidewalks of New York (2001)"),
        ("shawshenk redemption", "The Shawshank Redemption (1994)"),
        ("the shining", "The Shining (1980)"),
        ("forest gump", "Forrest Gump (1994)"),
        ("inglourious bastards", "Inglourious Basterds (2009)"),
        ("eternal sunshine of the spotles mind", "Eternal Sunshine of the Spotless Mind (2004)"),
        ("apocolypse now", "Apocalypse Now (1979)"),
        ("casablanka", "Casablanca (1942)"),
        ("pulp ficton", "Pulp Fiction (1994)"),
        ("gost busters", "Ghostbusters (1984)"),
        ("the big lebowsky", "The Big Lebowski (1998)"),
        ("good will huntin", "Good Will Hunting (1997)"),
        ("one flew over the cuckoo nest", "One Flew Over the Cuckoo's Nest (1975)"),
        ("no country for oldmen", "No Country for Old Men (2007)"),
        # several films may be meant
        ("King Kong", "ambiguous"),
        ("the fly", "ambiguous"),
        ("hamlet", "ambiguous"),
        ("psycho", "ambiguous"),
        ("crash", "ambiguous"),
        ("inglorious bastards", "ambiguous"),
        ("lord of the rings", "ambiguous"),
        ("harry potter", "ambiguous"),
        ("star wars", "ambiguous"),
        # nothing is called that
        ("zzyzx qwerty", "unknown"),
        ("something nice for tonight", "unknown"),
        ("my grandmother's holiday videos", "unknown"),
        ("tense", "unknown"),
        ("the adventures of captain broccoli", "unknown"),
    )
)


class MentionCase(NamedTuple):
    """A sentence and the names in it: titles as they stand in the catalogue, facet values as "facet:value"."""

    text: str
    expected: tuple[str, ...]


MENTIONS: tuple[MentionCase, ...] = tuple(
    MentionCase(text, expected)
    for text, expected in (
        # plain
        ("I loved Alien and Fargo, something tense but not gory, after 1990", ("Alien", "Fargo")),
        ("i loved alien and fargo", ("Alien", "Fargo")),
        ("I watched The Matrix last night and it was great", ("The Matrix",)),
        ("watched heat yesterday, want more like it", ("Heat",)),
        ("Something like Pulp Fiction or Goodfellas please", ("Pulp Fiction", "Goodfellas")),
        ("movies similar to the shawshank redemption", ("The Shawshank Redemption",)),
        ("I've seen Inception, Interstellar and Memento", ("Inception", "Interstellar", "Memento")),
        ("i hated titanic but i enjoyed gladiator", ("Titanic", "Gladiator")),
        ("What about Casablanca?", ("Casablanca",)),
        ("Fargo is my favourite film", ("Fargo",)),
        ("Alien was brilliant", ("Alien",)),
        ('Have you got "Her"?', ("Her",)),
        ("is the godfather any good?", ("The Godfather",)),
        ("tell me about the silence of the lambs", ("The Silence of the Lambs",)),
        ("compare Blade Runner and Total Recall", ("Blade Runner", "Total Recall")),
        ("King Kong (2005) was too long", ("King Kong",)),
        ("we rewatched back to the future part ii", ("Back to the Future Part II",)),
        # the longest title wins
        ("I liked The Lord of the Rings: The Two Towers", ("The Lord of the Rings: The Two Towers",)),
        ("i loved the return of the king", ("The Lord of the Rings: The Return of the King",)),
        ("The Good, the Bad and the Ugly is a masterpiece", ("The Good, the Bad and the Ugly",)),
        ("I enjoyed Alien vs. Predator", ("Alien vs. Predator",)),
        ("loved Big Fish", ("Big Fish",)),
        ("I enjoyed The French Connection and The English Patient", ("The French Connection", "The English Patient")),
        ("have you seen American Beauty", ("American Beauty",)),
        # titles that are ordinary words
        ("I saw Up and Big with my sister", ("Up", "Big")),
        ("I loved Her", ("Her",)),
        ("Once I saw Alien I could not sleep", ("Alien",)),
        ("once upon a time i liked films", ()),
        ("my friends told me to wake up early", ()),
        ("I watched it with her and the kids", ()),
        ("something with funny people", ()),
        ("I want something big after dinner", ()),
        ("the crew on my ship liked music", ()),
        ("i love you, you are a great help", ()),
        ("Kids these days like everything", ()),
        ("After work I just want to relax", ()),
        ("give me a drama that is not too long", ("genre:Drama",)),
        ("it is not about the money", ()),
        ("I am home alone tonight and in a good mood", ()),
        ("what should I watch tonight?", ()),
        ("show me what you know about me", ()),
        ("I like big budget action, no crime", ("genre:Action", "genre:Crime")),
        ("my life is a mess, cheer me up", ()),
        ("I need a good laugh", ()),
        ("thanks, that was the one", ()),
        ("no more of this, something else", ()),
        # misspelt
        ("i loved the shawshank redemtion", ("The Shawshank Redemption",)),
        ("I enjoyed Forest Gump and Saving Privat Ryan", ("Forrest Gump", "Saving Private Ryan")),
        ("something like sidwalks of new york", ("Sidewalks of New York",)),
        ("i watched apocolypse now twice", ("Apocalypse Now",)),
        # genres
        ("sci fi or fantasy, no horror", ("genre:Sci-Fi", "genre:Fantasy", "genre:Horror")),
        ("romantic comedies from the nineties", ("genre:Romance", "genre:Comedy")),
        ("any good westerns or war movies?", ("genre:Western", "genre:War")),
        ("a documentary about nature", ("genre:Documentary",)),
        ("animated films for my kids", ("genre:Animation", "genre:Family")),
        ("something scary", ()),
        ("thrillers and mysteries please", ("genre:Thriller", "genre:Mystery")),
        ("a rom-com or a musical", ("genre:Romance", "genre:Comedy", "genre:Musical")),
        ("science fiction without action", ("genre:Sci-Fi", "genre:Action")),
        # people
        ("films by Quentin Tarantino", ("director:Quentin Tarantino",)),
        ("something directed by Kubrick", ("director:Stanley Kubrick",)),
        ("with tom hanks and meg ryan", ("actor:Tom Hanks", "actor:Meg Ryan")),
        ("I love Hitchcock", ("director:Alfred Hitchcock",)),
        ("a comedy starring Bill Murray", ("genre:Comedy", "actor:Bill Murray")),
        ("anything written by Charlie Kaufman", ("writer:Charlie Kaufman",)),
        ("Spielberg films but not Jaws", ("director:Steven Spielberg", "Jaws")),
        ("my neighbour Anderson has a dog", ()),
        # languages, countries, certificates
        ("French films with subtitles", ("language:French",)),
        ("a thriller in Korean", ("genre:Thriller", "language:Korean")),
        ("Japanese horror", ("language:Japanese", "genre:Horror")),
        ("PG-13 adventure", ("certificate:PG-13", "genre:Adventure")),
        ("nothing rated R please", ("certificate:R",)),
        ("british comedies", ("country:United Kingdom", "genre:Comedy")),
        ("I'd like to polish my English", ("language:English",)),
        # several at once
        (
            "I liked Seven and Zodiac, a crime thriller by David Fincher, no romance",
            ("Seven", "Zodiac", "genre:Crime", "genre:Thriller", "director:David Fincher", "genre:Romance"),
        ),
        ("less drama, more comedy, like Groundhog Day", ("genre:Drama", "genre:Comedy", "Groundhog Day")),
        ("why did you recommend The Sting?", ("The Sting",)),
        ("i liked toy story, shrek and finding nemo but not cars", ("Toy Story", "Shrek", "Finding Nemo", "Cars")),
    )
)
