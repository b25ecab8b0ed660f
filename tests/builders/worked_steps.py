"""The vocabulary and law text of the worked steps: a starting point that must always load."""

KINDS = """
states:
  looked_after: {title: Looked after, values: {"yes": Looked after}, absent: "no"}
  child_protection_plan: {title: Child protection plan, values: {"yes": On a plan}, absent: "no"}
  single_visit_frequency: {title: Single visit frequency, values: {"yes": Agreed}, absent: "no"}
  placement_provider: {title: Provider, values: {agency: Agency, own: Own provision}}
  kept_at_stage: {title: Kept at its stage, absent: "no", per: challenge}
kinds:
  looked_after.began: {title: Became looked after, sets: [{state: looked_after}]}
  child_protection_plan.began:
    {title: Plan began, sets: [{state: child_protection_plan}], keys: [plan]}
  looked_after_review.held:
    title: Looked-after review held
    keys: [meeting]
    outcomes: {discharge_supported: Discharge supported, discharge_not_supported: Not supported}
  review_decision.ratified: {title: Decision ratified}
  administrator.named: {title: Administrator named}
  invitee_list.sent: {title: Invitees sent}
  discharge_meeting.arranged:
    {title: Arranged, keys: [meeting], plans: true, fields: {planned_on: {title: Day, type: date}}}
  discharge_meeting.rearranged:
    {title: Moved, keys: [meeting], plans: true, fields: {planned_on: {title: Day, type: date}}}
  discharge_meeting.cancelled: {title: Cancelled, keys: [meeting]}
  discharge_meeting.held:
    title: Discharge meeting held
    keys: [meeting]
    outcomes: {agreed: Agreed, not_agreed: Not agreed}
    fields: {held: {title: Held, type: choice, choices: {whole: Whole, adjourned: Adjourned}}}
  paper.given:
    title: Paper given
    fields: {paper: {title: Paper}}
  discharge_minutes.sent:
    {title: Minutes sent, keys: [meeting], fields: {recipients: {title: To, type: names}}}
  discharge_minutes.received: {title: Minutes received, keys: [meeting, recipient]}
  discrepancy.reported: {title: Discrepancy reported, keys: [discrepancy]}
  discrepancy.answered: {title: Discrepancy answered, keys: [discrepancy]}
  adm_pack.sent: {title: Pack sent}
  adm_pack.received: {title: Pack received, follows: adm_pack.sent}
  adm_pack.resubmitted: {title: Pack sent again}
  adm_pack.addendum_sent: {title: Addendum sent, keys: [discrepancy]}
  adm_decision.made:
    title: Decision
    outcomes: {endorsed: Endorsed, not_endorsed: Not endorsed, returned: Returned}
  application.received_by_legal: {title: Received by Legal}
  application.filed: {title: Filed}
  application.issued: {title: Issued}
  application.sent_to_cafcass: {title: Sent to Cafcass}
  outcome.told: {title: Told}
  notice.given:
    title: Notice given
    fields: {about: {title: About, type: choice, choices: [looked_after, death]}}
  visit.made: {title: Visit, fields: {seen: {title: Seen, type: yes_no}}}
  single_visit_frequency.agreed:
    title: Single frequency agreed
    fields: {look_again_on: {title: Look again on, type: date}}
    sets: [{state: single_visit_frequency}]
  single_visit_frequency.looked_at_again: {title: Looked at again}
  review_conference.held:
    {title: Conference, fields: {quorate: {title: Quorate, type: yes_no}}, keys: [meeting]}
  plo_plan.sent: {title: Plan sent, fields: {review_on: {title: Review on, type: date}}}
  plo_meeting.held: {title: Meeting held}
  plo_review.held:
    {title: Review, outcomes: {further_period: Further, ended: Ended, apply_now: Apply now}}
  service_manager_panel.referred: {title: Referred}
  placement.decided: {title: Decided, keys: [placement]}
  placement.began: {title: Began, keys: [placement]}
  placement_planning_meeting.held: {title: Held, keys: [placement]}
  dispute.started: {title: Started, keys: [challenge]}
  dispute.moved: {title: Moved up, keys: [challenge], fields: {to: {title: To, type: number}}}
  challenge.answered: {title: Answer, keys: [challenge], fields: {stage: {title: Stage}}}
"""

_HEAD = """
procedure: {procedure}
title: {procedure}
authority: somewhere
source: {{document: A procedure}}
editions:
  - in_force_from: "2010-01-01"
    opens:
{opens}
    steps:
"""

DISCHARGE_STEPS = """
- {id: W4.ratify, owner: iro, starts_when: episode_opened, met_by: review_decision.ratified}
- id: W5.meeting
  owner: district_manager
  starts_when: review_decision.ratified
  met_by: {event: discharge_meeting.held, held: whole}
  limits: [{count: 15, unit: working_days, anchor: looked_after_review.held, force: must,
            source: "§2 ¶2"}]
- id: W9.invitees
  owner: social_worker
  starts_when: {all: [review_decision.ratified, administrator.named]}
  may_precede: {back_to: episode_opened}
  met_by: invitee_list.sent
  limits: [{at_once: paperwork, anchor: trigger, force: must}]
- id: W14.papers
  owner: social_worker
  starts_when: review_decision.ratified
  limits: [{count: 5, unit: working_days, before: discharge_meeting.planned, force: must}]
  outlives: true
  all_of:
    - {part: discharge_report, met_by: {event: paper.given, paper: discharge_report}}
    - part: review_minutes
      each: {event: looked_after_review.held,
             within: {count: 24, unit: months, before: discharge_meeting.planned}}
      met_by: {event: paper.given, paper: review_minutes}
- id: W18.window
  window: true
  starts_when: discharge_minutes.sent
  each: recipients
  same: [meeting, recipient]
  limits: [{count: 5, unit: working_days, anchor: discharge_minutes.received,
            deemed: setting.deemed_receipt, force: must}]
- {id: W18.answer, owner: district_manager, starts_when: discrepancy.reported,
   same: [discrepancy], met_by: discrepancy.answered}
- {id: W18.addendum, owner: district_manager, starts_when: discrepancy.reported,
   only_if: {happened: adm_pack.sent}, same: [discrepancy], met_by: adm_pack.addendum_sent,
   limits: [{at_once: paperwork, anchor: trigger, force: must}]}
- {id: W22.pack, owner: district_manager, met_by: adm_pack.sent,
   starts_when: {event: discharge_meeting.held, outcome: agreed},
   limits: [{count: 10, unit: working_days, anchor: trigger, force: must}]}
- id: W22.decide
  owner: adm
  starts_when: adm_pack.received
  limits: [{count: 5, unit: working_days, anchor: trigger, force: must}]
  met_by: {event: adm_decision.made}
  outcomes:
    endorsed: {usual: true, next: W23.apply}
    not_endorsed: {closes: true, next: W23.tell}
    returned: {next: W22.more}
- {id: W22.more, owner: social_worker, met_by: adm_pack.resubmitted}
- {id: W23.apply, owner: social_worker, met_by: application.filed}
- {id: W23.tell, owner: social_worker, met_by: outcome.told}
- id: W24.issue
  owner: legal
  starts_when: application.received_by_legal
  all_of:
    - {part: issued, met_by: application.issued}
    - {part: cafcass, met_by: application.sent_to_cafcass}
  limits: [{count: 10, unit: working_days, anchor: trigger, force: must}]
"""

PROTECTION_STEPS = """
- id: C9.notify
  owner: social_worker
  starts_when: {state: looked_after, begins: true, while: {state: child_protection_plan}}
  each: [iro_service_manager, conference_chair]
  met_by: {event: notice.given, about: looked_after}
  limits: [{at_once: safety, anchor: trigger, force: must}]
- id: C14.cp_visit
  owner: social_worker
  starts_when: {state: child_protection_plan, begins: true}
  while: {state: child_protection_plan}
  every:
    - {when: {state: single_visit_frequency}, count: 6, unit: weeks}
    - {otherwise: true, count: setting.cp_visit_count, unit: setting.cp_visit_unit}
  ask_again: [single_visit_frequency]
  met_by: {event: visit.made, seen: true}
- {id: C15.look_again, owner: iro_service_manager, starts_when: single_visit_frequency.agreed,
   met_by: single_visit_frequency.looked_at_again,
   limits: [{by_field: look_again_on, force: must}]}
- id: P8.review
  owner: conference_chair
  starts_when: review_conference.held
  every:
    - {when: {age: {under: {count: 24, unit: months}, of: child_or_sibling_on_plan}},
       read_at: first_review_conference, count: 3, unit: months}
    - {otherwise: true, count: 6, unit: months, under: national.review_conference_later}
  met_by: {event: review_conference.held, quorate: true}
- id: P18.review
  owner: safeguarding_team_manager
  starts_when: plo_plan.sent
  met_by: plo_review.held
  outcomes:
    further_period: {next: P19.review}
    ended: {closes: true}
    apply_now: {usual: true, closes: true}
  limits:
    - {by_field: review_on, force: must}
    - {count: 3, unit: months, anchor: plo_meeting.held, force: usual}
- {id: P19.review, owner: safeguarding_team_manager, met_by: plo_review.held}
- id: P19.panel
  owner: social_worker
  starts_when: {passed: {count: 6, unit: months, from: plo_meeting.held}}
  while: {episode: open}
  met_by: service_manager_panel.referred
  limits: [{count: 5, unit: working_days, anchor: trigger, force: must, setting: true}]
- id: P22.meeting
  owner: {when: {state: placement_provider, is: agency}, then: social_worker,
          otherwise: supervising_social_worker}
  starts_when: placement.began
  same: [placement]
  may_precede: {back_to: placement.decided}
  met_by: placement_planning_meeting.held
  limits: [{count: 5, unit: working_days, anchor: trigger, force: must,
            under: national.placement_plan}]
"""

CHALLENGE_STEPS = """
- id: X3.stage1
  owner: team_manager
  begins: {state: stage, is: 1}
  starts_when: dispute.started
  while: {state: stage, is: 1}
  met_by: {event: challenge.answered, stage: 1}
  limits:
    - {count: setting.stage1, unit: working_days, anchor: trigger, force: must}
    - {count: 20, unit: working_days, anchor: dispute.started, force: law}
- id: X3.stage2
  owner: service_manager
  begins: {state: stage, is: 2}
  starts_when:
    any:
      - {passed: X3.stage1, unless: {state: kept_at_stage}}
      - {event: dispute.moved, to: 2}
  met_by: {event: challenge.answered, stage: 2}
"""


def discharge() -> str:
    """Return the discharge procedure of the worked steps as a law file."""
    opens = (
        "      - {event: looked_after_review.held, outcome: discharge_supported}\n"
        "      - {event: adm_pack.resubmitted, enters_at: W22.pack}"
    )
    return _file("discharge", opens, DISCHARGE_STEPS)


def protection() -> str:
    """Return the protection and proceedings steps as a law file."""
    return _file("protection", "      - child_protection_plan.began", PROTECTION_STEPS)


def challenge() -> str:
    """Return the challenge steps, kept apart by challenge, as a law file."""
    text = _file("challenges", "      - dispute.started", CHALLENGE_STEPS)
    return text.replace("authority: somewhere", "authority: somewhere\nkey: challenge")


def _file(procedure: str, opens: str, steps: str) -> str:
    """Indent the steps and give each a duty and a source, which the worked steps leave out."""
    lines: list[str] = []
    for line in steps.strip().splitlines():
        if line.startswith("- {"):
            lines.append(line.replace("- {", '- {duty: Do it., source: "§1", ', 1))
        elif line.startswith("- "):
            lines += ["- duty: Do it.", '  source: "§1"', f"  {line[2:]}"]
        else:
            lines.append(line)
    indented = "\n".join(f"    {line}" for line in lines)
    return _HEAD.format(procedure=procedure, opens=opens) + indented + "\n"
