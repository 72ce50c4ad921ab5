import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Lines of one kind. */
const LIMIT = 8;

const categories = registry.category("command_categories");
const setups = registry.category("command_setup");
const providers = registry.category("command_provider");

categories.add("discuss_people", { name: _t("People"), namespace: "@" }, { sequence: 10 });
categories.add("discuss_channels", { name: _t("Channels"), namespace: "#" }, { sequence: 10 });
setups.add("@", {
    debounceDelay: 200,
    emptyMessage: _t("Nobody is found"),
    name: _t("people"),
    placeholder: _t("Write to…"),
});
setups.add("#", {
    debounceDelay: 200,
    emptyMessage: _t("No channel is found"),
    name: _t("channels"),
    placeholder: _t("Go to a channel…"),
});

providers.add("mail.partner", {
    namespace: "@",
    async provide({ services }, { searchValue }) {
        const store = services["mail.store"];
        const kwargs = { limit: LIMIT, name: searchValue };
        const data = await services.orm.silent.call("res.partner", "im_search", [], kwargs);
        const { Persona: people = [] } = store.insert(data);
        return people.map((persona) => ({
            action: () => store.openChat({ partnerId: persona.id }),
            category: "discuss_people",
            name: persona.name,
        }));
    },
});

providers.add("discuss.channel", {
    namespace: "#",
    async provide({ services }, { searchValue }) {
        const store = services["mail.store"];
        const domain = [
            ["channel_type", "=", "channel"],
            ["name", "ilike", searchValue],
        ];
        const rows = await services.orm.silent.searchRead("discuss.channel", domain, ["name"], { limit: LIMIT });
        const commands = rows.map(({ id, name }) => ({
            action: () => {
                const known = store.Thread.get({ id, model: "discuss.channel" });
                return known?.selfMember ? known.open() : store.joinChannel(id, name);
            },
            category: "discuss_channels",
            name,
        }));
        if (searchValue && !rows.some(({ name }) => name === searchValue)) {
            commands.push({
                action: () => services["discuss.core.common"].createChannel(searchValue),
                category: "discuss_channels",
                name: _t("Create the channel %s", searchValue),
            });
        }
        return commands;
    },
});
