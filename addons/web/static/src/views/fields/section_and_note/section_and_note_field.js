import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField } from "@web/views/fields/char/char_field";
import { listTextField, ListTextField, textField, TextField } from "@web/views/fields/text/text_field";
import { listX2ManyField } from "@web/views/fields/x2many/list_x2many_field";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/** What lines are that stand between others, by the value of their field `display_type`. */
const SECTION = "line_section";
const NOTE = "line_note";

/** Lines of which some are sections and notes: text over all columns. */
export class SectionAndNoteListRenderer extends ListRenderer {
    /** Field with the text of sections and notes. */
    get titleField() {
        return "name";
    }

    isSectionOrNote(record) {
        return [SECTION, NOTE].includes(record.data.display_type);
    }

    isSection(record) {
        return record.data.display_type === SECTION;
    }

    /** Besides their text, sections and notes have the handle only. */
    getColumns(record) {
        const columns = super.getColumns(record);
        return this.isSectionOrNote(record) ? this.textColumns(columns) : columns;
    }

    /** The handle of a line, and its text over the room of all other columns. */
    textColumns(columns) {
        const isText = ({ name, type }) => type === "field" && name === this.titleField;
        const text = columns.find(isText) || this.allColumns.find(isText);
        if (!text) {
            return columns;
        }
        const handles = columns.filter(({ widget }) => widget === "handle");
        return [...handles, { ...text, colspan: columns.length - handles.length }];
    }

    getRowClass(record) {
        const own = { [SECTION]: "o_is_line_section fw-bold", [NOTE]: "o_is_line_note fst-italic" };
        return `${super.getRowClass(record)} ${own[record.data.display_type] || ""}`;
    }
}

/** Text of a line: in one line for a section, in several for a note or anything else. */
export class SectionAndNoteText extends Component {
    static template = "web.SectionAndNoteText";
    static props = ["*"];

    get isSection() {
        return this.props.record.data.display_type === SECTION;
    }

    /** @returns {any} */
    get componentToUse() {
        return this.isSection ? CharField : TextField;
    }

    get textProps() {
        const { id, name, placeholder, readonly, record, ...others } = this.props;
        const usual = { id, name, placeholder, readonly, record };
        return this.isSection ? usual : { ...usual, ...others };
    }
}

export class ListSectionAndNoteText extends SectionAndNoteText {
    get componentToUse() {
        return this.isSection ? CharField : ListTextField;
    }
}

export class SectionAndNoteFieldOne2Many extends X2ManyField {
    static components = { ...X2ManyField.components, ListRenderer: SectionAndNoteListRenderer };
}

export const sectionAndNoteFieldOne2Many = {
    ...x2ManyField,
    component: SectionAndNoteFieldOne2Many,
    displayName: _t("Lines with sections and notes"),
    additionalClasses: ["o_field_one2many"],
};

export const sectionAndNoteText = {
    ...textField,
    component: SectionAndNoteText,
    displayName: _t("Text of a line, section or note"),
    additionalClasses: ["o_field_text"],
};

export const listSectionAndNoteText = {
    ...listTextField,
    ...sectionAndNoteText,
    component: ListSectionAndNoteText,
};

/** In a list of its own model, the number of lines is enough. */
export const listSectionAndNoteFieldOne2Many = { ...listX2ManyField };

registry
    .category("fields")
    .add("section_and_note_one2many", sectionAndNoteFieldOne2Many)
    .add("list.section_and_note_one2many", listSectionAndNoteFieldOne2Many)
    .add("section_and_note_text", sectionAndNoteText)
    .add("list.section_and_note_text", listSectionAndNoteText);
