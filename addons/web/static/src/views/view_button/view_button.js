import { Component } from "@odoo/owl";
import { useDropdownCloser } from "@web/core/dropdown/dropdown_hooks";
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
        if (this.props.icon) {
            this.icon = iconFromString(this.props.icon);
        }
        const { debounce } = this.clickParams;
        if (debounce) {
            this.onClick = debounceFn(this.onClick.bind(this), debounce, true);
        }
        this.dropdown = useDropdownCloser(this.env);
    }

    get clickParams() {
        return { context: this.props.context, ...this.props.clickParams };
    }

    get disabled() {
        const { name, type, special } = this.clickParams;
        return (!name && !type && !special && !this.props.onClick) || this.props.disabled;
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

    onClick(ev) {
        if (this.props.tag === "a") {
            ev.preventDefault();
        }
        if (this.props.onClick) {
            return this.props.onClick(ev);
        }
        return this.env.onClickViewButton({
            clickParams: this.clickParams,
            getResParams: () => ({
                context: this.props.record?.context || {},
                evalContext: this.props.record?.evalContext || {},
                resModel: this.props.record?.resModel,
                resId: this.props.record?.resId,
                resIds: this.props.record?.resIds,
            }),
            record: this.props.record,
            beforeExecute: () => this.dropdown.close(),
        });
    }
}
