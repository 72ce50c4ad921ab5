import { onWillUnmount, status, useComponent, useEffect, useState } from "@odoo/owl";
import { useSequential } from "@mail/utils/common/hooks";
import { useService } from "@web/core/utils/hooks";

/** How many suggestions are shown. */
const MOST_SHOWN = 8;

/** What is typed behind a sign before the caret, if anything. @returns {{delimiter, position, term}|undefined} */
function findTerm(text, caret, delimiters) {
    const before = text.slice(0, caret);
    const found = delimiters
        .map(([delimiter, place]) => ({ delimiter, place, position: before.lastIndexOf(delimiter) }))
        .filter(({ place, position }) => position >= 0 && (place === undefined || place === position))
        .filter(({ position }) => position === 0 || /\s/.test(before[position - 1]))
        .map(({ delimiter, position }) => ({ delimiter, position, term: before.slice(position + delimiter.length) }))
        // a name may have one space
        .filter(({ term }) => !term.includes("\n") && term.split(/\s/).length <= 2 && !/^\s/.test(term));
    return found.sort((one, other) => other.position - one.position)[0];
}

/** What is suggested for the text of a composer. */
class Suggestions {
    constructor(component, service, state) {
        Object.assign(this, { component, service, state });
        this.sequential = useSequential();
        /** The last term for which the server knew nobody. */
        this.emptySearch = null;
        this.search = this.noSearch;
    }

    get noSearch() {
        return { delimiter: undefined, position: undefined, term: "" };
    }

    get composer() {
        return this.component.props.composer;
    }

    get thread() {
        return this.composer.thread || this.composer.message?.thread;
    }

    clearSearch() {
        this.search = this.noSearch;
        Object.assign(this.state, { count: 0, items: undefined });
    }

    /** Look at what stands before the caret. */
    detect() {
        const { selection, text } = this.composer;
        const delimiters = this.service.getSupportedDelimiters(this.thread);
        const found = selection.start === selection.end && findTerm(text, selection.start, delimiters);
        if (!found || this.isChosen(found)) {
            this.clearSearch();
            return;
        }
        this.search = found;
        this.update();
        this.fetch();
    }

    /** Whether the term is a name that was chosen already. */
    isChosen({ term }) {
        const { mentionedChannels, mentionedPartners } = this.composer;
        const names = [
            ...mentionedPartners.map(({ name }) => name),
            ...mentionedChannels.map(({ displayName }) => displayName),
        ];
        return names.includes(term.trim());
    }

    /** Ask the server, one question after the other; what is more exact than a question without answer has none. */
    async fetch() {
        const { emptySearch, search, thread } = this;
        const isKnown = emptySearch?.delimiter === search.delimiter && search.term.startsWith(emptySearch.term);
        if (isKnown || this.component.store.self.type !== "partner") {
            return;
        }
        await this.sequential(async () => {
            this.state.isFetching = true;
            try {
                await this.service.fetchSuggestions(search, { thread });
            } finally {
                this.state.isFetching = false;
            }
            if (status(this.component) !== "destroyed" && this.search === search) {
                this.update();
                this.emptySearch = this.state.count ? null : search;
            }
        });
    }

    /** Show what the store knows. */
    update() {
        const { search, thread } = this;
        const { suggestions, type } = this.service.searchSuggestions(search, { sort: true, thread });
        const shown = suggestions.slice(0, MOST_SHOWN);
        Object.assign(this.state, {
            count: shown.length,
            items: shown.length ? { suggestions: shown, type } : undefined,
        });
    }

    /** Put a suggestion in the place of the term. */
    insert({ cannedResponse, label, partner, thread }) {
        const { composer } = this;
        const { delimiter, position } = this.search;
        const kept = delimiter === ":" ? position : position + delimiter.length;
        const before = `${composer.text.slice(0, kept)}${label} `;
        composer.text = before + composer.text.slice(composer.selection.start);
        this.clearSearch();
        if (partner) {
            composer.mentionedPartners.add(partner);
        } else if (thread) {
            composer.mentionedChannels.add(thread);
        } else if (cannedResponse) {
            composer.cannedResponses.add(cannedResponse);
        }
        Object.assign(composer.selection, { direction: "none", end: before.length, start: before.length });
        composer.forceCursorMove = true;
    }
}

/** Suggestions for what is typed into the composer of the component. */
export function useSuggestion() {
    const component = useComponent();
    const state = useState({ count: 0, isFetching: false, items: undefined });
    const suggestions = new Suggestions(component, useService("mail.suggestion"), state);
    useEffect(
        () => suggestions.detect(),
        () => {
            const { selection, text } = component.props.composer;
            return [selection.start, selection.end, text];
        }
    );
    onWillUnmount(() => suggestions.clearSearch());
    return suggestions;
}
