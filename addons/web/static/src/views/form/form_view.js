import { registry } from "@web/core/registry";
import { FormArchParser } from "@web/views/form/form_arch_parser";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { recordsView } from "@web/views/records_view";

export const formView = {
    ...recordsView,
    type: "form",
    display_name: "Form",
    multiRecord: false,
    searchMenuTypes: [],
    display: { controlPanel: {} },
    ArchParser: FormArchParser,
    Compiler: FormCompiler,
    Controller: FormController,
    Renderer: FormRenderer,
    buttonTemplate: "web.FormView.Buttons",
};

registry.category("views").add("form", formView);
