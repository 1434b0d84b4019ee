"""An exhibit as linear text: what it is, then its parts in the order a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogue_game.core.state import ShownExhibit

NAMES: Final[Mapping[str, str]] = {
    "email": "E-mail",
    "chat": "Chat",
    "profile": "Profile page",
    "post": "Post",
    "thread": "Thread",
    "photo": "Photo",
    "video": "Video",
    "memo": "Memo",
    "headline": "Headline",
    "web": "Web page",
    "note": "Note",
}
"""What each kind is called."""

LABELS: Final[Mapping[str, str]] = {
    "from": "From",
    "to": "To",
    "cc": "Copy",
    "date": "Date",
    "time": "Time",
    "subject": "Subject",
    "signature": "Signature",
    "banner": "Banner under it",
    "platform": "On",
    "name": "Name",
    "handle": "Handle",
    "bio": "Bio",
    "affiliation": "Affiliation",
    "link": "Link",
    "posts": "Posts",
    "followers": "Followers",
    "privacy": "Privacy",
    "author": "By",
    "audience": "Seen by",
    "tags": "Tags",
    "likes": "Likes",
    "comments": "Comments",
    "shares": "Shares",
    "caption": "Caption",
    "credit": "Credit",
    "place": "Place",
    "title": "Title",
    "duration": "Length",
    "outlet": "In",
    "address": "Address",
    "footer": "At the bottom",
}
"""What each field of an exhibit is called."""
_UNLABELLED: Final = ("text", "body")
_HIDDEN: Final = ("file",)


def name_of(exhibit: ShownExhibit) -> str:
    """What the exhibit is called: its kind, and where it stands."""
    kind = NAMES.get(exhibit.kind, exhibit.kind)
    platform = exhibit.fields.get("platform", "")
    return f"{kind} on {platform}" if platform else kind


def exhibit_lines(exhibit: ShownExhibit) -> tuple[str, ...]:
    """The exhibit as paragraphs of text, without its details."""
    lines = [f"{name_of(exhibit)}:"]
    if exhibit.alt:
        lines.append(f"What a glance shows: {exhibit.alt}")
    lines += _field_lines(exhibit.fields)
    for number, item in enumerate(exhibit.items, 1):
        lines.append(_item_line(number, len(exhibit.items), item))
    return tuple(lines)


def _field_lines(fields: Mapping[str, str]) -> list[str]:
    lines = []
    for name, text in fields.items():
        if name in _HIDDEN or name == "platform" or not text:
            continue
        lines.append(
            text if name in _UNLABELLED else f"{LABELS.get(name, name)}: {text}"
        )
    return lines


def _item_line(number: int, count: int, item: Mapping[str, str]) -> str:
    person = item.get("author") or item.get("from", "")
    who = " ".join(filter(None, (person, item.get("handle", ""))))
    counts = [
        f"{LABELS[name].lower()}: {item[name]}"
        for name in ("likes", "shares")
        if item.get(name)
    ]
    said = " ".join(filter(None, (item.get("text", ""), item.get("tags", ""))))
    when = f", {item['time']}" if item.get("time") else ""
    tail = f" ({', '.join(counts)})" if counts else ""
    return f"{number} of {count}, {who}{when}: {said}{tail}"
