# What zsh offers where a command line ends: complete.zsh FOLDER LINE. Asks a zsh of its own on a terminal of its own.
zmodload zsh/zpty
zpty shell zsh -f -i

say() { zpty -w shell "$1" }
# Reads what the shell prints up to the line $1.
until_line() {
    local line
    while zpty -r shell line; do
        line=${line//[$'\r\n']}
        [[ $line == *"$1" ]] && return
        print -r -- $line
    done
    return 1
}

say 'unsetopt zle_bracketed_paste 2>/dev/null; PS1= PROMPT= RPS1=; stty -echo'
say "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D"
# Each match is printed instead of being shown.
say 'compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi
    local -a hits; builtin compadd -A hits "$@"; print -rl -- "match "${^hits}
}'
say 'tell() { print begins; _main_complete; print ends; exit }'
say 'zle -C tell complete-word tell; bindkey "^X^X" tell; print "ready""now"'
until_line readynow >/dev/null || exit 1
zpty -w -n shell "$2"$'\C-X\C-X'
until_line begins >/dev/null || exit 1
until_line ends | sed -n 's/^match //p' | sort -u
