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
            "html_editor/static/src/html_editor.scss",
            "html_editor/static/src/fields/**/*",
        ],
        # the editor, which comes when the first text is edited, or with addons that import from it
        "html_editor.assets_backend_lazy": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_backend_helpers"),
            "html_editor/static/src/core/**/*",
            "html_editor/static/src/main/**/*",
            "html_editor/static/src/others/**/*",
            "html_editor/static/src/prose/**/*",
            "html_editor/static/src/utils/**/*",
            "html_editor/static/src/*.js",
            "html_editor/static/src/*.xml",
            "html_editor/static/src/editor.scss",
            ("remove", "html_editor/static/src/others/collaboration/shared_text.js"),
        ],
        "html_editor.assets_backend_lazy_dark": [
            ("include", "html_editor.assets_backend_lazy"),
            ("include", "web.dark_mode_variables"),
        ],
        # what joins texts that several people write, which comes when one is written together
        "html_editor.collaboration_lib": [
            "html_editor/static/src/others/collaboration/shared_text.js",
        ],
        "web.assets_unit_tests_setup": [
            ("include", "html_editor.assets_backend_lazy"),
            ("include", "html_editor.collaboration_lib"),
        ],
    },
    "license": "LGPL-3",
}
