#!/usr/bin/env bash
# picture.sh COMMAND <TEXT >SVG: what COMMAND printed, as a picture of a terminal. Made for docs/images; the text must be real:
#   sudo artifacts/rheo flows --duration 5s | eng/picture.sh 'sudo rheo flows --duration 5s' >docs/images/flows.svg
set -euo pipefail

{
  printf '$ %s\n' "$1"
  cat
} | awk '
  function escaped(text) {
    gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
    gsub(/"/, "\\&quot;", text)
    return text
  }
  # Characters, in an awk that counts bytes: those that continue one are left out.
  function characters(text) {
    gsub(/[\200-\277]/, "", text)
    return length(text)
  }
  {
    gsub(/\033\[[0-9;]*m/, "")
    line[NR] = $0
    if (characters($0) > widest) widest = characters($0)
  }
  END {
    # 13 px of a monospaced font are 7.83 px wide; a line is 19 px high.
    width = int(widest * 7.83) + 40; height = NR * 19 + 62
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\"", width, height, width, height
    printf " aria-label=\"%s\">\n", escaped(substr(line[1], 3))
    print "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>"
    split("#ff5f57 #febc2e #28c840", light, " ")
    for (i = 1; i <= 3; i++) printf "<circle cx=\"%d\" cy=\"20\" r=\"5.5\" fill=\"%s\"/>\n", 2 + 18 * i, light[i]
    print "<g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,\047DejaVu Sans Mono\047,monospace\" font-size=\"13\" fill=\"#d7dae0\" xml:space=\"preserve\">"
    for (i = 1; i <= NR; i++) {
      look = i == 1 ? " fill=\"#8bd5a0\"" : line[i] ~ /^ ?SOURCE / ? " font-weight=\"bold\" fill=\"#ffffff\"" : ""
      # The width is stated, so that columns stand under one another whatever font the viewer has.
      if (line[i] != "")
        printf "<text x=\"20\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>\n", 38 + 19 * i, characters(line[i]) * 7.83, look, escaped(line[i])
    }
    print "</g>\n</svg>"
  }'
