"""Spotify: the streaming history of an account's data, the last year of it or all.

``StreamingHistory_music_0.json`` (account data): endTime, artistName, trackName, msPlayed.
``Streaming_History_Audio_2015-2017_0.json`` (extended): ts, ms_played, master_metadata_track_name,
master_metadata_album_artist_name, episode_name, episode_show_name, spotify_track_uri.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.types import EventKind
from store.importers.base import RowError
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, first_object, json_rows, once, titled

_HEARD = 30_000
"""Milliseconds; what was on for less was skipped."""


@dataclass(frozen=True)
class Spotify:
    """Reads tracks that were listened to, and episodes as their show; each once a day."""

    name: str = "spotify"

    def knows(self, file: ExportFile) -> bool:
        """By the names in the first object."""
        first = first_object(file)
        return {"endTime", "trackName"} <= set(first) or {"ts", "ms_played"} <= set(first)

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Plays of at least half a minute."""
        reading = Reading()
        skipped: Counter[str] = Counter()
        for file in files:
            for number, row in enumerate(json_rows(reading, file), start=1):
                try:
                    told = _play(row, dates)
                except RowError as fault:
                    reading.fault(file.name, number, str(fault), str(row))
                    continue
                if told is None:
                    skipped["skips_left_out"] += 1
                else:
                    reading.tell(told)
        plays = len(reading.rows)
        reading.rows = once(reading.rows, dates.zone)
        skipped["repeats_joined"] = plays - len(reading.rows)
        reading.counted(skipped)
        return reading


def _play(row: dict[str, Any], dates: Dates) -> Told | None:
    played = row.get("ms_played", row.get("msPlayed", 0))
    if isinstance(played, (int, float)) and played < _HEARD:
        return None
    show = row.get("episode_show_name")
    track = row.get("master_metadata_track_name") or row.get("trackName")
    artist = row.get("master_metadata_album_artist_name") or row.get("artistName")
    if not track and not show:
        return None
    ended = str(row.get("ts") or row.get("endTime") or "")
    return Told(
        titled(str(track or show)),
        dates.seconds(ended if "T" in ended or not ended else f"{ended} UTC"),
        EventKind.VIEW,
        value=0.25,
        creator=" ".join(str(artist or "").split()),
        ids=tuple(str(row[name]) for name in ("spotify_track_uri",) if row.get(name)),
        is_series=not track,
    )
