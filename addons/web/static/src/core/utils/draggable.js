import { makeDraggableHook } from "@web/core/utils/draggable_hook_builder_owl";

const element = ({ ctx }) => ({ element: ctx.current.element });

/** Component hook: elements can be dragged; what becomes of them is told to the handlers. */
export const useDraggable = makeDraggableHook({
    name: "useDraggable",
    onWillStartDrag: element,
    onDragStart: element,
    onDrag: element,
    onDrop: element,
    onDragEnd: element,
});
