"""Before and on the day: feedback (C14), the pre-visit form (C13), the checklist, who was seen (C16)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.monitoring.models.steps import OfVisit
from wellplaced.monitoring.models.visits import Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import Professional, YoungPerson


class Feedback(OfVisit):
    """C14: somebody who was asked for feedback ahead of a visit, and what they said."""

    class Role(models.TextChoices):
        CSW = "csw", "Children's social worker"
        IRO = "iro", "Independent reviewing officer"
        SENO = "seno", "SEN officer"
        PARENT = "parent", "Parent or carer"

    class How(models.TextChoices):
        TELEPHONE = "telephone", "By telephone"
        EMAIL = "email", "By email"
        IN_PERSON = "in_person", "In person"
        LETTER = "letter", "By letter"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="feedback")
    role = models.CharField(max_length=8, choices=Role)
    professional = models.ForeignKey(Professional, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    young_people = models.ManyToManyField(YoungPerson, related_name="+")
    asked_on = models.DateField(null=True, blank=True)
    not_asked_because = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=How, blank=True)
    said = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Feedback"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "professional"],
                condition=Q(professional__isnull=False),
                name="a_professional_is_asked_once_about_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, how="", said="") | Q(answered_on__isnull=False) & ~Q(how=""),
                name="an_answer_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("monitoring:feedback_answer", args=[self.pk])


class PreVisitForm(OfVisit):
    """C13: the provider's form, received in advance or promised for the day and checked there, section by section.

    `sections` holds, by section code, 'there' or 'missing'; a section that nobody has looked at is absent.
    """

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="pre_visit_form")
    ready_on_the_day = models.BooleanField(default=False)
    sections = models.JSONField[Any, Any](default=dict)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["PreVisitForm"].as_manager()

    def __str__(self) -> str:
        return f"Pre-visit form of {self.visit}"


class DayChecklist(OfVisit):
    """C16: what was seen on the day. `staff` and `documents` are lists of small objects; the young people have rows.

    `staff`: [{"role": ..., "note": ...}]; `documents`: {code of what was asked for: "seen" | "not_there"}.
    """

    class Tour(models.TextChoices):
        DONE = "done", "Yes, all of it"
        PART = "part", "Part of it"
        NOT_DONE = "not_done", "No"

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="checklist")
    staff = models.JSONField[Any, Any](default=list)
    documents = models.JSONField[Any, Any](default=dict)
    tour = models.CharField(max_length=8, choices=Tour, blank=True)
    tour_note = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["DayChecklist"].as_manager()

    def __str__(self) -> str:
        return f"Checklist of {self.visit}"


class YoungPersonSeen(OfVisit):
    """C16: whether a young person who was placed on the day was seen, or why not, and their questionnaire."""

    class Seen(models.TextChoices):
        SEEN = "seen", "Seen"
        AWAY = "away", "Away"
        DECLINED = "declined", "Did not want to be seen"
        AT_SCHOOL = "at_school", "At school or college"

    class Questionnaire(models.TextChoices):
        DONE = "done", "Done"
        DECLINED = "declined", "Did not want to"
        PAPER_LEFT = "paper_left", "Paper copy left"
        POSTED_BACK = "posted_back", "Posted back"
        NOT_RETURNED = "not_returned", "Not returned"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="young_people_seen")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="+")
    seen = models.CharField(max_length=10, choices=Seen, blank=True)
    questionnaire = models.CharField(max_length=12, choices=Questionnaire, blank=True)
    paper_was_left = models.BooleanField(default=False)  # stays once it was: the chase of R10 is owed from then on
    chased_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["YoungPersonSeen"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "young_person"], name="a_young_person_is_listed_once_a_visit"),
            models.CheckConstraint(
                condition=Q(paper_was_left=True) | ~Q(questionnaire__in=["paper_left", "posted_back", "not_returned"]),
                name="what_is_posted_back_was_left_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return str(self.young_person)


class TaskCameBack(OfVisit):
    """A task of an earlier visit whose matter was found again at a later one: the task keeps its identity."""

    task = models.ForeignKey("monitoring.Task", models.PROTECT, related_name="came_back")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="tasks_come_back")
    noted_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OwnQuerySet["TaskCameBack"].as_manager()

    class Meta:
        ordering: ClassVar = ["noted_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "visit"], name="a_task_comes_back_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.task} came back"
