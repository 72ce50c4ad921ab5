import { Component, onWillUnmount, status, useEffect, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { CodeEditor } from "@web/core/code_editor/code_editor";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { archProps, attr, flag, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TranslationButton } from "@web/views/fields/translation_button";
// what it stands for is registered first
import "@web/views/fields/html/html_field";
import { FieldCollaboration } from "@html_editor/fields/field_collaboration";
import { MAIN_EMBEDDINGS, READONLY_MAIN_EMBEDDINGS } from "@html_editor/fields/embeddings/embedding_sets";
import { hasFullHtml, HtmlViewer } from "@html_editor/fields/html_viewer";

/** Bundle of the editor; it comes when the first content is edited. */
const BUNDLE = "html_editor.assets_backend_lazy";
/** What the bundle brings. */
const parts = registry.category("html_editor");
const EDITOR_OPTIONS = ["disableImage", "disableVideo", "disableFile"];

/** @param {{options?: Record<string, any>}} node */
function editorConfig({ options = {} }) {
    const config = Object.fromEntries(EDITOR_OPTIONS.map((name) => [name, Boolean(options[name])]));
    return { ...config, ...(options.height && { height: `${Number(options.height)}px` }) };
}

const ARCH_PROPS = {
    placeholder: attr("placeholder"),
    isCollaborative: flag("collaborative"),
    collaborativeTrigger: option("collaborative_trigger", String),
    dynamicPlaceholder: flag("dynamic_placeholder"),
    dynamicPlaceholderModelReferenceField: option("dynamic_placeholder_model_reference_field", String, ""),
    embeddedComponents: flag("embedded_components", true),
    sandboxedPreview: flag("sandboxedPreview"),
    cssReadonlyAssetId: option("cssReadonly", String),
    codeview: prop(Boolean, ({ options = {} }) => Boolean(odoo.debug) && options.codeview !== false, "codeview"),
    editorConfig: prop(Object, editorConfig, "height", ...EDITOR_OPTIONS),
};

/** Formatted text: read in the page, and written with an editor that is loaded when it is needed. */
export class HtmlField extends Component {
    static template = "html_editor.HtmlField";
    static components = { CodeEditor, HtmlViewer, TranslationButton };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { editorConfig: {}, embeddedComponents: true };

    setup() {
        const isLoaded = parts.contains("Wysiwyg");
        this.parts = isLoaded ? Object.fromEntries(parts.getEntries()) : null;
        this.state = useState({ key: 0, isLoaded, isWide: false, showCodeView: false, code: "", peers: [] });
        this.editor = null;
        this.isDirty = false;
        this.lastValue = String(this.value);
        this.collaboration = new FieldCollaboration(this);
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commitChanges({ urgent: true }));
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commitChanges()));
        useBus(bus, "SAVE_CONFLICT", ({ detail }) => this.collaboration.onConflict(detail));
        useRecordObserver((record, props) => this.follow(getValue({ ...props, record }), record));
        useEffect(
            (isWanted) => {
                if (isWanted) {
                    this.loadEditor();
                }
            },
            () => [!this.props.readonly]
        );
        useEffect(
            (isWide) => {
                document.body.classList.toggle("o_html_field_wide_open", isWide);
            },
            () => [this.state.isWide]
        );
        onWillUnmount(() => document.body.classList.remove("o_html_field_wide_open"));
    }

    // ------------------------------------------------------------------ value

    get value() {
        return getValue(this.props) || "";
    }

    get isFullPage() {
        return hasFullHtml(this.value);
    }

    get isTranslatable() {
        return Boolean(getField(this.props).translate) && !this.props.readonly;
    }

    /**
     * Changes from outside are shown, unless the user writes.
     *
     * @param {any} given
     * @param {Object} record
     */
    follow(given, record) {
        const value = String(given || "");
        const isOther = Boolean(this.resId) && this.resId !== record.resId;
        this.resId = record.resId;
        if (value === this.lastValue && !isOther) {
            return;
        }
        if (!isOther && this.collaboration.isSaved(value)) {
            this.lastValue = value;
            return;
        }
        if (this.isDirty) {
            return;
        }
        this.lastValue = value;
        this.state.code = value;
        if (this.state.showCodeView || (!isOther && this.collaboration.follow(value, record))) {
            return;
        }
        if (!isOther && this.editor?.isDestroyed === false && this.editor.view.hasFocus()) {
            // what the server made of the text: the user goes on writing where he was
            this.editor.shared.prose.setContent(value, { addToHistory: false, isQuiet: true });
        } else {
            this.state.key++;
        }
    }

    /** Changes with the record, so that another content gets another editor. */
    get wysiwygKey() {
        const { isPossible } = this.collaboration;
        return `${this.props.record.id}_${this.state.key}${isPossible ? `_${this.props.record.resId}` : ""}`;
    }

    /** @param {string} value */
    async updateValue(value) {
        this.lastValue = String(value);
        this.isDirty = false;
        await setValue(this.props, value);
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", false);
    }

    /** @returns {string} HTML of what is in the editor */
    getEditorContent() {
        this.collaboration.beginSave();
        return this.editor.getContent();
    }

    /**
     * Hand over to the record what was written.
     *
     * @param {{urgent?: boolean}} [options] whether the page goes, and nothing can be waited for
     */
    async commitChanges({ urgent = false } = {}) {
        if (!this.isDirty) {
            return;
        }
        if (!urgent && this.editor) {
            await this.editor.shared.media?.savePendingImages();
        }
        if (this.isDirty && status(this) !== "destroyed") {
            await this.updateValue(this.state.showCodeView ? this.state.code : this.getEditorContent());
        }
    }

    onChange() {
        this.isDirty = true;
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", true);
    }

    onBlur() {
        return this.commitChanges();
    }

    // ------------------------------------------------------------------ editor

    async loadEditor() {
        if (this.state.isLoaded) {
            return;
        }
        if (!parts.contains("Wysiwyg")) {
            await loadBundle(BUNDLE);
        }
        this.parts = Object.fromEntries(parts.getEntries());
        if (status(this) !== "destroyed") {
            this.state.isLoaded = true;
        }
    }

    get isEditing() {
        // a page with a head of its own is changed as code
        return this.hasTools && (!this.isFullPage || this.state.showCodeView);
    }

    get Wysiwyg() {
        return this.parts.Wysiwyg;
    }

    /** One object for each editor. */
    get config() {
        if (this.configKey !== this.wysiwygKey) {
            this.configKey = this.wysiwygKey;
            this.currentConfig = this.getConfig();
        }
        return this.currentConfig;
    }

    /** @returns {Object} configuration of the editor; to be extended */
    getConfig() {
        const { dynamicPlaceholder, editorConfig: given, embeddedComponents, placeholder, record } = this.props;
        const { COLLABORATION_PLUGINS, DYNAMIC_PLACEHOLDER_PLUGINS, EMBEDDED_COMPONENT_PLUGINS, MAIN_PLUGINS } =
            this.parts;
        const collaboration = this.collaboration.config();
        const { sanitize, sanitize_tags: sanitizeTags } = getField(this.props);
        return {
            content: String(this.value),
            Plugins: [
                ...MAIN_PLUGINS,
                ...(collaboration ? COLLABORATION_PLUGINS : []),
                ...(dynamicPlaceholder ? DYNAMIC_PLACEHOLDER_PLUGINS : []),
                ...(embeddedComponents ? EMBEDDED_COMPONENT_PLUGINS : []),
            ],
            classList: [],
            placeholder,
            label: String(getLabel(this.props)),
            onChange: () => this.onChange(),
            collaboration,
            resources: embeddedComponents ? { embedded_components: MAIN_EMBEDDINGS } : {},
            getRecordInfo: () => ({ resModel: record.resModel, resId: record.resId }),
            dynamicPlaceholder,
            dynamicPlaceholderResModel: dynamicPlaceholder ? this.placeholderModel : undefined,
            dropImageAsAttachment: true,
            ...given,
            // elements of videos would be taken out when the record is saved
            disableVideo: given.disableVideo || (sanitize !== false && sanitizeTags !== false),
        };
    }

    get placeholderModel() {
        const { dynamicPlaceholderModelReferenceField: name, record } = this.props;
        const value = record.data[name || "model"];
        return Array.isArray(value) ? value[1] : value;
    }

    /** @returns {Object} configuration of what is shown to readers; to be extended */
    getReadonlyConfig() {
        return {
            value: this.value,
            cssAssetId: this.props.cssReadonlyAssetId,
            hasFullHtml: this.isFullPage,
            isSandboxed: this.props.sandboxedPreview && this.props.readonly,
            embeddedComponents: this.props.embeddedComponents ? READONLY_MAIN_EMBEDDINGS : [],
        };
    }

    onEditorLoad(editor) {
        this.editor = editor;
        this.state.peers = [];
    }

    // ------------------------------------------------------------------ views

    get hasTools() {
        return !this.props.readonly && this.state.isLoaded;
    }

    get wideTitle() {
        return this.state.isWide ? _t("Back to the page") : _t("Whole page");
    }

    toggleWide() {
        this.state.isWide = !this.state.isWide;
    }

    async toggleCodeView() {
        await this.commitChanges();
        this.state.peers = [];
        this.editor = null;
        this.state.code = String(this.value);
        this.state.showCodeView = !this.state.showCodeView;
        this.state.key++;
    }

    onCodeChange(code) {
        this.state.code = code;
        this.onChange();
    }
}

export const htmlField = {
    component: HtmlField,
    displayName: _t("Html"),
    supportedTypes: ["html"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("html", htmlField, { force: true });
