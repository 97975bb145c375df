"""`python -m bot`."""

import click

from bot.commands import backup, doctor, imports, people, plan, rules, running


@click.group()
def main() -> None:
    """The liaison bot of a major-projects coordination office."""


main.add_command(running.run)
main.add_command(running.migrate)
main.add_command(backup.backup)
main.add_command(imports.import_projects)
main.add_command(imports.import_contacts)
main.add_command(rules.policy)
main.add_command(rules.calendar)
main.add_command(people.invite)
main.add_command(plan.plan)
main.add_command(doctor.doctor)

if __name__ == "__main__":
    main()
