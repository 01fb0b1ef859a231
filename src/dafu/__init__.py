"""Answer CPPCC proposals and people's-congress suggestions: records, letters, due dates, archive."""
