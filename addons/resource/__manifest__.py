{
    "name": "Resource",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Working hours and time off",
    "description": "Calendars say when work is done in a week, or in two that alternate, and time off when it is not. "
    "People and things follow a calendar in their own time zone.",
    "depends": ["base", "web"],
    "data": [
        "security/ir.model.access.csv",
        "security/resource_security.xml",
        "data/resource_data.xml",
        "views/resource_calendar_attendance_views.xml",
        "views/resource_calendar_leaves_views.xml",
        "views/resource_resource_views.xml",
        "views/resource_calendar_views.xml",
        "views/menuitems.xml",
    ],
    "assets": {
        "web.assets_backend": ["resource/static/src/**/*"],
    },
    "license": "LGPL-3",
}
