const tokens = (text, separator) =>
    (text || "")
        .split(separator)
        .map((token) => token.trim())
        .filter(Boolean);

function fail(operation, url, problem) {
    const shown = operation.cloneNode(false);
    throw new Error(`${problem}: ${shown instanceof Element ? shown.outerHTML : ""}${url ? ` (${url})` : ""}`);
}

/** `hasclass('a', 'b')` is no XPath of browsers. */
function toXPath(expression) {
    return expression.replace(/hasclass\(([^)]*)\)/g, (_match, names) =>
        names
            .split(",")
            .flatMap((name) => name.trim().slice(1, -1).split(/\s+/))
            .map((name) => `contains(concat(' ', @class, ' '), ' ${name} ')`)
            .join(" and ")
    );
}

function byXPath(root, expression) {
    const page = root.ownerDocument;
    const { FIRST_ORDERED_NODE_TYPE } = XPathResult;
    const found = page.evaluate(toXPath(expression), page, null, FIRST_ORDERED_NODE_TYPE).singleNodeValue;
    return /** @type {Element|null} */ (found);
}

/** The element that an operation is about: by an expression, or like the operation itself. */
function findTarget(root, operation) {
    if (operation.tagName === "xpath") {
        const expression = operation.getAttribute("expr");
        return byXPath(root, /^[/(]/.test(expression) ? expression : `//${expression}`);
    }
    const isSame = (el) =>
        [...operation.attributes].every(
            ({ name, value }) => name === "position" || name === "mode" || el.getAttribute(name) === value
        );
    return [root, ...root.getElementsByTagName(operation.tagName)].find(
        (el) => el.tagName === operation.tagName && isSame(el)
    );
}

function changeAttribute(target, attribute) {
    const name = attribute.getAttribute("name");
    const [add, remove] = [attribute.getAttribute("add"), attribute.getAttribute("remove")];
    let value = attribute.textContent.trim();
    if (add !== null || remove !== null) {
        const separator = attribute.getAttribute("separator") || ",";
        const removed = new Set(tokens(remove, separator));
        const kept = tokens(target.getAttribute(name), separator).filter((token) => !removed.has(token));
        value = [...kept, ...tokens(add, separator)].join(separator === " " ? " " : separator.trim());
    }
    if (value) {
        target.setAttribute(name, value);
    } else {
        target.removeAttribute(name);
    }
}

/** What an operation brings: its nodes, those of `position="move"` taken from where they are. */
function contentOf(root, operation, url) {
    return [...operation.childNodes].map((node) => {
        if (!(node instanceof Element) || node.getAttribute("position") !== "move") {
            return root.ownerDocument.importNode(node, true);
        }
        const moved = findTarget(root, node);
        if (!moved) {
            fail(node, url, "There is no element to move");
        }
        return moved;
    });
}

function replaced(root, target, operation, nodes) {
    if (operation.getAttribute("mode") === "inner") {
        target.replaceChildren(...nodes);
        return root;
    }
    // `$0` in what comes is what was there
    for (const node of nodes.filter((item) => item instanceof Element)) {
        for (const place of [node, ...node.querySelectorAll("*")]) {
            if (place.textContent.trim() === "$0" && !place.children.length) {
                place.replaceChildren(target.cloneNode(true));
            }
        }
    }
    if (target !== root) {
        target.replaceWith(...nodes);
        return root;
    }
    const next = nodes.find((node) => node instanceof Element);
    if (root.hasAttribute("t-name")) {
        next.setAttribute("t-name", root.getAttribute("t-name"));
    }
    root.replaceWith(next);
    return next;
}

/**
 * Change an element as the operations say: `xpath` or elements with `position` (`inside`, `after`, `before`, `replace`,
 * `attributes`).
 *
 * @param {Element} root
 * @param {Element} operations element that holds the operations
 * @param {string} [url] where they were written, for errors
 * @returns {Element} the root: another one where it was replaced
 * @throws {Error} an operation that finds no element, or has an unknown position
 */
export function applyInheritance(root, operations, url = "") {
    const place = root.parentNode && root.ownerDocument.createComment("");
    place && root.replaceWith(place);
    // expressions count from the template
    const page = document.implementation.createDocument(null, null);
    page.append(root);
    const result = applyAll(root, operations, url);
    result.remove();
    place?.replaceWith(result);
    return result;
}

function applyAll(root, operations, url) {
    for (const operation of [...operations.children]) {
        const target = findTarget(root, operation);
        const position = operation.getAttribute("position") || "inside";
        if (!target) {
            fail(operation, url, "There is no element that the template's extension can be applied to");
        }
        if (position === "attributes") {
            [...operation.children].forEach((attribute) => changeAttribute(target, attribute));
            continue;
        }
        const put = { inside: "append", after: "after", before: "before" }[position];
        if (!put && position !== "replace") {
            fail(operation, url, `"${position}" is no position`);
        }
        const nodes = contentOf(root, operation, url);
        if (put) {
            target[put](...nodes);
        } else {
            root = replaced(root, target, operation, nodes);
        }
    }
    return root;
}
