import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RecordAutocomplete } from "@web/core/record_selectors/record_autocomplete";
import { useTagNavigation } from "@web/core/record_selectors/tag_navigation_hook";
import { TagsList } from "@web/core/tags_list/tags_list";
import { usePrepared, useService } from "@web/core/utils/hooks";

/** Choice of several records, shown as tags. */
export class MultiRecordSelector extends Component {
    static template = "web.MultiRecordSelector";
    static components = { RecordAutocomplete, TagsList };
    static props = {
        context: { type: Object, optional: true },
        domain: { type: Array, optional: true },
        fieldString: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        resIds: { type: Array, element: Number },
        resModel: String,
        update: Function,
    };

    setup() {
        this.onTagKeydown = useTagNavigation("multiRecordSelector", (index) => this.deleteTag(index));
        this.nameService = useService("name");
        usePrepared(async (props) => {
            const names = await this.getDisplayNames(props);
            this.tags = this.getTags(props, names);
        });
    }

    async getDisplayNames({ resIds, resModel }) {
        return this.nameService.loadDisplayNames(resModel, this.getIds({ resIds }));
    }

    /** @returns {Object[]} for TagsList */
    getTags({ resIds }, names) {
        return resIds.map((id, index) => ({
            id,
            resId: id,
            text: typeof names[id] === "string" ? names[id] : _t("Inaccessible or missing record: %s", id).toString(),
            onDelete: () => this.deleteTag(index),
            onKeydown: this.onTagKeydown,
        }));
    }

    /** @param {{resIds: number[]}} [props] */
    getIds(props = this.props) {
        return props.resIds;
    }

    deleteTag(index) {
        this.props.update(this.props.resIds.filter((_id, place) => place !== index));
    }

    update(added) {
        this.props.update([...new Set([...this.props.resIds, ...added])]);
    }
}
