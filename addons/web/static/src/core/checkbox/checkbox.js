import { Component, useRef, xml } from "@odoo/owl";
import { uniqueId } from "@web/core/utils/functions";

/** A tick box with its label (default slot), or with a name that is not shown (`label`). */
export class CheckBox extends Component {
    static template = xml`
        <div class="o-checkbox form-check" t-attf-class="{{ props.className }}" t-on-click="onClick" t-ref="root">
            <input t-att-id="props.id or id" type="checkbox" class="form-check-input" t-att-disabled="props.disabled"
                   t-att-checked="props.value" t-att-name="props.name" t-on-change="onChange"
                   t-att-aria-label="props.label"
                   t-att-indeterminate="props.indeterminate"/>
            <label t-att-for="props.id or id" class="form-check-label"><t t-slot="default"/></label>
        </div>`;
    static nextId = 1;
    static defaultProps = { onChange: () => {}, className: "" };
    static props = {
        id: { optional: true },
        disabled: { type: Boolean, optional: true },
        value: { optional: true },
        slots: { type: Object, optional: true },
        onChange: { type: Function, optional: true },
        className: { type: String, optional: true },
        name: { type: String, optional: true },
        label: { type: String, optional: true },
        indeterminate: { type: Boolean, optional: true },
    };

    setup() {
        this.id = uniqueId("checkbox-comp-");
        this.rootRef = useRef("root");
    }

    onClick(ev) {
        // a click on the label comes again from the input: what is around sees neither
        if (ev.target.closest("input, label")) {
            ev.stopPropagation();
        }
    }

    onChange(ev) {
        const { disabled, onChange } = this.props;
        return disabled ? undefined : onChange(ev.target.checked);
    }
}
