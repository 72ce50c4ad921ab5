{
    "name": "HTML Editor",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Formatted text in fields",
    "description": "Headings, lists, tables, colours, links, pictures and files in the text of records, by one person "
    "or several at once. What is written is made harmless by the server.",
    "depends": ["base", "bus", "web"],
    "auto_install": True,
    "assets": {
        # what readers need, and what is small
        "web.assets_backend": [
            "html_editor/static/src/**/*.scss",
            "html_editor/static/src/**/*.xml",
            "html_editor/static/src/fields/**/*.js",
        ],
        # the editor, which comes when the first text is edited, or with addons that import from it
        "html_editor.assets_backend_lazy": [
            "html_editor/static/src/**/*.js",
            ("remove", "html_editor/static/src/fields/**/*"),
            ("remove", "html_editor/static/src/others/collaboration/shared_text.js"),
        ],
        # what joins texts that several people write, which comes when one is written together
        "html_editor.collaboration_lib": [
            "html_editor/static/src/others/collaboration/shared_text.js",
        ],
        "web.assets_unit_tests_setup": [
            ("include", "html_editor.assets_backend_lazy"),
            ("include", "html_editor.collaboration_lib"),
            # what is removed there is removed here, too
            "html_editor/static/src/fields/**/*.js",
        ],
    },
    "license": "LGPL-3",
}
