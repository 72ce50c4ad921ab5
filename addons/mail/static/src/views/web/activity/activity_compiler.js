import { KanbanCompiler } from "@web/views/kanban/kanban_compiler";
import { addClasses } from "@web/views/view_compiler";

const DISPLAYS = { full: "d-block text-truncate", right: "float-end" };

/** Turns the box of a record into an Owl template. */
export class ActivityCompiler extends KanbanCompiler {
    compileField(el, params) {
        const compiled = super.compileField(el, params);
        if (!el.hasAttribute("widget")) {
            addClasses(compiled, DISPLAYS[el.getAttribute("display")] || "");
            if (el.hasAttribute("muted")) {
                addClasses(compiled, "text-muted");
            }
        }
        return compiled;
    }
}
