import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("probe_story", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { content: "Give it a name", trigger: ".o_field_widget[name=name] input", run: "edit From a tour" },
        { trigger: "button:contains(Nowhere)", isActive: ["mobile"], run: "click" },
        {
            content: "The note makes a line",
            trigger: ".o_field_widget[name=note] input",
            run({ anchor, edit }) {
                if (this.anchor !== anchor || typeof edit !== "function") {
                    throw new Error("the step does not get its element");
                }
                arguments[0].edit("lines");
            },
        },
        { trigger: ".o_field_widget[name=line_ids] .o_data_row:count(1) td:contains(made):visible" },
        { trigger: ".o_field_widget[name=state] select", run: "selectByLabel Done" },
        { trigger: ".o_form_button_save:visible", run: "click" },
        { content: "It is saved", trigger: ".o_form_status_indicator:not(.o_form_status_indicator_new_record)" },
        { trigger: "body", run: () => location.reload(), expectUnloadPage: true },
        { content: "The tour goes on", trigger: ".o_field_widget[name=name] input:value(From a tour)" },
    ],
});

tours.add("probe_lost", {
    steps: () => [{ trigger: ".o_list_view" }, { trigger: ".o_nowhere", timeout: 300, run: "click" }],
});
