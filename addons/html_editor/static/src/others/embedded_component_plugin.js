import { Plugin } from "@html_editor/plugin";
import { findEmbedding, mountEmbedded } from "@html_editor/fields/embedded_hosts";
import { rawNodeViews, safeFragment } from "@html_editor/prose/raw_views";
import { elementOf } from "@html_editor/prose/schema";

/** Components inside of the text: `embedded_components` is a list of `{name, Component, getProps}`. */
export class EmbeddedComponentPlugin extends Plugin {
    static id = "embeddedComponents";
    static dependencies = ["prose"];
    static shared = ["setEmbeddedProps"];

    resources = {
        node_views: {
            raw_block: (node) => this.viewOf(node),
            raw_inline: (node) => this.viewOf(node),
        },
    };

    viewOf(node) {
        const { app, env } = this.config.embeddedComponentInfo || {};
        const name = /** @type {HTMLElement} */ (elementOf(node.attrs.html)).dataset.embedded;
        const embedding = name && app && findEmbedding(this.getResource("embedded_components"), name);
        const beforeMount = (details) => this.dispatchTo("mount_component_handlers", details);
        return embedding
            ? new EmbeddedView(node, embedding, { app, env, beforeMount })
            : rawNodeViews[node.type.name](node);
    }

    /**
     * Store other props with a host, as a step that can be undone; its component is shown anew.
     *
     * @param {HTMLElement} host
     * @param {Object} props
     */
    setEmbeddedProps(host, props) {
        const view = this.dependencies.prose.getView();
        const position = view.posAtDOM(host, 0);
        const node = view.state.doc.nodeAt(position);
        const el = /** @type {HTMLElement} */ (elementOf(node.attrs.html));
        el.dataset.embeddedProps = JSON.stringify(props);
        view.dispatch(view.state.tr.setNodeAttribute(position, "html", el.outerHTML));
    }
}

/** A host with its component, which takes care of itself. */
class EmbeddedView {
    constructor(node, embedding, place) {
        this.dom = /** @type {HTMLElement} */ (safeFragment(node.attrs.html).firstElementChild);
        this.dom.contentEditable = "false";
        this.dom.dataset.oeProtected = "true";
        this.dom.replaceChildren();
        // the editor puts it into the page first
        Promise.resolve().then(() => {
            if (this.dom.isConnected) {
                this.unmount = mountEmbedded(this.dom, embedding, place);
            }
        });
    }

    ignoreMutation() {
        return true;
    }

    stopEvent() {
        return true;
    }

    destroy() {
        this.unmount?.();
    }
}
