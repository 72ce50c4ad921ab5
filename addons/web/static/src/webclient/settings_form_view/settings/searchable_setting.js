import { useEffect, useRef, useState } from "@odoo/owl";
import { Setting } from "@web/views/form/setting/setting";
import { FormLabelHighlightText } from "@web/webclient/settings_form_view/highlight_text/form_label_highlight_text";
import { HighlightText } from "@web/webclient/settings_form_view/highlight_text/highlight_text";

/** Setting that is hidden while something else is looked for. */
export class SearchableSetting extends Setting {
    static template = "web.SearchableSetting";
    static components = { ...Setting.components, FormLabel: FormLabelHighlightText, HighlightText };

    setup() {
        super.setup();
        this.settingRef = useRef("setting");
        this.search = useState(this.env.searchState);
        useEffect(() => {
            this.settingRef.el.classList.toggle("d-none", !this.isFound());
        });
    }

    /** Tell whether what is looked for stands in the setting, or in the head of its block. */
    isFound() {
        const text = `${this.env.settingsBlockText || ""} ${this.settingRef.el.textContent}`;
        return text.toLowerCase().includes(this.search.value.trim().toLowerCase());
    }
}
