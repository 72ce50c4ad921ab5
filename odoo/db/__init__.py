"""PostgreSQL: connections, cursors, the embedded server and the life of databases."""
