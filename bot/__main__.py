"""`python -m bot`."""

import click

from bot.commands import backup, imports, rules, running


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

if __name__ == "__main__":
    main()
