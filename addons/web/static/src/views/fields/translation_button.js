import { Component } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { user } from "@web/core/user";
import { useOwnedDialogs } from "@web/core/utils/hooks";
import { TranslationDialog } from "@web/views/fields/translation_dialog";

/**
 * Function that shows the values of a field in all languages; what was changed is saved first.
 *
 * @returns {(target: {record: Object, fieldName: string}) => Promise<void>}
 */
export function useTranslationDialog() {
    const addDialog = useOwnedDialogs();
    return async ({ record, fieldName }) => {
        if (!(await record.save())) {
            return;
        }
        const { string, type } = record.fields[fieldName];
        addDialog(TranslationDialog, {
            fieldName,
            fieldString: string,
            resId: record.resId,
            resModel: record.resModel,
            isText: type === "text",
            onSave: () => record.load(),
        });
    };
}

/** Language code that opens the translations of a field. */
export class TranslationButton extends Component {
    static template = "web.TranslationButton";
    static props = ["fieldName", "record"];

    setup() {
        this.translate = useTranslationDialog();
    }

    get isMultiLang() {
        return localization.multiLang;
    }

    get lang() {
        return (user.lang || "").split(/[-_@]/)[0].toUpperCase();
    }

    onClick() {
        return this.translate(this.props);
    }
}
