import { markup } from "@odoo/owl";
import { getField } from "@web/views/fields/field_value";

/** A field whose text several people write: what its record knows of what is stored. */
export class FieldCollaboration {
    /** @param {import("./html_field").HtmlField} field */
    constructor(field) {
        this.field = field;
    }

    /** Shared methods of the editor, where it has them. */
    get shared() {
        const { editor } = this.field;
        return editor && !editor.isDestroyed ? editor.shared : {};
    }

    get isActive() {
        return Boolean(this.shared.collaboration?.getText());
    }

    /** Whether the text is one that several people write, once it is stored. */
    get isPossible() {
        const { props, env } = this.field;
        // texts of several languages are several texts
        return Boolean(
            props.isCollaborative && props.record.resId && !getField(props).translate && env.services.bus_service
        );
    }

    /** @returns {Object|undefined} what the editor is told; nothing for texts that one person writes */
    config() {
        const { field } = this;
        const { collaborativeTrigger, name, record } = field.props;
        const { bus_service: busService, orm: ormService } = field.env.services;
        if (!this.isPossible) {
            return undefined;
        }
        return {
            busService,
            ormService,
            peerId: crypto.getRandomValues(new Uint32Array(3)).join("-"),
            collaborationChannel: {
                collaborationModelName: record.resModel,
                collaborationFieldName: name,
                collaborationResId: record.resId,
            },
            collaborativeTrigger,
            onStored: (html) => this.know(html),
            onFieldWrite: (save) => this.saved(save),
            onPeers: (peers) => (field.state.peers = peers),
        };
    }

    /** Whether another value of the record is what was saved of this text; the user may have gone on writing. */
    isSaved(value) {
        const { collaboration } = this.shared;
        const isSaved = this.isActive && collaboration.isNewSave(value);
        if (isSaved) {
            collaboration.endSave(value);
        }
        return isSaved;
    }

    /**
     * Show another value of the record.
     *
     * @param {string} value
     * @param {Object} record
     * @returns {boolean} false: nobody else writes, so that the editor can begin anew
     */
    follow(value, record) {
        if (!this.isActive) {
            return false;
        }
        const { collaboration, collaborationOdoo, prose } = this.shared;
        if (collaboration.isSame(value)) {
            return true;
        }
        if (record.dirty) {
            prose.setContent(value, { isQuiet: true });
        } else {
            // discarded: what others write stays
            collaboration.takeBackUnsaved();
            this.field.isDirty = false;
            record.model.bus.trigger("FIELD_IS_DIRTY", false);
            collaborationOdoo.check();
        }
        return true;
    }

    beginSave() {
        this.shared.collaboration?.beginSave();
    }

    /**
     * A save met another one, of which this page had not heard yet.
     *
     * @param {{record: Object, values: Object, joined: Object}} conflict
     */
    onConflict({ record, values, joined }) {
        const { name, record: own } = this.field.props;
        if (record.id === own.id && name in values && this.isActive) {
            joined[name] = this.joined(String(values[name] || ""));
        }
    }

    /** @param {string} html what is stored @returns {Promise<Object|undefined>} a text with that and what is here */
    async joined(html) {
        if (!(await this.shared.collaborationOdoo.hears(html)) || !this.isActive) {
            return undefined;
        }
        const content = this.field.getEditorContent();
        this.field.lastValue = content;
        this.field.isDirty = false;
        return markup(content);
    }

    /** Somebody saved the text: where that is what the user sees, he has nothing to save any more. @param {string} save */
    async saved(save) {
        const { collaboration } = this.shared;
        if (!collaboration || collaboration.getText()?.ownSaves.has(save)) {
            return;
        }
        const { name, record } = this.field.props;
        const [row] = await this.field.env.services.orm.silent.read(record.resModel, [record.resId], [name]);
        const html = String(row?.[name] || "");
        if (this.isActive && collaboration.contains(html)) {
            this.know(html);
        }
    }

    /** The text contains what is stored. @param {string} html */
    async know(html) {
        const { field } = this;
        const { name, record } = field.props;
        if (!this.isActive) {
            return;
        }
        const isWhole = this.shared.collaboration.isSame(html);
        if (isWhole) {
            this.shared.collaboration.endSave(html);
            field.isDirty = false;
            field.lastValue = html;
        }
        await record.takeStored({ [name]: html }, { isKept: !isWhole });
        if (isWhole) {
            record.model.bus.trigger("FIELD_IS_DIRTY", false);
        }
    }
}
