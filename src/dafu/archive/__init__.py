"""Signed replies: what files are, the bags that keep them, the register that proves them, and their catalogue."""
