import { status, useComponent, useEnv, useSubEnv } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";

function collectButtons(el) {
    return el
        ? [
              ...el.querySelectorAll(
                  "button[name]:not(:disabled), a[type='action'][name], a[type='object'][name], .o_cp_buttons button:not(:disabled), .modal-footer button:not(:disabled)"
              ),
          ]
        : [];
}

/** Block the buttons below an element. @returns {() => void} undo */
export function disableButtons(el) {
    const buttons = collectButtons(el);
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

async function undoOnError(action, undo) {
    try {
        return await action();
    } catch (error) {
        undo();
        throw error;
    }
}

function confirmed(dialog, clickParams) {
    if (!clickParams.confirm) {
        return Promise.resolve(true);
    }
    return new Promise((resolve) => {
        const props = {
            body: clickParams.confirm,
            confirm: () => resolve(true),
            cancel: () => resolve(false),
            ...(clickParams["confirm-title"] && { title: clickParams["confirm-title"] }),
            ...(clickParams["confirm-label"] && { confirmLabel: clickParams["confirm-label"] }),
            ...(clickParams["cancel-label"] && { cancelLabel: clickParams["cancel-label"] }),
        };
        dialog.add(ConfirmationDialog, props, { onClose: () => resolve(false) });
    });
}

/**
 * Give the buttons of a view what they need to act; `env.onClickViewButton` after this.
 *
 * @param {{el: HTMLElement}} ref area whose buttons are blocked meanwhile
 * @param {{beforeExecuteAction?: Function, afterExecuteAction?: Function, reload?: Function}} options
 */
export function useViewButtons(ref, options = {}) {
    const action = useService("action");
    const dialog = useService("dialog");
    const notification = useService("notification");
    const component = useComponent();
    const env = useEnv();

    const execute = async ({ clickParams, getResParams, record, beforeExecute }) => {
        if (beforeExecute) {
            await beforeExecute();
        }
        const mayGoOn = (await options.beforeExecuteAction?.(clickParams, record)) !== false;
        if (!mayGoOn) {
            return;
        }
        const { resModel, resId, resIds, context, evalContext, active_domain } = getResParams();
        if (record && !record.resId && clickParams.type === "object" && record._parentRecord) {
            notification.add(_t("Save the document before you use this button."), { type: "danger" });
            return;
        }
        let buttonContext = {};
        if (clickParams.context) {
            buttonContext =
                typeof clickParams.context === "string"
                    ? evaluateExpr(clickParams.context, evalContext)
                    : clickParams.context;
        }
        const params = {
            ...clickParams,
            resModel: clickParams.resModel || resModel,
            resId,
            resIds,
            context: context || {},
            buttonContext,
            onClose: async () => {
                if (status(component) !== "destroyed") {
                    await options.reload?.();
                }
            },
            ...(active_domain && { activeDomain: active_domain }),
        };
        let error;
        try {
            await action.doActionButton(params);
        } catch (err) {
            error = err;
        }
        await options.afterExecuteAction?.(clickParams);
        if (error) {
            throw error;
        }
    };

    useSubEnv({
        async onClickViewButton(parameters) {
            const { clickParams } = parameters;
            const area = () => (env.inDialog ? ref.el?.closest(".modal") || ref.el : ref.el);
            if (!(await confirmed(dialog, clickParams))) {
                return;
            }
            const enable = disableButtons(area());
            const closeDialogToo = clickParams.close && env.inDialog;
            await undoOnError(() => execute(parameters), enable);
            enable();
            if (closeDialogToo) {
                env.dialogData?.close?.();
            }
        },
    });
}
