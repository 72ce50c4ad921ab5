import { unaccent } from "@web/core/utils/strings";

function score(pattern, text) {
    const needle = unaccent(pattern, false);
    const hay = unaccent(text, false);
    let total = 0;
    let run = 0;
    let position = 0;
    for (let index = 0; index < hay.length && position < needle.length; index++) {
        if (hay[index] === needle[position]) {
            position++;
            run += 100 + run - index / 200;
            total += run;
        } else {
            run = 0;
        }
    }
    return position === needle.length ? Math.max(total, 1) : 0;
}

/**
 * Items whose text holds the characters of the pattern in order, best match first.
 *
 * @param {string} pattern
 * @param {any[]} list
 * @param {(item: any) => string|string[]} getText
 */
export function fuzzyLookup(pattern, list, getText) {
    const scored = [];
    for (const item of list) {
        const texts = [].concat(getText(item));
        const best = Math.max(...texts.map((text) => score(pattern, text)));
        if (best > 0) {
            scored.push({ item, best });
        }
    }
    return scored.sort((a, b) => b.best - a.best).map(({ item }) => item);
}

/** Whether the pattern matches the text loosely. */
export function fuzzyTest(pattern, text) {
    return score(pattern, text) > 0;
}
