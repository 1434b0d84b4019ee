"""Pages to keep and to print, as HTML that needs nothing and as Markdown."""
