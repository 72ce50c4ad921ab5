import { Component, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Switch of the measuring of requests in the debug menu, with what is collected. */
export class ProfilingItem extends Component {
    static template = "web.DebugMenu.ProfilingItem";
    static components = { CheckBox, DropdownItem };
    static props = { bus: { type: EventTarget, optional: true } };

    setup() {
        this.profiling = useService("profiling");
        this.state = useState(this.profiling.state);
        this.collectors = [
            { name: "sql", label: _t("Statements of the database") },
            { name: "traces_async", label: _t("Where time is spent") },
            { name: "qweb", label: _t("Templates") },
        ];
    }

    /** @param {string} key @param {any} ev of the input */
    changeParam(key, ev) {
        return this.profiling.setParam(key, ev.target.value);
    }

    openProfiles() {
        return this.env.services.action.doAction("base.action_menu_ir_profile");
    }
}
