"""Ground-floor rows: people, organisations, memberships, jobs, and the first pages."""

from portal.models.footer import Footer, FooterLink
from portal.models.job import Job
from portal.models.mail_sent import MailSent
from portal.models.membership import AccessConfirmation, AccessEvent, Invitation, Membership, Role
from portal.models.organisation import Organisation, Region, Standing
from portal.models.pages import HomePage, Kind, PortalPage, StandardPage
from portal.models.user import User

__all__ = [
    "AccessConfirmation",
    "AccessEvent",
    "Footer",
    "FooterLink",
    "HomePage",
    "Invitation",
    "Job",
    "Kind",
    "MailSent",
    "Membership",
    "Organisation",
    "PortalPage",
    "Region",
    "Role",
    "StandardPage",
    "Standing",
    "User",
]
