import { Component, xml } from "@odoo/owl";
import { router } from "@web/core/browser/router";

/** Line of the palette for a record, with what kind of record it is. */
export class RecordCommand extends Component {
    static template = xml`
        <div class="o_command_default o_command_record d-flex align-items-center gap-2">
            <t t-slot="name"/>
            <small class="text-muted text-nowrap" t-esc="props.kind"/>
            <span class="ms-auto"><t t-slot="focusMessage"/></span>
        </div>`;
    static props = { kind: String, "*": { optional: true } };
}

/**
 * @param {Object} env
 * @param {{action?: number|string, kind: string, model: string, name: string, resId: number}} record the action is one
 *   with a form
 * @returns {Object} command of the palette that opens the form of the record
 */
export function recordCommand({ services }, { action, kind, model, name, resId }) {
    const entry = { ...(action ? { action } : { model }), resId };
    const form = { type: "ir.actions.act_window", res_model: model, res_id: resId, views: [[false, "form"]] };
    const options = { clearBreadcrumbs: true, viewType: "form", props: { resId } };
    return {
        name,
        category: "default",
        href: router.stateToUrl({ actionStack: action ? [{ action }, entry] : [entry] }),
        action: () => services.action.doAction(action || form, options),
        Component: RecordCommand,
        props: { kind },
    };
}
