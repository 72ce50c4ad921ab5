import { Component, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { TagsList } from "@web/core/tags_list/tags_list";
import { fuzzyLookup } from "@web/core/utils/search";
import { useDebounced } from "@web/core/utils/timing";
import { _t } from "@web/core/l10n/translation";

/** Searchable select, single or multiple. */
export class SelectMenu extends Component {
    static template = "web.SelectMenu";
    static components = { Dropdown, DropdownItem, TagsList };
    static props = {
        value: { optional: true },
        choices: { type: Array, optional: true },
        groups: { type: Array, optional: true },
        id: { type: String, optional: true },
        class: { type: String, optional: true },
        menuClass: { type: String, optional: true },
        togglerClass: { type: String, optional: true },
        required: { type: Boolean, optional: true },
        searchable: { type: Boolean, optional: true },
        autoSort: { type: Boolean, optional: true },
        placeholder: { type: String, optional: true },
        searchPlaceholder: { optional: true },
        multiSelect: { type: Boolean, optional: true },
        onInput: { type: Function, optional: true },
        onSelect: { type: Function, optional: true },
        slots: { type: Object, optional: true },
        disabled: { type: Boolean, optional: true },
    };
    static defaultProps = {
        value: undefined,
        class: "",
        togglerClass: "",
        choices: [],
        groups: [],
        multiSelect: false,
        onSelect: () => {},
        required: false,
        searchable: true,
        autoSort: true,
        searchPlaceholder: _t("Search..."),
    };

    setup() {
        this.state = useState({ searchValue: "", displayed: [] });
        this.dropdown = useDropdownState();
        this.input = useRef("search");
        this.onInput = useDebounced((text) => this.filter(text), 150);
        onWillUpdateProps((nextProps) => this.filter(this.state.searchValue, nextProps));
    }

    get allChoices() {
        return [...this.props.choices, ...this.props.groups.flatMap((group) => group.choices)];
    }

    get selectedChoice() {
        return this.allChoices.find((choice) => choice.value === this.props.value);
    }

    get displayValue() {
        return this.selectedChoice?.label || "";
    }

    get multiSelectChoices() {
        return this.allChoices
            .filter((choice) => this.props.value?.includes(choice.value))
            .map((choice) => ({
                id: choice.value,
                text: choice.label,
                onDelete: () => this.props.onSelect(this.props.value.filter((value) => value !== choice.value)),
            }));
    }

    get canDeselect() {
        return !this.props.required && this.selectedChoice !== undefined;
    }

    /** Have what is typed go into the search. */
    onOpened() {
        this.input.el?.focus();
    }

    onBeforeOpen() {
        this.state.searchValue = "";
        this.filter("");
        this.props.onInput?.("");
    }

    filter(text, props = this.props) {
        this.state.searchValue = text;
        const groups = [{ label: "", choices: props.choices }, ...props.groups];
        this.state.displayed = groups.flatMap((group) => {
            const choices = this.arrange(group.choices, text, props);
            const head = group.label && choices.length ? [{ label: group.label, isGroup: true }] : [];
            return [...head, ...choices];
        });
    }

    arrange(choices, text, props) {
        if (text) {
            return fuzzyLookup(text.trim(), choices, (choice) => choice.label);
        }
        return props.autoSort ? [...choices].sort((a, b) => a.label.localeCompare(b.label)) : choices;
    }

    isSelected(choice) {
        return this.props.multiSelect ? this.props.value?.includes(choice.value) : choice.value === this.props.value;
    }

    onItemSelected(value) {
        if (!this.props.multiSelect) {
            this.props.onSelect(value);
            return;
        }
        const current = this.props.value || [];
        this.props.onSelect(current.includes(value) ? current.filter((item) => item !== value) : [...current, value]);
    }
}
