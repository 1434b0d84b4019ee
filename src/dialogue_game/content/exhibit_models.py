"""What an author may write as an exhibit: the kinds of the format and their fields."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from dialogue_game.content.model_types import Condition, Id, Line, Model, Note

FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "email": ("from", "to", "cc", "date", "subject", "body", "signature", "banner"),
    "chat": ("title", "platform"),
    "profile": (
        "platform",
        "name",
        "handle",
        "bio",
        "affiliation",
        "link",
        "posts",
        "followers",
        "privacy",
    ),
    "post": (
        "platform",
        "author",
        "time",
        "audience",
        "text",
        "tags",
        "likes",
        "comments",
        "shares",
        "file",
    ),
    "thread": ("platform", "title"),
    "photo": ("file", "caption", "credit", "time", "place"),
    "video": ("file", "platform", "author", "title", "caption", "duration"),
    "memo": ("from", "to", "date", "subject", "body"),
    "headline": ("outlet", "date", "title", "text"),
    "web": ("address", "title", "body", "footer"),
    "note": ("title", "body", "author"),
}
"""The texts of each kind, in the order in which they are kept."""
ITEMS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "chat": ("messages", ("from", "text", "time")),
    "thread": ("posts", ("author", "time", "text", "tags", "likes", "shares")),
}
"""The kinds that hold a list: its key, and the texts of each item."""
PICTURES: Final = frozenset({"photo", "video"})
"""The kinds that always need an alt text."""

_PEOPLE: Final = {"from", "author"}


def _joined(separator: str) -> Any:
    """A text, or a list of texts that are joined to one."""

    def join(value: Any) -> Any:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return separator.join(value)
        return value

    schema = {"type": ["string", "number", "array"], "items": {"type": "string"}}
    return Annotated[Note, BeforeValidator(join), WithJsonSchema(schema)]


_LISTED: Final = {"tags": _joined(" "), "to": _joined(", "), "cc": _joined(", ")}


class DetailModel(Model):
    """What a careful eye finds: where to look, and what is there."""

    id: Id | None = Field(
        None, description="Needed only to keep it when the order changes."
    )
    look: Line = Field(description="Where to look.")
    text: Line = Field(description="What is there.")


class ExhibitFields(Model):
    """What exhibits of all kinds have."""

    id: Id | None = Field(None, description="Needed only where something refers to it.")
    if_: Condition | None = Field(None, alias="if", description="When it is there.")
    alt: Line | None = Field(
        None,
        description="What a glance shows; required for photo and video, and with file.",
    )
    details: list[DetailModel] = Field(
        default_factory=list, description="Look closer: what a careful eye finds."
    )


def _text_field(name: str) -> tuple[Any, Any]:
    """A field as pydantic wants it; words of Python (from) get a name with an underscore."""
    if name == "file":
        return FileName | None, Field(
            None, description="A file in the course's assets folder."
        )
    if name in _LISTED:
        about = f"The {name} of it: a text, or a list."
        return _LISTED[name], Field("", alias=name, description=about)
    who = " A cast id or plain text." if name in _PEOPLE else ""
    return Note, Field("", alias=name, description=f"The {name} of it.{who}")


def _kind_model(kind: str) -> type[ExhibitFields]:
    fields: dict[str, Any] = {f"{name}_": _text_field(name) for name in KINDS[kind]}
    if "file_" in fields:
        fields["file"] = fields.pop("file_")
    if kind in ITEMS:
        name, parts = ITEMS[kind]
        texts: dict[str, Any] = {f"{part}_": _text_field(part) for part in parts}
        item = create_model(f"{kind.title()}Item", __base__=Model, **texts)
        fields[name] = (list[item], Field(description="In order.", min_length=1))  # type: ignore[valid-type]
    return create_model(f"{kind.title()}Model", __base__=ExhibitFields, **fields)


KIND_MODELS: Final = {kind: _kind_model(kind) for kind in KINDS}


class _OneKind(Model):
    model_config = ConfigDict(
        json_schema_extra={"minProperties": 1, "maxProperties": 1}
    )

    @model_validator(mode="after")
    def _one(self) -> _OneKind:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("one_kind", "An exhibit is one key, its kind.")
        return self


ExhibitModel: Any = create_model(
    "ExhibitModel",
    __base__=_OneKind,
    __doc__="Something the player looks at: one key, its kind, with its fields.",
    **{
        kind: (model | None, Field(None, description=f"A {kind}."))  # type: ignore[call-overload]
        for kind, model in KIND_MODELS.items()
    },
)
