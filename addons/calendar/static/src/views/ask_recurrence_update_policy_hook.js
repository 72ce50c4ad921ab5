import { Deferred } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { AskRecurrenceUpdatePolicyDialog } from "@calendar/views/ask_recurrence_update_policy_dialog";

/**
 * Ask which events of a series a change is for.
 *
 * @param {Object} dialogService
 * @param {string[]} [policies] answers that are offered
 * @returns {Promise<string|false>} `self_only`, `future_events` or `all_events`; false when the user wants none
 */
export function askRecurrenceUpdatePolicy(dialogService, policies) {
    const answer = new Deferred();
    const props = { policies, confirm: (policy) => answer.resolve(policy) };
    dialogService.add(AskRecurrenceUpdatePolicyDialog, props, { onClose: () => answer.resolve(false) });
    return answer;
}

/** @returns {(policies?: string[]) => Promise<string|false>} function that asks, see `askRecurrenceUpdatePolicy` */
export function useAskRecurrenceUpdatePolicy() {
    const dialogService = useService("dialog");
    return (policies) => askRecurrenceUpdatePolicy(dialogService, policies);
}
