"""YAML in: authors' files to the core's types, or findings with places; and the compiled cache."""
