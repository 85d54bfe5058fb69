"""The command line: thin, quick to start, and the only place that prints. Rooms are loaded by the command that uses them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from kg.cli import asking, balancing, building, drawing, explaining, linking, series, serving, shifting, showing, telling, weighing
from kg.errors import KgError, UsageError

_HELP = """Who stands with whom, since when, says who: a knowledge graph of armed actors and their shifting loyalties.

\b
Start with:
  kg build DOCUMENTS           reads reports, writes the graph and a page to kg-out/
  kg query --list              what can be asked
  kg explore --open            the page, in a browser

Results go to standard output, messages and progress to standard error. Exit code 0: fine, 1: problems found, 2: wrong use.
"""


def make_app() -> typer.Typer:
    """The command `kg` with all its subcommands."""
    app = typer.Typer(name="kg", help=_HELP, add_completion=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(_kg)
    for command in _commands():
        app.command()(command)
    return app


def _commands() -> tuple[Callable[..., None], ...]:
    """Every subcommand, in the order in which help lists them."""
    return (
        building.build,
        asking.query,
        telling.claims,
        telling.actor,
        telling.why,
        shifting.shifts,
        showing.network,
        balancing.balance,
        series.align,
        series.blocs,
        weighing.flows,
        weighing.disagreements,
        weighing.control,
        linking.path,
        showing.explore,
        drawing.timeline,
        drawing.matrix,
        drawing.map,
        explaining.explain,
        explaining.unmatched,
        serving.serve,
        asking.check,
        building.decide,
    )


def _kg(context: typer.Context, *, version: bool = typer.Option(False, "--version", help="Show the version.", show_default=False)) -> None:
    if context.invoked_subcommand is None and not version:
        typer.echo(context.get_help())
    elif version:
        from importlib.metadata import version as installed

        typer.echo(f"allegiance-kg {installed('allegiance-kg')}")


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; whatever goes wrong is one line on standard error, never a traceback (unless KG_DEBUG is set).

    Returns:
        0 fine, 1 problems found, 2 wrong use, 130 interrupted.
    """
    try:
        command = typer.main.get_command(make_app())
        with command.make_context("kg", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as problem:  # what typer found wrong with the arguments
        show = getattr(problem, "format_message", None)
        return _say(f"{show() if show else problem} (see kg --help)", code=int(getattr(problem, "exit_code", 2)))
    except UsageError as problem:
        return _say(str(problem), code=2)
    except KgError as problem:
        return _say(str(problem))
    except BrokenPipeError:  # the reader has seen enough: `kg claims | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _say("interrupted; `kg build` goes on from here when it is run again", code=130)
    except Exception as problem:
        if os.environ.get("KG_DEBUG"):
            raise
        return _say(f"an error in kg itself, {type(problem).__name__}: {problem} (please report it, with what "
                    "`KG_DEBUG=1 kg ...` prints)")
    return 0


def _say(message: str, *, code: int = 1) -> int:
    sys.stderr.write(f"kg: {' '.join(message.splitlines())}\n")
    return code
