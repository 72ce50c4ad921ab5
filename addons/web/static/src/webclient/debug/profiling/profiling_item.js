export { ProfilingItem } from "@web/core/debug/profiling/profiling_item";
