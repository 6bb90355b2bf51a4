"""Single facts of an item; what the catalogue lacks is said."""

from __future__ import annotations

from agent.wording import counted, genre, join, minutes, place
from core.types import Item


def aspect_of(item: Item, aspect: str) -> list[str]:
    """One fact of an item by the name of what is asked for; nothing for a name that is not known here."""
    title, numbers = item.title, item.numbers
    if aspect in {"director", "writer"}:
        names = item.facets.get(aspect, ())
        verb = "directed" if aspect == "director" else "written"
        return (
            [f"{title} was {verb} by {join(names)}."]
            if names
            else [f"The catalogue does not say who {'directed' if aspect == 'director' else 'wrote'} {title}."]
        )
    if aspect == "actor":
        cast = item.facets.get("actor", ())
        more = f" and {counted(len(cast) - 6, 'other')}" if len(cast) > 6 else ""
        return (
            [f"The cast of {title} includes {', '.join(cast[:6]) + more if more else join(cast[:6])}."]
            if cast
            else [f"The catalogue lists no cast for {title}."]
        )
    if aspect in {"genre", "language", "country"}:
        values = item.facets.get(aspect, ())
        if not values:
            return [f"The catalogue does not give the {aspect} of {title}."]
        if aspect == "genre":
            return [f"{title} is listed under {join([genre(value) for value in values])}."]
        return (
            [f"{title} is in {join(values)}."]
            if aspect == "language"
            else [f"{title} was made in {join([place(value) for value in values])}."]
        )
    if aspect == "runtime":
        return (
            [f"{title} runs {minutes(numbers['runtime'])}."]
            if "runtime" in numbers
            else [f"The catalogue does not say how long {title} is."]
        )
    if aspect == "year":
        return (
            [f"{title} is from {item.year}."]
            if item.year is not None
            else [f"The catalogue does not say which year {title} is from."]
        )
    if aspect == "oscars":
        return awards(item)
    if aspect == "score":
        scores = [
            f"{numbers['tomatometer']:.0f} % of critics liked it" if "tomatometer" in numbers else "",
            f"its Metascore is {numbers['metascore']:.0f}" if "metascore" in numbers else "",
        ]
        told = [score for score in scores if score]
        return [f"{title}: {join(told)}."] if told else [f"The catalogue has no critics' score for {title}."]
    if aspect == "certificate":
        values = item.facets.get("certificate", ())
        return [f"{title} is rated {join(values)}."] if values else [f"The catalogue has no certificate for {title}."]
    if aspect == "box_office":
        return (
            [f"{title} took ${numbers['box_office']:,.0f} at the box office."]
            if "box_office" in numbers
            else [f"The catalogue has no box-office figure for {title}."]
        )
    if aspect == "plot":
        return [f"The catalogue has no plot for {title}, so I cannot tell you what happens in it."]
    if aspect == "price":
        return (
            [f"{title} costs {numbers['price']:.2f}."]
            if "price" in numbers
            else [f"The catalogue has no price for {title}."]
        )
    return []


def awards(item: Item) -> list[str]:
    """Oscars won and nominations."""
    if "oscars" not in item.numbers and "oscar_nominations" not in item.numbers:
        return [f"The catalogue does not say whether {item.title} won an Oscar."]
    won, nominated = int(item.numbers.get("oscars", 0)), int(item.numbers.get("oscar_nominations", 0))
    if not won and not nominated:
        return [f"{item.title} won no Oscars."]
    if not won:
        return [f"{item.title} was nominated for {counted(nominated, 'Oscar')} and won none."]
    text = f"{item.title} won {counted(won, 'Oscar')}"
    return [f"{text}, from {counted(nominated, 'nomination')}." if nominated >= won else f"{text}."]
