# bash completion for rheo: the program itself says what fits.
_rheo() {
  local before=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]}
  local line="rheo${before#"${COMP_WORDS[0]}"}" IFS=$'\n'
  # bash takes "--output=js" for three words; the middle one is no beginning of a value.
  [[ $current != = ]] || current=
  # shellcheck disable=SC2207 # one candidate a line, and IFS is a line's end
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$current"))
}
complete -o default -F _rheo rheo
