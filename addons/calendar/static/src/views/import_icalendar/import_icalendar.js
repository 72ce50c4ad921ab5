import { Component, useRef } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { checkFileSize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

const MODEL = "calendar.event";

/** Entry of the cog menu of meetings: keeps those of a file of another calendar. */
export class ImportIcalendar extends Component {
    static template = "calendar.ImportIcalendar";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.input = useRef("input");
    }

    choose() {
        this.input.el.click();
    }

    async read() {
        const [file] = this.input.el.files;
        this.input.el.value = "";
        if (!file || !checkFileSize(file.size, this.notification)) {
            return;
        }
        const url = await getDataURLFromFile(file);
        const counts = await this.orm.call(MODEL, "import_icalendar", [url.split(",")[1] || ""]);
        this.notification.add(outcome(counts), { type: counts.created + counts.updated ? "success" : "warning" });
        await this.action.doAction("soft_reload");
    }
}

/** @param {{created: number, updated: number, skipped: number}} counts @returns {string} */
export function outcome({ created, updated, skipped }) {
    const parts = [
        created && _t("New meetings: %s.", created),
        updated && _t("Changed meetings: %s.", updated),
        skipped && _t("Meetings left as they were: %s.", skipped),
    ];
    return parts.filter(Boolean).join(" ") || _t("There is no meeting in the file.").toString();
}

export const importIcalendarItem = {
    Component: ImportIcalendar,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: ({ config, searchModel }) =>
        searchModel?.resModel === MODEL && ["calendar", "list"].includes(config.viewType),
};

registry.category("cogMenu").add("import-icalendar", importIcalendarItem, { sequence: 2 });
