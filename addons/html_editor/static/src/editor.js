import { parseContent } from "@html_editor/prose/content";
import { ProsePlugin } from "@html_editor/core/prose_plugin";
import { MAIN_PLUGINS } from "@html_editor/plugin_sets";
import { joinResources } from "@html_editor/utils/resource";

/**
 * An editor of HTML: what it can do are its plugins.
 *
 * `config` may have: `content`, `Plugins`, `classList`, `height`, `direction`, `placeholder`, `resources`, `onChange`,
 * `onEditorReady`, `onBlur`, `getRecordInfo`, `disableImage`, `disableVideo`, `disableFloatingToolbar`,
 * `defaultLinkAttributes`, `dynamicPlaceholder`, `dynamicPlaceholderResModel`, `onAttachmentChange`, `collaboration`.
 *
 * `collaboration` is for texts that several people write (`COLLABORATION_PLUGINS`): `{peerId, busService, ormService,
 * collaborationChannel: {collaborationModelName, collaborationFieldName, collaborationResId}, collaborativeTrigger: "start"
 * or "focus"}`, and what is told: `onStored(html)`, `onFieldWrite(saveId)`, `onPeers(peers)`.
 */
export class Editor {
    /** @type {HTMLElement|null} */
    editable = null;
    /** @type {Document|null} */
    document = null;
    /** @type {import("@html_editor/plugin").Plugin[]} */
    plugins = [];
    /** What plugins add to each other. @type {Record<string, any[]>} */
    resources = {};
    /** Shared methods, by plugin. @type {Record<string, Record<string, Function>>} */
    shared = {};
    isDestroyed = false;

    /**
     * @param {Object} config
     * @param {Object} services of the environment
     */
    constructor(config, services) {
        /** @type {Record<string, any>} */
        this.config = config;
        this.services = services;
    }

    /**
     * Let a content be edited in an element.
     *
     * @param {HTMLElement} editable
     * @throws {Error} when the editor has one already, or its plugins do not fit together
     */
    attachTo(editable) {
        if (this.editable || this.isDestroyed) {
            throw new Error("An editor is attached once");
        }
        const { config } = this;
        this.editable = editable;
        this.document = editable.ownerDocument;
        editable.classList.add("odoo-editor-editable", ...(config.classList || []));
        if (config.height) {
            editable.style.height = config.height;
        }
        if (config.direction) {
            editable.dir = config.direction;
        }
        this.startPlugins();
        const lists = { normalize_handlers: [editable], start_edition_handlers: [] };
        for (const [list, values] of Object.entries(lists)) {
            this.resources[list]?.forEach((handler) => handler(...values));
        }
        config.onEditorReady?.(this);
    }

    startPlugins() {
        const { config, document, editable, services } = this;
        const classes = ordered([
            ProsePlugin,
            ...(config.Plugins || MAIN_PLUGINS).filter((each) => each !== ProsePlugin),
        ]);
        for (const PluginClass of classes) {
            const known = Object.fromEntries(PluginClass.dependencies.map((id) => [id, this.shared[id]]));
            const plugin = new PluginClass(document, editable, known, config, services);
            this.plugins.push(plugin);
            this.shared[PluginClass.id] = sharedMethods(PluginClass, plugin);
        }
        this.resources = joinResources([config.resources, ...this.plugins.map((plugin) => plugin.resources)]);
        this.plugins.forEach((plugin) => (plugin.allResources = this.resources));
        this.plugins.forEach((plugin) => plugin.setup());
    }

    /** ProseMirror's view of the content. @returns {import("prosemirror-view").EditorView} */
    get view() {
        return this.shared.prose.getView();
    }

    /** @returns {HTMLElement} the content as it is stored */
    getElContent() {
        return this.shared.prose.getElContent();
    }

    /** @returns {string} HTML of the content; empty when there is nothing to see */
    getContent() {
        return this.getElContent().innerHTML;
    }

    /** Whether there is nothing to see. */
    get isEmpty() {
        return this.shared.prose.isEmpty();
    }

    /** Whether another content would be the same to the editor. @param {string} html */
    isSameAs(html) {
        return this.view.state.doc.eq(parseContent(html));
    }

    /** Let go of the element. @param {boolean} [_willBeRemoved] whether the element goes as well */
    destroy(_willBeRemoved) {
        if (this.isDestroyed) {
            return;
        }
        this.isDestroyed = true;
        [...this.plugins].reverse().forEach((plugin) => plugin.destroy());
    }
}

function sharedMethods(PluginClass, plugin) {
    const methods = PluginClass.shared.map((name) => {
        if (typeof plugin[name] !== "function") {
            throw new Error(`The plugin "${PluginClass.id}" shares "${name}" and has no such method`);
        }
        return [name, plugin[name].bind(plugin)];
    });
    return Object.fromEntries(methods);
}

/** Plugins with each one behind those that it depends on. */
function ordered(classes) {
    const byId = new Map();
    for (const each of classes) {
        if (!each.id) {
            throw new Error(`The plugin ${each.name} has no id`);
        }
        if (byId.has(each.id)) {
            throw new Error(`Two plugins have the id "${each.id}"`);
        }
        byId.set(each.id, each);
    }
    const result = new Set();
    const add = (each, waiting) => {
        const missing = each.dependencies.filter((id) => !byId.has(id));
        if (missing.length) {
            throw new Error(`The plugin "${each.id}" needs plugins that are not there: ${missing.join(", ")}`);
        }
        if (waiting.includes(each)) {
            throw new Error(`Plugins wait for each other: ${[...waiting, each].map(({ id }) => id).join(", ")}`);
        }
        if (!result.has(each)) {
            each.dependencies.forEach((id) => add(byId.get(id), [...waiting, each]));
            result.add(each);
        }
    };
    classes.forEach((each) => add(each, []));
    return [...result];
}
