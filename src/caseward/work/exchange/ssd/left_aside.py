"""The tables of the dataset that are not read, each with the reason a person is told."""

from collections.abc import Mapping

LEFT_ASIDE: Mapping[str, str] = {
    "ssd_address": "addresses are kept with the person who may be written to, and no date hangs on them",
    "ssd_assessment_factors": "what an assessment found is read in the assessment",
    "ssd_cla_convictions": "no date hangs on a conviction",
    "ssd_cla_immunisations": "it says whether immunisations are up to date, and no date hangs on that",
    "ssd_cla_previous_permanence": "no date hangs on an earlier order, and its day is often unknown",
    "ssd_cla_substance_misuse": "no date hangs on it",
    "ssd_contacts": "a contact that became a referral is read as the referral",
    "ssd_disability": "no date hangs on it",
    "ssd_early_help_episodes": "early help is outside the procedures kept here",
    "ssd_ehcp_active_plans": "education, health and care plans are outside the procedures kept here",
    "ssd_ehcp_assessment": "education, health and care plans are outside the procedures kept here",
    "ssd_ehcp_named_plan": "education, health and care plans are outside the procedures kept here",
    "ssd_ehcp_requests": "education, health and care plans are outside the procedures kept here",
    "ssd_immigration_status": "no date hangs on it",
    "ssd_linked_identifiers": "a child is found by one number, the authority's own",
    "ssd_s251_finance": "it is about money",
    "ssd_sen_need": "special educational needs are outside the procedures kept here",
    "ssd_send": "special educational needs are outside the procedures kept here",
    "ssd_version_log": "it is about the extract itself",
    "ssd_voice_of_child": "answers to a questionnaire are read in the questionnaire",
    "ssd_api_data_staging": "it is about the sending of data to the Department",
    "ssd_api_data_staging_anon": "it is about the sending of data to the Department",
}
