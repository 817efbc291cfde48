"""What the register holds of one provision: registrations and judgements; and the authority's premises there."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from wellplaced.design import lists
from wellplaced.people.access import Request, may
from wellplaced.people.models import ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.register.models import Judgement, Premises, Provision, Registration
from wellplaced.register.provision_pages import PREMISES_COLUMNS, SEEN_PREMISES_COLUMNS, record_page


@may(Permission.SEE_REGISTER)
def record(request: Request, provision_id: int) -> HttpResponseBase:
    """Registrations and judgements, with what may be corrected."""
    person = request.person
    provision = get_object_or_404(
        Provision.objects.seen_by(person).with_details_of(person.authority_id), pk=provision_id
    )
    registrations = Registration.objects.seen_by(person).filter(provision=provision).order_by("-registered_on", "-pk")
    judgements = Judgement.objects.seen_by(person).filter(provision=provision).order_by("-published_on", "-pk")
    page = record_page(provision, registrations, judgements, person)
    return render(request, "register/record.html", {"page": page})


@may(Permission.SEE)
def premises(request: Request, provision_id: int) -> HttpResponseBase:
    """The houses and flats of 16+ supported accommodation that the authority knows."""
    person = request.person
    seen = Provision.objects.seen_by(person).with_details_of(person.authority_id)
    provision = get_object_or_404(seen, pk=provision_id, type=ProvisionType.SUPPORTED_ACCOMMODATION)
    may_change = person.may(Permission.DESCRIBE_PROVISION)
    return lists.answer(
        request,
        "register/premises.html",
        Premises.objects.seen_by(person).filter(provision=provision),
        columns=PREMISES_COLUMNS if may_change else SEEN_PREMISES_COLUMNS,
        order=["label"],
        name="premises",
        noun="house or flat",
        nouns="houses and flats",
        context={"provision": provision, "may_change": may_change},
    )
