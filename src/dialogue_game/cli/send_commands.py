"""`dialogue-game send`: records to a record store, where a person set one up and said yes."""

from __future__ import annotations

import click

from dialogue_game.app.game import Game
from dialogue_game.app.invocation import with_program_name
from dialogue_game.app.records.sending import (
    SETUP,
    RecordSending,
    RecordStore,
    configure,
    configured,
)
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import game_with_journal
from dialogue_game.cli.output import ExitCode, confirm, put_json, say
from dialogue_game.core.text import counted, safe
from dialogue_game.errors import RecordsNotSent


@click.command("send")
@click.option(
    "--setup", is_flag=True, help="Say where to send: address, key and secret."
)
@click.option(
    "--status", is_flag=True, help="Only say what waits and what was refused."
)
@click.option(
    "--name", metavar="NAME", help="Your name, in records from now on; “” for none."
)
@click.option(
    "--base",
    metavar="ADDRESS",
    help="What ids begin with from now on, if not with ours; “” for ours.",
)
@click.option("--again", is_flag=True, help="Also send again what the store refused.")
@click.option("--yes", is_flag=True, help="Agree to sending without being asked.")
@parameters.json_object
def send_command(
    setup: bool,
    status: bool,
    name: str | None,
    base: str | None,
    again: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Send records of what you played to a learning record store (xAPI 1.0.3).

    Nothing is ever sent before you set a store up, and the first time you are asked. Without
    --setup the environment can say where: DIALOGUE_GAME_RECORD_STORE, …_KEY and …_SECRET.
    """
    game = game_with_journal()
    if setup:
        return _setup(game)
    if name is not None or base is not None:
        return _set_identity(game, name, base)
    delivery = RecordSending(game, configured(game.folders))
    if delivery.to is None:
        raise RecordsNotSent(
            "No record store is set up, so nothing is ever sent.", SETUP
        )
    if status:
        return _status(delivery, as_json=as_json)
    if not _agreed(delivery, delivery.to, yes=yes):
        say("Nothing was sent.")
        return ExitCode.FINE
    if again:
        delivery.outbox.retry_refused()
    return _send(delivery, as_json=as_json)


def _send(delivery: RecordSending, *, as_json: bool) -> int:
    report = delivery.send()
    if as_json:
        data = {
            "sent": report.sent,
            "refused": report.refused,
            "waiting": report.waiting,
            "stopped": report.stopped or None,
        }
        put_json(data)
    else:
        click.echo(f"{report.sent} sent, {_waiting(report.waiting)}.")
        if report.refused:
            click.echo(
                with_program_name(
                    f"{report.refused} refused by the store; see: dialogue-game send --status"
                )
            )
    if report.stopped and not as_json:
        say(report.stopped)
    return ExitCode.FINDINGS if report.stopped or report.refused else ExitCode.FINE


def _status(delivery: RecordSending, *, as_json: bool) -> int:
    waiting, sent, refused = (
        delivery.waiting(),
        delivery.outbox.sent(),
        delivery.refused(),
    )
    address = delivery.to.address.root if delivery.to else ""
    if as_json:
        data = {
            "store": address,
            "agreed": delivery.agreed,
            "waiting": waiting,
            "sent": sent,
            "refused": [{"id": r.id, "run": r.stream, "said": r.said} for r in refused],
        }
        put_json(data)
        return ExitCode.FINE
    click.echo(safe(f"Record store: {address}"))
    if not delivery.agreed:
        click.echo("You have not agreed to sending there yet.")
    click.echo(f"{_waiting(waiting)}, {sent} sent, {len(refused)} refused.")
    for one in refused:
        click.echo(f"  {one.id} (run {one.stream}): {safe(one.said)}")
    return ExitCode.FINE


def _agreed(delivery: RecordSending, to: RecordStore, *, yes: bool) -> bool:
    """Whether the player said yes to this store, now or before."""
    if delivery.agreed:
        return True
    waiting = "everything so far" if delivery.moving else _waiting(delivery.waiting())
    say(f"Your records would be sent to {to.address.root}: {waiting}, and later ones.")
    say(
        "They say which choices you made and when, under a random pseudonym; nothing you wrote."
    )
    if not to.address.private:
        say(
            "That address is not protected: anybody on the way can read along, the secret too."
        )
    if not yes:
        yes = confirm("Send them there?")
    if yes:
        delivery.agree()
    return yes


def _setup(game: Game) -> int:
    address = click.prompt("Address of the record store (https://…/xapi)", err=True)
    from dialogue_game.delivery.address import address_of

    if not address_of(address).private:
        say(
            "That address is not protected (not https): anybody on the way can read along."
        )
        if not click.confirm("Use it all the same?", err=True):
            say("Nothing was changed.")
            return ExitCode.FINE
    key = click.prompt("Key", err=True)
    secret = click.prompt("Secret", err=True, hide_input=True)
    file = configure(game.folders, address, key.strip(), secret.strip())
    say(
        f"Kept in {file}, readable for you alone. Nothing is sent before: dialogue-game send"
    )
    return ExitCode.FINE


def _set_identity(game: Game, name: str | None, base: str | None) -> int:
    """Take a name, or what ids begin with, for what is played from now on."""
    from dialogue_game.app.records.attempts import rebase, rename

    if base is not None:
        used = rebase(game.store, base, game.clock())
        say(
            f"Ids of runs from now on begin with {used or 'our own name'}. Earlier ones stay."
        )
    if name is None:
        return ExitCode.FINE
    rename(game.store, name, game.clock())
    if name.strip():
        say("Records from now on carry that name. Earlier ones stay without it.")
    else:
        say("Records from now on carry no name.")
    return ExitCode.FINE


def _waiting(count: int) -> str:
    return counted(count, "record waits", "records wait")
