/** Choices of the search panel of the mock server. */

function choices(model, name, domain) {
    const field = model._fields[name];
    const records = model._matching(domain, {});
    const count = (value) => records.filter((record) => [].concat(model.valueOf(record, name)).includes(value)).length;
    if (field.type === "selection") {
        return field.selection.map(([id, display_name]) => ({ id, display_name, __count: count(id) }));
    }
    const related = model.env[field.relation];
    return related.search([]).map((id) => ({ id, display_name: related.displayName(id), __count: count(id) }));
}

const conditions = (kwargs) => [
    ...(kwargs.search_domain || []),
    ...(kwargs.category_domain || []),
    ...(kwargs.filter_domain || []),
];

function limited(values, { limit }) {
    const message = "Too many items to display.";
    return limit && values.length >= limit ? { error_msg: message } : { values };
}

/** @returns {Object} as `search_panel_select_range` of the server */
export function selectRange(model, name, kwargs) {
    const field = model._fields[name];
    const related = field.relation && model.env[field.relation];
    const parent_field = related && kwargs.hierarchize !== false && related._fields.parent_id ? "parent_id" : false;
    const found = choices(model, name, conditions(kwargs)).map((choice) => {
        const { __count, ...shown } = choice;
        const [record] = parent_field ? related.browse([choice.id]) : [];
        return {
            ...shown,
            ...(kwargs.enable_counters && { __count }),
            ...(parent_field && { [parent_field]: record[parent_field] || false }),
        };
    });
    return { parent_field, ...limited(found, kwargs) };
}

/** @returns {Object} as `search_panel_select_multi_range` of the server */
export function selectMultiRange(model, name, kwargs) {
    const found = choices(model, name, conditions(kwargs)).map(({ __count, ...choice }) => ({
        ...choice,
        ...(kwargs.enable_counters && { __count }),
    }));
    return limited(found, kwargs);
}
