import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Milliseconds after the last key in which nothing is searched, and lines that are shown. */
const DELAY = 200;
const LIMIT = 10;

/** Finds a channel or a person, or begins a channel that is not there yet. */
export class ConversationPicker extends Component {
    static template = "discuss.ConversationPicker";
    static props = ["category", "close"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.orm = useService("orm");
        this.core = useService("discuss.core.common");
        this.state = useState({ choices: [], isLoading: true, term: "" });
        this.searchLater = useDebounced(() => this.search(), DELAY);
        useAutofocus({ refName: "input" });
        onWillStart(() => this.search());
    }

    get isForChannels() {
        return this.props.category.id === "channels";
    }

    get placeholder() {
        return this.isForChannels ? _t("Name of a channel…") : _t("Name of somebody…");
    }

    async search() {
        const { term } = this.state;
        this.state.isLoading = true;
        const choices = this.isForChannels ? await this.findChannels(term.trim()) : await this.findPeople(term.trim());
        if (term === this.state.term) {
            Object.assign(this.state, { choices, isLoading: false });
        }
    }

    async findChannels(term) {
        const domain = [
            ["channel_type", "=", "channel"],
            ["parent_channel_id", "=", false],
            ["name", "ilike", term],
        ];
        const rows = await this.orm.silent.searchRead("discuss.channel", domain, ["name"], { limit: LIMIT });
        const choices = rows.map(({ id, name }) => ({
            key: id,
            label: `# ${name}`,
            select: () => this.openChannel(id, name),
        }));
        if (term && !rows.some(({ name }) => name === term)) {
            const create = (groupId) => () => this.core.createChannel(term, groupId);
            choices.push(
                { key: "house", label: _t("Create: # %s (for the company)", term), select: create() },
                { key: "open", label: _t("Create: # %s (for everybody)", term), select: create(null) }
            );
        }
        return choices;
    }

    async findPeople(term) {
        const kwargs = { excluded_ids: [], limit: LIMIT, name: term };
        const data = await this.orm.silent.call("res.partner", "im_search", [], kwargs);
        const { Persona: people = [] } = this.store.insert(data);
        return people.map((persona) => ({
            key: persona.id,
            label: persona.name,
            select: () => this.core.startChat([persona.id]),
        }));
    }

    async openChannel(id, name) {
        const known = this.store.Thread.get({ id, model: "discuss.channel" });
        return known?.selfMember ? known.open() : this.store.joinChannel(id, name);
    }

    async select(choice) {
        this.props.close();
        await choice.select();
    }

    selectFirst() {
        const [first] = this.state.choices;
        return first && this.select(first);
    }
}
