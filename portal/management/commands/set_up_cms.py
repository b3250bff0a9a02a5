"""The CMS's first page and its groups' permissions; script/setup runs it after every migration, or run it any time."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import cms_groups, cms_workflow, first_pages


class Command(BaseCommand):
    help = "Makes the home page and the CMS groups (editors, moderators, talent team), each with its permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        first_pages.home_page()
        cms_groups.set_up()
        cms_workflow.set_up()
        self.stdout.write("The home page stands, the CMS groups have their permissions, pages are moderated.")
