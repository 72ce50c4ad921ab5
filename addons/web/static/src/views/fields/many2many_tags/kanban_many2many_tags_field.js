import { registry } from "@web/core/registry";
import { Many2ManyTagsField, many2ManyTagsField } from "@web/views/fields/many2many_tags/many2many_tags_field";

/** Labels on a card: those that have a colour, where colours are kept. */
export class KanbanMany2ManyTagsField extends Many2ManyTagsField {
    get tags() {
        const tags = super.tags;
        return this.props.colorField ? tags.filter(({ colorIndex }) => colorIndex) : tags;
    }
}

export const kanbanMany2ManyTagsField = { ...many2ManyTagsField, component: KanbanMany2ManyTagsField };

registry.category("fields").add("kanban.many2many_tags", kanbanMany2ManyTagsField);
