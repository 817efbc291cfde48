"""What the old address is told when a colleague's email address is changed: whoever reads it may know nothing of it."""

from django.contrib import messages
from django.http import HttpRequest

from wellplaced.history import clock
from wellplaced.people.models import Person
from wellplaced.people.sign_in import Adapter


def tell(request: HttpRequest, person: Person, old_email: str) -> None:
    """Send the message to the old address; where it cannot be sent, say on the next page what to do."""
    context = {"person": person, "on": clock.today()}
    try:
        Adapter(request).send_mail("people/email/address_changed", old_email, context)
    except OSError:  # as in first_link
        messages.warning(
            request,
            f"The message that tells {old_email} of the change could not be sent. Tell {person} yourself that they sign in "
            "with another address from now on.",
        )
