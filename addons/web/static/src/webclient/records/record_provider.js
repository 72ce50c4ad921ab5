import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { recordCommand } from "@web/webclient/records/record_command";

const NAMESPACE = "*";
const MIN_LENGTH = 2;

registry.category("command_setup").add(NAMESPACE, {
    debounceDelay: 250,
    emptyMessage: (text) =>
        text.trim().length < MIN_LENGTH ? _t("Type at least two characters") : _t("No record found"),
    name: _t("records"),
    placeholder: _t("Search for a record by its name..."),
});

/** Ask the server; it is not asked further once the signal says so. @param {AbortSignal} [signal] */
function ask(text, signal) {
    const request = rpc("/web/search_records", { text }, { silent: true });
    signal?.addEventListener("abort", () => request.abort?.(false));
    return request;
}

/** Records of the models that the user's menus lead to. */
registry.category("command_provider").add("records", {
    namespace: NAMESPACE,
    async provide(env, { searchValue, signal }) {
        if (searchValue.length < MIN_LENGTH) {
            return [];
        }
        const { groups } = await ask(searchValue, signal);
        return groups.flatMap(({ action, model, name: kind, records }) =>
            records.map(([resId, name]) => recordCommand(env, { action, kind, model, name, resId }))
        );
    },
});
