import { partnerCompareRegistry } from "@mail/core/common/partner_compare";
import { cleanTerm } from "@mail/utils/common/format";
import { registry } from "@web/core/registry";

const contains = (text, term) => cleanTerm(text).includes(term);

/** Who and what may be meant by what is typed behind a sign. */
export class SuggestionService {
    constructor(env, services) {
        this.env = env;
        this.orm = services.orm;
        this.store = services["mail.store"];
    }

    /** Signs, with the place where they have a meaning if it is not everywhere. @returns {[string, number?][]} */
    getSupportedDelimiters(thread) {
        const everywhere = [["@"], ["#"], [":"]];
        return thread?.model === "discuss.channel" ? [...everywhere, ["/", 0]] : everywhere;
    }

    /** Have the store know whom and what a term may mean. */
    async fetchSuggestions({ delimiter, term }, { thread } = {}) {
        const fetches = {
            "@": () => this.fetchPartners(cleanTerm(term), thread),
            "#": () => this.fetchThreads(cleanTerm(term)),
            ":": () => this.store.cannedReponses.fetch(),
        };
        await fetches[delimiter]?.();
    }

    /** Partners; in a channel its members only. */
    async fetchPartners(term, thread) {
        const isChannel = thread?.model === "discuss.channel";
        const method = `get_mention_suggestions${isChannel ? "_from_channel" : ""}`;
        const kwargs = { search: term, ...(isChannel && { channel_id: thread.id }) };
        this.store.insert(await this.orm.silent.call("res.partner", method, [], kwargs));
    }

    async fetchThreads(search) {
        const { silent } = this.orm;
        const found = await silent.call("discuss.channel", "get_mention_suggestions", [], { search });
        found.forEach((channel) => this.store.Thread.insert(channel));
    }

    /**
     * @param {{delimiter: string, term: string}} search
     * @param {{thread?: Object, sort?: boolean}} [options]
     * @returns {{type?: string, suggestions: Object[]}} what the store knows of it
     */
    searchSuggestions({ delimiter, term }, { thread, sort = false } = {}) {
        const cleaned = cleanTerm(term);
        const searches = {
            "@": () => this.searchPartnerSuggestions(cleaned, thread, sort),
            "#": () => this.searchChannelSuggestions(cleaned, sort),
            ":": () => this.searchCannedResponseSuggestions(cleaned.replace(/^:/, ""), sort),
            "/": () => this.searchChannelCommand(cleaned, thread, sort),
        };
        return searches[delimiter]?.() || { type: undefined, suggestions: [] };
    }

    /** All who may be named; where others cannot read, its members. */
    getPartnerSuggestions(thread) {
        const isClosed =
            thread?.isChatChannel || (thread?.channel_type === "channel" && thread.authorizedGroupFullName);
        if (isClosed) {
            return thread.channelMembers.map(({ persona }) => persona).filter((persona) => persona?.type === "partner");
        }
        const isBotKnown = thread?.model === "discuss.channel";
        const people = Object.values(this.store.Persona.records).filter(({ type }) => type === "partner");
        return people.filter((partner) => isBotKnown || !partner.eq(this.store.odoobot));
    }

    searchPartnerSuggestions(term, thread, sort) {
        const found = this.getPartnerSuggestions(thread).filter(
            ({ email, name }) => name && (contains(name, term) || contains(email, term))
        );
        const isShort = term.length < 4;
        const special = this.store.specialMentions.filter(
            ({ channel_types: types, label }) =>
                !isShort && types.includes(thread?.channel_type) && label.startsWith(term)
        );
        const partners = sort ? this.sortPartnerSuggestions(found, term, thread) : found;
        return { type: "Partner", suggestions: [...special, ...partners] };
    }

    /** @returns {Object[]} partners, those that are meant rather first */
    sortPartnerSuggestions(partners, term = "", thread = undefined) {
        const compares = partnerCompareRegistry.getAll();
        const memberPartnerIds = new Set(thread?.channelMembers.map(({ persona }) => persona?.id));
        const about = { env: this.env, memberPartnerIds, searchTerm: term, searchTerms: term, thread };
        const context = { recentChatPartnerIds: this.store.getRecentChatPartnerIds() };
        return [...partners].sort((one, other) => {
            for (const compare of compares) {
                const answer = compare(one, other, { ...about, context });
                if (answer !== undefined) {
                    return answer;
                }
            }
            return 0;
        });
    }

    searchChannelSuggestions(term, sort) {
        const channels = Object.values(this.store.Thread.records).filter(
            ({ channel_type: type, displayName }) => type === "channel" && contains(displayName, term)
        );
        return { type: "Thread", suggestions: sort ? byStart(channels, "displayName", term) : channels };
    }

    searchCannedResponseSuggestions(term, sort) {
        const known = Object.values(this.store["mail.canned.response"].records);
        const found = known.filter(({ source }) => contains(source, term));
        return { type: "mail.canned.response", suggestions: sort ? byStart(found, "source", term) : found };
    }

    /** Commands of a channel. */
    searchChannelCommand(term, thread, sort) {
        const commands = registry.category("discuss.channel_commands").getEntries();
        const found = commands
            .map(([name, command]) => ({ ...command, name }))
            .filter(({ channel_types: types, name }) => {
                return contains(name, term) && (!types || types.includes(thread?.channel_type));
            });
        return { type: "ChannelCommand", suggestions: sort ? byStart(found, "name", term) : found };
    }
}

/** Those that begin with a term first, all in the order of the alphabet. */
function byStart(items, key, term) {
    const rank = (item) => (cleanTerm(item[key]).startsWith(term) ? 0 : 1);
    return [...items].sort((one, other) => rank(one) - rank(other) || one[key].localeCompare(other[key]));
}

export const suggestionService = {
    dependencies: ["orm", "mail.store"],
    start: (env, services) => new SuggestionService(env, services),
};

registry.category("services").add("mail.suggestion", suggestionService);
