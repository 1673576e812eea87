"""Quotations compared with the transcripts of what they quote."""
