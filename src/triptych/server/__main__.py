"""`python -m triptych.server`: what `triptych demo`, `serve` and `admin` hand over to; anything else is a
management command."""

import argparse
import sys

from .demo import demo
from .serve import FREE, NoDatabase, PortTaken, listen, look, prepare, serve

_ADDRESS = argparse.ArgumentParser(add_help=False)
_ADDRESS.add_argument("--host", default="127.0.0.1")
_ADDRESS.add_argument("--port", type=int, default=8000, help=f"{FREE} picks a free one")


def main() -> None:
    """Run one command; a settings or port fault is one line and exit code 1, an audit of nothing one with 2."""
    if len(sys.argv) > 1 and sys.argv[1] not in ("demo", "serve", "admin"):
        _manage(sys.argv[1:])
        return
    parser = argparse.ArgumentParser(prog="triptych")
    commands = parser.add_subparsers(dest="command", required=True)
    demo_parser = commands.add_parser("demo", parents=[_ADDRESS])
    demo_parser.add_argument("--no-browser", action="store_true")
    demo_parser.add_argument("--fresh", action="store_true")
    commands.add_parser("serve", parents=[_ADDRESS])
    admin_parser = commands.add_parser("admin")
    admin_parser.add_argument("email")
    admin_parser.add_argument("--name", default="")
    admin_parser.add_argument("--workspace", default="Our company")
    chosen = parser.parse_args()
    try:
        match chosen.command:
            case "demo":
                demo(listen(chosen.host, chosen.port), browser=not chosen.no_browser, fresh=chosen.fresh)
            case "serve":
                serve(listen(chosen.host, chosen.port))
            case _:
                name = chosen.name or chosen.email.partition("@")[0]
                _manage(["create_workspace", chosen.workspace, "--email", chosen.email, "--person", name])
    except PortTaken as fault:
        sys.exit(f"triptych: {fault}")


def _manage(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django only where it is needed

    try:
        (look if arguments[0] == "audit" else prepare)()
    except NoDatabase as fault:
        sys.stderr.write(f"triptych: {fault}\n")
        sys.exit(2)
    execute_from_command_line(["triptych", *arguments])


if __name__ == "__main__":
    main()
