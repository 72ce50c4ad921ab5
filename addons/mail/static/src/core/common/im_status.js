import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const STATES = {
    online: { icon: "fa fa-circle text-success", title: _t("Is there") },
    away: { icon: "fa fa-circle o-yellow text-warning", title: _t("Is away for a moment") },
    bot: { icon: "fa fa-heart text-success", title: _t("A program") },
    offline: { icon: "fa fa-circle-o", title: _t("Is not there") },
};

/** Whether somebody is there. */
export class ImStatus extends Component {
    static template = "mail.ImStatus";
    static props = {
        className: { type: String, optional: true },
        persona: { type: Object, optional: true },
        slots: { type: Object, optional: true },
        style: { type: String, optional: true },
    };
    static defaultProps = { className: "", style: "" };

    get status() {
        return this.props.persona?.im_status;
    }

    get shown() {
        return STATES[this.status];
    }
}
