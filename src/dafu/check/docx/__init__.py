"""The layout of any .docx against GB/T 9704-2012: what departs from it, and what can be mended without its words."""
