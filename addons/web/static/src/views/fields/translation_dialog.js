import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Values of a translatable field in all languages. */
export class TranslationDialog extends Component {
    static template = "web.TranslationDialog";
    static components = { Dialog };
    static props = ["fieldName", "fieldString?", "resId", "resModel", "isText?", "onSave", "close"];

    setup() {
        this.orm = useService("orm");
        this.title = _t("Translate: %s", this.props.fieldString || this.props.fieldName);
        this.state = useState({ terms: [] });
        this.updated = {};
        onWillStart(async () => {
            const { resModel, resId, fieldName } = this.props;
            const languages = Object.fromEntries(await this.orm.call("res.lang", "get_installed"));
            const [translations, context] = await this.orm.call(resModel, "get_field_translations", [
                [resId],
                fieldName,
            ]);
            this.context = context;
            this.state.terms = translations.map((term, id) => ({
                ...term,
                id,
                langName: languages[term.lang] || term.lang,
            }));
        });
    }

    async onSave() {
        const translations = {};
        for (const term of this.state.terms) {
            if (!(term.id in this.updated) || this.updated[term.id] === term.value) {
                continue;
            }
            const value = this.updated[term.id];
            if (this.context.translation_type === "text") {
                translations[term.lang] ??= {};
                translations[term.lang][term.source] = value || term.source;
            } else {
                translations[term.lang] = value || false;
            }
        }
        const { resModel, resId, fieldName } = this.props;
        await this.orm.call(resModel, "update_field_translations", [[resId], fieldName, translations]);
        await this.props.onSave();
        this.props.close();
    }
}
