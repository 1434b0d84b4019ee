# mypy: ignore-errors
"""Ralph's own app with its two defects worked around; run by uvicorn in Ralph's environment.

Its file back end refuses the second write, because it would only ever create its file.
"""

from ralph.api import app
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend

FSDataBackend.default_operation_type = BaseOperationType.APPEND

__all__ = ["app"]
