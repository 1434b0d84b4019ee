# mypy: ignore-errors
"""What Ralph's models think of statements: JSON lines in, a line of complaint for each bad one."""

import sys

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

for number, line in enumerate(sys.stdin, 1):
    try:
        BaseXapiStatement.model_validate_json(line)
    except ValidationError as error:
        sys.stdout.write(f"{number}: {error}\n".replace("\n", " ") + "\n")
