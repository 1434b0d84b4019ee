"""What a reader of the code can rely on: no circles, no endless file, no name for two things."""

from __future__ import annotations

from tests.architecture.figures import SOURCE, measured

WHOLE = measured()
SCREENS = measured(SOURCE / "tui")


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert WHOLE.circles == ()


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert WHOLE.longest_file[0] <= 400, WHOLE.longest_file


def test_half_of_all_functions_have_eight_lines_or_fewer() -> None:
    assert WHOLE.median_function <= 8


def test_no_class_has_more_than_twenty_methods() -> None:
    assert WHOLE.most_methods[0] <= 20, WHOLE.most_methods


def test_no_class_name_stands_for_two_things_nor_a_module_of_the_screens() -> None:
    assert WHOLE.classes_twice == ()
    assert SCREENS.modules_twice == ()
