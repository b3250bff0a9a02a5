"""What is typed about people's access: inviting, accepting, removing, confirming the list."""

from typing import Any

from django import forms

from portal.forms import PortalForm
from portal.invitations import roles_offered
from portal.models import Membership, Organisation, Region, Role
from portal.models.membership import ADMINISTRATOR_ROLES, MembershipQuerySet

KEEP, REMOVE = "keep", "remove"


class InviteForm(PortalForm):
    email = forms.EmailField(label="Email address", help_text="The invitation works for this address only")
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        Region.objects.all(), label="Region", required=False, help_text="For a regional talent lead only"
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    is_administrator = forms.BooleanField(
        label="Can invite and remove people", required=False, help_text="An administrator looks after this list"
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_offered(organisation)
        self.only_role = roles[0] if len(roles) == 1 else None
        if self.only_role:
            del self.fields["role"], self.fields["region"]
        else:
            self.fields["role"].choices = [(role.value, role.label) for role in roles]

    def clean(self) -> dict[str, Any]:
        data = {"region": None, **super().clean()}
        if self.only_role:
            data["role"] = self.only_role.value
        if data.get("role") == Role.REGIONAL_LEAD and not data["region"]:
            self.add_error("region", "Select the region of the regional talent lead")
        if data.get("role") and data["role"] != Role.REGIONAL_LEAD:
            data["region"] = None
        if data.get("is_administrator") and data.get("role") not in ADMINISTRATOR_ROLES:
            self.add_error("is_administrator", "Only a trust user or a member of the talent team can be administrator")
        return data


class AcceptForm(PortalForm):
    full_name = forms.CharField(label="Full name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    article = "your"

    def __init__(self, *args: Any, name_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name_known:
            del self.fields["full_name"]


class RemoveForm(PortalForm):
    mark_optional = False  # who takes over is asked only where somebody must

    successor = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Who takes over as administrator?",
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    reason = forms.CharField(
        label="Reason (optional)", max_length=200, required=False, help_text="For example: left the trust"
    )

    def __init__(self, *args: Any, successors: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if successors is None:
            del self.fields["successor"]
            return
        self.fields["successor"].queryset = successors
        self.fields["successor"].label_from_instance = lambda membership: str(membership.user)


class ConfirmForm(PortalForm):
    """One yes or no for each person on the list."""

    mark_optional = False

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for membership in people:
            self.fields[f"person_{membership.pk}"] = self._choice(membership)

    def _choice(self, membership: Membership) -> forms.ChoiceField:
        title = f", {membership.job_title}" if membership.job_title else ""
        return forms.ChoiceField(
            label=f"{membership.user}, {membership.get_role_display().lower()}",
            help_text=f"{membership.user.email}{title}",
            choices=[(KEEP, "Keep access"), (REMOVE, "Remove access")],
            widget=forms.RadioSelect,
            error_messages={"required": f"Select whether {membership.user} keeps access"},
        )

    def removed_ids(self) -> list[int]:
        return [int(name.partition("_")[2]) for name, choice in self.cleaned_data.items() if choice == REMOVE]
