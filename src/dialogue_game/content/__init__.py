"""YAML in, a playable course out; every mistake of an author becomes a finding with its place.

The steps, each of which knows only those before it:

1. `source`, with `reader`, `places` and `yaml_errors`: text → plain data, each value with its line
   and column.
2. `schema`, with `story_models`, `course_models`, `exhibit_models` and `model_types`: what may be
   written. `validation` and `wrong_values` say in plain words what
   pydantic refuses.
3. `compile_story` and the other `compile_…`: models → the core's types, every name checked;
   `file_findings` collects what is noticed, and says what was probably meant.
4. `build_story` and `build_course`: the files of a story, or of a course, through these steps.
5. `library` finds and opens courses, from the `cache` where they are unchanged. Of these steps only
   `library`, `cache` and `folders` are imported while playing.
"""
