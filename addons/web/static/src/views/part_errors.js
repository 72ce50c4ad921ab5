/** Parts of views that cannot be drawn: one message for all of a kind, and a mark in the place of each. */
import { onError, onWillUpdateProps, useComponent } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

/** Nodes of archs whose failure was told: a list has one for each of its rows. */
const told = new WeakSet();

/** What went wrong, without what components around it say about it. */
function reasonOf(error) {
    return error.cause instanceof Error ? reasonOf(error.cause) : error;
}

/** Tell the user once, in the way of errors that nobody caught; what the server says speaks for itself. */
function tell(node, reason, description) {
    if (node && told.has(node)) {
        return;
    }
    if (node) {
        told.add(node);
    }
    const isOfServer = reason instanceof RPCError || reason instanceof ConnectionLostError;
    const message = _t("%(part)s cannot be shown: %(reason)s", { part: description, reason: reason.message });
    Promise.reject(isOfServer ? reason : new Error(message.toString(), { cause: reason }));
}

/**
 * Keep what goes wrong in a part of a view from the rest of the page.
 *
 * @param {(props: Object) => {node: Object|undefined, description: string}} describe the part: its node, and how users
 *     know it
 * @returns {{error: Error|null}} what went wrong; the part is drawn again for another record
 */
export function usePartErrors(describe) {
    const component = useComponent();
    const state = { error: /** @type {Error|null} */ (null) };
    onError((error) => {
        if (state.error) {
            // not even the mark can be drawn
            throw error;
        }
        const reason = reasonOf(error);
        const { description, node } = describe(component.props);
        state.error = reason;
        tell(node, reason, description);
        component.render();
    });
    onWillUpdateProps((nextProps) => {
        if (nextProps.record !== component.props.record) {
            state.error = null;
        }
    });
    return state;
}
