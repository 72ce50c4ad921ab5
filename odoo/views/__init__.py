"""XML of views and templates: inheritance, checks, inline templates."""
