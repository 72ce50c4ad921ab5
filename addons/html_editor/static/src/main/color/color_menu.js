import { Component, useState } from "@odoo/owl";
import { Colorpicker } from "@web/core/colorpicker/colorpicker";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";

/** Rows of colours: greys, full ones, light ones and dark ones. */
export const PALETTE = [
    ["#000000", "#3d4451", "#66708a", "#8d96aa", "#b9c0cd", "#d7dbe3", "#f0f1f4", "#ffffff"],
    ["#d32f2f", "#ef7c00", "#f5c400", "#2e8b57", "#17a2a2", "#2274c5", "#7048c6", "#c2428f"],
    ["#f8d0d0", "#fde2c4", "#fdf2bf", "#cfead9", "#c9ecec", "#cfe3f6", "#ded3f4", "#f4d2e6"],
    ["#8f1d1d", "#a35400", "#8f7200", "#1c5a37", "#0e6565", "#164a80", "#472c85", "#80265c"],
];

/** A button of the toolbar that opens a choice of colours. */
export class ColorMenu extends Component {
    static template = "html_editor.ColorMenu";
    static components = { Colorpicker, Dropdown };
    static props = {
        name: String,
        title: { optional: true },
        icon: String,
        getColor: Function,
        onSelected: Function,
        version: { type: Number, optional: true },
    };

    setup() {
        this.palette = PALETTE;
        this.dropdown = useDropdownState();
        this.state = useState({ isCustom: false, custom: "" });
    }

    get current() {
        return this.props.getColor();
    }

    isCurrent(color) {
        const el = document.createElement("i");
        el.style.color = color;
        return el.style.color === this.current;
    }

    choose(color) {
        this.dropdown.close();
        this.state.isCustom = false;
        this.props.onSelected(color);
    }
}
