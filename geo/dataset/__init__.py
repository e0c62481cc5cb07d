"""One way from bundled sets, imports and files to the tables that page, command line, briefs and Python show."""
