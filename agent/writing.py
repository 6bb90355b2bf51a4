"""Replies from templates over the evidence of a turn: warm, short, and true without a model.

Every function returns sentences. Phrasing varies by conversation and turn (`Voice`), never at random, and no sentence
says more than its arguments hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.questions import Question
from agent.understanding import Reading, Understanding
from agent.wording import (
    Voice,
    counted,
    facts_line,
    genre,
    join,
    limits,
    minutes,
    name_limit,
    number,
    place,
    topic,
)
from core.results import Forecast, HeardEvent, InterestTimeline, Recommendation, Relaxation, Slate
from core.types import Constraints, Item

_FALLBACK = "I can tell you about films, suggest some, and show how your taste moves."


def titled(title: str, year: int | None) -> str:
    """A title with its year: "Seven (1995)"."""
    return title if year is None else f"{title} ({year})"


def acknowledgement(heard: Understanding, voice: Voice) -> list[str]:
    """One sentence on what was noted of the person's taste; nothing when nothing was said."""
    liked = _named(heard.likes)
    disliked = _named([*heard.dislikes, *heard.faded])
    seen = [event.title for event in heard.seen if event.title]
    theirs = [event.title for event in heard.others if event.title]
    sentences = []
    if liked and disliked:
        sentences.append(f"Noted: more like {join(liked)}, less like {join(disliked)}.")
    elif liked:
        opening = voice.pick("liked", "Noted", "Good to know", "Got it")
        sentences.append(f"{opening}: you like {join(liked)}.")
    elif disliked:
        opening = voice.pick("disliked", "Noted", "Understood", "Got it")
        sentences.append(f"{opening}: less of {join(disliked)} from now on.")
    if seen:
        sentences.append(f"I marked {join(seen)} as seen.")
    if theirs:
        sentences.append(f"I kept {join(theirs)} apart from your own taste.")
    return sentences


def recorded(heard: Understanding, voice: Voice) -> list[str]:
    """The whole reply to a message that only tells something."""
    sentences = acknowledgement(heard, voice)
    if not sentences:
        return [voice.pick("noted", "Noted.", "Thank you, noted.", "Good to know.")]
    return [
        *sentences,
        voice.pick(
            "offer",
            "Shall I suggest something?",
            "Would you like a suggestion?",
            "Just say when you want a suggestion.",
        ),
    ]


def _named(events: Sequence[HeardEvent]) -> list[str]:
    return list(
        dict.fromkeys(event.title or topic(event.topic or "") for event in events if event.title or event.topic)
    )


def readings(heard: Sequence[Reading]) -> list[str]:
    """How soft phrases were read as limits, said once."""
    if not heard:
        return []
    said = join([f"“{reading.quote}” as {reading.meaning}" for reading in heard])
    return [f"I took {said}."]


def lead(slate: Slate, heard: Understanding, voice: Voice) -> list[str]:
    """The opening before a list: how many, under which limits, and how soft words were read."""
    count = len(slate.items)
    bounds = limits(slate.constraints)
    films = counted(count, "film")
    if bounds:
        first = voice.pick(
            "lead",
            f"Here {_are(count)} {films} {bounds}.",
            f"I found {films} {bounds}.",
            f"{films.capitalize()} {bounds}:",
        )
    else:
        first = voice.pick(
            "lead", f"Here {_are(count)} {films} for you.", f"I have {films} for you.", f"{films.capitalize()} to try:"
        )
    sentences = [first, *readings(heard.readings)]
    if heard.k is not None and 0 < count < heard.k:
        sentences.append(
            f"Only {number(count)} of the {number(heard.k)} you asked for {'fits' if count == 1 else 'fit'} these "
            f"limits."
        )
    if heard.unread:
        sentences.append(f"I could not apply {join([f'“{words}”' for words in heard.unread])}.")
    return sentences


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def item_line(item: Recommendation, about: Item | None = None) -> str:
    """One line for one recommended item: what it is, and why it is there, from its own reasons."""
    facets = about.facets if about else item.facets
    numbers = about.numbers if about else item.numbers
    known = facts_line(facets, numbers)
    texts = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution > 0][:2]
    line = titled(item.title, item.year)
    if known:
        line += f", {known}"
    if not texts:
        return line + "."
    reason = "; ".join([_inside(texts[0]), *(_inside(text) for text in texts[1:])])
    return f"{line}: {reason}."


def _inside(text: str) -> str:
    """A reason's text within a sentence: its opening word in lower case where it is an ordinary one."""
    head = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if head in _OPENING else text


_OPENING = frozenset(
    [
        "Because",
        "Often",
        "Popular",
        "Described",
        "Directed",
        "Written",
        "With",
        "By",
        "Well",
        "Close",
        "Has",
        "Like",
        "Placed",
        "People",
        "It",
        "A",
        "An",
        "The",
        "Similar",
        "Fits",
        "Rising",
        "New",
    ]
)


def lines(slate: Slate, items: Mapping[str, Item]) -> list[str]:
    """One line an item, in rank order; ``items`` gives the whole catalogue entries where they were looked up."""
    return [item_line(entry, items.get(entry.id)) for entry in slate.items]


def nothing_left(slate: Slate, relaxations: Sequence[Relaxation] = ()) -> list[str]:
    """The reply to limits that no item satisfies: which one empties the list, and what there would be without it."""
    found = relaxations or slate.relaxations
    bounds = limits(slate.constraints)
    first = f"I found no film {bounds}." if bounds else "I found nothing to suggest."
    if not found:
        return [first, "No single limit is to blame, so try lifting two of them."] if bounds else [first]
    best = found[0]
    films = counted(best.count, "film")
    sentences = [first, f"Without the limit “{name_limit(best.constraint)}” there would be {films}."]
    if len(found) > 1:
        rest = [f"{number(other.count)} without “{name_limit(other.constraint)}”" for other in found[1:3]]
        sentences.append(f"There would be {join(rest)}.")
    return [*sentences, "Shall I drop one of them?" if len(found) > 1 else "Shall I drop it?"]


def details(item: Item, aspects: Sequence[str] = ()) -> list[str]:
    """What is known of one item: the facts asked for, or all in short. What the catalogue lacks is said."""
    told = [sentence for aspect in aspects for sentence in _aspect(item, aspect)]
    if told:
        return list(dict.fromkeys(told))
    name = titled(item.title, item.year)
    known = facts_line(item.facets, item.numbers)
    sentences = [f"{name}: {known}." if known else f"{name} is in the catalogue, with no more facts than its title."]
    cast = item.facets.get("actor", ())
    if cast:
        sentences.append(f"The cast includes {join(list(cast[:4]))}.")
    sentences += _awards(item) if item.numbers.get("oscars") or item.numbers.get("oscar_nominations") else []
    return sentences


def _aspect(item: Item, aspect: str) -> list[str]:
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
        return _awards(item)
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


def _awards(item: Item) -> list[str]:
    if "oscars" not in item.numbers and "oscar_nominations" not in item.numbers:
        return [f"The catalogue does not say whether {item.title} won an Oscar."]
    won, nominated = int(item.numbers.get("oscars", 0)), int(item.numbers.get("oscar_nominations", 0))
    if not won and not nominated:
        return [f"{item.title} won no Oscars."]
    if not won:
        return [f"{item.title} was nominated for {counted(nominated, 'Oscar')} and won none."]
    text = f"{item.title} won {counted(won, 'Oscar')}"
    return [f"{text}, from {counted(nominated, 'nomination')}." if nominated >= won else f"{text}."]


def explain(item: Recommendation, rank: int | None, voice: Voice) -> list[str]:
    """Why an item was suggested, or how it would do: its reasons, strongest first, and what counted against it."""
    name = titled(item.title, item.year)
    against = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution < 0]
    for_it = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution > 0][:3]
    sentences = []
    if rank is None:
        sentences.append(f"{name} does not fit the limits you set.")
    if for_it:
        opening = voice.pick("explain", f"What speaks for {name}", f"The reasons for {name}", f"Why {name}")
        sentences.append(f"{opening}: {'; '.join(_inside(text) for text in for_it)}.")
    elif rank is not None:
        sentences.append(f"Nothing in particular speaks for {name}; I know too little of your taste yet.")
    if against:
        sentences.append(f"Against it: {_inside(against[0])}.")
    return sentences


def compare(items: Sequence[Item], preferred: str | None = None) -> list[str]:
    """Items side by side in facts; ``preferred`` is the id that the ranking puts first, if it ranked them."""
    if not items:
        return ["Tell me which two you want to compare."]
    sentences = [
        f"{titled(item.title, item.year)}: {facts_line(item.facets, item.numbers) or 'no further facts'}."
        for item in items
    ]
    if len(items) == 2:
        first, second = items
        if first.year is not None and second.year is not None and first.year != second.year:
            newer, older = (first, second) if first.year > second.year else (second, first)
            sentences.append(f"{newer.title} is newer than {older.title}.")
        shared = [value for value in first.facets.get("genre", ()) if value in second.facets.get("genre", ())]
        if shared:
            sentences.append(f"Both are listed under {join([genre(value) for value in shared[:3]])}.")
    chosen = next((item for item in items if item.id == preferred), None)
    if chosen is not None:
        sentences.append(f"For you I would start with {chosen.title}.")
    return sentences


_PERIODS = {"day": "day", "week": "week", "2weeks": "two weeks", "month": "month", "quarter": "quarter", "year": "year"}


def forecast(result: Forecast, voice: Voice) -> list[str]:
    """Where the interests are heading: the largest shares with their range, what moves, and how far to trust it."""
    if not result.shares or not result.topics:
        return ["I know too little of your taste yet to say where it is heading."]
    horizon = len(result.shares) - 1
    shares, low, high = result.shares[horizon], result.lo80[horizon], result.hi80[horizon]
    top = sorted(range(len(shares)), key=lambda index: -shares[index])[:3]
    top = [index for index in top if shares[index] >= 0.01]
    period = _PERIODS.get(result.period, result.period)
    when = (
        f"next {period}"
        if horizon == 0 and period != "two weeks"
        else f"in {number(horizon + 1)} {period}s"
        if period != "two weeks"
        else f"in {number(2 * (horizon + 1))} weeks"
    )
    parts = [
        f"{_topic_name(result.topics[index])} {_percent(shares[index])} ({_percent(low[index])} to "
        f"{_percent(high[index])})"
        for index in top
    ]
    opening = voice.pick(
        "forecast", "What I expect of your interests", "Where your interests should be", "My forecast of your interests"
    )
    sentences = [f"{opening} {when}: {join(parts)}."]
    if result.rising:
        sentences.append(f"Your interest in {join([_topic_name(name) for name in result.rising[:3]])} is rising.")
    if result.fading:
        sentences.append(f"Your interest in {join([_topic_name(name) for name in result.fading[:3]])} is fading.")
    if not result.rising and not result.fading:
        sentences.append("Nothing in it clearly rises or fades.")
    if result.drift:
        latest = max(result.drift, key=lambda drift: drift.at)
        moved = "more" if latest.size > 0 else "less"
        sentences.append(f"Around {latest.at:%B %Y} you turned to {_topic_name(latest.topic)} {moved} than before.")
    sentences.append(_trust(result))
    if result.note:
        sentences.append(result.note.rstrip(".") + ".")
    return sentences


def _trust(result: Forecast) -> str:
    if result.backtest_error is None:
        return "The ranges hold four times out of five; the forecast could not be tested on histories like yours yet."
    return (
        "The ranges should hold four times out of five; on past histories like yours the error of this kind "
        "of forecast "
        f"was {result.backtest_error:.2f}, the smaller the better."
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _topic_name(name: str) -> str:
    facet, _, value = name.partition(":")
    return genre(value) if facet == "genre" else value or name


def timeline(result: InterestTimeline, liked: Sequence[str] = (), disliked: Sequence[str] = ()) -> list[str]:
    """What is known of the person: the topics of their history, and the titles they spoke of."""
    sentences = []
    active = [index for index, count in enumerate(result.counts) if count > 0]
    if active:
        totals = [
            sum(result.shares[row][column] * result.counts[row] for row in active)
            for column in range(len(result.topics))
        ]
        whole = sum(totals) or 1.0
        top = [
            index
            for index in sorted(range(len(totals)), key=lambda index: -totals[index])[:4]
            if totals[index] / whole >= 0.01
        ]
        parts = [f"{_topic_name(result.topics[index])} {_percent(totals[index] / whole)}" for index in top]
        sentences.append(f"Your interests so far: {join(parts)}.")
    if liked:
        sentences.append(f"You liked {join(list(liked[:5]))}{' among others' if len(liked) > 5 else ''}.")
    if disliked:
        sentences.append(f"You did not like {join(list(disliked[:3]))}{' among others' if len(disliked) > 3 else ''}.")
    if result.note:
        sentences.append(result.note.rstrip(".") + ".")
    return sentences or nothing_known()


def nothing_known() -> list[str]:
    """The reply when there is no history to speak of."""
    return ["I know nothing of your taste yet.", "Name two or three films you loved and I will start from there."]


def edited(taken_back: Sequence[str]) -> list[str]:
    """What was taken off the timeline, by title or topic."""
    names = [
        name if ":" not in name or " " in name.partition(":")[0] else topic(name) for name in dict.fromkeys(taken_back)
    ]
    if not names:
        return ["Your timeline holds nothing about that, so there was nothing to remove."]
    return [
        f"Done: I took {join(names)} off your timeline.",
        "It no longer counts." if len(names) == 1 else "They no longer count.",
    ]


def reset(lifted: Sequence[str], standing: Constraints) -> list[str]:
    """Which limits were lifted and which remain."""
    names = {
        "*": "all limits",
        "year": "the limit on the year",
        "runtime": "the limit on the length",
        "genre": "the limits on genre",
    }
    gone = [
        names.get(name)
        or (
            f"the limit on {genre(name.partition(':')[2])}"
            if name.startswith("genre:")
            else f"the limit on {name.partition(':')[2] or name}"
        )
        for name in lifted
    ]
    rest = limits(standing)
    first = f"Done: I dropped {join(list(dict.fromkeys(gone)))}." if gone else "Done."
    return [first, f"Still in force: {rest}." if rest else "Nothing limits the list now."]


def ambiguous(question: Question) -> list[str]:
    """Which of several items was meant."""
    options = [titled(match.title, match.year) for match in question.matches[:4]]
    return [f"Which one do you mean: {join(options, 'or')}?"]


def unknown(titles: Sequence[str]) -> list[str]:
    """Titles that the catalogue does not have."""
    named = join([f"“{title}”" for title in titles], "or")
    return [
        f"I could not find {named} in the catalogue, so I know nothing about {'it' if len(titles) == 1 else 'them'}."
    ]


def trending(items: Sequence[Item], note: str = "") -> list[str]:
    """What is popular now, best first."""
    if not items:
        return ["I have no recent activity to tell what is popular."]
    return [
        f"Popular at the moment: {join([titled(item.title, item.year) for item in items])}.",
        *([note.rstrip(".") + "."] if note else []),
    ]


def found(items: Sequence[Item], constraints: Constraints) -> list[str]:
    """The result of a catalogue search."""
    bounds = limits(constraints)
    if not items:
        return [f"The catalogue has no film {bounds}." if bounds else "I found nothing like that in the catalogue."]
    return [f"I found {join([titled(item.title, item.year) for item in items])}."]


def greeting(voice: Voice, known: bool) -> list[str]:
    """A welcome; ``known`` people are greeted as such."""
    if known:
        return [
            voice.pick("hello", "Welcome back!", "Hello again!", "Good to see you again!"),
            "What are you in the mood for?",
        ]
    return [
        voice.pick("hello", "Hello!", "Hi there!", "Welcome!"),
        "Tell me a film or two you loved, or what you feel like watching.",
    ]


def thanks(voice: Voice) -> list[str]:
    """The answer to thanks."""
    return [
        voice.pick("thanks", "You are welcome!", "Glad to help!", "My pleasure!"),
        voice.pick("enjoy", "Enjoy the film.", "Tell me later how you liked it.", "Have a good evening."),
    ]


def helping() -> list[str]:
    """What one can say here."""
    return [
        "Tell me films you loved or hated, and what you feel like: “something tense but not gory, after 1990”.",
        "Ask why I suggested a film, who made it or how long it is, or where your taste is heading.",
        "You can say “forget that I liked …” or “any year is fine” at any time.",
    ]


def small_talk(voice: Voice) -> list[str]:
    """A friendly turn back to the matter."""
    return [
        voice.pick(
            "chat", "Happy to chat, and happier to talk about films.", "Films are what I know.", "All good here."
        ),
        "What do you feel like watching?",
    ]


def out_of_scope(voice: Voice) -> list[str]:
    """The answer to what this is not for."""
    return [
        voice.pick(
            "scope",
            "That is beyond me, I am afraid.",
            "I cannot help with that.",
            "That is not something I know about.",
        ),
        _FALLBACK,
    ]


def offline() -> list[str]:
    """Said once when the language model is not there."""
    return ["The language model is not running, so I am keeping my answers brief."]
