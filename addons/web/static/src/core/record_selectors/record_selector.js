import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RecordAutocomplete } from "@web/core/record_selectors/record_autocomplete";
import { usePrepared, useService } from "@web/core/utils/hooks";

/** Choice of one record. */
export class RecordSelector extends Component {
    static template = "web.RecordSelector";
    static components = { RecordAutocomplete };
    static props = {
        context: { type: Object, optional: true },
        domain: { type: Array, optional: true },
        fieldString: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        resId: [Number, { value: false }],
        resModel: String,
        update: Function,
    };

    setup() {
        this.nameService = useService("name");
        usePrepared(async (props) => {
            const names = await this.getDisplayNames(props);
            this.displayName = this.getDisplayName(props, names);
        });
    }

    async getDisplayNames({ resId, resModel }) {
        return resId ? this.nameService.loadDisplayNames(resModel, [resId]) : {};
    }

    getDisplayName({ resId }, names) {
        if (!resId) {
            return "";
        }
        const name = names[resId];
        return typeof name === "string" ? name : _t("Inaccessible or missing record: %s", resId).toString();
    }

    getIds() {
        return this.props.resId ? [this.props.resId] : [];
    }

    update([resId]) {
        this.props.update(resId || false);
    }
}
