import { uuid } from "@web/core/utils/strings";

/**
 * Properties by the separators before them, or without separators in equal parts.
 *
 * @param {Object[]} properties
 * @param {number} columns
 * @returns {{key: string, separator: Object|null, properties: Object[]}[]}
 */
export function sectionsOf(properties, columns) {
    if (!properties.some(({ type }) => type === "separator")) {
        const size = Math.ceil(properties.length / columns) || 1;
        return Array.from({ length: columns }, (_part, index) => ({
            key: `column_${index}`,
            separator: null,
            properties: properties.slice(index * size, (index + 1) * size),
        })).filter(({ properties: own }, index) => own.length || !index);
    }
    const sections = [];
    for (const property of properties) {
        if (property.type === "separator") {
            sections.push({ key: property.name, separator: property, properties: [] });
        } else {
            if (!sections.length) {
                sections.push({ key: "first", separator: null, properties: [] });
            }
            sections.at(-1).properties.push(property);
        }
    }
    return sections;
}

/** The properties with one of them before or after another. */
export function movedProperty(properties, name, target, isAfter) {
    const moved = properties.find((property) => property.name === name);
    const others = properties.filter((property) => property.name !== name);
    const place = others.findIndex((property) => property.name === target) + (isAfter ? 1 : 0);
    return [...others.slice(0, place), { ...moved, definition_changed: true }, ...others.slice(place)];
}

/** Whether values of one definition suit another. */
function isSameKind(one, other) {
    return one.type === other.type && (one.comodel || false) === (other.comodel || false);
}

/**
 * Name of a property whose definition changes: another one with another type or model, the first one if those are back.
 *
 * @param {{current: string, origin: Object, known: Object, definition: Object}} change
 * @returns {string}
 */
export function newName({ current, origin, known, definition }) {
    if (isSameKind(origin, definition)) {
        return origin.name;
    }
    return isSameKind(known, definition) ? current : uuid().replaceAll("-", "").slice(0, 16);
}
