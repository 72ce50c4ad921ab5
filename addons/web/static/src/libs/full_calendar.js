/** FullCalendar with all that it draws, as the global `FullCalendar` that addons expect. */
import * as core from "@fullcalendar/core/index.js";
import dayGridPlugin from "@fullcalendar/daygrid/index.js";
import interactionPlugin from "@fullcalendar/interaction/index.js";
import listPlugin from "@fullcalendar/list/index.js";
import luxonPlugin from "@fullcalendar/luxon3/index.js";
import timeGridPlugin from "@fullcalendar/timegrid/index.js";

core.globalPlugins.push(dayGridPlugin, interactionPlugin, listPlugin, luxonPlugin, timeGridPlugin);

globalThis.FullCalendar = core;
