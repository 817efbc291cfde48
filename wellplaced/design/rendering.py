"""The Jinja environment of all pages, what every page knows, and the renderer of Django's forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import django.forms
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from wellplaced.design import tags, words
from wellplaced.design.bound import GovField
from wellplaced.design.forms import error_links

DJANGO_WIDGETS = Path(django.forms.__file__).parent / "jinja2"


def environment(**options: Any) -> Environment:
    """Jinja for Django's backend, with the GOV.UK macros under `govuk_frontend_jinja/` and our filters and functions."""
    options["loader"] = ChoiceLoader(
        [
            options["loader"],
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            FileSystemLoader(DJANGO_WIDGETS),
        ]
    )
    options["undefined"] = ChainableUndefined  # the GOV.UK macros read parameters that nobody gave
    made = Environment(**options, cache_size=-1, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 (autoescape comes in options)
    made.filters.update(words.FILTERS)
    made.globals.update(
        url=url,
        url_or_none=url_or_none,
        static=staticfiles_storage.url,
        state_tag=tags.state_tag,
        link=tags.Link,
        due=tags.Due,
        form_page=form_page,
        error_links=error_links,
    )
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route: `url("design:gallery")`, `url("desk:provision", provision.pk)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def form_page(context: Context, form: BaseForm, **options: Any) -> Markup:
    """A whole form in a page: `{{ form_page(form, submit="Save", heading="…", cancel=url("…")) }}`."""
    template = context.environment.get_template("design/forms.html")
    made: Markup = template.module.whole_form(form, context.get("csrf_input", ""), **options)  # type: ignore[attr-defined]
    return made


def url_or_none(name: str) -> str | None:
    """The address of a route without arguments, or None where the routes do not have it."""
    return _found(name, settings.ROOT_URLCONF)


@cache
def _found(name: str, routes: str) -> str | None:
    try:
        return reverse(name, urlconf=routes)
    except NoReverseMatch:
        return None


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """One link of the navigation under the header. `active` marks the part of the service that the page belongs to."""

    text: str
    href: str
    active: bool = False


@dataclass(frozen=True)
class Site:
    """What the frame of a page shows about who is looking: the person, their authority, where they may go."""

    person: Any
    navigation: Sequence[Navigation]

    @property
    def authority(self) -> str:
        authority = getattr(self.person, "authority", None)
        return authority.name if authority else ""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: `site` (person, authority, navigation) and the nonce of its scripts.

    The person is `site.person` and not `person`, since Django lets these names win over those of a view.
    """
    person = getattr(request, "person", None)
    nonce = str(getattr(request, "csp_nonce", ""))  # read now: an unread one counts as false in a template
    return {
        "site": SimpleLazyObject(lambda: Site(person, _navigation(request) if person else ())),
        "cspNonce": nonce,
        "csp_nonce": nonce,
    }


def _navigation(request: HttpRequest) -> Sequence[Navigation]:
    """What the function that `settings.NAVIGATION` names makes of the request; nothing where the setting is absent."""
    name: str | None = getattr(settings, "NAVIGATION", None)
    if not name:
        return ()
    items: Callable[[HttpRequest], Sequence[Navigation]] = import_string(name)
    return items(request)


class FormRenderer(BaseRenderer):
    """Renders forms, fields and widgets with our templates, so that an ordinary Django form is a GOV.UK form."""

    form_template_name = "design/fields/form.html"
    field_template_name = "design/fields/input.html"
    bound_field_class = GovField

    def get_template(self, template_name: str) -> Any:
        """A template by name, from the same environment as the pages."""
        return engines["jinja2"].get_template(template_name)
