"""First steps, and how far companies are."""

from . import onboarding_onboarding, onboarding_onboarding_step, onboarding_progress, onboarding_progress_step
