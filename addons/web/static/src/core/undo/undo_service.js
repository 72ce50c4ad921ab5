import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Milliseconds during which something can be taken back. */
export const UNDO_DELAY = 10000;

/** Take back what was done last, while it is offered. `undo.offer({message, undo, resModel})`. */
export const undoService = {
    dependencies: ["hotkey", "notification", "orm"],
    start(env, { hotkey, notification, orm }) {
        let withdraw = () => {};

        /**
         * Say what was done, with a button and a key to take it back for ten seconds. What was offered before goes: only
         * the last thing can be taken back.
         *
         * @param {Object} params
         * @param {string} params.message
         * @param {(orm: Object) => Promise<any>} params.undo rejects where it cannot be done; the view that did it may be gone,
         *     and with it its own way to the server
         * @param {string} params.resModel views of this model read again what they show
         * @param {() => any} [params.onGone] called when it is no more offered and was not taken back
         * @returns {() => void} withdraws the offer
         */
        function offer({ message, undo, resModel, onGone }) {
            withdraw();
            let isTaken = false;
            const take = async () => {
                isTaken = true;
                close();
                await undo(orm);
                env.bus.trigger("RECORDS:CHANGED", { resModel });
            };
            const forgetKey = hotkey.add("alt+z", take, { global: true, bypassEditableProtection: true });
            const close = notification.add(message, {
                type: "info",
                className: "o_undo_notification",
                autocloseDelay: UNDO_DELAY,
                buttons: [{ name: _t("Undo"), icon: "fa-undo", onClick: take }],
                onClose: () => {
                    forgetKey();
                    if (!isTaken) {
                        onGone?.();
                    }
                },
            });
            withdraw = close;
            return close;
        }

        return { offer };
    },
};

registry.category("services").add("undo", undoService);
