"""What is known about files and texts, without a database."""
