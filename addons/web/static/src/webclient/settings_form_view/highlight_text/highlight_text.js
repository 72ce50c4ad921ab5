import { Component, useState, xml } from "@odoo/owl";

/** Split a text into parts, every second of which is what was looked for. @returns {string[]} */
export function splitByQuery(text, query) {
    const parts = [];
    const [where, what] = [text.toLowerCase(), query.toLowerCase()];
    let begin = 0;
    // letters whose small form is longer would shift what is cut out
    for (let at; what && where.length === text.length && (at = where.indexOf(what, begin)) >= 0;) {
        parts.push(text.slice(begin, at), text.slice(at, at + what.length));
        begin = at + what.length;
    }
    return [...parts, text.slice(begin)];
}

/** Text of a setting, in which what is looked for is marked. */
export class HighlightText extends Component {
    static template = xml`<t t-foreach="parts" t-as="part" t-key="part_index"><mark t-if="part_index % 2" class="highlighter p-0" t-esc="part"/><t t-else="" t-esc="part"/></t>`;
    static props = { originalText: String };

    setup() {
        this.search = useState(this.env.searchState);
    }

    get parts() {
        return splitByQuery(this.props.originalText, this.search.value.trim());
    }
}
