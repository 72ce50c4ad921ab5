export { profilingService } from "@web/core/debug/profiling/profiling_service";
