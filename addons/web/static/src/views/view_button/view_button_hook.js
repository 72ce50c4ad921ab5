import { status, useComponent, useEnv, useSubEnv } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";

const BLOCKED_BUTTONS = [
    "button[name]:not(:disabled)",
    "a[type='action'][name], a[type='object'][name]",
    ".o_cp_buttons button:not(:disabled), .modal-footer button:not(:disabled)",
].join();

/** Block the buttons below an element. @returns {() => void} undo */
export function disableButtons(el) {
    const buttons = el ? [...el.querySelectorAll(BLOCKED_BUTTONS)] : [];
    buttons.forEach((button) => button.setAttribute("disabled", "1"));
    return () => buttons.forEach((button) => button.removeAttribute("disabled"));
}

/** Run `action` with the buttons of an element blocked. */
export async function executeButtonCallback(el, action) {
    const enable = disableButtons(el);
    try {
        return await action();
    } finally {
        enable();
    }
}

/** Texts of the question before a button acts: property of the dialog, parameter of the button. */
const QUESTION_TEXTS = {
    body: "confirm",
    cancelLabel: "cancel-label",
    confirmLabel: "confirm-label",
    title: "confirm-title",
};

/** Whether the user agrees, if the button asks at all. @returns {Promise<boolean>} */
async function isConfirmed(dialog, clickParams) {
    if (!clickParams.confirm) {
        return true;
    }
    const texts = Object.entries(QUESTION_TEXTS).map(([property, param]) => [property, clickParams[param]]);
    let agreed = false;
    const props = {
        ...Object.fromEntries(texts.filter(([, text]) => text)),
        cancel: () => {},
        confirm: () => {
            agreed = true;
        },
    };
    await new Promise((resolve) => dialog.add(ConfirmationDialog, props, { onClose: resolve }));
    return agreed;
}

/** What the action service needs to run a button for the records of `target`. */
function actionParams(clickParams, target, onClose) {
    const { context = {} } = clickParams;
    return {
        ...clickParams,
        ...pick(target, "resId", "resIds"),
        resModel: clickParams.resModel || target.resModel,
        context: target.context || {},
        buttonContext: typeof context === "string" ? evaluateExpr(context || "{}", target.evalContext) : context,
        onClose,
        ...(target.active_domain && { activeDomain: target.active_domain }),
    };
}

/** A line of a form that is not saved has nothing on the server that a method could be called on. */
function isUnsavedLine(record) {
    return Boolean(record?._parentRecord) && !record.resId;
}

/**
 * Give the buttons of a view what they need to act; `env.onClickViewButton` after this.
 *
 * @param {{el: HTMLElement}} ref area whose buttons are blocked meanwhile
 * @param {{beforeExecuteAction?: Function, afterExecuteAction?: Function, reload?: Function}} options
 */
export function useViewButtons(ref, { beforeExecuteAction, afterExecuteAction, reload } = {}) {
    const [action, dialog, notification] = ["action", "dialog", "notification"].map((name) => useService(name));
    const component = useComponent();
    const env = useEnv();

    const reloadIfShown = async () => {
        if (status(component) !== "destroyed") {
            await reload?.();
        }
    };

    const execute = async ({ clickParams, getResParams, record, beforeExecute }) => {
        await beforeExecute?.();
        if ((await beforeExecuteAction?.(clickParams, record)) === false) {
            return;
        }
        if (clickParams.type === "object" && isUnsavedLine(record)) {
            notification.add(_t("Save the document before you use this button."), { type: "danger" });
            return;
        }
        try {
            await action.doActionButton(actionParams(clickParams, getResParams(), reloadIfShown));
        } finally {
            await afterExecuteAction?.(clickParams);
        }
    };

    useSubEnv({
        async onClickViewButton(request) {
            const { clickParams } = request;
            if (!(await isConfirmed(dialog, clickParams))) {
                return;
            }
            const area = (env.inDialog && ref.el?.closest(".modal")) || ref.el;
            await executeButtonCallback(area, () => execute(request));
            if (clickParams.close && env.inDialog) {
                env.dialogData?.close?.();
            }
        },
    });
}
