"""What the worker does for this room: comparing a file that was handed in, and applying it."""

from django_tasks import task


@task()
def compare_import(number: int) -> None:
    """Compare the file of an import with the register."""
    from wellplaced.register.actions.imports import compare_file  # here: the actions enqueue these tasks

    compare_file(number)


@task()
def apply_import(number: int, by_id: int) -> None:
    """Make the changes of an import that a person decided on."""
    from wellplaced.register.actions.imports import apply_file  # here: the actions enqueue these tasks

    apply_file(number, by_id)
