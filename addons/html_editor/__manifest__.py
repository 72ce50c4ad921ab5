{
    "name": "HTML Editor",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Formatted text in fields",
    "description": "Headings, lists, tables, colours, links, pictures and files in the text of records. "
    "What is written is made harmless by the server.",
    "depends": ["base", "web"],
    "auto_install": True,
    "assets": {
        "web.assets_backend": [
            "html_editor/static/src/html_editor.scss",
            "html_editor/static/src/fields/**/*",
        ],
        # the editor, which comes when the first text is edited
        "html_editor.assets_editor_lazy": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_backend_helpers"),
            "html_editor/static/src/**/*",
            ("remove", "html_editor/static/src/html_editor.scss"),
            ("remove", "html_editor/static/src/fields/**/*"),
        ],
        "web.assets_unit_tests_setup": [
            ("include", "html_editor.assets_editor_lazy"),
        ],
    },
    "license": "LGPL-3",
}
