"""Campaigns: repeated random trials. ADD HERE: one campaign in each file, and a line below."""

from __future__ import annotations

from collections.abc import Mapping

from tests.soak.campaigns import edits, hostile, imports, kills, markup, mutations, screens
from tests.soak.trial import Campaign

CAMPAIGNS: Mapping[str, Campaign] = {
    "edits": edits.CAMPAIGN,
    "hostile": hostile.CAMPAIGN,
    "imports": imports.CAMPAIGN,
    "kills": kills.CAMPAIGN,
    "markup": markup.CAMPAIGN,
    "mutations": mutations.CAMPAIGN,
    "screens": screens.CAMPAIGN,
}
"""Every campaign by its name, as `--campaign` takes it."""
