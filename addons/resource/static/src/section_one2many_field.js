import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    SectionAndNoteFieldOne2Many,
    sectionAndNoteFieldOne2Many,
    SectionAndNoteListRenderer,
} from "@web/views/fields/section_and_note/section_and_note_field";

/** Lines below headings, which say what the server calls them: which week, and whether it is this one. */
export class SectionListRenderer extends SectionAndNoteListRenderer {
    get titleField() {
        return "display_name";
    }
}

export class SectionOneToManyField extends SectionAndNoteFieldOne2Many {
    static components = { ...SectionAndNoteFieldOne2Many.components, ListRenderer: SectionListRenderer };
}

export const sectionOneToManyField = {
    ...sectionAndNoteFieldOne2Many,
    component: SectionOneToManyField,
    displayName: _t("Lines below headings"),
};

registry.category("fields").add("section_one2many", sectionOneToManyField);
