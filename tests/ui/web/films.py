"""A few dozen real films (facts from Wikidata, CC0), enough to fill a page."""

from __future__ import annotations

from core.types import Item

_TABLE = """\
tt0078748|Alien|1979|Sci-Fi, Horror, Thriller, Mystery, Fantasy, Action, Adventure|Ridley Scott|117
tt0116282|Fargo|1996|Thriller, Mystery, Comedy, Drama, Crime, Action|Ethan Coen, Joel Coen|98
tt0114369|Seven|1995|Horror, Thriller, Mystery, Drama, Crime, Action|David Fincher|127
tt0113277|Heat|1995|Thriller, Mystery, Drama, Crime, History, Action, Adventure|Michael Mann|170
tt0443706|Zodiac|2007|Thriller, Mystery, Drama, Crime|David Fincher|157
tt0209144|Memento|2000|Horror, Thriller, Mystery, Drama, Crime|Christopher Nolan|113
tt0114814|The Usual Suspects|1995|Thriller, Mystery, Drama, Crime, Action|Bryan Singer|106
tt0119488|L.A. Confidential|1997|Thriller, Mystery, Drama, Crime, Action|Curtis Hanson|132
tt0477348|No Country for Old Men|2007|Western, Thriller, Mystery, Drama, Crime, Action|Ethan Coen, Joel Coen|122
tt1454468|Gravity|2013|Sci-Fi, Horror, Thriller, Drama|Alfonso Cuarón|91
tt1182345|Moon|2009|Sci-Fi, Drama, Adventure|Duncan Jones|96
tt0206634|Children of Men|2006|Sci-Fi, Thriller, Drama, Adventure|Alfonso Cuarón|106
tt0119177|Gattaca|1997|Sci-Fi, Drama|Andrew Niccol|101
tt0133093|The Matrix|1999|Sci-Fi, Thriller, Crime, Action|Lana Wachowski, Lilly Wachowski|136
tt0780504|Drive|2011|Thriller, Drama, Crime|Nicolas Winding Refn|100
tt1392214|Prisoners|2013|Drama, Crime|Denis Villeneuve|153
tt2267998|Gone Girl|2014|Thriller, Mystery, Drama, Crime|David Fincher|149
tt2872718|Nightcrawler|2014|Thriller, Drama, Crime|Dan Gilroy|117
tt0278504|Insomnia|2002|Thriller, Mystery, Drama, Crime|Christopher Nolan|118
tt0120324|A Simple Plan|1998|Drama, Crime|Sam Raimi|121
tt0106977|The Fugitive|1993|Thriller, Mystery, Crime, Action|Andrew Davis|130
tt0369339|Collateral|2004|Thriller, Drama, Crime, Action|Michael Mann|120
tt0119174|The Game|1997|Thriller, Mystery, Drama, Crime, Action|David Fincher|128
tt0390384|Primer|2004|Sci-Fi, Drama|Shane Carruth|77
tt0107048|Groundhog Day|1993|Sci-Fi, Romance, Comedy, Drama, Fantasy|Harold Ramis|101
tt0118715|The Big Lebowski|1998|Comedy, Crime|Ethan Coen, Joel Coen|117
tt0112471|Before Sunrise|1995|Romance, Drama|Richard Linklater|97
tt0114709|Toy Story|1995|Animation, Comedy, Fantasy, Adventure|John Lasseter|80
tt1049413|Up|2009|Animation, Comedy, Fantasy, Adventure|Bob Peterson, Pete Docter|96
tt0425112|Hot Fuzz|2007|Comedy, Crime, Action|Edgar Wright|121
tt0780536|In Bruges|2008|Comedy, Drama, Crime, Action|Martin McDonagh|108
tt0335266|Lost in Translation|2003|Romance, Comedy, Drama|Sofia Coppola|97
tt0081505|The Shining|1980|Horror, Thriller, Mystery, Drama, Fantasy|Stanley Kubrick|144
tt0083658|Blade Runner|1982|Sci-Fi, Thriller, Drama, Crime, Action|Ridley Scott|112
tt0118884|Contact|1997|Sci-Fi, Drama|Robert Zemeckis|149
tt0128445|Rushmore|1998|Comedy, Drama|Wes Anderson|93
tt0120382|The Truman Show|1998|Sci-Fi, Comedy, Drama|Peter Weir|99
tt0122690|Ronin|1998|Thriller, Drama, Crime, Action|John Frankenheimer|122
tt0120780|Out of Sight|1998|Romance, Comedy, Crime, Action|Steven Soderbergh|118
tt0258000|Panic Room|2002|Thriller, Drama, Crime|David Fincher|112
tt1024648|Argo|2012|Biography, Thriller, Drama, History|Ben Affleck|120
tt0110912|Pulp Fiction|1994|Thriller, Comedy, Drama, Crime, Action|Quentin Tarantino|154
tt0102926|The Silence of the Lambs|1991|Horror, Thriller, Drama, Crime|Jonathan Demme|118
tt0289043|28 Days Later|2002|Sci-Fi, Horror, Drama, Action|Danny Boyle|113
"""


def films() -> dict[str, Item]:
    """Items by id with genre, director, year and runtime."""
    items = {}
    for line in _TABLE.splitlines():
        item_id, title, year, genres, directors, runtime = line.split("|")
        items[item_id] = Item(
            id=item_id,
            title=title,
            facets={"genre": tuple(genres.split(", ")), "director": tuple(directors.split(", "))},
            numbers={"year": float(year), "runtime": float(runtime)},
        )
    return items
