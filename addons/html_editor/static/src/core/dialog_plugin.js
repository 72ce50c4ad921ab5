import { Plugin } from "@html_editor/plugin";

/** Dialogs, after which the user goes on writing where he was. */
export class DialogPlugin extends Plugin {
    static id = "dialog";
    static dependencies = ["prose"];
    static shared = ["addDialog"];

    /**
     * @param {any} Component
     * @param {Object} props
     * @param {{onClose?: () => void}} [options]
     * @returns {Promise<void>} resolved when it is closed
     */
    addDialog(Component, props, options = {}) {
        return new Promise((resolve) => {
            this.services.dialog.add(Component, props, {
                ...options,
                onClose: () => {
                    options.onClose?.();
                    if (!this.isDestroyed) {
                        this.dependencies.prose.getView().focus();
                    }
                    resolve();
                },
            });
        });
    }
}

/** Popovers beside what is edited. */
export class OverlayPlugin extends Plugin {
    static id = "overlay";
    static dependencies = ["prose"];
    static shared = ["createOverlay"];

    /**
     * @param {any} Component gets the prop `close`
     * @param {Object} [props]
     * @param {Object} [options] of the popover service
     * @returns {{open: (params?: {target?: HTMLElement, props?: Object}) => void, close: () => void, isOpen: boolean}}
     */
    createOverlay(Component, props = {}, options = {}) {
        let remove = null;
        const overlay = {
            isOpen: false,
            open: ({ target = this.editable, props: more = {} } = {}) => {
                overlay.close();
                overlay.isOpen = true;
                remove = this.services.popover.add(
                    target,
                    Component,
                    { ...props, ...more },
                    {
                        ...options,
                        onClose: () => {
                            overlay.isOpen = false;
                            remove = null;
                            options.onClose?.();
                        },
                    }
                );
            },
            close: () => remove?.(),
        };
        this.cleanups.push(() => overlay.close());
        return overlay;
    }
}
