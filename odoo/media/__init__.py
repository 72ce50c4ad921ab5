"""Pictures, PDF files, bar codes and the kinds of files."""
