"""`dafu completion`: the lines that make a shell complete words."""

from __future__ import annotations

import click


@click.command(options_metavar="[选项]")
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """印出一段脚本，装好以后按 Tab 键补全命令、案号、环节、字段和文种。

    装一次，重开终端生效：
    bash：echo 'eval "$(dafu completion bash)"' >> ~/.bashrc
    zsh：echo 'eval "$(dafu completion zsh)"' >> ~/.zshrc
    fish：echo 'dafu completion fish | source' >> ~/.config/fish/config.fish
    """
    from dafu.cli.shells import script

    group = ctx.find_root().command
    assert isinstance(group, click.Group)  # noqa: S101 -- all verbs hang on one
    click.echo(script(shell, group), nl=False)
