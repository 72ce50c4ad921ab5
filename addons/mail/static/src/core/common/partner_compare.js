import { cleanTerm } from "@mail/utils/common/format";
import { registry } from "@web/core/registry";

/**
 * Which of two partners is meant rather by what was typed: the first function with an answer decides.
 * Functions take the partners and `{env, memberPartnerIds, searchTerms, thread, context}`.
 */
export const partnerCompareRegistry = registry.category("mail.partner_compare");

/** The one for whom something holds comes first. */
const prefer = (isMet) => (one, other, context) => {
    const [first, second] = [isMet(one, context), isMet(other, context)];
    return first === second ? undefined : first ? -1 : 1;
};

/** The one whose text begins with the term comes first, then those where it stands elsewhere, in their order. */
const byText =
    (name) =>
    (one, other, { searchTerm, searchTerms = searchTerm }) => {
        const [first, second] = [one, other].map((partner) => cleanTerm(partner[name]));
        const term = cleanTerm(searchTerms);
        const rank = (text) => (!text ? 2 : text.startsWith(term) ? 0 : 1);
        return rank(first) - rank(second) || first.localeCompare(second) || undefined;
    };

const isBot = (partner) => partner.store.odoobot?.eq(partner);

partnerCompareRegistry
    .add(
        "mail.archived-last-except-odoobot",
        prefer((partner) => Boolean(partner.active || isBot(partner))),
        { sequence: 5 }
    )
    .add(
        "mail.internal-users",
        prefer((partner) => Boolean(partner.isInternalUser)),
        { sequence: 35 }
    )
    .add(
        "mail.followers",
        prefer((partner, { thread }) => Boolean(thread?.followers.some(({ partner: one }) => partner.eq(one)))),
        { sequence: 45 }
    )
    .add("mail.name", byText("name"), { sequence: 50 })
    .add("mail.email", byText("email"), { sequence: 55 })
    .add("mail.id", (one, other) => one.id - other.id, { sequence: 75 });
