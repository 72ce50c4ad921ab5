import { Component, onWillStart } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";

/** Models that are offered at once. */
const LIMIT = 8;

/** Choice of a model by its name. */
export class ModelSelector extends Component {
    static template = "web.ModelSelector";
    static components = { AutoComplete };
    static props = {
        id: { type: String, optional: true },
        models: { type: Array, optional: true },
        onModelSelected: Function,
        value: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.placeholder = _t("Search a model...").toString();
        this.sources = [{ placeholder: _t("Loading...").toString(), options: (text) => this.filterModels(text) }];
        onWillStart(() => this.load());
    }

    async load() {
        const { models } = this.props;
        const found = models
            ? await this.orm.call("ir.model", "display_name_for", [models])
            : await this.orm.call("ir.model", "get_available_models", []);
        this.models = found.map(({ display_name: label, model: technical }) => ({ label, technical }));
    }

    filterModels(text) {
        const found = text ? fuzzyLookup(text, this.models, ({ label, technical }) => [label, technical]) : this.models;
        const options = found
            .slice(0, LIMIT)
            .map((model) => ({ ...model, classList: `o_model_selector_${model.technical}` }));
        return options.length ? options : [{ label: _t("No records").toString(), unselectable: true }];
    }

    onSelect({ label, technical }) {
        this.props.onModelSelected({ label, technical });
    }
}
