"""Spreadsheets: cells ↔ text; the only home of openpyxl."""
