{
    "name": "Sales Teams",
    "version": "18.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Access groups of salespeople",
    "depends": ["base"],
    "data": ["security/sales_team_security.xml"],
    "license": "LGPL-3",
}
