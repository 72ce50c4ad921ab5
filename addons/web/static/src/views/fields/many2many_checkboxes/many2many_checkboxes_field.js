import { Component, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { archProps, domain, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty } from "@web/views/fields/field_value";
import { useRelatedChoices } from "@web/views/fields/special_data";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { domain };
/** Milliseconds: several boxes that are ticked one after the other are one change. */
const DELAY = 500;

/** Linked records as tick boxes. */
export class Many2ManyCheckboxesField extends Component {
    static template = "web.Many2ManyCheckboxesField";
    static components = { CheckBox };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.specialData = useRelatedChoices();
        /** Boxes that were ticked (true) or not since the last change of the record. @type {Map<number, boolean>} */
        this.pending = useState(new Map());
        this.commitLater = useDebounced(() => this.commit(), DELAY, { execBeforeUnmount: true });
        const { bus } = this.props.record.model;
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commit()));
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
    }

    get items() {
        return this.specialData.data;
    }

    isSelected([id]) {
        return this.pending.get(id) ?? getValue(this.props).currentIds.includes(id);
    }

    async commit() {
        const { currentIds } = getValue(this.props);
        const changed = [...this.pending].filter(([id, checked]) => checked !== currentIds.includes(id));
        this.pending.clear();
        if (changed.length) {
            const idsThatAre = (state) => changed.filter(([, checked]) => checked === state).map(([id]) => id);
            await getValue(this.props).addAndRemove({ add: idsThatAre(true), remove: idsThatAre(false) });
        }
    }

    onChange(id, checked) {
        this.pending.set(id, checked);
        this.commitLater();
    }
}

export const many2ManyCheckboxesField = {
    component: Many2ManyCheckboxesField,
    displayName: _t("Checkboxes"),
    supportedTypes: ["many2many"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("many2many_checkboxes", many2ManyCheckboxesField);
