"""Where somebody who was added by a command sets their first password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from wellplaced.people.models import Person


def path_to_set_a_password(person: Person) -> str:
    """The path of the page, good once and for three days."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)
