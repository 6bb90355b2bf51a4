"""Descriptive queries as people type them, each with the films that answer it, judged from memory of the films.

Written before, and without sight of, the sentences in demo/films.jsonl that they measure. The judgement is among the
best-known films of the catalogue and names a dozen or so at most: a film that is not named may still fit.
"""

from __future__ import annotations

from typing import NamedTuple


class DescriptiveCase(NamedTuple):
    """A query, and the films that answer it as "Title (year)"."""

    query: str
    relevant: tuple[str, ...]


def parse(text: str) -> tuple[DescriptiveCase, ...]:
    """Cases from lines: a query, then indented lines of titles separated by semicolons."""
    cases: list[DescriptiveCase] = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            titles = (title for part in line.split(";") if (title := part.strip()))
            cases[-1] = DescriptiveCase(cases[-1].query, (*cases[-1].relevant, *titles))
        else:
            cases.append(DescriptiveCase(line.strip(), ()))
    return tuple(cases)


CASES = parse(
    """
a slow western about revenge
  Unforgiven (1992); Once Upon a Time in the West (1968); True Grit (2010); The Quick and the Dead (1995);
  Dead Man (1995); Django Unchained (2012); Tombstone (1993)
something to watch tonight with small kids
  Toy Story (1995); Finding Nemo (2003); My Neighbor Totoro (1988); Dumbo (1941); Babe (1995);
  Monsters, Inc. (2001); Cinderella (1950); The Aristocats (1970); Cars (2006); Ice Age (2002);
  Despicable Me (2010); A Bug's Life (1998)
a film that feels like a dream
  Mulholland Drive (2001); Eternal Sunshine of the Spotless Mind (2004); Wings of Desire (1987); Dead Man (1995);
  Donnie Darko (2001); The City of Lost Children (1995); Lost Highway (1997); Vanilla Sky (2001);
  Inception (2010); Eyes Wide Shut (1999); Blue Velvet (1986)
stuck reliving the same day again and again
  Groundhog Day (1993); Source Code (2011); Run Lola Run (1998)
a heist planned by a team of clever crooks
  Ocean's Eleven (2001); Ocean's Twelve (2004); Ocean's Thirteen (2007); The Italian Job (2003);
  Inside Man (2006); Heat (1995); Reservoir Dogs (1992); The Town (2010); Now You See Me (2013); Fast Five (2011);
  Inception (2010); A Fish Called Wanda (1988)
con artists tricking each other
  The Sting (1973); The Grifters (1990); Catch Me If You Can (2002); Maverick (1994); A Fish Called Wanda (1988);
  Now You See Me (2013); Wild Things (1998); The Talented Mr. Ripley (1999); Lucky Number Slevin (2006);
  The Usual Suspects (1995)
somebody wrongly accused and on the run
  The Fugitive (1993); North by Northwest (1959); Minority Report (2002); Enemy of the State (1998);
  The Shawshank Redemption (1994); The Bourne Identity (2002); Shooter (2007); The Net (1995);
  The Adjustment Bureau (2011); Chain Reaction (1996); Salt (2010)
life behind bars and dreams of getting out
  The Shawshank Redemption (1994); Cool Hand Luke (1967); The Green Mile (1999); The Great Escape (1963);
  In the Name of the Father (1993); Escape from New York (1981); Down by Law (1986); Murder in the First (1995);
  Sleepers (1996); American History X (1998)
robots that want to be human
  A.I. Artificial Intelligence (2001); Blade Runner (1982); I, Robot (2004); WALL-E (2008); The Iron Giant (1999);
  RoboCop (1987); Terminator 2: Judgment Day (1991); Pinocchio (1940)
stranded alone and trying to survive
  Cast Away (2000); 127 Hours (2010); Gravity (2013); Life of Pi (2012); Into the Wild (2007); The Edge (1997);
  Moon (2009); I Am Legend (2007); The Impossible (2012)
a quiet film about getting old
  On Golden Pond (1982); About Schmidt (2002); Up (2009); Grumpier Old Men (1995); Gran Torino (2008);
  The Curious Case of Benjamin Button (2008); The Remains of the Day (1993); Sunset Boulevard (1950);
  The Wrestler (2008)
a teacher who changes the lives of students
  Dead Poets Society (1989); Mr. Holland's Opus (1995); Dangerous Minds (1995); Good Will Hunting (1997);
  School of Rock (2003); Renaissance Man (1994); The King's Speech (2010); Matilda (1996); The Karate Kid (1984);
  The Man Without a Face (1993)
falling in love on holiday in a foreign city
  Before Sunrise (1995); Roman Holiday (1953); Vicky Cristina Barcelona (2008); Only You (1994);
  French Kiss (1995); Before Sunset (2004); A Room with a View (1986); Lost in Translation (2003);
  Midnight in Paris (2011); Barcelona (1994)
two strangers talk all night and fall for each other
  Before Sunrise (1995); Before Sunset (2004); Lost in Translation (2003); When Harry Met Sally (1989)
a love that cannot be because of duty or marriage
  The Remains of the Day (1993); The Age of Innocence (1993); Casablanca (1942);
  The Bridges of Madison County (1995); Brokeback Mountain (2005); The English Patient (1996);
  Roman Holiday (1953); Witness (1985); Shakespeare in Love (1998); The Piano (1993)
movie that will make me cry
  Schindler's List (1993); The Green Mile (1999); Titanic (1997); The Notebook (2004); Life Is Beautiful (1997);
  Philadelphia (1993); Up (2009); Million Dollar Baby (2004); The Lion King (1994);
  E.T. the Extra-Terrestrial (1982); Ghost (1990); Sophie's Choice (1982)
feel-good underdog sports story
  Rocky (1976); Rudy (1993); Cool Runnings (1993); The Karate Kid (1984); Remember the Titans (2000);
  The Blind Side (2009); Cinderella Man (2005); A League of Their Own (1992); Here Comes the Boom (2012);
  Moneyball (2011); Warrior (2011); DodgeBall: A True Underdog Story (2004)
a boxer fighting for one last chance
  Rocky (1976); Raging Bull (1980); Million Dollar Baby (2004); Cinderella Man (2005); The Fighter (2010);
  Rocky IV (1985); The Wrestler (2008); Warrior (2011)
a serial killer hunted by a detective
  Seven (1995); The Silence of the Lambs (1991); Zodiac (2007); Copycat (1995); Red Dragon (2002);
  Kiss the Girls (1998); Fallen (1998); The Girl with the Dragon Tattoo (2011);
  The Girl with the Dragon Tattoo (2009); Sleepy Hollow (1999); Insomnia (2002); American Psycho (2000)
innocent man defended in court by a stubborn lawyer
  To Kill a Mockingbird (1962); A Time to Kill (1996); My Cousin Vinny (1992); In the Name of the Father (1993);
  Murder in the First (1995); 12 Angry Men (1957); Primal Fear (1996); Just Cause (1995)
tense courtroom arguments and a jury
  12 Angry Men (1957); A Few Good Men (1992); Primal Fear (1996); A Time to Kill (1996);
  To Kill a Mockingbird (1962); The Juror (1996); The Rainmaker (1997); Philadelphia (1993);
  The People vs. Larry Flynt (1996); My Cousin Vinny (1992); Erin Brockovich (2000)
journalists uncovering a scandal
  The Insider (1999); Zodiac (2007); The Paper (1994); Citizen Kane (1941); Up Close & Personal (1996);
  The Killing Fields (1984); The Girl with the Dragon Tattoo (2011); His Girl Friday (1940); Capote (2005)
war is hell, soldiers losing their minds
  Apocalypse Now (1979); Full Metal Jacket (1987); Platoon (1986); The Deer Hunter (1978); Jarhead (2005);
  The Thin Red Line (1998); The Hurt Locker (2008); Paths of Glory (1957); Saving Private Ryan (1998);
  Das Boot (1981); Black Hawk Down (2001)
Vietnam
  Apocalypse Now (1979); Full Metal Jacket (1987); Platoon (1986); The Deer Hunter (1978); Forrest Gump (1994);
  Tropic Thunder (2008)
the horror of the holocaust
  Schindler's List (1993); Life Is Beautiful (1997); The Pianist (2002); Sophie's Choice (1982); Apt Pupil (1998)
submarine crew under pressure
  Das Boot (1981); The Hunt for Red October (1990); Crimson Tide (1995); Down Periscope (1996); The Abyss (1989);
  20,000 Leagues Under the Sea (1954); Sphere (1998)
spies and cold war paranoia
  The Hunt for Red October (1990); The Lives of Others (2006); Tinker Tailor Soldier Spy (2011);
  The Manchurian Candidate (1962); From Russia with Love (1963); Dr. Strangelove (1964); The Third Man (1949);
  Salt (2010); Dr. No (1962); Good Bye Lenin! (2003); The Iron Giant (1999)
secret agent saves the world with gadgets
  Goldfinger (1964); GoldenEye (1995); Tomorrow Never Dies (1997); The World Is Not Enough (1999);
  Die Another Day (2002); Casino Royale (2006); Skyfall (2012); Mission: Impossible – Ghost Protocol (2011);
  xXx (2002); True Lies (1994); Mission: Impossible (1996); Dr. No (1962)
a silly spoof of spy films
  Austin Powers: International Man of Mystery (1997); Austin Powers: The Spy Who Shagged Me (1999);
  Austin Powers in Goldmember (2002); Spy Hard (1996); True Lies (1994); The Man Who Knew Too Little (1997)
parody with a joke every ten seconds
  Airplane! (1980); The Naked Gun: From the Files of Police Squad! (1988); Hot Shots! Part Deux (1993);
  Spaceballs (1987); Scary Movie (2000); Blazing Saddles (1974); Young Frankenstein (1974);
  Monty Python and the Holy Grail (1975); Robin Hood: Men in Tights (1993); Spy Hard (1996);
  Dracula: Dead and Loving It (1995)
dry British humour
  Hot Fuzz (2007); Shaun of the Dead (2004); Monty Python’s Life of Brian (1979);
  Four Weddings and a Funeral (1994); The Full Monty (1997); The World's End (2013); A Fish Called Wanda (1988);
  Monty Python and the Holy Grail (1975); Bean (1997); The Hitchhiker's Guide to the Galaxy (2005);
  In Bruges (2008); Cold Comfort Farm (1995)
laid-back stoner comedy
  The Big Lebowski (1998); Pineapple Express (2008); Half Baked (1998); Up in Smoke (1978); Friday (1995);
  Dazed and Confused (1993); Mallrats (1995); Clerks (1994)
one wild night that gets out of hand
  The Hangover (2009); Superbad (2007); Project X (2012); 21 & Over (2013); Dazed and Confused (1993);
  Collateral (2004); Friday (1995); American Pie (1999); Old School (2003); This Is the End (2013)
a stag party or holiday with the guys goes wrong
  The Hangover (2009); The Hangover Part II (2011); Sideways (2004); Wedding Crashers (2005); Road Trip (2000);
  Due Date (2010); The Hangover Part III (2013); Swingers (1996)
teenagers in high school, outsiders and cliques
  The Breakfast Club (1985); Mean Girls (2004); Heathers (1988); Clueless (1995);
  The Perks of Being a Wallflower (2012); Rushmore (1998); Easy A (2010); Some Kind of Wonderful (1987);
  Pump Up the Volume (1990); Ghost World (2001); 10 Things I Hate About You (1999); Donnie Darko (2001)
last summer of childhood, friends on an adventure
  Stand by Me (1986); The Goonies (1985); Super 8 (2011); Moonrise Kingdom (2012);
  E.T. the Extra-Terrestrial (1982); Mud (2012); The Way, Way Back (2013)
coming of age during one summer
  The Way, Way Back (2013); Stand by Me (1986); Adventureland (2009); Dirty Dancing (1987);
  Moonrise Kingdom (2012); Mud (2012); Y tu mamá también (2001); Almost Famous (2000); Dazed and Confused (1993)
growing up in a rough neighbourhood with gangs
  City of God (2002); Menace II Society (1993); La Haine (1995); A Bronx Tale (1993); Kids (1995);
  Slumdog Millionaire (2008); 8 Mile (2002); Gangs of New York (2002); Once Upon a Time in America (1984);
  Sleepers (1996); Do the Right Thing (1989); The Basketball Diaries (1995)
rise and fall of a gangster
  Goodfellas (1990); Scarface (1983); Casino (1995); The Godfather (1972); The Godfather Part II (1974);
  American Gangster (2007); Blow (2001); City of God (2002); Once Upon a Time in America (1984);
  Carlito's Way (1993); Lord of War (2005)
mafia family loyalty and betrayal
  The Godfather (1972); The Godfather Part II (1974); The Godfather Part III (1990); Goodfellas (1990);
  Casino (1995); Donnie Brasco (1997); A Bronx Tale (1993); The Departed (2006); Miller's Crossing (1990);
  Road to Perdition (2002); Analyze This (1999)
undercover cop torn between two sides
  The Departed (2006); Donnie Brasco (1997); Reservoir Dogs (1992); The Fast and the Furious (2001);
  Face/Off (1997); Eastern Promises (2007); 21 Jump Street (2012); Miss Congeniality (2000); Training Day (2001)
corrupt police
  L.A. Confidential (1997); Training Day (2001); Cop Land (1997); The Departed (2006); Touch of Evil (1958);
  Mulholland Falls (1996); Léon: The Professional (1994); The Untouchables (1987); End of Watch (2012);
  Witness (1985)
hitman with a conscience
  Léon: The Professional (1994); In Bruges (2008); Grosse Pointe Blank (1997); Road to Perdition (2002);
  Looper (2012); The Replacement Killers (1998); Collateral (2004); Nikita (1990); Assassins (1995);
  Pulp Fiction (1994); Lucky Number Slevin (2006); Hanna (2011)
a woman takes bloody revenge
  Kill Bill: Volume 1 (2003); Kill Bill: Volume 2 (2004); The Quick and the Dead (1995); Carrie (1976);
  Death Proof (2007); The Girl with the Dragon Tattoo (2011); Nikita (1990); Hanna (2011);
  The Girl with the Dragon Tattoo (2009); Thelma & Louise (1991)
father rescues his kidnapped child
  Taken (2008); Ransom (1996); Man on Fire (2004); Prisoners (2013); Finding Nemo (2003); Taken 2 (2012);
  Nick of Time (1995); Oldboy (2003)
a child goes missing and a town falls apart
  Prisoners (2013); Gone Baby Gone (2007); Mystic River (2003); The Sweet Hereafter (1997); The Hunt (2012);
  A Perfect World (1993); Ransom (1996)
dark Nordic mystery in the snow
  The Girl with the Dragon Tattoo (2009); The Girl with the Dragon Tattoo (2011); Insomnia (2002); Fargo (1996);
  The Hunt (2012)
crime in a snowy small town
  Fargo (1996); Insomnia (2002); The Sweet Hereafter (1997); The Shining (1980); Misery (1990);
  The Ice Storm (1997); Prisoners (2013)
cosy whodunit with a clever detective
  Sherlock Holmes (2009); Sherlock Holmes: A Game of Shadows (2011); The Big Sleep (1946); Laura (1944);
  The Maltese Falcon (1941); Manhattan Murder Mystery (1993); Charade (1963); Hot Fuzz (2007);
  Who Framed Roger Rabbit (1988); The Return of the Pink Panther (1975); Rear Window (1954)
private eye, femme fatale and shadows
  The Maltese Falcon (1941); The Big Sleep (1946); Chinatown (1974); L.A. Confidential (1997);
  Devil in a Blue Dress (1995); Sin City (2005); Kiss Kiss Bang Bang (2005); Laura (1944);
  Who Framed Roger Rabbit (1988); Blade Runner (1982); Red Rock West (1992)
a twist ending that changes everything
  The Sixth Sense (1999); The Usual Suspects (1995); Fight Club (1999); Shutter Island (2010); The Others (2001);
  Primal Fear (1996); Oldboy (2003); The Prestige (2006); Identity (2003); Memento (2000); The Game (1997);
  Planet of the Apes (1968)
can we trust what the hero remembers
  Memento (2000); Shutter Island (2010); Total Recall (1990); Eternal Sunshine of the Spotless Mind (2004);
  The Bourne Identity (2002); Trance (2013); The Machinist (2004); Mulholland Drive (2001); Dark City (1998);
  The Butterfly Effect (2004); Spellbound (1945); The Long Kiss Goodnight (1996)
reality is not what it seems
  The Matrix (1999); Dark City (1998); The Truman Show (1998); Inception (2010); Total Recall (1990);
  Vanilla Sky (2001); Donnie Darko (2001); Shutter Island (2010); The Game (1997); Brazil (1985);
  12 Monkeys (1995)
time travel that messes up the past
  Back to the Future (1985); Back to the Future Part II (1989); The Butterfly Effect (2004); Looper (2012);
  12 Monkeys (1995); Timecop (1994); Donnie Darko (2001); The Terminator (1984); Men in Black 3 (2012);
  Star Trek: First Contact (1996); Déjà Vu (2006)
romantic time travel
  About Time (2013); Somewhere in Time (1980); Midnight in Paris (2011); Safety Not Guaranteed (2012);
  Groundhog Day (1993); Eternal Sunshine of the Spotless Mind (2004); Déjà Vu (2006)
society under total surveillance and control
  Brazil (1985); The Lives of Others (2006); Minority Report (2002); Enemy of the State (1998);
  Equilibrium (2002); V for Vendetta (2005); Gattaca (1997); The Truman Show (1998); Demolition Man (1993);
  A Clockwork Orange (1971); The Island (2005)
bleak future where humanity is dying out
  Children of Men (2006); 12 Monkeys (1995); The Book of Eli (2010); WALL-E (2008); I Am Legend (2007);
  Mad Max 2 (1981); Waterworld (1995); The Postman (1997); Terminator Salvation (2009); 28 Days Later (2002);
  Oblivion (2013)
wasteland car chases after the apocalypse
  Mad Max 2 (1981); Mad Max (1979); Tank Girl (1995); The Book of Eli (2010); Waterworld (1995);
  Escape from New York (1981); Escape from L.A. (1996)
zombies but funny
  Shaun of the Dead (2004); Zombieland (2009); Warm Bodies (2013); Evil Dead II (1987); Army of Darkness (1992)
fast infected zombies, scary and relentless
  28 Days Later (2002); 28 Weeks Later (2007); Dawn of the Dead (2004); World War Z (2013); I Am Legend (2007);
  Resident Evil (2002); Night of the Living Dead (1968)
deadly virus spreading across the world
  Contagion (2011); Outbreak (1995); 12 Monkeys (1995); World War Z (2013); 28 Days Later (2002);
  I Am Legend (2007); Rise of the Planet of the Apes (2011)
haunted house that slowly gets under your skin
  The Shining (1980); The Others (2001); The Conjuring (2013); Poltergeist (1982); The Amityville Horror (1979);
  1408 (2007); Beetlejuice (1988); Rosemary's Baby (1968)
possessed child and priests
  The Exorcist (1973); The Omen (1976); Poltergeist (1982); The Conjuring (2013); Rosemary's Baby (1968);
  The Prophecy (1995); Constantine (2005)
teens stalked by a masked killer
  Scream (1996); Scream 2 (1997); I Know What You Did Last Summer (1997); A Nightmare on Elm Street (1984);
  Wes Craven's New Nightmare (1994); Scary Movie (2000); The Cabin in the Woods (2012)
cabin in the woods where things go terribly wrong
  The Cabin in the Woods (2012); The Evil Dead (1981); Evil Dead II (1987); Evil Dead (2013);
  Tucker & Dale vs. Evil (2010); The Blair Witch Project (1999); Misery (1990)
people trapped with a monster they cannot see
  Alien (1979); The Thing (1982); Predator (1987); The Mist (2007); Cloverfield (2008); Aliens (1986);
  Jaws (1975); Pitch Black (2000); Anaconda (1997); Mimic (1997); Hollow Man (2000); Alien 3 (1992)
scary without much blood
  The Others (2001); The Sixth Sense (1999); The Blair Witch Project (1999); The Birds (1963);
  Rosemary's Baby (1968); Signs (2002); Poltergeist (1982); The Ring (2002); Psycho (1960); Jaws (1975);
  The Conjuring (2013); 1408 (2007)
vampires with style
  Interview with the Vampire (1994); Bram Stoker's Dracula (1992); Blade (1998); Blade II (2002);
  The Lost Boys (1987); From Dusk till Dawn (1996); Underworld (2003); Twilight (2008); Dark Shadows (2012);
  Van Helsing (2004)
werewolf
  An American Werewolf in London (1981); Wolf (1994); Underworld (2003); Van Helsing (2004);
  Harry Potter and the Prisoner of Azkaban (2004); Twilight (2008)
teenage witches and girls with dark powers
  The Craft (1996); Carrie (1976); The Crucible (1996); Heathers (1988); Heavenly Creatures (1994)
ghosts of the dead who cannot let go of the living
  The Sixth Sense (1999); Ghost (1990); The Others (2001); The Frighteners (1996); Beetlejuice (1988);
  Casper (1995); City of Angels (1998); Ghostbusters (1984); Poltergeist (1982); Corpse Bride (2005)
angels walking among people
  Wings of Desire (1987); City of Angels (1998); Michael (1996); It's a Wonderful Life (1946); Dogma (1999);
  The Prophecy (1995); Angels in the Outfield (1994); Constantine (2005)
first contact with aliens, full of wonder
  Close Encounters of the Third Kind (1977); Contact (1997); E.T. the Extra-Terrestrial (1982); The Abyss (1989);
  2001: A Space Odyssey (1968); Super 8 (2011); The Day the Earth Stood Still (1951); K-PAX (2001);
  Stargate (1994)
aliens invade and blow everything up
  Independence Day (1996); War of the Worlds (2005); Mars Attacks! (1996); Starship Troopers (1997); Signs (2002);
  Men in Black (1997); Pacific Rim (2013); The Avengers (2012); The Arrival (1996); Cloverfield (2008);
  District 9 (2009); Transformers: Dark of the Moon (2011)
lonely astronaut in space
  Moon (2009); Gravity (2013); 2001: A Space Odyssey (1968); Apollo 13 (1995); WALL-E (2008); Oblivion (2013);
  The Right Stuff (1983)
true story of the space race
  Apollo 13 (1995); The Right Stuff (1983)
asteroid about to hit the earth
  Armageddon (1998); Deep Impact (1998)
nature strikes: volcanoes, storms, earthquakes
  Twister (1996); Dante's Peak (1997); Volcano (1997); The Day After Tomorrow (2004); 2012 (2009);
  The Perfect Storm (2000); The Impossible (2012); Deep Impact (1998)
trapped on a sinking ship or in a disaster
  Titanic (1997); The Perfect Storm (2000); Daylight (1996); White Squall (1996); The Abyss (1989);
  Speed 2: Cruise Control (1997); The Impossible (2012); Apollo 13 (1995); Gravity (2013)
pirates and swashbuckling
  Pirates of the Caribbean: The Curse of the Black Pearl (2003);
  Pirates of the Caribbean: Dead Man's Chest (2006); Pirates of the Caribbean: At World's End (2007);
  Pirates of the Caribbean: On Stranger Tides (2011); Cutthroat Island (1995); Muppet Treasure Island (1996);
  Hook (1991); The Princess Bride (1987); The Mask of Zorro (1998); The Goonies (1985)
treasure hunt with old maps and traps
  Raiders of the Lost Ark (1981); Indiana Jones and the Last Crusade (1989);
  Indiana Jones and the Temple of Doom (1984); National Treasure (2004); The Goonies (1985); The Mummy (1999);
  Lara Croft: Tomb Raider (2001); The Treasure of the Sierra Madre (1948); Romancing the Stone (1984);
  The Da Vinci Code (2006); The Adventures of Tintin (2011)
greed destroys a group of friends
  The Treasure of the Sierra Madre (1948); Shallow Grave (1994); There Will Be Blood (2007);
  Reservoir Dogs (1992); Three Kings (1999); The Good, the Bad and the Ugly (1966); Pain & Gain (2013)
knights, castles and honour
  First Knight (1995); Braveheart (1995); A Knight's Tale (2001); Rob Roy (1995);
  Robin Hood: Prince of Thieves (1991); Dragonheart (1996); Henry V (1989); The Sword in the Stone (1963);
  Monty Python and the Holy Grail (1975); Highlander (1986)
gladiators and ancient Rome
  Gladiator (2000); Ben-Hur (1959); Monty Python’s Life of Brian (1979)
ancient battles with swords and spears
  Gladiator (2000); 300 (2006); Troy (2004); Braveheart (1995); Ben-Hur (1959); Apocalypto (2006);
  Conan the Barbarian (1982); Hercules (1997)
samurai honour
  Seven Samurai (1954); The Last Samurai (2003); Ran (1985); Kill Bill: Volume 1 (2003); The Wolverine (2013);
  Hero (2002)
beautiful martial arts
  Crouching Tiger, Hidden Dragon (2000); Hero (2002); Kill Bill: Volume 1 (2003); The Matrix (1999);
  The Raid (2011); Rumble in the Bronx (1995); Mortal Kombat (1995); Kung Fu Panda (2008); The Karate Kid (1984)
epic fantasy quest
  The Lord of the Rings: The Fellowship of the Ring (2001); The Lord of the Rings: The Two Towers (2002);
  The Lord of the Rings: The Return of the King (2003); The Hobbit: An Unexpected Journey (2012);
  The Princess Bride (1987); The Chronicles of Narnia: The Lion, the Witch and the Wardrobe (2005);
  Stardust (2007); Labyrinth (1986); Conan the Barbarian (1982)
children find a door to a magical world
  The Chronicles of Narnia: The Lion, the Witch and the Wardrobe (2005); Coraline (2009);
  Alice in Wonderland (1951); Alice in Wonderland (2010); Labyrinth (1986); Pan's Labyrinth (2006);
  Jumanji (1995); The Indian in the Cupboard (1995); Hook (1991); Harry Potter and the Philosopher's Stone (2001);
  The Secret Garden (1993)
a school for wizards
  Harry Potter and the Philosopher's Stone (2001); Harry Potter and the Chamber of Secrets (2002);
  Harry Potter and the Prisoner of Azkaban (2004); Harry Potter and the Goblet of Fire (2005);
  Harry Potter and the Order of the Phoenix (2007); Harry Potter and the Half-Blood Prince (2009)
fairy tale turned upside down
  Shrek (2001); Shrek 2 (2004); The Princess Bride (1987); Tangled (2010); Edward Scissorhands (1990);
  Snow White and the Huntsman (2012); Hansel & Gretel: Witch Hunters (2013); Stardust (2007);
  Jack the Giant Slayer (2013); The Nightmare Before Christmas (1993)
toys that come alive
  Toy Story (1995); Toy Story 2 (1999); Toy Story 3 (2010); The Indian in the Cupboard (1995); Pinocchio (1940)
talking animals on a journey home
  Homeward Bound: The Incredible Journey (1993); Madagascar (2005); Ice Age (2002); Finding Nemo (2003);
  The Aristocats (1970); Oliver & Company (1988); 101 Dalmatians (1996); Babe (1995); The Lion King (1994);
  The Fox and the Hound (1981)
a child and an animal become friends
  Free Willy (1993); Fly Away Home (1996); How to Train Your Dragon (2010); Babe (1995);
  E.T. the Extra-Terrestrial (1982); Pete's Dragon (1977); Life of Pi (2012); The Fox and the Hound (1981)
cartoon with jokes for grown-ups too
  Shrek (2001); The Incredibles (2004); Toy Story (1995); The Emperor's New Groove (2000); Rango (2011);
  Antz (1998); Chicken Run (2000); The Simpsons Movie (2007); Ratatouille (2007); Madagascar (2005);
  Monsters, Inc. (2001); Shrek 2 (2004)
clay figures and stop motion
  Chicken Run (2000); The Wrong Trousers (1993); A Close Shave (1995); The Nightmare Before Christmas (1993);
  Coraline (2009); Corpse Bride (2005); James and the Giant Peach (1996)
songs the children can sing along to
  The Lion King (1994); The Little Mermaid (1989); Beauty and the Beast (1991); Aladdin (1992);
  Mary Poppins (1964); The Sound of Music (1965); Tangled (2010); Mulan (1998); Pocahontas (1995);
  Willy Wonka & the Chocolate Factory (1971); Hercules (1997)
a brave princess who does not need a prince
  Brave (2012); Mulan (1998); Tangled (2010); Pocahontas (1995); Shrek (2001); Snow White and the Huntsman (2012)
bullied or lonely child finds inner strength
  Matilda (1996); A Little Princess (1995); The Karate Kid (1984);
  Harry Potter and the Philosopher's Stone (2001); Powder (1995); Welcome to the Dollhouse (1995);
  James and the Giant Peach (1996); How to Train Your Dragon (2010); Hugo (2011); The Secret Garden (1993)
Christmas spirit for the whole family
  Home Alone (1990); Elf (2003); The Santa Clause (1994); Miracle on 34th Street (1994);
  It's a Wonderful Life (1946); Jingle All the Way (1996); The Nightmare Before Christmas (1993);
  Rise of the Guardians (2012)
christmas film for people who do not like christmas films
  Die Hard (1988); Gremlins (1984); The Ref (1994); The Nightmare Before Christmas (1993); Die Hard 2 (1990);
  Batman Returns (1992); Lethal Weapon (1987); Trading Places (1983); Edward Scissorhands (1990)
spooky but fun for Halloween with children
  The Nightmare Before Christmas (1993); Casper (1995); Beetlejuice (1988); Addams Family Values (1993);
  Hotel Transylvania (2012); Coraline (2009); Corpse Bride (2005); Ghostbusters (1984); Monsters, Inc. (2001);
  Gremlins (1984)
one man against terrorists in a building
  Die Hard (1988); Under Siege (1992); Air Force One (1997); White House Down (2013); Olympus Has Fallen (2013);
  Speed (1994); The Rock (1996); Executive Decision (1996); Die Hard 2 (1990);
  Under Siege 2: Dark Territory (1995); The Raid (2011)
the president is in danger
  Air Force One (1997); White House Down (2013); Olympus Has Fallen (2013); In the Line of Fire (1993);
  Murder at 1600 (1997); Absolute Power (1997); JFK (1991); Independence Day (1996); G.I. Joe: Retaliation (2013);
  The Manchurian Candidate (1962); Shooter (2007)
political satire about spin and elections
  Wag the Dog (1997); Bob Roberts (1992); The Campaign (2012); Thank You for Smoking (2005); Dave (1993);
  The Ides of March (2011); Dr. Strangelove (1964); Being There (1979); My Fellow Americans (1996);
  Team America: World Police (2004)
power and corruption in politics, serious
  The Ides of March (2011); Nixon (1995); City Hall (1996); JFK (1991); Michael Clayton (2007); Lincoln (2012);
  The Insider (1999); Traffic (2000); Michael Collins (1996); The Last King of Scotland (2006)
buddy cops who cannot stand each other
  Lethal Weapon (1987); Rush Hour (1998); The Heat (2013); Bad Boys (1995); Hot Fuzz (2007);
  The Other Guys (2010); 21 Jump Street (2012); Men in Black (1997); 2 Guns (2013); Rising Sun (1993);
  R.I.P.D. (2013)
non-stop car chases and street racing
  The Fast and the Furious (2001); 2 Fast 2 Furious (2003); Fast & Furious (2009); Fast Five (2011);
  Fast & Furious 6 (2013); Gone in 60 Seconds (2000); Drive (2011); The Transporter (2002); Ronin (1998);
  Mad Max 2 (1981); The Italian Job (2003); The French Connection (1971)
racing drivers and rivalry
  Rush (2013); Days of Thunder (1990); Talladega Nights: The Ballad of Ricky Bobby (2006); Cars (2006);
  The Love Bug (1968)
stylish neon night in Los Angeles
  Drive (2011); Collateral (2004); Heat (1995); Mulholland Drive (2001); Blade Runner (1982); Lost Highway (1997);
  Strange Days (1995); L.A. Confidential (1997)
violent and darkly funny crooks who talk a lot
  Pulp Fiction (1994); Snatch (2000); Lock, Stock and Two Smoking Barrels (1998); Reservoir Dogs (1992);
  In Bruges (2008); Seven Psychopaths (2012); Fargo (1996); Get Shorty (1995); Lucky Number Slevin (2006);
  Kiss Kiss Bang Bang (2005); Things to Do in Denver When You're Dead (1995); Jackie Brown (1997)
outlaw lovers on the run
  True Romance (1993); Natural Born Killers (1994); Bonnie and Clyde (1967); Thelma & Louise (1991);
  Kalifornia (1993); Bound (1996); Moonrise Kingdom (2012)
two women on the road breaking free
  Thelma & Louise (1991); Romy and Michele's High School Reunion (1997); Muriel's Wedding (1994); Bound (1996);
  Identity Thief (2013)
road trip with a dysfunctional family or odd couple
  Little Miss Sunshine (2006); Rain Man (1988); Sideways (2004); Dumb and Dumber (1994); Due Date (2010);
  The Adventures of Priscilla, Queen of the Desert (1994); We're the Millers (2013); About Schmidt (2002);
  A Goofy Movie (1995); Tommy Boy (1995); Identity Thief (2013); Flirting with Disaster (1996)
leaving everything behind to live in the wild
  Into the Wild (2007); Dances with Wolves (1990); The Beach (2000); Nell (1994); Seven Years in Tibet (1997);
  Swiss Family Robinson (1960); Cast Away (2000)
lonely people in a big city
  Lost in Translation (2003); Taxi Driver (1976); The Apartment (1960); Amélie (2001); Smoke (1995);
  Eyes Wide Shut (1999); Punch-Drunk Love (2002); Night on Earth (1991); Sleepless in Seattle (1993);
  About a Boy (2002)
a man slowly going mad
  Taxi Driver (1976); The Shining (1980); American Psycho (2000); Black Swan (2010); The Machinist (2004);
  Fight Club (1999); Pi (1998); Shutter Island (2010); Apocalypse Now (1979); A Beautiful Mind (2001);
  The Fan (1996)
inside a mental hospital
  One Flew Over the Cuckoo's Nest (1975); Girl, Interrupted (1999); Shutter Island (2010); 12 Monkeys (1995);
  Spellbound (1945); K-PAX (2001); Don Juan DeMarco (1995); Terminator 2: Judgment Day (1991)
genius with troubles
  A Beautiful Mind (2001); Good Will Hunting (1997); Amadeus (1984); Shine (1996); Pi (1998);
  The Social Network (2010); Rain Man (1988); The Aviator (2004); Searching for Bobby Fischer (1993);
  Immortal Beloved (1994); Crumb (1994); Jobs (2013)
the price of obsession with perfection in art
  Black Swan (2010); Amadeus (1984); Shine (1996); The Prestige (2006); The Wrestler (2008); Ed Wood (1994);
  Immortal Beloved (1994); Adaptation (2002)
drug addiction shown without mercy
  Requiem for a Dream (2000); Trainspotting (1996); The Basketball Diaries (1995); Traffic (2000);
  Leaving Las Vegas (1995); Fear and Loathing in Las Vegas (1998); Blow (2001); Kids (1995)
alcoholic destroying himself
  Leaving Las Vegas (1995); When a Man Loves a Woman (1994); Flight (2012); Once Were Warriors (1994);
  Sideways (2004); Cat on a Hot Tin Roof (1958); My Favorite Year (1982)
gambling, cards and casinos
  Casino (1995); Rounders (1998); 21 (2008); Casino Royale (2006); Hard Eight (1996); The Sting (1973);
  Maverick (1994); Ocean's Eleven (2001); Lock, Stock and Two Smoking Barrels (1998); Rain Man (1988);
  Vegas Vacation (1997); Kingpin (1996)
ruthless money men and office greed
  Margin Call (2011); Glengarry Glen Ross (1992); American Psycho (2000); Swimming with Sharks (1994);
  There Will Be Blood (2007); The Firm (1993); The Social Network (2010); Horrible Bosses (2011);
  Trading Places (1983); The Hudsucker Proxy (1994); In the Company of Men (1997)
hating your boring office job
  Office Space (1999); Horrible Bosses (2011); Fight Club (1999); American Beauty (1999); Brazil (1985);
  The Devil Wears Prada (2006); Clerks (1994); Wanted (2008); The Apartment (1960); Swimming with Sharks (1994);
  Stranger than Fiction (2006)
suburbia with dark secrets
  American Beauty (1999); Blue Velvet (1986); The Ice Storm (1997); Edward Scissorhands (1990);
  Pleasantville (1998); Donnie Darko (2001); Serial Mom (1994); The Truman Show (1998)
midlife crisis
  American Beauty (1999); Lost in Translation (2003); City Slickers II: The Legend of Curly's Gold (1994);
  Sideways (2004); This Is 40 (2012); Groundhog Day (1993); About Schmidt (2002); Crazy, Stupid, Love. (2011);
  Old School (2003); Up in the Air (2009); The Life Aquatic with Steve Zissou (2004)
a marriage falling apart
  American Beauty (1999); The Ice Storm (1997); Blue Jasmine (2013); Eyes Wide Shut (1999);
  Crazy, Stupid, Love. (2011); The Descendants (2011); When a Man Loves a Woman (1994); This Is 40 (2012);
  Once Were Warriors (1994); Mrs. Doubtfire (1993); Cat on a Hot Tin Roof (1958); The First Wives Club (1996)
widower learns to live again
  Sleepless in Seattle (1993); Up (2009); About Schmidt (2002); The American President (1995);
  The Descendants (2011); Corrina, Corrina (1994); Gran Torino (2008); Shadowlands (1993); Signs (2002);
  Love Actually (2003)
coping with the death of a child or loved one
  The Sweet Hereafter (1997); 21 Grams (2003); Mystic River (2003); The Descendants (2011); Shadowlands (1993);
  Ghost (1990); Big Fish (2003); The Crow (1994); Corrina, Corrina (1994); Up (2009); Garden State (2004);
  Gravity (2013)
fathers and sons who never understood each other
  Big Fish (2003); Field of Dreams (1989); The Lion King (1994); Road to Perdition (2002);
  Indiana Jones and the Last Crusade (1989); The Royal Tenenbaums (2001); Finding Nemo (2003);
  East of Eden (1955); How to Train Your Dragon (2010); The Place Beyond the Pines (2012); Ulee's Gold (1997);
  A Goofy Movie (1995)
mothers and daughters
  Brave (2012); Little Women (1994); Juno (2007); Secrets & Lies (1996); Dolores Claiborne (1995);
  Black Swan (2010); Carrie (1976); Antonia's Line (1995); How to Make an American Quilt (1995); Coraline (2009);
  Tangled (2010); Chocolat (2000)
single parent doing everything for the child
  The Pursuit of Happyness (2006); Erin Brockovich (2000); Life Is Beautiful (1997); Jerry Maguire (1996);
  About a Boy (2002); Big Daddy (1999); Ulee's Gold (1997); One Fine Day (1996); Kolya (1996); Chocolat (2000);
  Finding Nemo (2003); Mrs. Doubtfire (1993)
grumpy loner softened by a child
  Kolya (1996); Léon: The Professional (1994); About a Boy (2002); Despicable Me (2010); Big Daddy (1999);
  Up (2009); A Perfect World (1993); True Grit (2010); Monsters, Inc. (2001); As Good as It Gets (1997);
  Gran Torino (2008); Man on Fire (2004)
quirky dysfunctional family
  The Royal Tenenbaums (2001); Little Miss Sunshine (2006); Addams Family Values (1993);
  Flirting with Disaster (1996); Arsenic and Old Lace (1944); The Life Aquatic with Steve Zissou (2004);
  Silver Linings Playbook (2012); Moonrise Kingdom (2012); Beetlejuice (1988); The Brady Bunch Movie (1995);
  Dark Shadows (2012)
unexpected pregnancy
  Juno (2007); Knocked Up (2007); Nine Months (1995); Junior (1994); Fools Rush In (1997);
  Father of the Bride Part II (1995); Rosemary's Baby (1968)
wedding chaos
  My Big Fat Greek Wedding (2002); Four Weddings and a Funeral (1994); Bridesmaids (2011);
  My Best Friend's Wedding (1997); Muriel's Wedding (1994); Wedding Crashers (2005); The Wedding Singer (1998);
  The Hangover (2009); The Philadelphia Story (1940); Meet the Parents (2000)
meeting the in-laws
  Meet the Parents (2000); My Big Fat Greek Wedding (2002); The Birdcage (1996); While You Were Sleeping (1995);
  The Proposal (2009); Flirting with Disaster (1996); Fools Rush In (1997); Shrek 2 (2004)
light romantic comedy for a date night
  When Harry Met Sally (1989); Notting Hill (1999); You've Got Mail (1998); Sleepless in Seattle (1993);
  Hitch (2005); The Proposal (2009); 50 First Dates (2004); Pretty Woman (1990); While You Were Sleeping (1995);
  How to Lose a Guy in 10 Days (2003); Crazy, Stupid, Love. (2011); Friends with Benefits (2011)
pretending to be a couple and then falling in love
  The Proposal (2009); Pretty Woman (1990); Picture Perfect (1997); How to Lose a Guy in 10 Days (2003);
  We're the Millers (2013); While You Were Sleeping (1995); 10 Things I Hate About You (1999);
  A Walk in the Clouds (1995); Easy A (2010)
in love with your best friend
  When Harry Met Sally (1989); My Best Friend's Wedding (1997); Some Kind of Wonderful (1987); Chasing Amy (1997);
  Friends with Benefits (2011); Reality Bites (1994); The Perks of Being a Wallflower (2012); Clueless (1995)
love affair that turns into a dangerous obsession
  Fear (1996); Basic Instinct (1992); Match Point (2005); Vertigo (1958); The Talented Mr. Ripley (1999);
  To Die For (1995); Cruel Intentions (1999); Wild Things (1998); Misery (1990); Addicted to Love (1997);
  Crash (1996)
erotic thriller
  Basic Instinct (1992); Wild Things (1998); Bound (1996); Eyes Wide Shut (1999); Crash (1996); Showgirls (1995);
  Disclosure (1994); Mulholland Drive (2001); Blue Velvet (1986); Striptease (1996)
men dressed as women for laughs
  Some Like It Hot (1959); Mrs. Doubtfire (1993); The Birdcage (1996);
  To Wong Foo, Thanks for Everything! Julie Newmar (1995);
  The Adventures of Priscilla, Queen of the Desert (1994); Victor/Victoria (1982);
  The Rocky Horror Picture Show (1975)
gay love or coming out
  Brokeback Mountain (2005); The Birdcage (1996); In & Out (1997); My Own Private Idaho (1991);
  Philadelphia (1993); Bound (1996); Chasing Amy (1997); Heavenly Creatures (1994); Farewell My Concubine (1993);
  The Adventures of Priscilla, Queen of the Desert (1994); The Crying Game (1992)
costume drama with wit, Jane Austen style
  Sense and Sensibility (1995); Emma (1996); Pride & Prejudice (2005); Clueless (1995); A Room with a View (1986);
  Little Women (1994); Shakespeare in Love (1998); Much Ado About Nothing (1993); The Age of Innocence (1993);
  Cold Comfort Farm (1995)
Shakespeare on film
  Hamlet (1996); Henry V (1989); Romeo + Juliet (1996); Much Ado About Nothing (1993); Richard III (1995);
  Othello (1995); Ran (1985); 10 Things I Hate About You (1999); Shakespeare in Love (1998);
  Rosencrantz & Guildenstern Are Dead (1990); My Own Private Idaho (1991)
kings and queens behind palace doors
  The King's Speech (2010); The Madness of King George (1994); Mrs. Brown (1997); Henry V (1989);
  Richard III (1995); The Man in the Iron Mask (1998); Roman Holiday (1953)
life of a musician
  Amadeus (1984); Walk the Line (2005); The Doors (1991); Shine (1996); Immortal Beloved (1994);
  Searching for Sugar Man (2012); The Pianist (2002); What's Love Got to Do with It (1993); 8 Mile (2002);
  Almost Famous (2000)
a band trying to make it, full of good music
  That Thing You Do! (1996); Almost Famous (2000); This Is Spinal Tap (1984); The Blues Brothers (1980);
  School of Rock (2003); Wayne's World (1992); Airheads (1994); O Brother, Where Art Thou? (2000);
  Scott Pilgrim vs. the World (2010); Pitch Perfect (2012); Blues Brothers 2000 (1998)
dancing that changes a shy person's life
  Dirty Dancing (1987); Strictly Ballroom (1992); Black Swan (2010); The Full Monty (1997);
  Silver Linings Playbook (2012); Grease (1978)
people making movies, Hollywood behind the scenes
  Singin' in the Rain (1952); Sunset Boulevard (1950); Ed Wood (1994); The Artist (2011); Get Shorty (1995);
  Mulholland Drive (2001); Adaptation (2002); Boogie Nights (1997); Hitchcock (2012); Tropic Thunder (2008);
  Swimming with Sharks (1994); Hugo (2011)
love letter to cinema
  Cinema Paradiso (1988); Hugo (2011); The Artist (2011); Singin' in the Rain (1952); Ed Wood (1994);
  Super 8 (2011); Inglourious Basterds (2009); Last Action Hero (1993)
theatre people and backstage vanity
  All About Eve (1950); Bullets Over Broadway (1994); Shakespeare in Love (1998); Waiting for Guffman (1997);
  Farewell My Concubine (1993); Rosencrantz & Guildenstern Are Dead (1990); Moulin Rouge! (2001);
  Finding Neverland (2004); Rushmore (1998); Black Swan (2010)
a writer struggling with words
  Adaptation (2002); Capote (2005); Misery (1990); The Shining (1980); Stranger than Fiction (2006);
  Shakespeare in Love (1998); Midnight in Paris (2011); Seven Psychopaths (2012); Finding Neverland (2004);
  Deconstructing Harry (1997); Moulin Rouge! (2001); Sunset Boulevard (1950)
mockumentary
  This Is Spinal Tap (1984); Waiting for Guffman (1997); Borat (2006); Bob Roberts (1992); District 9 (2009)
found footage shaky camera
  The Blair Witch Project (1999); Cloverfield (2008); Chronicle (2012); Project X (2012); End of Watch (2012);
  District 9 (2009)
television and media control people
  The Truman Show (1998); Wag the Dog (1997); Natural Born Killers (1994); Quiz Show (1994);
  The Hunger Games (2012); Pleasantville (1998); The Cable Guy (1996); To Die For (1995); Battle Royale (2000);
  The Insider (1999); Being There (1979)
people forced to fight to the death for entertainment
  The Hunger Games (2012); Battle Royale (2000); Gladiator (2000); Mortal Kombat (1995); Hard Target (1993)
hackers and computers before everybody had one
  Hackers (1995); The Net (1995); Sneakers (1992); The Matrix (1999); Swordfish (2001); Real Genius (1985);
  The Lawnmower Man (1992); Johnny Mnemonic (1995); Tron: Legacy (2010); Virtuosity (1995)
trapped inside a video game or virtual world
  Tron: Legacy (2010); The Matrix (1999); Wreck-It Ralph (2012); The Lawnmower Man (1992); Virtuosity (1995);
  Super Mario Bros. (1993); Jumanji (1995); Scott Pilgrim vs. the World (2010); Johnny Mnemonic (1995);
  The Matrix Reloaded (2003)
clones and genetic engineering
  Gattaca (1997); The Island (2005); Multiplicity (1996); Jurassic Park (1993); The Island of Dr. Moreau (1996);
  Moon (2009); Alien Resurrection (1997); Cloud Atlas (2012); Species (1995);
  Star Wars: Episode II – Attack of the Clones (2002)
dinosaurs and giant beasts
  Jurassic Park (1993); The Lost World: Jurassic Park (1997); Jurassic Park III (2001); King Kong (2005);
  Godzilla (1998); Pacific Rim (2013); Cloverfield (2008); The Croods (2013)
shark or animals attack people
  Jaws (1975); Jaws 2 (1978); The Birds (1963); Anaconda (1997); The Ghost and the Darkness (1996);
  The Edge (1997); Jurassic Park (1993); Congo (1995)
superhero with doubts about himself
  Spider-Man 2 (2004); The Dark Knight (2008); Batman Begins (2005); Unbreakable (2000); Watchmen (2009);
  The Wolverine (2013); Hancock (2008); Iron Man 3 (2013); Hulk (2003); The Incredibles (2004);
  The Dark Knight Rises (2012); Man of Steel (2013)
ordinary people trying to be superheroes
  Kick-Ass (2010); Kick-Ass 2 (2013); Unbreakable (2000); Chronicle (2012); Watchmen (2009);
  The Incredibles (2004); The Amazing Spider-Man (2012)
dark comic book style, rain and revenge
  The Crow (1994); Sin City (2005); Batman (1989); The Dark Knight (2008); Spawn (1997); Watchmen (2009);
  V for Vendetta (2005); Dredd (2012); The Crow: City of Angels (1996); Batman Returns (1992); Dark City (1998)
body swap or suddenly grown up
  Big (1988); Face/Off (1997); Jack (1996); Being John Malkovich (1999)
mistaken for somebody else
  North by Northwest (1959); The Big Lebowski (1998); Dave (1993); The Great Dictator (1940);
  The Man Who Knew Too Little (1997); Some Like It Hot (1959); Monty Python’s Life of Brian (1979);
  Being There (1979); While You Were Sleeping (1995); Lucky Number Slevin (2006)
rags to riches
  Slumdog Millionaire (2008); The Pursuit of Happyness (2006); Pretty Woman (1990); My Fair Lady (1964);
  Trading Places (1983); Cinderella (1950); 8 Mile (2002); Scarface (1983); The Beverly Hillbillies (1993);
  Cinderella Man (2005); Citizen Kane (1941); Aladdin (1992)
rich and poor clash
  Trading Places (1983); Titanic (1997); My Fair Lady (1964); Great Expectations (1998); Pretty Woman (1990);
  The Intouchables (2011); Sabrina (1954); Sabrina (1995); Slumdog Millionaire (2008); The Bling Ring (2013);
  La Haine (1995); Some Kind of Wonderful (1987)
racism in the American South
  To Kill a Mockingbird (1962); A Time to Kill (1996); The Help (2011); Rosewood (1997); Django Unchained (2012);
  Fried Green Tomatoes (1991); Amistad (1997); Remember the Titans (2000); O Brother, Where Art Thou? (2000);
  The Green Mile (1999); Lincoln (2012)
racial tension boiling over on the streets
  Do the Right Thing (1989); La Haine (1995); Crash (2004); American History X (1998); Menace II Society (1993);
  Gran Torino (2008); District 9 (2009); Rosewood (1997)
genocide and civil war in Africa or Asia
  Hotel Rwanda (2004); The Killing Fields (1984); Blood Diamond (2006); The Last King of Scotland (2006);
  Lord of War (2005); Black Hawk Down (2001)
Ireland and the troubles
  In the Name of the Father (1993); Michael Collins (1996); The Crying Game (1992); The Devil's Own (1997)
faith and doubt
  Breaking the Waves (1996); The Seventh Seal (1957); Contact (1997); Dogma (1999); Dead Man Walking (1995);
  Signs (2002); The Exorcist (1973); The Master (2012); Life of Pi (2012); Shadowlands (1993); Witness (1985);
  The Book of Eli (2010)
food lovers and cooking
  Ratatouille (2007); Big Night (1996); Eat Drink Man Woman (1994); Like Water for Chocolate (1992);
  Chocolat (2000); The Cook, the Thief, His Wife and Her Lover (1989); Sideways (2004); Delicatessen (1991);
  Willy Wonka & the Chocolate Factory (1971)
Paris, whimsical and romantic
  Amélie (2001); Midnight in Paris (2011); An American in Paris (1951); Moulin Rouge! (2001); Ratatouille (2007);
  Before Sunset (2004); French Kiss (1995); Gigi (1958); Hugo (2011); Charade (1963);
  Everyone Says I Love You (1996); Sabrina (1954)
New York neurotic comedy
  Annie Hall (1977); Manhattan (1979); When Harry Met Sally (1989); Manhattan Murder Mystery (1993);
  Everyone Says I Love You (1996); Deconstructing Harry (1997); Mighty Aphrodite (1995);
  As Good as It Gets (1997); Flirting with Disaster (1996); Bananas (1971)
Japan through foreign eyes
  Lost in Translation (2003); The Last Samurai (2003); Rising Sun (1993); The Wolverine (2013);
  Kill Bill: Volume 1 (2003)
life behind the iron curtain
  The Lives of Others (2006); Good Bye Lenin! (2003); The Unbearable Lightness of Being (1988); Kolya (1996);
  Farewell My Concubine (1993); Wings of Desire (1987)
small American town where everybody knows everybody
  It's a Wonderful Life (1946); Groundhog Day (1993); What's Eating Gilbert Grape (1993); Sling Blade (1996);
  Lone Star (1996); Waiting for Guffman (1997); To Kill a Mockingbird (1962); Back to the Future (1985);
  Pleasantville (1998); Fargo (1996); U Turn (1997); Beautiful Girls (1996)
drifter rides into a town run by crooks
  A Fistful of Dollars (1964); Last Man Standing (1996); Desperado (1995); High Noon (1952);
  The Quick and the Dead (1995); Unforgiven (1992); Rango (2011); U Turn (1997); Red Rock West (1992);
  Tombstone (1993)
Native American life
  Dances with Wolves (1990); The Last of the Mohicans (1992); Pocahontas (1995); Dead Man (1995);
  Legends of the Fall (1994); The Lone Ranger (2013); The Indian in the Cupboard (1995)
several stories that cross each other
  Magnolia (1999); Short Cuts (1993); Pulp Fiction (1994); Crash (2004); Babel (2006); Love Actually (2003);
  Amores perros (2000); 21 Grams (2003); Traffic (2000); Cloud Atlas (2012); Night on Earth (1991);
  Four Rooms (1995)
told backwards or out of order
  Memento (2000); Pulp Fiction (1994); Eternal Sunshine of the Spotless Mind (2004); 21 Grams (2003);
  Annie Hall (1977); The Usual Suspects (1995); Citizen Kane (1941); Reservoir Dogs (1992); Amores perros (2000);
  Cloud Atlas (2012); Slumdog Millionaire (2008)
everything happens in one room or one place
  12 Angry Men (1957); Rear Window (1954); Phone Booth (2002); Panic Room (2002); Dial M for Murder (1954);
  The Breakfast Club (1985); Reservoir Dogs (1992); Clerks (1994); 1408 (2007); Glengarry Glen Ross (1992);
  Misery (1990); Arsenic and Old Lace (1944)
spying on the neighbours
  Rear Window (1954); The Lives of Others (2006); Blue Velvet (1986); American Beauty (1999); Amélie (2001);
  Manhattan Murder Mystery (1993)
break-in and hostage at home
  Panic Room (2002); The Purge (2013); Home Alone (1990); Cape Fear (1991); Cape Fear (1962); The Ref (1994);
  Fear (1996)
bank robbery with hostages
  Dog Day Afternoon (1975); Inside Man (2006); Heat (1995); The Town (2010); Swordfish (2001)
teaching a rich snob what friendship means
  The Intouchables (2011); Trading Places (1983); Scent of a Woman (1992); A Little Princess (1995);
  Rain Man (1988); Richie Rich (1994); My Fair Lady (1964)
disability and dignity
  The Intouchables (2011); Rain Man (1988); What's Eating Gilbert Grape (1993); Forrest Gump (1994);
  Scent of a Woman (1992); The King's Speech (2010); Sling Blade (1996); A Beautiful Mind (2001);
  Benny & Joon (1993); Edward Scissorhands (1990); Nell (1994)
facing cancer or dying with humour
  50/50 (2011); Big Fish (2003); Harold and Maude (1971); Things to Do in Denver When You're Dead (1995);
  Philadelphia (1993)
boy meets older woman
  The Graduate (1967); Harold and Maude (1971); American Pie (1999); Rushmore (1998); Y tu mamá también (2001)
children outsmart the adults
  Home Alone (1990); Matilda (1996); The Parent Trap (1961); Mouse Hunt (1997); Addams Family Values (1993);
  The Goonies (1985); Richie Rich (1994); Moonrise Kingdom (2012)
baseball
  Field of Dreams (1989); A League of Their Own (1992); Moneyball (2011); Angels in the Outfield (1994);
  The Fan (1996)
golf or bowling comedy
  Happy Gilmore (1996); Tin Cup (1996); Caddyshack (1980); Kingpin (1996); The Big Lebowski (1998)
American football
  Remember the Titans (2000); The Blind Side (2009); Rudy (1993); Jerry Maguire (1996);
  Ace Ventura: Pet Detective (1994)
stylish thriller like Hitchcock made them
  Rear Window (1954); Vertigo (1958); North by Northwest (1959); Psycho (1960); Charade (1963); Notorious (1946);
  Dial M for Murder (1954); To Catch a Thief (1955); Rebecca (1940); Stoker (2013); Spellbound (1945)
moral dilemma with no right answer
  Sophie's Choice (1982); Gone Baby Gone (2007); Dead Man Walking (1995); The Dark Knight (2008);
  Saving Private Ryan (1998); Minority Report (2002); Insomnia (2002); 12 Angry Men (1957);
  Million Dollar Baby (2004); A Time to Kill (1996); Schindler's List (1993)
falsely accused of abuse, a community turns
  The Hunt (2012); The Crucible (1996)
what it means to be alive, big questions
  2001: A Space Odyssey (1968); The Seventh Seal (1957); Wings of Desire (1987); Cloud Atlas (2012);
  Groundhog Day (1993); Blade Runner (1982); The Truman Show (1998); The Matrix (1999);
  It's a Wonderful Life (1946); Koyaanisqatsi (1982); Being John Malkovich (1999); Life of Pi (2012)
a documentary as gripping as a thriller
  The Thin Blue Line (1988); Searching for Sugar Man (2012); Bowling for Columbine (2002); Hoop Dreams (1994);
  Crumb (1994); Super Size Me (2004)
a machine or computer turns against people
  2001: A Space Odyssey (1968); The Terminator (1984); The Matrix (1999); I, Robot (2004);
  Terminator 3: Rise of the Machines (2003); RoboCop (1987); WALL-E (2008); Screamers (1995); Virtuosity (1995)
dark comedy about death
  Harold and Maude (1971); Heathers (1988); Arsenic and Old Lace (1944); Beetlejuice (1988); Serial Mom (1994);
  The Last Supper (1995); Weekend at Bernie's (1989); Grosse Pointe Blank (1997); In Bruges (2008);
  Delicatessen (1991); Addams Family Values (1993); Shallow Grave (1994)
weird and surreal, I want to be confused
  Mulholland Drive (2001); Lost Highway (1997); Being John Malkovich (1999); Brazil (1985); Delicatessen (1991);
  Adaptation (2002); The City of Lost Children (1995); Pi (1998); Fear and Loathing in Las Vegas (1998);
  Dead Man (1995); Only God Forgives (2013); Blue Velvet (1986)
so bad it is good
  Showgirls (1995); Batman & Robin (1997); Mortal Kombat: Annihilation (1997); Barb Wire (1996); Anaconda (1997);
  Super Mario Bros. (1993); Judge Dredd (1995); Spice World (1997); Congo (1995); Speed 2: Cruise Control (1997);
  Mighty Morphin Power Rangers: The Movie (1995)
quiet and slow, beautiful pictures
  The Thin Red Line (1998); Paris, Texas (1984); Lost in Translation (2003); The Piano (1993);
  2001: A Space Odyssey (1968); Wings of Desire (1987); My Neighbor Totoro (1988); Raise the Red Lantern (1991);
  Koyaanisqatsi (1982); Brokeback Mountain (2005); The Remains of the Day (1993); Dead Man (1995)
scheming women in a closed household
  Raise the Red Lantern (1991); Rebecca (1940); All About Eve (1950); Mean Girls (2004); Stoker (2013);
  Cruel Intentions (1999)
a stranger changes a stiff little community
  Chocolat (2000); Witness (1985); Pleasantville (1998); Edward Scissorhands (1990); Local Hero (1983);
  Dirty Dancing (1987)
fish out of water comedy
  Beverly Hills Cop (1984); My Cousin Vinny (1992); Legally Blonde (2001); Elf (2003); Borat (2006);
  Private Benjamin (1980); Coneheads (1993); The Beverly Hillbillies (1993);
  Austin Powers: International Man of Mystery (1997); The Internship (2013); George of the Jungle (1997);
  Miss Congeniality (2000); Trading Places (1983)
women's friendship through the years
  Fried Green Tomatoes (1991); How to Make an American Quilt (1995);
  Romy and Michele's High School Reunion (1997); The First Wives Club (1996); Bridesmaids (2011);
  Circle of Friends (1995); Ghost World (2001); The Help (2011); Thelma & Louise (1991);
  A League of Their Own (1992)
men's friendship tested to the limit
  The Deer Hunter (1978); Stand by Me (1986); Butch Cassidy and the Sundance Kid (1969);
  The Shawshank Redemption (1994); Mystic River (2003); Swingers (1996); Sleepers (1996);
  The Man Who Would Be King (1975); Once Upon a Time in America (1984); Good Will Hunting (1997);
  The World's End (2013); Trainspotting (1996)
escape from a prisoner of war camp
  The Great Escape (1963); The Bridge on the River Kwai (1957); Chicken Run (2000)
world war two from another angle
  Das Boot (1981); Downfall (2004); Inglourious Basterds (2009); The Thin Red Line (1998);
  Life Is Beautiful (1997); Enemy at the Gates (2001); The Pianist (2002); Casablanca (1942);
  The Great Dictator (1940); The English Patient (1996); Patton (1970)
a conspiracy goes all the way to the top
  JFK (1991); Enemy of the State (1998); The Manchurian Candidate (1962); Conspiracy Theory (1997);
  Absolute Power (1997); Shooter (2007); Michael Clayton (2007); The Bourne Ultimatum (2007);
  L.A. Confidential (1997); The Firm (1993); Clear and Present Danger (1994); Chain Reaction (1996);
  Murder at 1600 (1997)
boy genius or kid with strange gifts
  The Sixth Sense (1999); Matilda (1996); Searching for Bobby Fischer (1993); Powder (1995); Phenomenon (1996);
  Looper (2012); Hugo (2011); A.I. Artificial Intelligence (2001); Rushmore (1998)
clever sci-fi with ideas, not explosions
  Gattaca (1997); Moon (2009); Children of Men (2006); Contact (1997);
  Eternal Sunshine of the Spotless Mind (2004); 2001: A Space Odyssey (1968); Looper (2012); Source Code (2011);
  Pi (1998); Blade Runner (1982); District 9 (2009); Forbidden Planet (1956)
rebels against an evil empire
  Star Wars: Episode IV – A New Hope (1977); Star Wars: Episode V – The Empire Strikes Back (1980);
  Star Wars: Episode VI – Return of the Jedi (1983); Serenity (2005); The Hunger Games (2012);
  V for Vendetta (2005); Equilibrium (2002); The Matrix (1999); Dune (1984); Avatar (2009); Braveheart (1995)
fighting for freedom against the English
  Braveheart (1995); Rob Roy (1995); The Patriot (2000); Gandhi (1982); Michael Collins (1996);
  The Last of the Mohicans (1992)
one person stands up to a big company
  Erin Brockovich (2000); The Insider (1999); The Rainmaker (1997); Michael Clayton (2007); Local Hero (1983);
  Philadelphia (1993); Avatar (2009)
class reunion and old flames
  Grosse Pointe Blank (1997); Romy and Michele's High School Reunion (1997); Beautiful Girls (1996);
  The World's End (2013); There's Something About Mary (1998)
coming back home after years away
  Garden State (2004); Beautiful Girls (1996); Cinema Paradiso (1988); Grosse Pointe Blank (1997);
  The World's End (2013); Paris, Texas (1984)
death row
  The Green Mile (1999); Dead Man Walking (1995); Just Cause (1995); The Thin Blue Line (1988)
cannibal or gruesome killer you cannot look away from
  The Silence of the Lambs (1991); Hannibal (2001); Sweeney Todd: The Demon Barber of Fleet Street (2007);
  Delicatessen (1991); Red Dragon (2002); American Psycho (2000); Saw (2003); Natural Born Killers (1994)
an ordinary man suddenly gets magic powers
  Click (2006); The Mask (1994); Bruce Almighty (2003); Liar Liar (1997); Big (1988); Aladdin (1992);
  Yes Man (2008); The Nutty Professor (1996); The Santa Clause (1994); Limitless (2011); Hollow Man (2000)
pill or experiment makes you smarter
  Limitless (2011); Phenomenon (1996); The Lawnmower Man (1992); Rise of the Planet of the Apes (2011)
a nanny or stranger brings order to the children
  Mary Poppins (1964); The Sound of Music (1965); Mrs. Doubtfire (1993); Corrina, Corrina (1994);
  Bedknobs and Broomsticks (1971)
magicians and illusions
  The Prestige (2006); The Illusionist (2006); Now You See Me (2013); The Incredible Burt Wonderstone (2013);
  Oz the Great and Powerful (2013)
desert, sand and heat
  Lawrence of Arabia (1962); The English Patient (1996); Three Kings (1999); Mad Max 2 (1981); Dune (1984);
  The Good, the Bad and the Ugly (1966); The Mummy (1999); U Turn (1997); Jarhead (2005); Stargate (1994);
  Paris, Texas (1984); Desperado (1995)
out on the open sea
  Master and Commander: The Far Side of the World (2003); Life of Pi (2012); The Perfect Storm (2000);
  Jaws (1975); White Squall (1996); Waterworld (1995); Finding Nemo (2003);
  The Life Aquatic with Steve Zissou (2004); Pirates of the Caribbean: The Curse of the Black Pearl (2003);
  Cast Away (2000); Titanic (1997)
jungle expedition
  Anaconda (1997); Congo (1995); Predator (1987); Romancing the Stone (1984); King Kong (2005);
  Apocalypse Now (1979); Jurassic Park (1993); Apocalypto (2006); The Lost World: Jurassic Park (1997);
  The African Queen (1951); Avatar (2009); Raiders of the Lost Ark (1981)
nostalgic about the fifties
  Grease (1978); Back to the Future (1985); Pleasantville (1998); Stand by Me (1986); Quiz Show (1994);
  A Bronx Tale (1993); Rebel Without a Cause (1955); L.A. Confidential (1997)
seventies party, sex and disco
  Boogie Nights (1997); Dazed and Confused (1993); Almost Famous (2000); The Ice Storm (1997);
  Anchorman: The Legend of Ron Burgundy (2004); The Rocky Horror Picture Show (1975); Blow (2001);
  Austin Powers in Goldmember (2002)
sexual awakening and jealousy
  Y tu mamá también (2001); Cruel Intentions (1999); Sex, Lies, and Videotape (1989); Belle de Jour (1967);
  The Unbearable Lightness of Being (1988); American Pie (1999); Vicky Cristina Barcelona (2008);
  Eyes Wide Shut (1999); The Piano (1993)
old black-and-white comedy with fast talking
  His Girl Friday (1940); The Philadelphia Story (1940); Arsenic and Old Lace (1944); Some Like It Hot (1959);
  The Apartment (1960); The Great Dictator (1940); Sabrina (1954)
a comedian's face-pulling, slapstick all the way
  Ace Ventura: Pet Detective (1994); Ace Ventura: When Nature Calls (1995); The Mask (1994);
  Dumb and Dumber (1994); Bean (1997); Liar Liar (1997); Mouse Hunt (1997); Home Alone (1990);
  The Return of the Pink Panther (1975); Me, Myself & Irene (2000); The Nutty Professor (1996)
stupid but lovable friends
  Dumb and Dumber (1994); Wayne's World (1992); Step Brothers (2008); Tommy Boy (1995); Zoolander (2001);
  Romy and Michele's High School Reunion (1997); Beavis and Butt-Head Do America (1996); Bio-Dome (1996);
  Talladega Nights: The Ballad of Ricky Bobby (2006); Black Sheep (1996); Role Models (2008)
"""
)
