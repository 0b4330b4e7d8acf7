# What bash offers where a command line ends: complete.bash FILE LINE. FILE is the completion, named as its program.
# shellcheck shell=bash source=/dev/null
source "$1"
COMP_LINE=$2 COMP_POINT=${#2}
"$(complete -p "$(basename "$1" .bash)" | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
