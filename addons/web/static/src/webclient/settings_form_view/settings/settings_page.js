import { Component, onMounted, useChildSubEnv, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** Settings by application, with a search over all of them. */
export class SettingsPage extends Component {
    static template = "web.SettingsPage";
    static props = {
        modules: Array,
        anchors: { type: Array, optional: true },
        initialTab: { type: String, optional: true },
        slots: Object,
    };
    static defaultProps = { anchors: [] };

    setup() {
        this.root = useRef("root");
        this.search = useState({ value: "" });
        useChildSubEnv({ searchState: this.search });
        this.anchor = this.props.anchors.find(({ settingId }) => settingId === browser.location.hash.slice(1));
        this.state = useState({ selected: this.firstTab(), matches: 0 });
        this.isShown = (key) => Boolean(this.query) || key === this.state.selected;
        onMounted(() => this.showAnchor());
        useEffect(
            () => {
                this.state.matches = this.root.el.querySelectorAll(".o_setting_box:not(.d-none)").length;
            },
            () => [this.query]
        );
    }

    get modules() {
        return this.props.modules.filter((module) => module.isVisible);
    }

    get query() {
        return this.search.value.trim();
    }

    /** The tab that the address names, or the action, or the first one. */
    firstTab() {
        const wanted = [this.anchor?.app, browser.location.hash.slice(1), this.props.initialTab];
        const first = wanted.map((key) => this.modules.find((module) => module.key === key)).find(Boolean);
        return (first || this.modules[0])?.key;
    }

    /** Bring the setting that the address names into view. */
    showAnchor() {
        const box = this.anchor && this.root.el.querySelector(`#${CSS.escape(this.anchor.settingId)}`);
        box?.scrollIntoView({ block: "center" });
        box?.classList.add("o_setting_highlight");
    }

    /** Show no picture where there is none. */
    hide(ev) {
        ev.target.classList.add("d-none");
    }

    select(key) {
        this.search.value = "";
        this.state.selected = key;
    }
}
