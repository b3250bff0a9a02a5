"""How a page gets published: an editor submits it, somebody of the moderators reads it and publishes."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from portal.cms_groups import MODERATORS

NAME = "Moderators approval"


def set_up() -> Workflow:
    """Makes the workflow, or puts back what is missing of it; one that staff gave the whole site instead stays."""
    task, _ = GroupApprovalTask.objects.get_or_create(name=NAME)
    task.groups.add(Group.objects.get(name=MODERATORS))
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for row in (task, workflow):
        if not row.active:
            row.active = True
            row.save(update_fields=["active"])
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    return workflow
