const DEFAULT = /^(group_by|search_default_.*)$/;

/**
 * What a report opens records with: its context without what searched and grouped, and the views of its action.
 *
 * @param {Object} env
 * @param {Object} context
 * @param {(views: Array<[number|false, string]>, context: Object) => void} open
 */
export function openFoundRecords(env, context, open) {
    const kept = Object.entries(context).filter(([key]) => !DEFAULT.test(key));
    const idOf = (type) => env.config.views?.find(([, own]) => own === type)?.[0] || false;
    const views = /** @type {Array<[number|false, string]>} */ (["list", "form"].map((type) => [idOf(type), type]));
    open(views, Object.fromEntries(kept));
}
