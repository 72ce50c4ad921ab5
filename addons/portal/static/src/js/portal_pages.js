import publicWidget from "@web/legacy/js/public/public_widget";

/** The form of an address: states are those of the country. */
export const PortalDetails = publicWidget.Widget.extend({
    selector: ".o_portal_details",
    events: { "change select[name=country_id]": "_showStates" },

    async start() {
        await this._super();
        this._showStates();
    },

    _showStates() {
        const country = this.el.querySelector("select[name=country_id]");
        const states = this.el.querySelector("select[name=state_id]");
        if (!country || !states) {
            return;
        }
        const own = [...states.options].filter((option) => {
            const isOwn = !option.value || option.dataset.country_id === country.value;
            option.hidden = option.disabled = !isOwn;
            return isOwn && option.value;
        });
        if (!own.includes(states.selectedOptions[0])) {
            states.value = "";
        }
        states.closest(".o_field").hidden = !own.length;
    },
});

/** Menus of the page: one is open at a time, and a click beside it or Escape closes it. */
export const PortalMenus = publicWidget.Widget.extend({
    selector: "#wrapwrap",
    events: { click: "_onClick", keydown: "_onKeydown" },

    _onClick(ev) {
        this._close(ev.target.closest("details.o_portal_menu"));
    },

    _onKeydown(ev) {
        if (ev.key === "Escape") {
            const open = ev.target.closest("details.o_portal_menu[open]");
            this._close(null);
            open?.querySelector("summary").focus();
        }
    },

    _close(kept) {
        for (const menu of this.el.querySelectorAll("details.o_portal_menu[open]")) {
            menu.open = menu === kept;
        }
    },
});

Object.assign(publicWidget.registry, { portalDetails: PortalDetails, portalMenus: PortalMenus });
