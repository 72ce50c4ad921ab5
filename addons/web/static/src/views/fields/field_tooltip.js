/** Text of the tooltip of a label, as JSON for its template. */
export function getTooltipInfo(params) {
    const { field, fieldInfo = {}, resModel, viewMode } = params;
    const info = {
        viewMode,
        resModel,
        debug: Boolean(globalThis.odoo?.debug),
        field: {
            name: field.name,
            label: field.string,
            help: fieldInfo.help ?? field.help,
            type: field.type,
            widget: fieldInfo.widget,
            context: fieldInfo.context,
            domain: typeof fieldInfo.domain === "string" ? fieldInfo.domain : field.domain,
            invisible: fieldInfo.invisible,
            readonly: fieldInfo.readonly,
            required: fieldInfo.required,
            relation: field.relation,
            selection: field.selection,
            default: field.default,
            changeDefault: field.change_default,
        },
    };
    return JSON.stringify(info);
}
