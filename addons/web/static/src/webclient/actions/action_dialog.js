import { Component, onError, onMounted, useChildSubEnv } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useChildRef } from "@web/core/utils/hooks";

/** Dialog with an action inside. */
export class ActionDialog extends Component {
    static template = "web.ActionDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        ActionComponent: Function,
        actionProps: { type: Object, optional: true },
        actionType: { optional: true },
        title: { optional: true },
        size: { type: String, optional: true },
        subEnv: { type: Object, optional: true },
        onMounted: { type: Function, optional: true },
        onError: { type: Function, optional: true },
        withBodyPadding: { optional: true },
        footer: { optional: true },
        slots: { optional: true },
    };

    setup() {
        this.modalRef = useChildRef();
        useChildSubEnv({ ...this.props.subEnv, inDialog: true });
        let isMounted = false;
        onMounted(() => {
            isMounted = true;
            this.props.onMounted?.();
        });
        onError((error) => {
            if (isMounted) {
                throw error;
            }
            this.props.close({ noReload: true });
            this.props.onError?.(error);
        });
    }
}
