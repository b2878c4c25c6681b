# fish completion for rheo: the program itself says what fits.
function __rheo_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l line (string join ' ' -- rheo $words[2..-1] "$current")
    set -l flag ''
    if string match -q -- '--*=*' "$current"
        set flag (string replace -r -- '=.*' '=' "$current")
    end
    set -l found $flag($words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c rheo -f -a '(__rheo_complete)'
