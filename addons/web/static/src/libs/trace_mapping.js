/** What finds the places of sources in maps, as the global `TraceMapping`. */
import { AnyMap, originalPositionFor } from "@jridgewell/trace-mapping";

globalThis.TraceMapping = { AnyMap, originalPositionFor };
