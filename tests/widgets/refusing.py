"""What every explorer does with a value of the wrong kind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convwidgets.widgets.errors import SettingError


def assert_refused(make: Any, options: dict[str, Any], message: str) -> None:
    """The constructor says why; a trait that is set keeps what it had."""
    with pytest.raises(SettingError) as error:
        make(**options)
    assert str(error.value) == message
    explorer = make()
    name, value = next(iter(options.items()))
    before = getattr(explorer, name)
    with pytest.raises(SettingError):
        setattr(explorer, name, value)
    assert np.array_equal(getattr(explorer, name), before)
