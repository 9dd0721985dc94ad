"""The worlds that stateful tests are played in say what broke as the tests themselves do."""

import pytest

pytest.register_assert_rewrite("tests.property.case_world")
