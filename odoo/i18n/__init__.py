"""Languages: terms of texts, translations of code, formats of numbers, days and lists."""
