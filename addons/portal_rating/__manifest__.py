{
    "name": "Portal Rating",
    "version": "18.0.1.0.0",
    "category": "Services",
    "summary": "Stars in the talk about documents, and answers to them",
    "description": "Who talks about a document on its page gives stars with what they write. Averages stand above the "
    "talk, which shows the ratings with one number of stars on demand, and the house answers to each in public.",
    "depends": ["portal", "rating"],
    "data": ["views/rating_templates.xml", "views/rating_rating_views.xml"],
    "assets": {
        "web.assets_frontend": [
            "portal_rating/static/src/scss/portal_rating.scss",
            "portal_rating/static/src/chatter/**/*",
        ],
    },
    "auto_install": True,
    "license": "LGPL-3",
}
