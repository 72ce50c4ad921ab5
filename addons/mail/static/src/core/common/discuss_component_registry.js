import { registry } from "@web/core/registry";

/** Components that others need without importing their modules. */
export const discussComponentRegistry = registry.category("discuss.component");
