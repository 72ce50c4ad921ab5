import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { BooleanField, booleanField } from "@web/views/fields/boolean/boolean_field";
import { UpgradeDialog } from "@web/webclient/settings_form_view/fields/upgrade_dialog";

/** Switch of what no addon here does: it goes back, and says so. */
export class UpgradeBooleanField extends BooleanField {
    setup() {
        super.setup();
        this.dialog = useService("dialog");
    }

    async onChange(isTicked) {
        await super.onChange(isTicked);
        if (isTicked) {
            const { name, record } = this.props;
            const moduleName = name.startsWith("module_") ? name.slice("module_".length) : undefined;
            this.dialog.add(UpgradeDialog, { moduleName }, { onClose: () => record.update({ [name]: false }) });
        }
    }
}

export const upgradeBooleanField = { ...booleanField, component: UpgradeBooleanField };

registry.category("fields").add("upgrade_boolean", upgradeBooleanField);
