import { _t } from "@web/core/l10n/translation";

/** Icons of facets. */
export const FACET_ICONS = {
    filter: "fa fa-filter",
    groupBy: "oi oi-group fa fa-bars",
    groupByAsc: "fa fa-sort-numeric-asc",
    groupByDesc: "fa fa-sort-numeric-desc",
    favorite: "fa fa-star",
    comparison: "fa fa-adjust",
};
/** What the icons of facets stand for. */
export const FACET_TITLES = {
    filter: _t("Filter"),
    groupBy: _t("Group By"),
    favorite: _t("Favorite"),
    comparison: _t("Comparison"),
};
export const FACET_COLORS = { filter: "primary", groupBy: "action", favorite: "warning", comparison: "danger" };
export const GROUPABLE_TYPES = [
    "boolean",
    "char",
    "date",
    "datetime",
    "integer",
    "many2one",
    "many2many",
    "selection",
    "tags",
];
