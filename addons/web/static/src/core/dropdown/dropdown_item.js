import { Component, xml } from "@odoo/owl";
import { useDropdownCloser } from "@web/core/dropdown/dropdown_hooks";

/** Entry of a dropdown; closes it when chosen, see `closingMode`. */
export class DropdownItem extends Component {
    static template = xml`
        <t t-tag="props.attrs?.href ? 'a' : props.tag" class="o-dropdown-item dropdown-item o-navigable" role="menuitem" tabindex="0"
           t-att-class="props.class" t-att="props.attrs" t-on-click.stop="onClick">
            <t t-slot="default"/>
        </t>`;
    static props = {
        tag: { type: String, optional: true },
        class: { optional: true },
        onSelected: { type: Function, optional: true },
        closingMode: { type: String, optional: true },
        attrs: { type: Object, optional: true },
        slots: { type: Object, optional: true },
        "*": { optional: true },
    };
    static defaultProps = { closingMode: "all", attrs: {}, tag: "span", class: "" };

    setup() {
        this.dropdown = useDropdownCloser(this.env);
    }

    onClick(ev) {
        if (this.props.attrs?.href && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
        }
        this.props.onSelected?.(ev);
        if (this.props.closingMode === "all") {
            this.dropdown.closeAll();
        } else if (this.props.closingMode === "closest") {
            this.dropdown.close();
        }
    }
}
