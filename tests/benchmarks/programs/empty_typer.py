"""Parses no arguments with typer and prints one table with Rich: what a start costs any program."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def main() -> None:
    table = Table("name", "country")
    table.add_row("Nordvik universitet", "Norway")
    Console().print(table)


if __name__ == "__main__":
    app()
