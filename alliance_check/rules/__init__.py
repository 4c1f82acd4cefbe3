"""The rules, one module each, whose docstring is its manual; reports keep their order."""

from __future__ import annotations

from alliance_check.rules import (
    co_financing_rate,
    coordinator_country,
    duration,
    eligible_organisations,
    excluded_countries,
    grant_ceiling,
    higher_education_partner,
    industrial_ecosystem,
    minima_together,
    minimum_countries,
    minimum_education_providers,
    minimum_labour_market_actors,
    minimum_partners,
    non_associated_countries,
    one_coordinator,
    pact_for_skills,
    partner_shares,
    restrictive_measures,
    unique_organisations,
    valid_charter,
    vet_partner,
)
from alliance_check.rules.shared.base import Rule

RULES: tuple[Rule, ...] = (
    minimum_countries,
    minimum_partners,
    minimum_labour_market_actors,
    minimum_education_providers,
    higher_education_partner,
    vet_partner,
    minima_together,
    one_coordinator,
    coordinator_country,
    excluded_countries,
    eligible_organisations,
    non_associated_countries,
    unique_organisations,
    duration,
    grant_ceiling,
    co_financing_rate,
    partner_shares,
    valid_charter,
    pact_for_skills,
    industrial_ecosystem,
    restrictive_measures,
)
