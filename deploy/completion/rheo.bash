# bash completion for rheo: the program itself says what fits.
_rheo() {
  local before=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]}
  local line="rheo${before#"${COMP_WORDS[0]}"}" word
  # bash takes "--output=js" for three words; the middle one is no beginning of a value.
  [[ $current != = ]] || current=
  COMPREPLY=()
  # Not by compgen -W, which runs what stands in a word: names of interfaces are others' choice. Quoted, they can be taken as they are.
  while IFS= read -r word; do
    [[ -z $word || $word != "$current"* ]] || COMPREPLY+=("$(printf %q "$word")")
  done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o default -F _rheo rheo
