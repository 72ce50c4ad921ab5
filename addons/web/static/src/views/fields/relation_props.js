import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { attr, domain, option, prop, string, unless } from "@web/views/fields/arch_props";

/**
 * What the user's rights allow, by an attribute that the server sets.
 *
 * @param {string} name "can_create" or "can_write"
 */
export function granted(name) {
    return prop(Boolean, ({ attrs }) => !attrs[name] || evaluateBooleanExpr(attrs[name]));
}

/** A way to make records of the other model: allowed by the rights, and refused by none of the options. */
function creation(...refusals) {
    const conditions = [granted("can_create"), ...refusals.map(unless)];
    return prop(Boolean, (info) => conditions.every(({ read }) => read(info)), ...refusals);
}

/** What nodes tell about links to records, be it one or many. */
export const RELATION_PROPS = {
    domain,
    string,
    placeholder: attr("placeholder"),
    nameCreateField: option("create_name_field", String),
    canCreate: creation("no_create"),
    canCreateEdit: creation("no_create", "no_create_edit"),
    canQuickCreate: creation("no_create", "no_quick_create"),
};

/** Where nodes tell nothing, everything is allowed. */
export const RELATION_DEFAULTS = {
    canCreate: true,
    canCreateEdit: true,
    canQuickCreate: true,
    nameCreateField: "name",
    context: {},
};
