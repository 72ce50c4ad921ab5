function namesOf(text) {
    return text.split(/\s+/).filter(Boolean);
}

/** Classes and whether they apply, of any way to write them. */
function toFlags(classes) {
    if (typeof classes === "string") {
        return Object.fromEntries(namesOf(classes).map((name) => [name, true]));
    }
    if (Array.isArray(classes)) {
        return Object.assign({}, ...classes.map(toFlags));
    }
    const flags = {};
    for (const [names, isOn] of Object.entries(classes || {})) {
        namesOf(names).forEach((name) => (flags[name] = Boolean(isOn)));
    }
    return flags;
}

/**
 * @param {...(string|string[]|Object|undefined)} classes texts, lists, or objects of names and whether they apply
 * @returns {Object<string, boolean>} whether each name applies; later ones win
 */
export function mergeClasses(...classes) {
    return Object.assign({}, ...classes.map(toFlags));
}

/** Set and take away classes of an element. @param {HTMLElement} el @param {...any} classes as {@link mergeClasses} */
export function addClassesToElement(el, ...classes) {
    for (const [name, isOn] of Object.entries(mergeClasses(...classes))) {
        el.classList.toggle(name, isOn);
    }
}
