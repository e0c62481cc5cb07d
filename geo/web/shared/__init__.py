"""What several pages use: session, link, filters, tables, escaping, caches."""
