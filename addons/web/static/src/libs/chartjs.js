/** Chart.js with all that it draws, as the global `Chart` that addons expect. */
import { Chart, registerables } from "chart.js";

Chart.register(...registerables);

globalThis.Chart = Chart;
