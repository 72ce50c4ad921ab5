/** What other programs copy, made as plain as if it had been written here. */

const TAGS = { B: "strong", I: "em", STRIKE: "s", DEL: "s" };
/** Attributes that stay, by element; `*` for all. */
const KEPT = {
    "*": [],
    A: ["href", "title"],
    IMG: ["src", "alt", "width", "height"],
    OL: ["start"],
    TD: ["colspan", "rowspan"],
    TH: ["colspan", "rowspan"],
};
// styles that people mean, and what stands for them
/** @type {[RegExp, string][]} */
const STYLES = [
    [/(^|;)\s*font-weight\s*:\s*(bold|[6-9]00)/i, "strong"],
    [/(^|;)\s*font-style\s*:\s*italic/i, "em"],
    [/(^|;)\s*text-decoration[^;]*:[^;]*underline/i, "u"],
    [/(^|;)\s*text-decoration[^;]*:[^;]*line-through/i, "s"],
    [/(^|;)\s*vertical-align\s*:\s*super/i, "sup"],
    [/(^|;)\s*vertical-align\s*:\s*sub/i, "sub"],
];
/** Sign with which a text processor begins the lines of its lists. */
const BULLET = /^[\s\u00a0]*(?:[·•▪◦o§\u00fc-]|\(?(?:\d{1,3}|[a-z])[.)])[\s\u00a0]+/i;
const NUMBER = /^[\s\u00a0]*\(?(?:\d{1,3}|[a-z])[.)]/i;
const OFFICE_LEVEL = /mso-list:[^;]*level(\d+)/i;

/**
 * @param {string} html without scripts
 * @returns {string} headings, lists, tables, links, pictures and emphasis, and no styles
 */
export function cleanPasted(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    removeComments(body);
    makeLists(body);
    // from the inside, as elements are replaced
    [...body.querySelectorAll("*")].reverse().forEach(cleanElement);
    return body.innerHTML;
}

function removeComments(root) {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) {
        comments.push(walker.currentNode);
    }
    comments.forEach((comment) => comment.remove());
}

function cleanElement(el) {
    const name = el.nodeName;
    const style = el.getAttribute("style") || "";
    // names of other programs, such as o:p
    if (name.includes(":") || (["SPAN", "FONT"].includes(name) && !el.childNodes.length)) {
        el.replaceWith(...el.childNodes);
        return;
    }
    if (name === "IMG" && !/^(?:https?:|data:image\/|\/)/i.test(el.getAttribute("src") || "")) {
        el.remove();
        return;
    }
    const kept = [...KEPT["*"], ...(KEPT[name] || [])];
    [...el.attributes]
        .filter((attribute) => !kept.includes(attribute.name))
        .forEach(({ name: each }) => el.removeAttribute(each));
    if (["SPAN", "FONT"].includes(name) || name === "B" || name === "I") {
        emphasise(el, style);
    } else if (TAGS[name]) {
        replaceBy(el, TAGS[name]);
    }
}

/** What a style says becomes an element; an element that its style takes back is none. */
function emphasise(el, style) {
    const isTakenBack =
        (el.nodeName === "B" && /font-weight\s*:\s*(normal|400)/i.test(style)) ||
        (el.nodeName === "I" && /font-style\s*:\s*normal/i.test(style));
    const names = STYLES.filter(([pattern]) => pattern.test(style)).map(([, name]) => name);
    const own = TAGS[el.nodeName];
    if (own && !isTakenBack && !names.includes(own)) {
        names.push(own);
    }
    const { ownerDocument } = el;
    const inner = names.reduce(
        (content, name) => {
            const wrapper = ownerDocument.createElement(name);
            wrapper.append(...content);
            return [wrapper];
        },
        /** @type {Node[]} */ ([...el.childNodes])
    );
    el.replaceWith(...inner);
}

function replaceBy(el, name) {
    const other = el.ownerDocument.createElement(name);
    other.append(...el.childNodes);
    el.replaceWith(other);
}

/** Lines that a text processor only paints as a list become one. */
function makeLists(body) {
    const levels = [];
    for (const line of body.querySelectorAll("p[style*='mso-list'], p[class*='MsoListParagraph']")) {
        const level = Number(OFFICE_LEVEL.exec(line.getAttribute("style") || "")?.[1] || 1);
        const isNumbered = NUMBER.test(line.textContent);
        const previous = line.previousElementSibling;
        const isNext = previous && levels.length && previous === levels[0].list;
        if (!isNext) {
            levels.length = 0;
        }
        while (levels.length > level) {
            levels.pop();
        }
        while (levels.length < level) {
            const list = body.ownerDocument.createElement(isNumbered ? "ol" : "ul");
            const outer = levels.at(-1);
            if (outer) {
                (outer.list.lastElementChild || outer.list.appendChild(body.ownerDocument.createElement("li"))).append(
                    list
                );
            } else {
                line.before(list);
            }
            levels.push({ list });
        }
        const item = body.ownerDocument.createElement("li");
        item.append(...line.childNodes);
        removeSign(item);
        levels.at(-1).list.append(item);
        line.remove();
    }
}

function removeSign(item) {
    const painted = item.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    if (painted) {
        painted.remove();
        return;
    }
    const walker = item.ownerDocument.createTreeWalker(item, NodeFilter.SHOW_TEXT);
    const first = walker.nextNode();
    if (first) {
        first.textContent = first.textContent.replace(BULLET, "");
    }
}
