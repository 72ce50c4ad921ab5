export { CallbackRecorder, scrollSymbol, useCallbackRecorder, useSetupAction } from "@web/views/view_hook";
