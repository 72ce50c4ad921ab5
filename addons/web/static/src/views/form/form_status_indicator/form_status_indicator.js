import { Component, useState } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";

/** Save and discard icons beside the breadcrumb, and whether there is something to save. */
export class FormStatusIndicator extends Component {
    static template = "web.FormStatusIndicator";
    static props = {
        model: Object,
        save: Function,
        discard: Function,
        isDisabled: { optional: true },
        fieldIsDirty: { optional: true },
    };

    setup() {
        this.state = useState({ fieldIsDirty: false });
        useBus(this.props.model.bus, "FIELD_IS_DIRTY", (ev) => {
            this.state.fieldIsDirty = ev.detail;
        });
    }

    get displayButtons() {
        return this.indicatorMode !== "saved";
    }

    get indicatorMode() {
        const { root } = this.props.model;
        if (root.isNew) {
            return root.isValid ? "dirty" : "invalid";
        }
        if (!root.isValid) {
            return "invalid";
        }
        return root.dirty || this.state.fieldIsDirty ? "dirty" : "saved";
    }

    /** What is stored stays as it is until it is corrected; a new record tells what it lacks. */
    get cannotSave() {
        return !this.displayButtons || (this.indicatorMode === "invalid" && !this.props.model.root.isNew);
    }

    async save() {
        const saved = await this.props.save();
        if (saved) {
            this.state.fieldIsDirty = false;
        }
    }

    async discard() {
        await this.props.discard();
        this.state.fieldIsDirty = false;
    }
}
