import { rpc } from "@web/core/network/rpc";
import publicWidget from "@web/legacy/js/public/public_widget";

/** Counters that one request asks for, and how many requests there are at most. */
const COUNTERS = 5;
const REQUESTS = 3;

/** @param {string[]} names @returns {string[][]} the names, in as many parts as requests are worth it */
export function partsOf(names) {
    const parts = Math.min(REQUESTS, Math.ceil(names.length / COUNTERS));
    return Array.from({ length: parts }, (_, part) => names.filter((_name, index) => index % parts === part));
}

/** The home page: cards are shown when there is something behind them. */
export const PortalHomeCounters = publicWidget.Widget.extend({
    selector: ".o_portal_my_home",

    async start() {
        await this._super();
        await this._updateCounters();
    },

    /** @returns {string[]} counters whose cards are shown whatever they count; addons add theirs */
    getCountersAlwaysDisplayed() {
        return [];
    },

    async _updateCounters() {
        const badges = [...this.el.querySelectorAll("[data-placeholder_count]")];
        const spinner = this.el.querySelector(".o_portal_doc_spinner");
        const names = [...new Set(badges.map((badge) => badge.dataset.placeholder_count))];
        spinner && (spinner.hidden = !names.length);
        try {
            await Promise.all(partsOf(names).map((counters) => this._update(counters, badges)));
        } finally {
            spinner && (spinner.hidden = true);
        }
    },

    async _update(counters, badges) {
        const counts = await rpc("/my/counters", { counters });
        const always = this.getCountersAlwaysDisplayed();
        for (const badge of badges) {
            const name = badge.dataset.placeholder_count;
            if (counters.includes(name)) {
                badge.textContent = counts[name] || 0;
                const isShown = Boolean(counts[name]) || always.includes(name);
                badge.closest(".o_portal_index_card").classList.toggle("d-none", !isShown);
            }
        }
    },
});

publicWidget.registry.PortalHomeCounters = PortalHomeCounters;
