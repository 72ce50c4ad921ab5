import { Component, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Entry of the favorites that keeps what is searched under a name. */
export class CustomFavoriteItem extends Component {
    static template = "web.CustomFavoriteItem";
    static components = { AccordionItem, CheckBox };
    static props = {};

    setup() {
        this.notification = useService("notification");
        const description = this.env.config?.getDisplayName?.() || "";
        this.state = useState({ description, isDefault: false, isShared: false });
    }

    get title() {
        return _t("Save current search").toString();
    }

    get canShare() {
        return user.isInternalUser !== false;
    }

    /** What everybody finds active would be another search than the one that was opened: one excludes the other. */
    onDefaultCheckboxChange(isDefault) {
        Object.assign(this.state, { isDefault, isShared: this.state.isShared && !isDefault });
    }

    onShareCheckboxChange(isShared) {
        Object.assign(this.state, { isShared, isDefault: this.state.isDefault && !isShared });
    }

    onInputKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.saveFavorite();
        }
    }

    async saveFavorite() {
        const { isDefault, isShared } = this.state;
        const description = this.state.description.trim();
        const { searchModel } = this.env;
        const [sameName] = searchModel.getSearchItems(
            (item) => item.type === "favorite" && item.description === description
        );
        if (!description || sameName) {
            const problem = description
                ? _t("Another filter has this name: choose a different one.")
                : _t("Give the favorite a name.");
            this.notification.add(problem, { type: "danger" });
            return;
        }
        await searchModel.createNewFavorite({ description, isDefault, isShared });
        Object.assign(this.state, { isDefault: false, isShared: false });
    }
}

registry
    .category("favoriteMenu")
    .add("custom-favorite-item", { Component: CustomFavoriteItem, groupNumber: 3 }, { sequence: 0 });
