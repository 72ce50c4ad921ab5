import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** Settings by application, with a search over all of them. */
export class SettingsPage extends Component {
    static template = "web.SettingsPage";
    static props = { apps: Array, initialTab: { type: String, optional: true }, slots: Object };

    setup() {
        this.root = useRef("root");
        const { apps, initialTab } = this.props;
        const wanted = [browser.location.hash.slice(1), initialTab];
        const first = wanted.map((key) => apps.find((app) => app.key === key)).find(Boolean) || apps[0];
        this.state = useState({ selected: first?.key, query: "" });
        this.isShown = (key) => Boolean(this.state.query) || key === this.state.selected;
        useEffect(
            (query) => this.filter(query.trim().toLowerCase()),
            () => [this.state.query]
        );
    }

    filter(query) {
        const { el } = this.root;
        for (const box of el.querySelectorAll(".o_setting_box")) {
            box.classList.toggle("d-none", Boolean(query) && !box.textContent.toLowerCase().includes(query));
        }
        for (const block of el.querySelectorAll(".o_settings_block")) {
            const boxes = [...block.querySelectorAll(".o_setting_box")];
            block.classList.toggle(
                "d-none",
                boxes.length > 0 && boxes.every((box) => box.classList.contains("d-none"))
            );
        }
    }

    select(key) {
        this.state.query = "";
        this.state.selected = key;
    }
}
