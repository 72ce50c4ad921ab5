{
    "name": "UTM Trackers",
    "version": "18.0.1.0.0",
    "category": "Marketing",
    "summary": "Campaigns, sources and media that records come from",
    "description": "Links tell by their parameters which campaign, source and medium they belong to. Visitors keep "
    "that for a month, and records that come from them have it.",
    "depends": ["base", "web"],
    "data": [
        "security/ir.model.access.csv",
        "data/utm_data.xml",
        "views/utm_stage_views.xml",
        "views/utm_tag_views.xml",
        "views/utm_medium_views.xml",
        "views/utm_source_views.xml",
        "views/utm_campaign_views.xml",
        "views/utm_menus.xml",
    ],
    "license": "LGPL-3",
}
