import { Deferred } from "@web/core/utils/concurrency";
import { ActionDialog } from "@web/webclient/actions/action_dialog";

const SIZES = { "extra-large": "xl", large: "lg", medium: "md", small: "sm" };

/** The dialog that shows an action. There is one at most: the next one replaces it and answers to whom it answered. */
export class ActionDialogs {
    /** @type {{onClose?: Function, remove?: Function}|null} */
    current = null;

    constructor(env) {
        this.env = env;
    }

    /**
     * @param {import("@web/webclient/actions/controllers").Controller} controller ready to be shown
     * @param {{onClose?: Function}} options
     * @returns {Promise<true>} rejected with the error that keeps it from being shown
     */
    open(controller, { onClose }) {
        const replaced = this.current;
        const dialog = { onClose: replaced?.onClose || onClose, remove: null };
        replaced?.remove({ replaced: true });
        this.current = dialog;
        const mounted = new Deferred();
        const props = {
            ...this.propsFor(controller),
            onMounted: () => mounted.resolve(true),
            onError: (error) => mounted.reject(error),
        };
        dialog.remove = this.env.services.dialog.add(ActionDialog, props, {
            onClose: (params) => this.onClosed(dialog, params),
        });
        return mounted;
    }

    propsFor({ Component, action, props, subEnv, view }) {
        return {
            ActionComponent: Component,
            actionProps: view ? { ...props, className: "" } : { ...props },
            actionType: action.type,
            title: action.name || action.display_name || "",
            size: SIZES[action.context?.dialog_size] || "lg",
            footer: action.context?.footer,
            withBodyPadding: false,
            subEnv,
        };
    }

    onClosed(dialog, params) {
        if (this.current === dialog) {
            this.current = null;
        }
        const isSilent = params?.replaced || params?.noReload;
        return isSilent ? undefined : dialog.onClose?.(params?.infos || params);
    }

    /** @returns {boolean} whether there was one to close */
    close(infos) {
        const { current } = this;
        current?.remove({ infos });
        return Boolean(current);
    }

    /** Another place is shown: dialogs go, whatever they show, and nobody is told. */
    forget() {
        this.env.services.dialog.closeAll({ noReload: true });
        this.current = null;
    }
}
