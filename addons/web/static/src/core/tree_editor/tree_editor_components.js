import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatValue, toValue } from "@web/core/tree_editor/condition_tree";
import { parseExpr } from "@web/core/py_js/py";
import { useInputText } from "@web/core/utils/hooks";
import { TagsList } from "@web/core/tags_list/tags_list";

/** A text; `parse` makes what is noted of what is typed, and refuses by throwing. */
export class Input extends Component {
    static template = "web.TreeEditor.Input";
    static props = {
        ariaLabel: { type: String, optional: true },
        inputmode: { type: String, optional: true },
        parse: { type: Function, optional: true },
        placeholder: { type: String, optional: true },
        startEmpty: { type: Boolean, optional: true },
        update: Function,
        value: { optional: true },
    };

    setup() {
        useInputText("input", () => this.text);
    }

    get text() {
        const { startEmpty, value } = this.props;
        return startEmpty ? "" : String(value);
    }

    onChange({ target }) {
        const { parse = (text) => text, startEmpty, update } = this.props;
        let value;
        try {
            value = parse(target.value);
        } catch {
            // what was there before is shown again, for want of a value
            target.value = this.text;
            return;
        }
        update(value);
        if (startEmpty) {
            target.value = "";
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.onChange(ev);
            ev.preventDefault();
        }
    }
}

/** One of some values. */
export class Select extends Component {
    static template = "web.TreeEditor.Select";
    static props = {
        addBlankOption: { type: Boolean, optional: true },
        ariaLabel: { type: String, optional: true },
        options: Array,
        update: Function,
        value: { optional: true },
    };
    static defaultProps = { addBlankOption: false };

    serialize(value) {
        return formatValue(value);
    }

    deserialize(text) {
        return toValue(parseExpr(text));
    }

    onChange({ target }) {
        if (target.value) {
            this.props.update(this.deserialize(target.value));
        }
    }
}

/** Two bounds. */
export class Range extends Component {
    static template = "web.TreeEditor.Range";
    static props = { editorInfo: Object, update: Function, value: Array };

    update(index, value) {
        this.props.update(this.props.value.map((other, place) => (place === index ? value : other)));
    }
}

/** A distance from today: amount, unit, and the type of the field, which stays. */
export class Within extends Component {
    static template = "web.TreeEditor.Within";
    static props = { amountEditorInfo: Object, optionEditorInfo: Object, update: Function, value: Array };

    update(index, value) {
        this.props.update(this.props.value.map((other, place) => (place === index ? value : other)));
    }
}

/** Several values as tags, and an editor for one more. */
export class List extends Component {
    static template = "web.TreeEditor.List";
    static components = { TagsList };
    static props = { editorInfo: Object, update: Function, value: Array };

    get tags() {
        const { editorInfo, value } = this.props;
        const canBeText = value.some((item) => typeof item !== "string") || value.includes("");
        return value.map((item, index) => ({
            text: editorInfo.stringify(item, canBeText),
            colorIndex: editorInfo.isSupported(item) ? 0 : 2,
            onDelete: () => this.props.update(value.filter((_other, place) => place !== index)),
        }));
    }

    get label() {
        return _t("Add a value").toString();
    }

    add(value) {
        this.props.update([...this.props.value, value]);
    }
}
