"""The link by which somebody new sets their own password; an administrator never knows it."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from wellplaced.people.models import Person
from wellplaced.people.sign_in import Adapter


def path_to_set_a_password(person: Person) -> str:
    """The path of the page, good once and for three days."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)


def send(request: HttpRequest, person: Person) -> None:
    """Send the link and tell on the next page where it went, or that it could not be sent and what to do."""
    context = {"person": person, "url": request.build_absolute_uri(path_to_set_a_password(person))}
    try:
        Adapter(request).send_mail("people/email/first_password", person.email, context)
    except OSError:  # the mail server is not there, or refuses (SMTPException is an OSError)
        messages.warning(
            request,
            f"The message to {person.email} could not be sent. {person} can choose ‘I do not know my password’ on the "
            "sign-in page, or you send the link again later.",
        )
        return
    where = "No email carrier is set up: it lies in the folder ‘emails’ of the service's data folder."
    filed = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    messages.success(
        request, f"A link to set a password is on its way to {person.email}. {where if filed else ''}".strip()
    )
