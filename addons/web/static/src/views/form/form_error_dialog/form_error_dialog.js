import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useChildRef } from "@web/core/utils/hooks";

/** What was changed could not be saved while the user goes elsewhere: stay, or drop the changes and go. */
export class FormErrorDialog extends Component {
    static template = "web.FormErrorDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        data: { type: Object, optional: true },
        message: { type: String, optional: true },
        onDiscard: Function,
        onStayHere: Function,
    };

    setup() {
        this.modalRef = useChildRef();
        // who closes the dialog has not decided to lose anything
        this.env.dialogData.dismiss = () => this.stay();
    }

    get message() {
        const { data, message } = this.props;
        return data?.message || message || "";
    }

    async discard() {
        await this.props.onDiscard();
        this.props.close();
    }

    async stay() {
        await this.props.onStayHere();
        this.props.close();
    }
}
