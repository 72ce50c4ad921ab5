/** Components inside of a text: hosts are elements that name them, `<div data-embedded="name" data-embedded-props="{}">`. */

/**
 * @typedef {Object} Embedding
 * @property {string} name
 * @property {any} Component
 * @property {(host: HTMLElement) => Object} [getProps] those of the host where it is left out
 */

/** @param {HTMLElement} host @returns {Object} what is stored with it; nothing where that cannot be read */
export function getEmbeddedProps(host) {
    try {
        const props = JSON.parse(host.dataset.embeddedProps || "{}");
        return props && typeof props === "object" ? props : {};
    } catch {
        return {};
    }
}

/** @param {Embedding[]} embeddings @param {string} name @returns {Embedding|undefined} the last one of that name */
export function findEmbedding(embeddings, name) {
    return embeddings.findLast((embedding) => embedding.name === name);
}

/**
 * Show the component of a host in it.
 *
 * @param {HTMLElement} host
 * @param {Embedding} embedding
 * @param {{app: any, env: Object, beforeMount?: (details: Object) => void}} place
 * @returns {() => void} takes it away
 */
export function mountEmbedded(host, { name, Component, getProps = getEmbeddedProps }, { app, env, beforeMount }) {
    const props = getProps(host);
    beforeMount?.({ name, env, props });
    host.replaceChildren();
    const root = app.createRoot(Component, { props, env });
    root.mount(host);
    return () => root.destroy();
}
