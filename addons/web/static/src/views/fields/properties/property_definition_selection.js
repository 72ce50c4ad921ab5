import { Component, useRef } from "@odoo/owl";
import { useAfterRender } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";

/** The choices of a property: their labels, their order, and which one is the default. */
export class PropertyDefinitionSelection extends Component {
    static template = "web.PropertyDefinitionSelection";
    static props = {
        canChangeDefinition: { type: Boolean, optional: true },
        default: { optional: true },
        onDefaultOptionChange: Function,
        onOptionsChange: Function,
        options: { type: Array, optional: true },
        readonly: { type: Boolean, optional: true },
    };
    static defaultProps = { options: [] };

    setup() {
        this.root = useRef("root");
        this.focusedIndex = null;
        useAfterRender(() => {
            if (this.focusedIndex !== null) {
                this.root.el.querySelectorAll("input[type=text]")[this.focusedIndex]?.focus();
                this.focusedIndex = null;
            }
        });
    }

    get isReadonly() {
        return Boolean(this.props.readonly || !this.props.canChangeDefinition);
    }

    /** @param {Array} [options] what there is before the new one */
    add(options = this.props.options) {
        const key = uuid().replaceAll("-", "").slice(0, 16);
        this.focusedIndex = options.length;
        this.props.onOptionsChange([...options, [key, ""]]);
    }

    renamed(index, label) {
        return this.props.options.map((option, place) => (place === index ? [option[0], label] : option));
    }

    rename(index, label) {
        this.props.onOptionsChange(this.renamed(index, label));
    }

    remove(index) {
        const [key] = this.props.options[index];
        this.props.onOptionsChange(this.props.options.filter((_option, place) => place !== index));
        if (key === this.props.default) {
            this.props.onDefaultOptionChange(false);
        }
    }

    move(index, step) {
        const options = [...this.props.options];
        const [moved] = options.splice(index, 1);
        options.splice(index + step, 0, moved);
        this.props.onOptionsChange(options);
    }

    /** The default that is chosen again is none any more. */
    toggleDefault(key) {
        this.props.onDefaultOptionChange(key === this.props.default ? false : key);
    }

    onKeydown(ev, index) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.add(this.renamed(index, ev.target.value));
        }
    }
}
