"""What bash, zsh and fish are told so that TAB asks dafu: click's own way, with KEY= left open for its value."""

from __future__ import annotations

import os
from contextlib import redirect_stderr, suppress
from io import StringIO
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete, split_arg_string

from dafu.desk.addresses import typed

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_DAFU_COMPLETE"
_BASH = """\
_dafu_completion() {
    local IFS=$'\\n' kind word line=${COMP_LINE:0:COMP_POINT}
    local before=${line##*[[:space:]]}
    before=${before%"${before##*=}"} # bash has cut the word at its =
    [[ $COMP_WORDBREAKS == *=* ]] || before=
    COMPREPLY=()
    while IFS=, read -r kind word; do
        case $kind in
            plain) COMPREPLY+=("${word#"$before"}"); [[ $word == *[=.] ]] && compopt -o nospace ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(COMP_LINE=$line _DAFU_COMPLETE=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F _dafu_completion dafu
"""
_ZSH = """\
#compdef dafu
_dafu_completion() {
    local kind word told
    local -a closed open
    for kind word told in "${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        _DAFU_COMPLETE=zsh_complete ${words[1]} 2>/dev/null)}"; do
        case $kind in
            plain) [[ $word == *[=.] ]] && open+=("$word") || closed+=("${word//:/\\\\:}:$told") ;;
            file) _path_files -f ;;
            dir) _path_files -/ ;;
        esac
    done
    (( $#open )) && compadd -S '' -V keys -a open
    (( $#closed )) && _describe -V 'dafu' closed
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u }
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _dafu_completion "$@"; else compdef _dafu_completion dafu; fi
"""


class Bash(BashComplete):
    """bash, told the line as it is typed: its own words break at every =."""

    def source(self) -> str:
        """Return the script."""
        return _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the whole words of the line, and the one that is being typed."""
        line = os.environ["COMP_LINE"]
        words = split_arg_string(line)
        incomplete = "" if line[-1:].isspace() else words.pop()
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a line of the answer, the word as it is typed."""
        return f"{item.type},{typed(item.value)}"


class Zsh(ZshComplete):
    """zsh, which puts words in quotes itself."""

    def source(self) -> str:
        """Return the script."""
        return _ZSH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return three lines of the answer: kind, word and what it means."""
        return "\n".join([item.type, item.value, item.help or item.value])


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": FishComplete}


def script(shell: str, group: click.Group) -> str:
    """Return what *shell* has to run once, so that it asks *group* when TAB is pressed."""
    return SHELLS[shell](group, {}, "dafu", VARIABLE).source()


def complete(group: click.Group) -> None:
    """Answer what the shell asks in its variables; print nothing else, whatever is wrong with the workspace.

    Nobody has typed a command yet, so that nobody waits for an error: it comes with the command itself.
    """
    shell = SHELLS.get(os.environ[VARIABLE].partition("_")[0])
    with redirect_stderr(StringIO()), suppress(Exception):
        if shell:
            click.echo(shell(group, {}, "dafu", VARIABLE).complete())
