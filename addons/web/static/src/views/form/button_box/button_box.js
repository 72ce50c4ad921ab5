import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useService } from "@web/core/utils/hooks";

/** How many buttons there is room for, by the size of the screen; see the service `ui`. */
const ROOM = [0, 0, 0, 7, 4, 5, 8];

/** Stat buttons of a form; those that there is no room for are in a menu. */
export class ButtonBox extends Component {
    static template = "web.Form.ButtonBox";
    static components = { Dropdown };
    static props = { slots: { type: Object, optional: true }, class: { type: String, optional: true } };

    setup() {
        this.ui = useState(useService("ui"));
    }

    /** Names of the slots that are shown now. */
    get slotNames() {
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible)
            .map(([name]) => name);
    }

    /** The slots by their places; the menu takes the place of the last one. */
    get places() {
        const { slotNames } = this;
        const room = ROOM[this.ui.size];
        const shown = slotNames.length > room ? Math.max(0, room - 1) : room;
        return { box: slotNames.slice(0, shown), menu: slotNames.slice(shown) };
    }
}
