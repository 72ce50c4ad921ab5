-- every page says that the database is a copy
UPDATE ir_ui_view SET active = TRUE WHERE key = 'web.neutralize_banner';
