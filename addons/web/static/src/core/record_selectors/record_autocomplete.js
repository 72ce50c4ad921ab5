import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";

const LIMIT = 7;
const MANY = 320;

/** Input that finds records of a model by their names. */
export class RecordAutocomplete extends Component {
    static template = "web.RecordAutocomplete";
    static components = { AutoComplete };
    static props = {
        className: { type: String, optional: true },
        context: { type: Object, optional: true },
        domain: { type: Array, optional: true },
        fieldString: { type: String, optional: true },
        getIds: Function,
        multiSelect: { type: Boolean, optional: true },
        placeholder: { type: String, optional: true },
        resModel: String,
        slots: { type: Object, optional: true },
        update: Function,
        value: { type: String, optional: true },
    };
    static defaultProps = { context: {}, domain: [], fieldString: "", multiSelect: false, value: "" };

    setup() {
        this.services = { name: useService("name"), orm: useService("orm") };
        this.addDialog = useOwnedDialogs();
    }

    get sources() {
        return [{ options: (text) => this.loadOptions(text), placeholder: _t("Loading...").toString() }];
    }

    get domain() {
        return [...this.props.domain, ["id", "not in", this.props.getIds()]];
    }

    /** @returns {Promise<[number, string][]>} */
    async search(name, limit) {
        const { context, resModel } = this.props;
        const found = await this.services.orm.call(resModel, "name_search", [], {
            name,
            args: this.domain,
            limit,
            context,
        });
        this.services.name.addDisplayNames(resModel, Object.fromEntries(found));
        return found;
    }

    /** @returns {Promise<Object[]>} what the input proposes */
    async loadOptions(text) {
        const found = await this.search(text, LIMIT + 1);
        /** @type {Object[]} */
        const options = found
            .slice(0, LIMIT)
            .map(([value, label]) => ({ value, label: label ? label.split("\n")[0] : _t("Unnamed").toString() }));
        if (found.length > LIMIT) {
            options.push({
                label: _t("Search more...").toString(),
                classList: "o_m2o_dropdown_option o_m2o_dropdown_option_search_more",
                action: () => this.searchMore(text),
            });
        } else if (!found.length) {
            options.push({ label: _t("No records").toString(), classList: "o_m2o_no_result", unselectable: true });
        }
        return options;
    }

    async searchMore(text) {
        const { context, fieldString, multiSelect, resModel, update } = this.props;
        const ids = text && (await this.search(text, MANY)).map(([id]) => id);
        const dynamicFilters = ids ? [{ description: _t("Quick search: %s", text), domain: [["id", "in", ids]] }] : [];
        this.addDialog(registry.category("dialogs").get("select_create"), {
            title: _t("Search: %s", fieldString || resModel),
            context,
            domain: this.domain,
            dynamicFilters,
            multiSelect,
            noCreate: true,
            onSelected: (resIds) => update(resIds),
            resModel,
        });
    }

    onSelect(option) {
        return option.action ? option.action() : this.props.update([option.value]);
    }

    onChange({ inputValue }) {
        if (!inputValue.trim() && !this.props.multiSelect) {
            this.props.update([]);
        }
    }
}
