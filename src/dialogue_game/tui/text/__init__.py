"""Text as blocks and glyphs, safe to show; no widgets here."""
