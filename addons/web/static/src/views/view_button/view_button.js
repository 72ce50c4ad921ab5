import { Component } from "@odoo/owl";
import { useDropdownCloser } from "@web/core/dropdown/dropdown_hooks";
import { pick } from "@web/core/utils/objects";
import { debounce as debounceFn } from "@web/core/utils/timing";
import { iconFromString } from "@web/views/utils";

const explicitRankClasses = [
    "btn-primary",
    "btn-secondary",
    "btn-link",
    "btn-success",
    "btn-info",
    "btn-warning",
    "btn-danger",
];
const TARGET = ["resModel", "resId", "resIds", "context", "evalContext"];
const odooToBootstrapClasses = { oe_highlight: "btn-primary", oe_link: "btn-link" };

/** A button of a view: calls a method, runs an action, or saves or discards. */
export class ViewButton extends Component {
    static template = "web.views.ViewButton";
    static props = [
        "id?",
        "tag?",
        "record?",
        "attrs?",
        "className?",
        "context?",
        "clickParams?",
        "icon?",
        "defaultRank?",
        "disabled?",
        "size?",
        "tabindex?",
        "title?",
        "style?",
        "string?",
        "slots?",
        "onClick?",
        "display?",
        "options?",
    ];
    static defaultProps = { tag: "button", className: "", clickParams: {}, attrs: {} };

    setup() {
        this.dropdown = useDropdownCloser(this.env);
        const { debounce: delay } = this.clickParams;
        if (delay) {
            // the first click counts, those that follow soon do not
            this.onClick = /** @type {any} */ (debounceFn(this.onClick.bind(this), delay, true));
        }
    }

    get icon() {
        return this.props.icon ? iconFromString(this.props.icon) : undefined;
    }

    get clickParams() {
        return { context: this.props.context, ...this.props.clickParams };
    }

    /** Buttons that do nothing are shown as such. */
    get disabled() {
        const { clickParams, props } = this;
        const acts = props.onClick || ["name", "type", "special"].some((param) => clickParams[param]);
        return !acts || props.disabled;
    }

    get hasStringLabel() {
        return Boolean(this.props.string);
    }

    getClassName() {
        const classNames = [];
        let hasExplicitRank = false;
        for (const cls of (this.props.className || "").split(/\s+/).filter(Boolean)) {
            const mapped = odooToBootstrapClasses[cls] || cls;
            classNames.push(mapped);
            hasExplicitRank ||= explicitRankClasses.includes(mapped) || mapped.startsWith("btn-outline");
        }
        if (this.props.tag === "button") {
            const isStat = classNames.includes("oe_stat_button");
            classNames.unshift("btn");
            if (!hasExplicitRank && !isStat) {
                classNames.push(this.props.defaultRank || "btn-secondary");
            }
        }
        if (this.props.size) {
            classNames.push(`btn-${this.props.size}`);
        }
        return classNames.join(" ");
    }

    get tooltip() {
        const help = this.clickParams.help || this.props.attrs?.help;
        return help || this.props.title || false;
    }

    /** What the view has to know of the record that the button acts on. */
    getResParams() {
        const record = this.props.record || {};
        return { context: {}, evalContext: {}, ...pick(record, ...TARGET) };
    }

    onClick(ev) {
        const { onClick, record, tag } = this.props;
        if (tag === "a") {
            ev.preventDefault();
        }
        if (onClick) {
            return onClick(ev);
        }
        return this.env.onClickViewButton({
            beforeExecute: () => this.dropdown.close(),
            clickParams: this.clickParams,
            getResParams: () => this.getResParams(),
            record,
        });
    }
}
