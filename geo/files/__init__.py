"""A file from anywhere -> a `Sheet` of texts, with its dialect. Nothing in it is interpreted here."""
