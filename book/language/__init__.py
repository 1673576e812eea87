"""What depends on a language: words, scripts, order of letters, fonts."""
