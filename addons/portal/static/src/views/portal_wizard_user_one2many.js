import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** The contacts of the dialog of accounts, each with the buttons of its line. */
export class PortalUserX2ManyField extends X2ManyField {}

export const portalUserX2ManyField = { ...x2ManyField, component: PortalUserX2ManyField };

registry.category("fields").add("portal_wizard_user_one2many", portalUserX2ManyField);
