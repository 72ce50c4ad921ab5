/** How suggestions are shown in a list, by their kind. */
const KINDS = {
    Partner: (partner) =>
        partner.Model
            ? { label: partner.name, optionTemplate: "mail.Composer.suggestionPartner", partner }
            : {
                  description: partner.description,
                  label: partner.label,
                  optionTemplate: "mail.Composer.suggestionSpecial",
              },
    Thread: (thread) => ({ label: thread.displayName, optionTemplate: "mail.Composer.suggestionThread", thread }),
    ChannelCommand: ({ help, name }) => ({
        help,
        label: name,
        optionTemplate: "mail.Composer.suggestionChannelCommand",
    }),
    "mail.canned.response": (cannedResponse) => ({
        cannedResponse,
        label: cannedResponse.substitution,
        optionTemplate: "mail.Composer.suggestionCannedResponse",
    }),
};

/**
 * @param {{suggestions: Object[], type: string}} [items]
 * @returns {Object[]} options for a `NavigableList`
 */
export function optionsOf(items) {
    return items ? items.suggestions.map((suggestion) => KINDS[items.type](suggestion)) : [];
}
