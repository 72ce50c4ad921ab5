const PARTS = 3;
const LENGTH = 30;
const SEP = " / ";

/** A label as short as it fits beside a chart: three parts of thirty letters together. @param {string} text */
export function shortLabel(text) {
    const parts = String(text).split(SEP);
    const some = parts.length > PARTS ? [...parts.slice(0, PARTS), "..."].join(SEP) : parts.join(SEP);
    return some.length > LENGTH ? `${some.slice(0, LENGTH)}...` : some;
}
