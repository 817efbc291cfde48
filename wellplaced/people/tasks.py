"""What the worker does for this room: sending the link by which somebody who asked for it sets a new password.

Not while they wait: how long a mail server takes, and that it fails, would tell whether an address is known.
"""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task


@task()
def send_reset_link(person_id: int, service: str) -> None:
    """`service` is the address at which the person knows it, such as https://monitoring.example. Raises OSError.

    Somebody who left between asking and now gets nothing.
    """
    from wellplaced.people.first_link import path_to_set_a_password  # here: it sends by the adapter that enqueues this
    from wellplaced.people.models import Person
    from wellplaced.people.sign_in import Backend

    person = Person.objects.select_related("authority").get(pk=person_id)
    if not Backend().user_can_authenticate(person):
        return
    subject = render_to_string("account/email/password_reset_key_subject.txt").strip()
    url = service + path_to_set_a_password(person)
    text = render_to_string("account/email/password_reset_key_message.txt", {"password_reset_url": url})
    EmailMessage(subject, text.strip(), to=[person.email]).send()
