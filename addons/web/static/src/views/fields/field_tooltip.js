/** What developers want to know about a field. */
function technicalInfo(field, fieldInfo) {
    return {
        name: field.name,
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
    };
}

/**
 * What the tooltip of a label tells, as JSON for its template; other than its help only in debug mode.
 *
 * @param {{field: Object, fieldInfo?: Object, resModel?: string, viewMode?: string}} params
 * @returns {string}
 */
export function getTooltipInfo(params) {
    const { field, resModel, viewMode } = params;
    const { fieldInfo = /** @type {any} */ ({}) } = params;
    const debug = Boolean(globalThis.odoo?.debug);
    const told = { label: field.string, help: fieldInfo.help ?? field.help };
    const info = debug
        ? { viewMode, resModel, debug, field: { ...technicalInfo(field, fieldInfo), ...told } }
        : { debug, field: told };
    return JSON.stringify(info);
}
