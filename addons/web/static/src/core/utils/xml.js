/**
 * Serialise nodes of an XML document.
 *
 * @param {Node} node
 * @returns {string}
 */
export function serializeXML(node) {
    return new XMLSerializer().serializeToString(node);
}

/** Parse XML text. @returns {Element} root element; @throws {Error} malformed XML */
export function parseXML(text) {
    const document = new DOMParser().parseFromString(text, "text/xml");
    const error = document.getElementsByTagName("parsererror")[0];
    if (error) {
        throw new Error(`Malformed XML: ${error.textContent.trim().split("\n")[0]}\n${text.slice(0, 200)}`);
    }
    return document.documentElement;
}

/** Depth-first walk; `visit` returning false stops the descent below that node. */
export function visitXML(xml, visit) {
    const walk = (node) => {
        if (node.nodeType !== Node.ELEMENT_NODE) {
            return;
        }
        const below = visit(node, () => [...node.childNodes].map(walk));
        if (below !== false) {
            [...node.childNodes].forEach(walk);
        }
    };
    walk(typeof xml === "string" ? parseXML(xml) : xml);
}

/** Add one or several children. */
export function append(parent, child) {
    parent.append(...[].concat(child || []).filter(Boolean));
    return parent;
}

/** Parent `combine`s: element from a tag, then attributes and children in any order. */
export function createElement(tagName, ...args) {
    const element = document.implementation.createDocument(null, "t").createElement(tagName);
    for (const arg of args) {
        if (Array.isArray(arg)) {
            append(element, arg);
        } else {
            setAttributes(element, arg);
        }
    }
    return element;
}

/** Text node of an XML document. */
export function createTextNode(data) {
    return document.createTextNode(data);
}

/** Set several attributes. */
export function setAttributes(node, attributes) {
    for (const name in attributes) {
        node.setAttribute(name, attributes[name]);
    }
}

/** Add classes or other texts to an attribute that holds a list. */
export function combineAttributes(node, name, values, separator = " ") {
    const present = node.getAttribute(name);
    const all = [present, ...(Array.isArray(values) ? values : [values])].filter(Boolean);
    node.setAttribute(name, all.join(separator));
}

/** Remove an attribute and hand its value over. */
export function extractAttributes(node, names) {
    const take = (name) => {
        const value = node.getAttribute(name);
        node.removeAttribute(name);
        return value || "";
    };
    return Object.fromEntries(names.map((name) => [name, take(name)]));
}

/** Name of the tag; lower case unless it is a component's. */
export function getTag(node, lower = false) {
    const tag = node?.nodeName || "";
    return lower ? tag.toLowerCase() : tag;
}
