#!/bin/sh
# Renders reports in Chromium on a wide and a narrow screen, in both colour schemes, and on paper: no message on the console, the decision on one
# sheet. With a directory for pictures, takes those that the documents show.
#
#   Tests/Browser/render.sh [PICTURES]
set -eu
cd "$(dirname "$0")/../.."
pictures=${1:-}
evenhand=${EVENHAND:-.build/release/evenhand}
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  echo "This needs Chromium: sudo apt-get install chromium poppler-utils" >&2
  exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

render() { # page, arguments of the browser
  page=$1
  shift
  "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --enable-logging=stderr "$@" "file://$page" 2>"$work/log" >/dev/null
  if grep -q CONSOLE "$work/log"; then
    echo "$page: the browser says:" >&2
    grep CONSOLE "$work/log" >&2
    exit 1
  fi
}

contest=Data/zhejiang-2022
for language in en zh; do
  for depth in decision organiser statistician; do
    page=$work/$depth-$language.html
    "$evenhand" report $contest/scores.csv --entries $contest/entries.csv --places 10 --lang $language --depth $depth --output "$page"
    for width in 1280 390; do
      for scheme in 0 1; do
        render "$page" --window-size=$width,1000 --blink-settings=preferredColorScheme=$scheme --screenshot="$work/shot.png"
        [ -s "$work/shot.png" ]
      done
    done
    render "$page" --no-pdf-header-footer --print-to-pdf="$work/paper.pdf"
    sheets=$(pdfinfo "$work/paper.pdf" | sed -n 's/^Pages: *//p')
    echo "$depth $language: $sheets sheets of paper"
    [ $depth != decision ] || [ "$sheets" = 1 ]
  done
done

if [ -n "$pictures" ]; then
  mkdir -p "$pictures"
  render "$work/organiser-en.html" --window-size=1000,1240 --blink-settings=preferredColorScheme=1 --screenshot="$pictures/report-en.png"
  render "$work/organiser-zh.html" --window-size=1000,1240 --blink-settings=preferredColorScheme=0 --screenshot="$pictures/report-zh.png"
fi
