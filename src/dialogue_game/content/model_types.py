"""The types that every schema model is made of: ids, lines, texts, conditions, values."""

from __future__ import annotations

import re
from itertools import islice
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    Strict,
    StringConstraints,
    Tag,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

ID_PATTERN: Final = r"^[a-z][a-z0-9_]*$"
PATH_PATTERN: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
PICK_PATTERN: Final = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
MAX_ID: Final = 80
MAX_WORD: Final = 200
"""Letters of a variable's word; a text may show it many times."""
MAX_MISTAKES: Final = 1000
"""In one mapping, and some more in a file; a tenth of them is told."""

_TOO_LONG: Final = re.compile(r"-?\d{13,}(\.\d*)?\Z")

_TEXT_SCHEMA: Final[dict[str, Any]] = {"type": ["string", "number"]}


class Model(BaseModel):
    """What every authored mapping has in common: unknown keys are refused, nothing is guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    @model_validator(mode="wrap")
    @classmethod
    def bounded(
        cls, value: Any, build: ModelWrapValidatorHandler[Self], info: Any
    ) -> Self:
        """Nothing more is looked at once there is enough to say: each mistake costs memory."""
        count: MistakeCount | None = info.context
        if count is None:
            return build(value)
        if count.full:
            return cls.model_construct()
        if value.__class__ is dict and len(value) > MAX_MISTAKES:
            value = cls._with_few_unknown(value)
        try:
            return build(value)
        except ValidationError as error:
            count.seen += error.error_count()
            raise

    @classmethod
    def _with_few_unknown(cls, value: dict[Any, Any]) -> dict[Any, Any]:
        """A mapping with no more unknown keys than are told of."""
        known = {field.alias or name for name, field in cls.model_fields.items()}
        unknown = islice((key for key in value if key not in known), MAX_MISTAKES)
        return {key: value[key] for key in (*(known & value.keys()), *unknown)}


class MistakeCount:
    """How many mistakes were seen in one file, those inside others counted anew by each."""

    def __init__(self) -> None:
        self.seen = 0

    @property
    def full(self) -> bool:
        """Whether there is enough to say."""
        return self.seen > 10 * MAX_MISTAKES


def _written(value: Any) -> Any:
    """A text without the line end that | leaves; a number is the text as it was written."""
    if value.__class__ is str:
        return value.rstrip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _something(value: Any) -> Any:
    text = _written(value)
    if text == "":
        raise PydanticCustomError("empty_text", "This text is empty.")
    return text


def _value(value: Any) -> bool | int | float | str:
    """A variable's first value: a flag, a number or a word."""
    if isinstance(value, int | float | str) and _TOO_LONG.match(str(value)):
        raise PydanticCustomError("number_too_long", "This number is too long.")
    if isinstance(value, str) and len(value) > MAX_WORD:
        raise PydanticCustomError("word_too_long", "This word is too long.")
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(value)  # without the memory of how it was written
    raise PydanticCustomError(
        "not_a_value", "A variable is a number, a flag or a word."
    )


def _condition(value: Any) -> str:
    """A condition is a text; a lone true or false is one, too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise PydanticCustomError("not_a_condition", "A condition is expected here.")


def _whole_number(value: Any) -> Any:
    """Python takes true and 1.0 for 1."""
    if value.__class__ is not int:
        raise PydanticCustomError("literal_error", "Input should be 1")
    return value


Format = Annotated[Literal[1], BeforeValidator(_whole_number)]
StoryFormat = Annotated[Literal[1, 2], BeforeValidator(_whole_number)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=MAX_ID)]
ScenePath = Annotated[
    str, StringConstraints(pattern=PATH_PATTERN, max_length=2 * MAX_ID + 1)
]
Pick = Annotated[
    str, StringConstraints(pattern=PICK_PATTERN, max_length=2 * MAX_ID + 1)
]

Line = Annotated[
    str, BeforeValidator(_something), WithJsonSchema({**_TEXT_SCHEMA, "minLength": 1})
]
"""A text that must say something."""
Note = Annotated[str, BeforeValidator(_written), WithJsonSchema(_TEXT_SCHEMA)]
"""A text that may be empty."""

Condition = Annotated[
    str,
    WithJsonSchema(
        {
            "type": ["string", "boolean"],
            "examples": [
                "trust >= 3",
                "told_board and not visited(phone)",
                "chose(doorway.sign)",
            ],
        }
    ),
    PlainValidator(_condition),
]
Effect = Annotated[
    str,
    StringConstraints(min_length=1),
    Field(examples=["trust += 1", "told_board = true", "tone = 'calm'"]),
]
Value = Annotated[
    bool | int | float | str,
    PlainValidator(_value),
    WithJsonSchema({"type": ["boolean", "number", "string"]}),
]


class ParagraphModel(Model):
    """A paragraph that is shown only when its condition holds."""

    if_: Condition | None = Field(None, alias="if", description="The condition.")
    text: Line = Field(description="The paragraph.")


class UseModel(Model):
    """A fragment, used here by its name."""

    use: Id = Field(description="The name of a fragment, or of a shared exhibit.")
    if_: Condition | None = Field(None, alias="if", description="When it is there.")


def _text_or_list(value: Any) -> str:
    return "list" if isinstance(value, list) else "text"


def _piece(value: Any) -> str:
    if not isinstance(value, dict):
        return "text"
    return "use" if "use" in value else "paragraph"


_Piece = Annotated[
    Annotated[Line, Tag("text")]
    | Annotated[ParagraphModel, Tag("paragraph")]
    | Annotated[UseModel, Tag("use")],
    Discriminator(_piece),
]
Texts = Annotated[
    Annotated[Line, Tag("text")]
    | Annotated[list[_Piece], Field(min_length=1), Tag("list")],
    Discriminator(_text_or_list),
]
"""A text, or a list of paragraphs of which each may have a condition."""
