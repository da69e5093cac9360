#!/usr/bin/env bash
# Writes the images of this folder: each kind of PNG, and beside it the same pixels as plain PGM, as libpng reads them.
# Written with ImageMagick 6.9.11-60 and libpng 1.6.39; neither is needed to build or test.
set -euo pipefail
cd "$(dirname "$0")"
rm -f ./*.png ./*.pgm
ramp=$(mktemp --suffix .pgm)
trap 'rm -f "$ramp"' EXIT
{
  echo 'P2 9 7 255'
  for ((i = 0; i < 63; i++)); do echo $((4 * i)); done
} > "$ramp"

make() { # make NAME OPTIONS...
  local name=$1
  shift
  convert "$ramp" -strip -define png:exclude-chunks=date,time,gAMA,cHRM "$@" "PNG:$name.png"
  convert "$name.png" -background white -flatten -depth 8 -compress none "PGM:$name.pgm"
}

kind() { echo "-define png:color-type=$1 -define png:bit-depth=$2"; }

for interlace in None PNG; do
  # shellcheck disable=SC2046
  {
    make "grey1-$interlace" -threshold 50% -interlace $interlace $(kind 0 1)
    make "grey2-$interlace" +dither -posterize 4 -interlace $interlace $(kind 0 2)
    make "grey4-$interlace" +dither -posterize 16 -interlace $interlace $(kind 0 4)
    make "grey8-$interlace" -interlace $interlace $(kind 0 8)
    make "grey16-$interlace" -interlace $interlace $(kind 0 16)
    make "rgb8-$interlace" -interlace $interlace $(kind 2 8)
    make "rgb16-$interlace" -interlace $interlace $(kind 2 16)
    make "palette2-$interlace" +dither -posterize 4 -interlace $interlace $(kind 3 2)
    make "palette8-$interlace" -interlace $interlace $(kind 3 8)
    make "grey-alpha8-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'i/w' +channel \
      -interlace $interlace $(kind 4 8)
    make "grey-alpha16-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'i/w' +channel \
      -interlace $interlace $(kind 4 16)
    make "rgba8-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'j/h' +channel \
      -interlace $interlace $(kind 6 8)
    make "rgba16-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'j/h' +channel \
      -interlace $interlace $(kind 6 16)
  }
done

# Rows that are noise, or follow from their neighbours at the left, above, or both: libpng takes a different filter for
# each.
{
  echo 'P2 40 30 255'
  noise=1
  above=()
  for ((row = 0; row < 30; row++)); do
    left=0 corner=0
    for ((column = 0; column < 40; column++)); do
      noise=$(((noise * 1103515245 + 12345) % 2147483648))
      bit=$(((noise >> 16) % 2))
      up=${above[column]:-0}
      case $((row % 5)) in
        0) value=$((bit * 254 + (noise >> 17) % 2)) ;;
        1) value=$((left + 3)) ;;
        2) value=$((up + bit)) ;;
        3) value=$(((left + up) / 2 + bit)) ;;
        4) value=$((left + up - corner)) ;;
      esac
      value=$((value < 0 ? 0 : value > 255 ? 255 : value))
      corner=$up
      above[column]=$value
      left=$value
      echo $value
    done
  done
} > "$ramp"
# shellcheck disable=SC2046
make filters $(kind 0 8)
