"""What a reader of the code can rely on: no circles, no endless file, no name for two things."""

from __future__ import annotations

import pytest

from tests.architecture.figures import SOURCE, Figures, measured


@pytest.fixture(scope="module")
def whole() -> Figures:
    """Of the whole program."""
    return measured()


def test_no_modules_import_one_another_in_a_circle(whole: Figures) -> None:
    assert whole.circles == ()


def test_no_file_is_longer_than_four_hundred_lines(whole: Figures) -> None:
    assert whole.longest_file[0] <= 400, whole.longest_file


def test_half_of_all_functions_have_eight_lines_or_fewer(whole: Figures) -> None:
    assert whole.median_function <= 8


def test_no_class_has_more_than_twenty_methods(whole: Figures) -> None:
    assert whole.most_methods[0] <= 20, whole.most_methods


def test_no_class_name_stands_for_two_things_nor_a_module_of_the_screens(
    whole: Figures,
) -> None:
    assert whole.classes_twice == ()
    assert measured(SOURCE / "tui").modules_twice == ()
