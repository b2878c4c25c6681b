#compdef rheo
# zsh completion for rheo: the program itself says what fits.
_rheo() {
  local line="rheo ${(j: :)words[2,CURRENT-1]}${words[2,CURRENT-1]:+ }$PREFIX"
  local -a found=("${(@f)$("$words[1]" "[suggest:${#line}]" "$line" 2>/dev/null)}")
  found=(${found:#})
  compset -P '--*='
  if (( $#found )); then
    compadd -a found
  else
    _files
  fi
}
if [[ $funcstack[1] == _rheo ]]; then
  _rheo "$@"
else
  compdef _rheo rheo
fi
